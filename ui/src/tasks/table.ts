// Writes a table as CSV where the person chooses, and offers to open the folder.

import { cancelJob, chooseSavePath, saveTable as saveRows, showPath } from "../api";
import { session } from "../api/session.svelte";
import { filter } from "../lib/filter.svelte";
import { count } from "../lib/number";
import { toast } from "../lib/toast.svelte";
import { filtersOf, type ShownTable } from "../lib/tables.svelte";
import type { Result } from "../lib/result";
import { t } from "../lib/words";
import { watch } from "./job.svelte";

/** Says what went wrong, if something did. */
export async function saveTable(suggested: string, write: (path: string) => Promise<Result<number>>): Promise<string> {
  const chosen = await chooseSavePath("table", suggested);
  if (!chosen.ok) return chosen.refusal.text;
  const path = chosen.data;
  if (!path) return "";
  const job = watch("file", (now) => toast.say(t.table.writing(count(now.rows)), { label: t.button.cancel, run: () => void cancelJob("file") }));
  const written = await write(path);
  job.stop();
  toast.clear();
  if (!written.ok) return written.refusal.code === "cancelled" ? "" : written.refusal.text;
  toast.say(t.table.saved(written.data), { label: t.backups.show, run: () => void showPath(path) });
  return "";
}

/**
 * What a table shows, all pages of it: its filters choose the rows, its sort their order, its columns
 * what stands in them. The file holds a head and rows alone, so that any program reads it; which hub,
 * month and filters they are of is said by its name.
 */
export const saveShown = (table: ShownTable): Promise<string> => saveTable(nameOf(table), (path) => (table.write?.(path) ?? saveRows(table.rows(), path)));

function nameOf(table: ShownTable): string {
  const filters = table.keeps ? Object.values(filtersOf(table.keeps)) : [];
  const words = [table.label, session.hub?.id ?? "", filter.month, ...filters].map((one) => one.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "")).filter(Boolean);
  return `${words.join("_").toLowerCase().slice(0, 120)}.csv`;
}
