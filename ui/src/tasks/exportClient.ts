// Hands out issued invoices with their validation report, into a folder that the person chooses.

import { chooseFolder, type ClientExportForm, exportClientInvoices, showPath } from "../api";
import { toast } from "../lib/toast.svelte";
import { t } from "../lib/words";

/** Says what went wrong, if something did. */
export async function exportClientPapers(form: ClientExportForm): Promise<string | null> {
  const folder = await chooseFolder();
  if (!folder.ok) return folder.refusal.text;
  if (!folder.data) return null;
  const written = await exportClientInvoices(form, { folder: folder.data, names: "", zip: null, mail: false });
  if (!written.ok) return written.refusal.text;
  const place = written.data.folder;
  toast.say(t.clientInvoices.exported(written.data.files.length), { label: t.invoices.openFolder, run: () => void showPath(place) });
  return null;
}
