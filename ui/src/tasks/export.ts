// Writes PDFs into a folder that the person chooses, and offers to open it.

import { chooseFolder, type ExportedView, exportInvoices, exportMonth, showPath } from "../api";
import type { Result } from "../lib/result";
import { toast } from "../lib/toast.svelte";
import { t } from "../lib/words";

/** Says what went wrong, if something did. */
async function write(run: (folder: string) => Promise<Result<ExportedView>>): Promise<string | null> {
  const folder = await chooseFolder();
  if (!folder.ok) return folder.refusal.text;
  if (!folder.data) return null;
  const written = await run(folder.data);
  if (!written.ok) return written.refusal.text;
  const { folder: place, files } = written.data;
  toast.say(t.invoices.exported(files.length), { label: t.invoices.openFolder, run: () => void showPath(place) });
  return null;
}

export const exportPdfs = (references: string[]): Promise<string | null> => write((folder) => exportInvoices(references, folder));

export const exportMonthPdfs = (hub: string | null, month: string): Promise<string | null> => write((folder) => exportMonth(hub, month, folder));
