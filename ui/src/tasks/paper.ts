// Saves a paper that the book keeps nowhere, where the person chooses.

import { chooseSavePath, type Paper, savePaper, showPath } from "../api";
import type { Form } from "../lib/form.svelte";
import { toast } from "../lib/toast.svelte";
import { t } from "../lib/words";

/** What went wrong stands in the form. */
export async function saveAs<T extends object>(form: Form<T>, paper: Paper, suggested: string): Promise<void> {
  form.notice = "";
  const path = await chooseSavePath("paper", suggested);
  const to = path.ok && path.data;
  const saved = to ? await savePaper(paper, to) : path;
  if (!saved.ok) form.refuse(saved.refusal);
  else if (to) toast.say(t.papers.saved, { label: t.invoices.openFolder, run: () => void showPath(to) });
}
