// Hands out papers: what is wanted, and one command for each kind. `ExportPapers` asks how.

import { type CheckedPaperView, type ClientExportForm, type ClientFormatWord, exportClientInvoices, exportInvoices, exportMonth, type ExportPlace } from "../api";
import type { Result } from "../lib/result";
import { start } from "./task.svelte";

/** What is handed out. */
export type Papers =
  | { kind: "copies"; references: string[] }
  | { kind: "copies-of-month"; hub: string | null; month: string }
  | { kind: "client-invoices"; numbers: string[]; month: string | null; hub: string | null; client: string | null };

export type HandedOut = { folder: string; files: string[]; checked: CheckedPaperView[] };

export const exportPdfs = (references: string[]): void => start({ kind: "export", papers: { kind: "copies", references } });
export const exportMonthPdfs = (hub: string | null, month: string): void => start({ kind: "export", papers: { kind: "copies-of-month", hub, month } });

export async function handOut(papers: Papers, to: ExportPlace, format: ClientFormatWord | null): Promise<Result<HandedOut>> {
  if (papers.kind === "client-invoices") {
    const { kind: _, ...which } = papers;
    return exportClientInvoices({ ...which, format } satisfies ClientExportForm, to);
  }
  const written = papers.kind === "copies" ? await exportInvoices(papers.references, to) : await exportMonth(papers.hub, papers.month, to);
  return written.ok ? { ok: true, data: { ...written.data, checked: [] } } : written;
}
