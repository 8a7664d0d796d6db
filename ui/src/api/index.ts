// THE ONE DOOR to the book: one function for each command, each answering with a Result whose
// refusal is already in the person's words. Nothing else in the window talks to Rust.

import type { Result } from "../lib/result";
import { t } from "../lib/words";
import { type ChargesForm, type ClientsForm, type EntriesForm, type FindForm, type HistoryForm, type News, type PathQuestion } from "./bindings";
import * as commands from "./bindings";

export type * from "./bindings";

export type PathKind = "book" | "usage" | "parties" | "prices" | "problems" | "charges" | "volume" | "logo" | "table" | "markets" | "paper";

function question(kind: PathKind, suggested?: string): PathQuestion {
  const words = t.paths[kind];
  const extensions = kind === "book" ? ["hubbook"] : kind === "prices" ? ["csv", "xlsx"] : kind === "parties" ? ["csv", "json"] : kind === "paper" ? ["pdf"] : kind === "logo" ? ["png", "jpg", "jpeg", "svg"] : ["csv"];
  return { title: words.title, files: { name: words.files, extensions }, suggested_name: suggested ?? null };
}

/** Asks for a file; nothing if the person cancels. */
export const chooseOpenPath = (kind: PathKind): Promise<Result<string | null>> =>
  commands.chooseOpenPath(question(kind));

export const chooseSavePath = (kind: PathKind, suggested: string): Promise<Result<string | null>> =>
  commands.chooseSavePath(question(kind, suggested));

export const chooseFolder = (): Promise<Result<string | null>> =>
  commands.chooseFolder({ title: t.paths.folder, files: null, suggested_name: null });

/** Hears of what happens outside the page, one after the other, as long as it is wanted. */
export async function hear(run: (news: News) => void, wanted: () => boolean): Promise<void> {
  while (wanted()) {
    const heard = await commands.hear();
    if (!heard.ok) {
      await new Promise((go) => setTimeout(go, 1000));
      continue;
    }
    const news = heard.data;
    // Another page asks.
    if (!news) return;
    // By itself, so that what fails there does not end the listening.
    queueMicrotask(() => { if (wanted()) run(news); });
  }
}

export { setMenu, setTheme, setZoom, lookAtFiles } from "./bindings";

export { showPath, about, bookAtLaunch } from "./bindings";

export const newBook = commands.createBook;
export const openBook = (path: string, passphrase: string | null = null) => commands.openBook(path, passphrase);
export const openBookReadOnly = (path: string, passphrase: string | null = null) => commands.openBookReadOnly(path, passphrase);
export { closeBook, bookView, recentBooks, forgetRecent, makeSample, setCompany, setPaperLanguage, check } from "./bindings";

export { backups, backupsAt, backUp, verifyBackup, restoreBackup, setBackupFolder, changePassphrase } from "./bindings";

export { hubs, hub, addHub, editHub, setOpening, setPayBy, rules, setRule, setAutoRenewal, closeHub, planNotice, givePlanNotice, withdrawPlanNotice, keepPrice, channelUsage } from "./bindings";

/** A few of what fits a text, or what has one of these ids. */
export const find = (form: Pick<FindForm, "limit"> & Partial<FindForm>) =>
  commands.find({ hub: null, text: "", ids: [], amount: "", invoices: false, ...form });
export { clients } from "./bindings";
/** Clients of a hub with their sums, and a page of their channels; by default the clients alone. */
export const clientsForm = (form: Pick<ClientsForm, "hub" | "month"> & Partial<ClientsForm>): ClientsForm =>
  ({ client: null, after: null, limit: 0, channel: null, stands: null, tier: null, country: null, sort: null, ...form });
export const clientsPage = (form: Parameters<typeof clientsForm>[0]) => commands.clientsPage(clientsForm(form));
export { addClient, editClient, channels, addChannel, editChannel, cancelChannel, previewParties, bookParties } from "./bindings";

export { topUp, refund, whatCanBeUndone, undoLast, undo, previewReversal, reverse, balances, statement, overview } from "./bindings";

export { previewUsage, bookUsage, saveUsageProblems, jobProgress, cancelJob } from "./bindings";

/** All that is not said is asked for whole, newest first. */
export const chargesForm = (form: Pick<ChargesForm, "hub" | "month" | "limit"> & Partial<ChargesForm>): ChargesForm =>
  ({ day: null, client: null, channel: null, category: null, market: null, kind: null, unrated: false, sort: null, after: null, ...form });
export { charges, chargeSums, unrated, explain, priceCharge, waive, exportCharges, exportShownCharges, whatIf, costDifferences, volumes, setVolume, previewVolume, bookVolume } from "./bindings";

export { cards, rates, previewPrices, bookPrices, compareCards, missingCards, chooseCard, marketLists, marketList, previewMarkets, bookMarkets, chooseMarketList, exportCard, exportCardDiff } from "./bindings";

export { trialBalance, account } from "./bindings";
/** All that is not said is asked for whole, newest first. */
export const entriesForm = (form: Partial<EntriesForm>): EntriesForm =>
  ({ entry: null, hub: null, account: null, account_kind: null, kind: null, least: null, unit: null, month: null, from: "", until: "", oldest_first: false, after: null, limit: 1, ...form });
export const entries = (form: Partial<EntriesForm>) => commands.entries(entriesForm(form));
export { chart, setChart, setChartAccount, exportTrialBalance, exportAccount, exportEntries, exportChart } from "./bindings";
export const historyForm = (form: Partial<HistoryForm>): HistoryForm =>
  ({ hub: null, client: null, channel: null, invoice: null, actor: null, use_case: null, from: null, until: null, oldest_first: false, after: null, limit: 1, ...form });
export const history = (form: Partial<HistoryForm>) => commands.history(historyForm(form));

export { closePreview, closeMonth, invoices, invoice, exportInvoices, exportMonth, setVendorNumber } from "./bindings";

export { clientDrafts, clientDraft, tryClientDraft, putClientDraft, removeClientDraft, issueClientDraft, clientInvoices, clientInvoice, previewClientCredit, creditClientInvoice, correctClientInvoice, payClientInvoice, seller, setSeller, setLogo, setNumberSeries, setSeriesStart, clientBilling, setClientBilling } from "./bindings";

export { exportClientInvoices, page, saveTable, exportShown, savePaper } from "./bindings";
