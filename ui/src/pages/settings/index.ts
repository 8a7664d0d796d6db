import { about, type AboutView, seller, type SellerView } from "../../api";
import type { Result } from "../../lib/result";
import { definePage } from "../page";
import SettingsPage from "./SettingsPage.svelte";

/** The seller is none in a book of one's own. */
export type SettingsData = { about: AboutView; seller: Result<SellerView> | null };

export default definePage<SettingsData>({
  // A seller that can't be told is said in its place.
  load: async ({ book }) => {
    const [app, found] = await Promise.all([about(), book.owner === "client" ? null : seller()]);
    return app.ok ? { ok: true, data: { about: app.data, seller: found } } : app;
  },
  view: SettingsPage,
});
