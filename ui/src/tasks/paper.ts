// Saves a paper that the book keeps nowhere, where the person chooses.

import { chooseSavePath, type Paper, savePaper, showPath } from "../api";
import { toast } from "../lib/toast.svelte";
import { t } from "../lib/words";

/** Says what went wrong, if something did. */
export async function saveAs(paper: Paper, suggested: string): Promise<string | null> {
  const path = await chooseSavePath("paper", suggested);
  if (!path.ok) return path.refusal.text;
  const to = path.data;
  if (!to) return null;
  const saved = await savePaper(paper, to);
  if (!saved.ok) return saved.refusal.text;
  toast.say(t.papers.saved, { label: t.invoices.openFolder, run: () => void showPath(to) });
  return null;
}
