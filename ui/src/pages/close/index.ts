import { closePreview, type CloseView } from "../../api";
import { definePage } from "../page";
import ClosePage from "./ClosePage.svelte";

export default definePage<CloseView>({
  load: ({ hub, month }) => closePreview(hub.id, month),
  view: ClosePage,
});
