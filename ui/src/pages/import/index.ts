import { definePage } from "../page";
import ImportPage from "./ImportPage.svelte";

/** The file is read by the page itself, so that it can show how far that is and be cancelled. */
export default definePage<{ path: string }>({
  load: ({ query }) => Promise.resolve({ ok: true, data: { path: query["path"] ?? "" } }),
  view: ImportPage,
});
