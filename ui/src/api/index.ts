// THE ONE DOOR to the book: one function for each command, each answering with a Result whose
// refusal is already in the person's words. Nothing else in the window talks to Rust.

import { listen } from "@tauri-apps/api/event";
import type { Result } from "../lib/result";
import { spoken, t } from "../lib/words";
import { type BackupsChanged, type BookRequested, type ChargesForm, type ClientsForm, type CommandError, type EntriesForm, type FindForm, type HistoryForm, type MenuChosen, type PathQuestion } from "./bindings";
import * as commands from "./bindings";
import { refusal } from "./errors";

export type * from "./bindings";

type Answer<T> = { status: "ok"; data: T } | { status: "error"; error: CommandError };

/** Turns a command into a function that never throws. */
function door<A extends unknown[], T>(command: (...args: A) => Promise<Answer<T>>): (...args: A) => Promise<Result<T>> {
  return async (...args) => {
    try {
      const answer = await command(...args);
      if (answer.status === "ok") return { ok: true, data: answer.data };
      await spoken;
      return { ok: false, refusal: refusal(answer.error) };
    } catch (thrown) {
      return { ok: false, refusal: refusal(thrown instanceof Error ? thrown.message : String(thrown)) };
    }
  };
}

export type PathKind = "book" | "usage" | "parties" | "prices" | "problems" | "charges" | "volume" | "logo" | "table" | "markets" | "paper";

function question(kind: PathKind, suggested?: string): PathQuestion {
  const words = t.paths[kind];
  const extensions = kind === "book" ? ["hubbook"] : kind === "prices" ? ["csv", "xlsx"] : kind === "parties" ? ["csv", "json"] : kind === "paper" ? ["pdf"] : kind === "logo" ? ["png", "jpg", "jpeg", "svg"] : ["csv"];
  return { title: words.title, files: { name: words.files, extensions }, suggested_name: suggested ?? null };
}

/** Asks for a file; nothing if the person cancels. */
export const chooseOpenPath = (kind: PathKind): Promise<Result<string | null>> =>
  door(commands.chooseOpenPath)(question(kind));

export const chooseSavePath = (kind: PathKind, suggested: string): Promise<Result<string | null>> =>
  door(commands.chooseSavePath)(question(kind, suggested));

export const chooseFolder = (): Promise<Result<string | null>> =>
  door(commands.chooseFolder)({ title: t.paths.folder, files: null, suggested_name: null });

/** Hears of a book that the person opens from outside the window. */
export const onBookRequested = (run: (path: string) => void): Promise<() => void> =>
  listen<BookRequested>("book-requested", (event) => run(event.payload.path));

/** Hears of what was chosen in the native menu. */
export const onMenuChosen = (run: (id: string) => void): Promise<() => void> =>
  listen<MenuChosen>("menu-chosen", (event) => run(event.payload.id));

/** Files held over the window (nothing once they are gone), and files let go there. */
export const onFiles = (over: (paths: string[] | null) => void, dropped: (paths: string[]) => void): Promise<() => void> => {
  type Held = { paths: string[] };
  const heard = [
    listen<Held>("tauri://drag-enter", (event) => over(event.payload.paths)),
    listen("tauri://drag-leave", () => over(null)),
    listen<Held>("tauri://drag-drop", (event) => dropped(event.payload.paths)),
  ];
  return Promise.all(heard).then((stops) => () => stops.forEach((stop) => stop()));
};

export const setMenu = door(commands.setMenu);
export const setTheme = door(commands.setTheme);
export const setZoom = door(commands.setZoom);
export const lookAtFiles = door(commands.lookAtFiles);

export const showPath = door(commands.showPath);
export const about = door(commands.about);
export const bookAtLaunch = door(commands.bookAtLaunch);

export const newBook = door(commands.createBook);
export const openBook = (path: string, passphrase: string | null = null) => door(commands.openBook)(path, passphrase);
export const openBookReadOnly = (path: string, passphrase: string | null = null) => door(commands.openBookReadOnly)(path, passphrase);
export const closeBook = door(commands.closeBook);
export const bookView = door(commands.bookView);
export const recentBooks = door(commands.recentBooks);
export const forgetRecent = door(commands.forgetRecent);
export const makeSample = door(commands.makeSample);
export const setCompany = door(commands.setCompany);
export const setPaperLanguage = door(commands.setPaperLanguage);
export const check = door(commands.check);

export const backups = door(commands.backups);
export const backupsAt = door(commands.backupsAt);
export const backUp = door(commands.backUp);
export const verifyBackup = door(commands.verifyBackup);
export const restoreBackup = door(commands.restoreBackup);
export const setBackupFolder = door(commands.setBackupFolder);
export const changePassphrase = door(commands.changePassphrase);

/** Hears of what the schedule has done. */
export const onBackupsChanged = (run: (problem: string | null) => void): Promise<() => void> =>
  listen<BackupsChanged>("backups-changed", ({ payload: { problem } }) => run(problem && refusal(problem).text));

export const hubs = door(commands.hubs);
export const hub = door(commands.hub);
export const addHub = door(commands.addHub);
export const editHub = door(commands.editHub);
export const setOpening = door(commands.setOpening);
export const setPayBy = door(commands.setPayBy);
export const rules = door(commands.rules);
export const setRule = door(commands.setRule);
export const setAutoRenewal = door(commands.setAutoRenewal);
export const closeHub = door(commands.closeHub);
export const planNotice = door(commands.planNotice);
export const givePlanNotice = door(commands.givePlanNotice);
export const withdrawPlanNotice = door(commands.withdrawPlanNotice);
export const keepPrice = door(commands.keepPrice);
export const channelUsage = door(commands.channelUsage);

/** A few of what fits a text, or what has one of these ids. */
export const find = (form: Pick<FindForm, "limit"> & Partial<FindForm>) =>
  door(commands.find)({ hub: null, text: "", ids: [], amount: "", invoices: false, ...form });
export const clients = door(commands.clients);
/** Clients of a hub with their sums, and a page of their channels; by default the clients alone. */
export const clientsForm = (form: Pick<ClientsForm, "hub" | "month"> & Partial<ClientsForm>): ClientsForm =>
  ({ client: null, after: null, limit: 0, channel: null, stands: null, tier: null, country: null, sort: null, ...form });
export const clientsPage = (form: Parameters<typeof clientsForm>[0]) => door(commands.clientsPage)(clientsForm(form));
export const addClient = door(commands.addClient);
export const editClient = door(commands.editClient);
export const channels = door(commands.channels);
export const addChannel = door(commands.addChannel);
export const editChannel = door(commands.editChannel);
export const cancelChannel = door(commands.cancelChannel);
export const previewParties = door(commands.previewParties);
export const bookParties = door(commands.bookParties);

export const topUp = door(commands.topUp);
export const refund = door(commands.refund);
export const whatCanBeUndone = door(commands.whatCanBeUndone);
export const undoLast = door(commands.undoLast);
export const undo = door(commands.undo);
export const previewReversal = door(commands.previewReversal);
export const reverse = door(commands.reverse);
export const balances = door(commands.balances);
export const statement = door(commands.statement);
export const overview = door(commands.overview);

export const previewUsage = door(commands.previewUsage);
export const bookUsage = door(commands.bookUsage);
export const saveUsageProblems = door(commands.saveUsageProblems);
export const jobProgress = door(commands.jobProgress);
export const cancelJob = door(commands.cancelJob);

/** All that is not said is asked for whole, newest first. */
export const chargesForm = (form: Pick<ChargesForm, "hub" | "month" | "limit"> & Partial<ChargesForm>): ChargesForm =>
  ({ day: null, client: null, channel: null, category: null, market: null, kind: null, unrated: false, sort: null, after: null, ...form });
export const charges = door(commands.charges);
export const chargeSums = door(commands.chargeSums);
export const unrated = door(commands.unrated);
export const explain = door(commands.explain);
export const priceCharge = door(commands.priceCharge);
export const waive = door(commands.waive);
export const exportCharges = door(commands.exportCharges);
export const exportShownCharges = door(commands.exportShownCharges);
export const whatIf = door(commands.whatIf);
export const costDifferences = door(commands.costDifferences);
export const volumes = door(commands.volumes);
export const setVolume = door(commands.setVolume);
export const previewVolume = door(commands.previewVolume);
export const bookVolume = door(commands.bookVolume);

export const cards = door(commands.cards);
export const rates = door(commands.rates);
export const previewPrices = door(commands.previewPrices);
export const bookPrices = door(commands.bookPrices);
export const compareCards = door(commands.compareCards);
export const missingCards = door(commands.missingCards);
export const chooseCard = door(commands.chooseCard);
export const marketLists = door(commands.marketLists);
export const marketList = door(commands.marketList);
export const previewMarkets = door(commands.previewMarkets);
export const bookMarkets = door(commands.bookMarkets);
export const chooseMarketList = door(commands.chooseMarketList);
export const exportCard = door(commands.exportCard);
export const exportCardDiff = door(commands.exportCardDiff);

export const trialBalance = door(commands.trialBalance);
export const account = door(commands.account);
/** All that is not said is asked for whole, newest first. */
export const entriesForm = (form: Partial<EntriesForm>): EntriesForm =>
  ({ entry: null, hub: null, account: null, account_kind: null, kind: null, least: null, unit: null, month: null, from: "", until: "", oldest_first: false, after: null, limit: 1, ...form });
export const entries = (form: Partial<EntriesForm>) => door(commands.entries)(entriesForm(form));
export const chart = door(commands.chart);
export const setChart = door(commands.setChart);
export const setChartAccount = door(commands.setChartAccount);
export const exportTrialBalance = door(commands.exportTrialBalance);
export const exportAccount = door(commands.exportAccount);
export const exportEntries = door(commands.exportEntries);
export const exportChart = door(commands.exportChart);
export const historyForm = (form: Partial<HistoryForm>): HistoryForm =>
  ({ hub: null, client: null, channel: null, invoice: null, actor: null, use_case: null, from: null, until: null, oldest_first: false, after: null, limit: 1, ...form });
export const history = (form: Partial<HistoryForm>) => door(commands.history)(historyForm(form));

export const closePreview = door(commands.closePreview);
export const closeMonth = door(commands.closeMonth);
export const invoices = door(commands.invoices);
export const invoice = door(commands.invoice);
export const exportInvoices = door(commands.exportInvoices);
export const exportMonth = door(commands.exportMonth);
export const setVendorNumber = door(commands.setVendorNumber);

export const clientDrafts = door(commands.clientDrafts);
export const clientDraft = door(commands.clientDraft);
export const tryClientDraft = door(commands.tryClientDraft);
export const putClientDraft = door(commands.putClientDraft);
export const removeClientDraft = door(commands.removeClientDraft);
export const issueClientDraft = door(commands.issueClientDraft);
export const clientInvoices = door(commands.clientInvoices);
export const clientInvoice = door(commands.clientInvoice);
export const previewClientCredit = door(commands.previewClientCredit);
export const creditClientInvoice = door(commands.creditClientInvoice);
export const correctClientInvoice = door(commands.correctClientInvoice);
export const payClientInvoice = door(commands.payClientInvoice);
export const seller = door(commands.seller);
export const setSeller = door(commands.setSeller);
export const setLogo = door(commands.setLogo);
export const setNumberSeries = door(commands.setNumberSeries);
export const setSeriesStart = door(commands.setSeriesStart);
export const clientBilling = door(commands.clientBilling);
export const setClientBilling = door(commands.setClientBilling);

export const exportClientInvoices = door(commands.exportClientInvoices);
export const page = door(commands.page);
export const saveTable = door(commands.saveTable);
export const exportShown = door(commands.exportShown);
export const savePaper = door(commands.savePaper);
