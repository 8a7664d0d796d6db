// Writes a table as CSV where the person chooses, and offers to open the folder.

import { chooseSavePath, showPath } from "../api";
import type { Result } from "../lib/result";
import { toast } from "../lib/toast.svelte";
import { t } from "../lib/words";

/** Says what went wrong, if something did. */
export async function saveTable(suggested: string, write: (path: string) => Promise<Result<number>>): Promise<string> {
  const chosen = await chooseSavePath("table", suggested);
  if (!chosen.ok) return chosen.refusal.text;
  const path = chosen.data;
  if (!path) return "";
  const written = await write(path);
  if (!written.ok) return written.refusal.text;
  toast.say(t.table.saved(written.data), { label: t.backups.show, run: () => void showPath(path) });
  return "";
}
