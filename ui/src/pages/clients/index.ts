import { clients, type ClientView } from "../../api";
import { definePage } from "../page";
import ClientsPage from "./ClientsPage.svelte";

export default definePage<ClientView[]>({
  load: ({ hub, month }) => clients(hub.id, month),
  view: ClientsPage,
});
