// Every command of the shell, answered from the made-up book.

import type * as B from "../../src/api/bindings";
import { addDays, addMonths, firstDay, monthOf } from "../../src/lib/date";
import { micros, plain } from "../../src/lib/money";
import { balancesOf, channelsOf, chargeView, clientOf, closeOf, company, hubOf, invoicesOf, label, licence, money, renewalView, statement, total } from "./sums";
import { clientInvoices } from "./client-invoices";
import { hear } from "./news";
import { type Channel, type Charge, type Client, fill, type Hub, TODAY, world } from "./world";

export class Refused extends Error {
  constructor(readonly code: string, readonly details: string[] = [], readonly field: string | null = null) {
    super(code);
  }
}

/** What was written as CSV, by path: the head and the rows. */
export const files = new Map<string, string[][]>();

const now = monthOf(TODAY);

function hubView(hub: Hub): B.HubView {
  const balances = balancesOf(hub, now);
  const balance = total(balances.map((b) => micros(b.ending.amount)));
  const months: string[] = [];
  for (let at = hub.first; at <= (hub.closedOn ? monthOf(hub.closedOn) : now); at = addMonths(at, 1)) if (!hub.closed.includes(at)) months.push(at);
  const count = hub.closedOn ? 0 : channelsOf(hub.id).length;
  const paused = balances.filter((b) => b.paused && count > 0).length;
  return {
    id: hub.id, name: hub.name, model: hub.model, currency: hub.currency, plan: hub.plan, plan_next: null, plan_price: hub.plan && money(hub, 500_000_000n), plan_ends: null, since: hub.since, first_month: hub.first, closed_on: hub.closedOn, pay_by: hub.payBy,
    channels: count, paused: hub.model === "partner-paid" && paused ? count : paused, balance: money(hub, balance), usage_is_ours: hub.model === "partner-paid" || world.owner === "client", open_months: months, last_closed: hub.closed.at(-1) ?? null,
    opening: hub.opening === null ? null : money(hub, hub.opening), auto_renewal: renewalView(hub, hub.renewal, balance), unrated: world.charges.filter((c) => c.hub === hub.id && c.state === "unrated").length,
  };
}

function bookView(): B.BookView {
  if (!world.open) throw new Refused("no-book-open");
  return { path: world.path, file_name: world.path.split("/").at(-1)!, owner: world.owner, company: company(), company_next: null, paper_language: world.paperLanguage, hubs: world.hubs.map(hubView), unrated: world.charges.filter((c) => c.state === "unrated").length, read_only: world.readOnly, is_sample: world.sample, today: TODAY, is_encrypted: false };
}

function used(hub: Hub, month: string, of: (c: Charge) => boolean): B.MoneyView {
  return money(hub, total(world.charges.filter((c) => c.hub === hub.id && monthOf(c.day) === month && of(c)).map((c) => c.amount ?? 0n)));
}

function channelView(channel: Channel, month: string): B.ChannelView {
  const client = clientOf(channel);
  const hub = hubOf(client.hub);
  const direct = hub.model === "direct-paid";
  const balance = direct ? statement(hub, channel, month).balance : null;
  const state = channel.ended ? (channel.ended < TODAY ? "ended" : "ending") : channel.started > TODAY ? "starting" : "active";
  return { ...label(channel), hub: hub.id, tier: channel.tier, tiers: [{ from: channel.started, tier: channel.tier }], started: channel.started, ended: channel.ended, time_zone: "Europe/Berlin", kept_prices: [], state, licence: money(hub, monthOf(channel.started) > month ? 0n : licence(channel)), used: used(hub, month, (c) => c.channel === channel.id), balance: balance?.ending ?? null, opening: channel.opening === null ? null : money(hub, channel.opening), paused: balance?.paused ?? false, auto_renewal: balance?.auto_renewal ?? null };
}

function clientView(client: Client, month: string): B.ClientView {
  const channels = world.channels.filter((c) => c.client === client.id);
  const hub = hubOf(client.hub);
  return { id: client.id, hub: client.hub, name: client.name, country: client.country || null, email: client.email, vat_id: client.vat, licences: money(hub, total(channels.filter((c) => monthOf(c.started) <= month).map(licence))), used: used(hub, month, (c) => channels.some((one) => one.id === c.channel)), channels: channels.map((c) => channelView(c, month)) };
}

function charges(form: B.ChargesForm): B.ChargesView {
  const hub = hubOf(form.hub);
  const all = world.charges
    .filter((c) => c.hub === form.hub && (!form.month || monthOf(c.day) === form.month) && (!form.day || c.day === form.day) && (!form.channel || c.channel === form.channel) && (!form.category || c.category === form.category) && (!form.market || c.market === form.market) && (!form.unrated || c.state === "unrated"))
    .filter((c) => !form.client || world.channels.find((one) => one.id === c.channel)?.client === form.client)
    .sort((a, b) => (a.day === b.day ? a.line - b.line : a.day < b.day ? 1 : -1));
  // What has no amount stands last either way.
  if (form.sort?.by === "amount") {
    const { down } = form.sort;
    all.sort((a, b) => (a.amount === null || b.amount === null ? Number(a.amount === null) - Number(b.amount === null) : a.amount === b.amount ? 0 : a.amount < b.amount === down ? 1 : -1));
  }
  const from = Number(form.after ?? 0);
  const rows = all.slice(from, from + form.limit).map(chargeView);
  return { rows, count: all.length, amount: money(hub, total(all.map((c) => c.amount ?? 0n))), plan_apart: null, estimated: 0, unrated: all.filter((c) => c.state === "unrated").length, next: from + form.limit < all.length ? String(from + form.limit) : null };
}

function sums(hub: Hub, month: string, by: B.SumBy): B.ChargeSumView[] {
  const found = new Map<string, B.ChargeSumView & { sum: bigint; m: number; p: number }>();
  for (const c of world.charges.filter((one) => one.hub === hub.id && monthOf(one.day) === month)) {
    const channel = world.channels.find((one) => one.id === c.channel)!;
    const [key, name] = by === "client" ? [channel.client, clientOf(channel).name] : by === "channel" ? [channel.id, channel.name] : by === "category" ? [c.category, c.category] : [c.market, c.market];
    const row = found.get(key) ?? { key, name, messages: "0", pulses: "0", usage: money(hub, 0n), fees: money(hub, by === "client" || by === "channel" ? 25_000_000n : 0n), amount: money(hub, 0n), paid_by_client: false, unrated: 0, estimated: 0, sum: 0n, m: 0, p: 0 };
    row.sum += c.amount ?? 0n;
    if (c.category === "call") row.p += c.quantity;
    else row.m += c.quantity;
    if (c.state === "unrated") row.unrated += 1;
    found.set(key, row);
  }
  return [...found.values()].map(({ sum, m, p, ...row }) => ({ ...row, messages: String(m), pulses: String(p), usage: money(hub, sum), amount: money(hub, sum + micros(row.fees.amount)) }));
}

function explain(id: string): B.ExplainView {
  const charge = world.charges.find((c) => c.id === id);
  if (!charge) throw new Refused("charge-not-found", [id]);
  const hub = hubOf(charge.hub);
  const day = total(world.charges.filter((c) => c.hub === hub.id && c.day === charge.day && (hub.model === "partner-paid" || c.channel === charge.channel)).map((c) => c.amount ?? 0n));
  return {
    charge: chargeView(charge), source: { file: `usage-${monthOf(charge.day)}.csv`, line: charge.line, brought_in: `${addDays(TODAY, -2)}T08:12:00`, sha256: "9f2c4e" }, price: charge.rate === null ? null : { card: "Meta messages EUR", of: { kind: "messages", currency: "EUR", effective_from: "2026-07-01" }, source: "Meta, 1 July 2026", source_word: null, effective_from: "2026-07-01", rate: plain(charge.rate), per: "message", market: charge.market },
    reported: charge.state === "reported" ? money(hub, charge.amount ?? 0n) : null, rated: null, difference: null, reason: charge.state === "unrated" ? { code: "no-card", text: "" } : charge.state === "waived" ? { code: "waived", text: charge.reason } : null, share: null, volume: null, free: null, sum: null, related: [], invoice: hub.closed.includes(monthOf(charge.day)) ? `${hub.id}/${monthOf(charge.day)}/closing` : null, balance: hub.model === "partner-paid" ? "hub" : charge.channel, day_total: money(hub, day),
  };
}

/** The top-up of 500.00 EUR, taken back. */
function reversal(unit: number | null): B.ReversalView {
  const sides: B.PostingView[] = [
    { account: "asset:prepaid-balance:NrdE7kPA", number: "1400", name: "Prepaid balance at 360Dialog", plain: "asset:prepaid-balance", of: null, debit: null, credit: eur("500.00") },
    { account: "liability:payable-360dialog:NrdE7kPA", number: "2000", name: "Payable to 360Dialog", plain: "liability:payable-360dialog", of: null, debit: eur("500.00"), credit: null },
  ];
  const entry: B.EntryView = { entry: "9", kind: "top-up", hub: "NrdE7kPA", day: "2026-10-01", own_day: "2026-09-05", unit: 2, invoice: null, reverses: "2", reversed_by: null, can_reverse: false, postings: sides };
  return { unit, hub: "NrdE7kPA", kind: "top-up", day: "2026-09-05", booked_on: "2026-10-01", month: "2026-10", amount: eur("500.00"), charge: null, entries: [entry] };
}

function overview(hub: Hub, month: string): B.OverviewView {
  const balances = balancesOf(hub, now);
  const balance = total(balances.map((b) => micros(b.ending.amount)));
  const shared = hub.model === "partner-paid";
  const all = shared ? statement(hub, null, null) : null;
  const curve: B.CurvePointView[] = [];
  if (shared) {
    let at = 0n;
    const list = [...statement(hub, null, addMonths(now, -2)).movements, ...statement(hub, null, addMonths(now, -1)).movements, ...all!.movements];
    for (let day = firstDay(addMonths(now, -1)); day <= TODAY && monthOf(day) <= month; day = addDays(day, 1)) {
      const today = list.filter((m) => m.day === day);
      at = micros((list.filter((m) => m.day <= day).at(-1) ?? all!.movements[0]!).balance.amount);
      const added = today.filter((m) => m.kind === "top-up");
      curve.push({ day, balance: money(hub, at), added: added.length ? money(hub, total(added.map((m) => micros(m.amount.amount)))) : null, emergency: added.some((m) => m.top_up === "emergency") });
    }
  }
  const since = (days: number) => money(hub, total(world.charges.filter((c) => c.hub === hub.id && c.day > addDays(TODAY, -days)).map((c) => c.amount ?? 0n)) / BigInt(days));
  const before = addMonths(month, -1);
  const spend = (by: B.SumBy): B.SpendView[] => {
    const old = sums(hub, before, by);
    return sums(hub, month, by).map((row) => ({ key: row.key, name: row.name, amount: row.usage, before: old.find((one) => one.key === row.key)?.usage ?? money(hub, 0n) }));
  };
  const daily = micros(since(30).amount);
  const left = daily > 0n ? Math.max(0, Number(balance / daily)) : null;
  const next: B.NextView[] = [];
  const one = (what: B.NextWord, more: Partial<B.NextView> = {}): number => next.push({ what, count: 1, name: "", day: null, month: null, amount: null, ...more });
  if (shared && left !== null && left < 8) one("runs-dry", { day: addDays(TODAY, left), amount: money(hub, balance) });
  if (!shared) one("paused", { name: "Pampa Clientes", count: 1, amount: balances[0]!.ending });
  if (hub.id === "NrdE7kPA") one("unrated", { month: "2026-08" });
  const open = hubView(hub).open_months[0];
  if (open && open < now) one("close-month", { month: open });
  one("card-outdated", { day: "2026-10-01" });
  if (shared) one("channel-ends", { name: "Κανέλα", day: "2026-09-30", amount: money(hub, 25_000_000n) });
  return { hub: hub.id, month, balance: money(hub, balance), paused: balances.filter((b) => b.paused).length, curve, used_a_day: [7, 15, 30].map(since), days_left: left, runs_dry_on: left === null ? null : addDays(TODAY, left), by_category: spend("category"), by_market: spend("market"), by_client: spend("client"), used: used(hub, month, () => true), used_before: used(hub, before, () => true), lowest: shared ? [] : [...balances].sort((a, b) => Number(micros(a.ending.amount) - micros(b.ending.amount))).slice(0, 5), next };
}

const rule = (rule: string, choices: string[]): B.RuleView => ({ rule, value: world.rules.get(rule) ?? choices[0]!, choices, assumed: true, own_choice: false, is_default: !world.rules.has(rule), from: world.rules.has(rule) ? "2026-08" : null, first_open: "2026-08" });
const rules = (): B.RuleView[] => [rule("proration", ["from-start-day", "after-start-day", "whole-month"]), rule("plan-first-month", ["pro-rata", "whole-month"]), rule("upgrade", ["pro-rata", "next-month"]), rule("higher-throughput", ["replaces-premium", "adds-to-premium"]), rule("termination-day", ["last-day", "day-after"]), rule("card-fee-on", ["shortfall", "shortfall-and-fees", "nothing"]), rule("vat-on", ["top-up", "usage"]), rule("free-service-messages", ["on", "off"]), rule("outdated-card", ["unrated", "estimate"])];

function amount(text: string, field = "amount"): bigint {
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new Refused("not-an-amount", [text], field);
  const value = micros(text);
  if (value <= 0n) throw new Refused("amount-not-positive", [], field);
  return value;
}

const problem = (line: number, column: string, found: string, code: B.SaidCode, text: string, facts: string[] = []): B.ProblemView => ({ line, column, found, code, text, facts: facts.map((value, at) => ({ name: String(at), value })), row: ["2026-09-22", "eLt4M2CH", "DE", "utility", "40"] });
const preview = (): B.UsagePreviewView => ({
  file: "usage-2026-09-22.csv", sha256: "ab12", rows: 64, new_rows: 52, messages: "3893", pulses: "326", amounts: [{ amount: "139.8023", currency: "EUR" }], unrated: 1, late: 0, already: 4, changed: 2,
  changed_rows: [{ line: 14, day: "2026-09-20", channel: "Elbufer Termine", category: "utility", place: "Germany", old_quantity: "412", new_quantity: "418", old_amount: { amount: "18.7872", currency: "EUR" }, new_amount: { amount: "19.0608", currency: "EUR" } }, { line: 15, day: "2026-09-20", channel: "Velo Nord", category: "marketing", place: "Netherlands", old_quantity: "81", new_quantity: "80", old_amount: { amount: "10.7163", currency: "EUR" }, new_amount: { amount: "10.584", currency: "EUR" } }],
  problems: 6, problem_rows: [problem(18, "channel_id", "xR4t9QCH", "channel-not-found", "Channel xR4t9QCH is not in this book. Add it first.", ["xR4t9QCH"]), problem(19, "channel_id", "xR4t9QCH", "channel-not-found", "Channel xR4t9QCH is not in this book. Add it first.", ["xR4t9QCH"]), problem(33, "date", "2026-09-22", "channel-ended", "Brinkmann Probe bRp0T2CH ended on 31 Jul 2026", ["bRp0T2CH", "2026-07-31"]), problem(41, "quantity", "12,5", "not_a_whole_number", "Sonnentau, Germany, marketing"), problem(47, "category", "markting", "unknown_category", "Velo Nord, Netherlands, 81. Did you mean marketing?"), problem(52, "country", "XK", "unknown_country", "Fenix Tracking, utility, 6")],
  columns: ["date", "channel_id", "country", "category", "pricing_type", "quantity", "cost", "row_id", "agent"], unknown_columns: ["agent"],
});

const cards: B.CardView[] = [
  { id: 1, kind: "messages", currency: "EUR", effective_from: "2026-07-01", name: "Meta messages EUR", source: "Meta, WhatsApp rate card of 1 July 2026, EUR", source_word: "card-file", rates: 188, markets: 47, in_force: true, shipped: true, until: null, trust: "high", rivals: 0, chosen: true, chosen_at: null },
  { id: 2, kind: "messages", currency: "USD", effective_from: "2026-07-01", name: "Meta messages USD", source: "Meta, WhatsApp rate card of 1 July 2026, USD", source_word: "card-file", rates: 188, markets: 47, in_force: true, shipped: true, until: null, trust: "high", rivals: 0, chosen: true, chosen_at: null },
  { id: 3, kind: "messages", currency: "USD", effective_from: "2026-04-01", name: "Meta messages USD", source: "Meta, WhatsApp rate card of 1 April 2026, USD", source_word: "card-with-changes", rates: 184, markets: 46, in_force: false, shipped: true, until: null, trust: "high", rivals: 0, chosen: true, chosen_at: null },
  { id: 4, kind: "calls", currency: "USD", effective_from: "2026-01-01", name: "Meta calls USD", source: "Meta, call rates", source_word: "guide", rates: 60, markets: 30, in_force: true, shipped: true, until: null, trust: "high", rivals: 0, chosen: true, chosen_at: null },
  { id: 5, kind: "fees", currency: "EUR", effective_from: null, name: "360Dialog fees EUR", source: "360Dialog, partner documentation", source_word: "documentation", rates: 6, markets: 0, in_force: true, shipped: true, until: null, trust: "high", rivals: 0, chosen: true, chosen_at: null },
];

let job = 0;
/** Long work that a test holds: it ends when it is let go, or is stopped. */
export const long: { hold: B.JobWord | null; go: () => void; stop: () => void } = { hold: null, go: () => {}, stop: () => {} };
const runs = async (sort: B.JobWord): Promise<void> => {
  if (long.hold !== sort) return;
  await new Promise<void>((go, refuse) => Object.assign(long, { go, stop: () => refuse(new Refused("cancelled")) }));
};
const slow = () => new Promise((done) => setTimeout(done, Number(new URLSearchParams(location.search).get("slow") ?? 0)));

type Args = { form: never; question: never; path: string; hub: string; month: string; id: string; channel: string | null; by: B.SumBy; rows: string[][]; to: string; charge: string; card: number; reference: string; method: "card"; references: string[]; paths: string[]; folder: string; language: string; acceptDifferences: boolean; job: B.JobWord };

/** What a restore drill finds other than that all is well. */
export const found: Partial<B.DrillView> = {};

function backupsView(): B.BackupsView {
  const file = "nordlicht-2026-09-22T120000Z-schedule.hubbook";
  const made_at = "2026-09-22T12:00:00Z";
  const drill: B.DrillView = { file, made_at, at: made_at, opens: true, holds: true, entries: 1204, checked: 13, failures: [], ...found };
  return { folder: "/home/ada/nordlicht backups", is_chosen: false, newest: made_at, backups: [{ file, path: `/home/ada/nordlicht backups/${file}`, made_at, why: "schedule", kilobytes: 2048, entries: 1204, is_encrypted: false, drill }] };
}

const eur = (amount: string): B.MoneyView => ({ amount, currency: "EUR" });

function trialLine(of: B.ClassWord, number: string, name: string, account: string, holds: string): B.TrialLineView {
  const less = holds.startsWith("-");
  const side = eur(holds.replace("-", ""));
  return { account: `${account}:NrdE7kPA`, class: of, number, name, plain: null, hub: "NrdE7kPA", of: null, starting: eur("0.00"), debited: less ? eur("0.00") : side, credited: less ? side : eur("0.00"), debit: less ? null : side, credit: less ? side : null };
}

function posted(entry: string, kind: string, day: string, amount: string, of: [debit: string, credit: string]): B.EntryView {
  const names: Record<string, [string, string]> = { "asset:prepaid-balance": ["1400", "Prepaid balance at 360Dialog"], "liability:payable-360dialog": ["2000", "Payable to 360Dialog"], "cost:messages": ["5000", "Message costs"] };
  const posting = (name: string, debit: B.MoneyView | null, credit: B.MoneyView | null): B.PostingView => ({ account: `${name}:NrdE7kPA`, number: names[name]![0], name: names[name]![1], plain: name as B.AccountWord, of: null, debit, credit });
  return { entry, kind, hub: "NrdE7kPA", day, own_day: null, unit: 1, invoice: null, reverses: null, reversed_by: null, can_reverse: kind === "top-up", postings: [posting(of[0], eur(amount), null), posting(of[1], null, eur(amount))] };
}
/** Oldest first. */
const entries = [posted("2", "top-up", "2026-09-05", "500.00", ["asset:prepaid-balance", "liability:payable-360dialog"]), posted("3", "usage", "2026-09-06", "113.10", ["cost:messages", "asset:prepaid-balance"])];

const act = (id: number, at: string, actor: string, use_case: string, inputs: B.InputView[], to_reverse: string | null): B.ActivityView => ({ id, at, actor, use_case, inputs, hub: "NrdE7kPA", client: null, channel: null, invoice: null, month: null, undoes: null, undone_by: null, can_undo: false, to_reverse, reversed_by: null });
/** Oldest first. */
const acts = [act(1, "2026-09-05T12:12:30Z", "ada on desk (Hubledger)", "top-up", [{ name: "amount", value: "500.00" }, { name: "on", value: "2026-09-05" }], "2"), act(2, "2026-09-07T12:00:00Z", "ben on laptop (hubl)", "import-usage", [{ name: "rows", value: "12" }], null)];

/** What another command answers to a form. */
const asked = <T>(command: string, form: object): T => commands[command]!({ form } as unknown as Args) as T;

const commands: Record<string, (args: Args) => unknown> = {
  set_menu: () => null,
  set_theme: () => null,
  set_zoom: () => null,
  look_at_files: ({ paths }) => paths.map((path) => ({ path, name: path.split("/").at(-1)!, kind: path.endsWith(".hubbook") ? "book" : path.endsWith("usage.csv") ? "usage" : path.endsWith("card.csv") ? "prices" : "unknown" }) satisfies B.FileView),
  about: () => ({ version: "0.1.0", path: world.open ? world.path : null, newest_cards: [{ currency: "EUR", effective_from: "2026-07-01", outdated_since: "2026-10-01" }, { currency: "USD", effective_from: "2026-10-01", outdated_since: null }] }),
  book_at_launch: () => null,
  hear,
  choose_open_path: ({ question }: { question: B.PathQuestion }) => `/home/ada/${question.files?.name.startsWith("Hubledger") ? "nordlicht.hubbook" : "usage-2026-09-22.csv"}`,
  choose_save_path: ({ question }: { question: B.PathQuestion }) => `/home/ada/${question.suggested_name}`,
  choose_folder: () => "/home/ada/invoices",
  show_path: () => null,
  recent_books: () => [{ path: "/home/ada/Documents/nordlicht.hubbook", name: "Nordlicht Messaging GmbH", owner: "partner", hubs: 3, last_opened: "2026-09-22T09:04:00", found: true }, { path: "/home/ada/Documents/Mandanten/elbufer.hubbook", name: "Kliniken am Elbufer gGmbH", owner: "client", hubs: 1, last_opened: "2026-09-18T11:30:00", found: true }, { path: "/media/backup/nordlicht-2024.hubbook", name: "Nordlicht 2024", owner: "partner", hubs: 3, last_opened: "2026-03-02T11:30:00", found: false }],
  forget_recent: () => [],
  make_sample: () => ({ partner_book: "/home/ada/sample.hubbook", client_book: "/home/ada/sample-client.hubbook" }),
  open_book: ({ path }) => { if (path.includes("in-use")) throw new Refused("book-in-use", ["ada on laptop-3 (Hubledger, process 812)"]); fill(); world.path = path; world.sample = path.includes("sample"); return bookView(); },
  open_book_read_only: ({ path }) => { fill(); world.path = path; world.readOnly = "ada on laptop-3"; return bookView(); },
  create_book: ({ path, form }: { path: string; form: B.NewBookForm }) => {
    Object.assign(world, { open: true, path, owner: form.owner, sample: false, hubs: [], clients: [], channels: [], charges: [], topUps: [], refunds: [] });
    world.company = { ...form.company, address: form.company.address.split("\n") };
    world.paperLanguage = form.paper_language || "en";
    return bookView();
  },
  close_book: () => { world.open = false; return null; },
  book_view: bookView,
  set_company: ({ form }: { form: B.CompanyForm }) => {
    if (form.country === "DE" && form.vat_id && !/^DE\d{9}$/.test(form.vat_id)) throw new Refused("unusable-vat-id", ["Germany", form.vat_id, "a German VAT ID is DE and 9 digits"], "vat_id");
    world.company = { ...form, address: form.address.split("\n") };
    return bookView();
  },
  set_paper_language: ({ language }) => { world.paperLanguage = language; return bookView(); },
  backups: () => backupsView(),
  backups_at: () => backupsView(),
  back_up: () => backupsView().backups[0],
  verify_backup: () => backupsView().backups[0]!.drill!,
  restore_backup: () => ({ book: world.path, drill: backupsView().backups[0]!.drill!, replaced: null }),
  set_backup_folder: () => backupsView(),
  change_passphrase: () => ({ is_encrypted: false, other_backups: 1 }),
  check: async () => { await runs("check"); return { holds: true, lines: ["file-sound", "entries-balance", "usage-posted", "invoices-add-up"].map((code) => ({ code, invariant: code, holds: true, checked: 2140, faults: [], notices: [] })) }; },
  hubs: () => world.hubs.map(hubView),
  hub: ({ id }) => hubView(hubOf(id)),
  add_hub: ({ form }: { form: B.NewHubForm }) => {
    if (!/PA$/.test(form.id)) throw new Refused("unusable-id", ["hub", form.id], "id");
    if (world.hubs.some((hub) => hub.id === form.id)) throw new Refused("id-taken", [form.id], "id");
    world.hubs.push({ id: form.id, name: form.name, model: form.model, currency: form.currency as "EUR", plan: form.plan, since: form.since, first: form.first_month || monthOf(form.since), closedOn: null, payBy: form.pay_by, opening: form.opening ? micros(form.opening) : null, closed: [], renewal: null });
    return hubView(world.hubs.at(-1)!);
  },
  edit_hub: ({ form }: { form: B.EditHubForm }) => { const hub = hubOf(form.id); hub.name = form.name; if (form.plan) hub.plan = form.plan; return hubView(hub); },
  close_hub: ({ form }: { form: B.CloseHubForm }) => { hubOf(form.id).closedOn = form.on; return hubView(hubOf(form.id)); },
  set_opening: ({ form }: { form: B.OpeningForm }) => {
    const hub = hubOf(form.hub);
    if (hub.closed.length) throw new Refused("opening-is-fixed", [hub.closed[0]!], "amount");
    hub.opening = micros(form.amount);
    return { balance: hubView(hub).balance, booked_on: null, to: null };
  },
  set_pay_by: ({ hub, method }) => { hubOf(hub).payBy = method; return hubView(hubOf(hub)); },
  rules,
  set_rule: ({ form }: { form: B.RuleForm }) => { world.rules.set(form.rule, form.value); return rules(); },
  set_auto_renewal: ({ form }: { form: B.AutoRenewalForm }) => {
    const renewal = { on: form.on, threshold: amount(form.threshold, "threshold"), amount: amount(form.amount) };
    if (form.channel) world.channels.find((c) => c.id === form.channel)!.renewal = renewal;
    else hubOf(form.hub).renewal = renewal;
    return null;
  },
  find: ({ form }: { form: B.FindForm }): B.FoundView => {
    const hubs = world.hubs.filter((hub) => !form.hub || hub.id === form.hub);
    const ids = hubs.map((hub) => hub.id);
    const fits = (...texts: string[]): boolean => form.ids.length ? texts.some((text) => form.ids.includes(text)) : form.text.toLowerCase().split(/\s+/).every((word) => texts.join(" ").toLowerCase().includes(word));
    const labels = hubs.flatMap((hub) => channelsOf(hub.id).map((channel) => ({ ...label(channel), hub: hub.id })));
    const own = form.invoices ? clientInvoices.client_invoices({ client: null }) : [];
    const papers = form.invoices ? hubs.flatMap((hub) => hub.closed.flatMap((month) => invoicesOf(hub, month).invoices)) : [];
    return {
      clients: world.clients.filter((c) => ids.includes(c.hub) && fits(c.name, c.id)).slice(0, form.limit).map(({ id, hub, name }) => ({ id, hub, name })),
      channels: labels.filter((c) => fits(c.name, c.id, c.phone, c.client_name)).slice(0, form.limit),
      client_invoices: own.slice(0, form.limit),
      hub_invoices: papers.slice(0, form.limit).map((one) => ({ reference: one.reference, hub: one.hub, vendor_number: one.vendor_number, kind: one.kind, issued_on: one.issued_on, channel: one.channel?.name ?? null, net: one.net, gross: one.gross })),
    };
  },
  clients_page: ({ form }: { form: B.ClientsForm }): B.ClientsPageView => {
    const all = world.clients.filter((c) => c.hub === form.hub).map((c) => clientView(c, form.month));
    const standing = (c: B.ChannelView): B.ChannelStands => (c.paused ? "paused" : c.state);
    const placed: Record<B.ChannelsSortBy, (c: B.ChannelView) => bigint | string> = { name: () => "", phone: (c) => c.phone, tier: (c) => String(["regular", "premium", "higher-throughput"].indexOf(c.tier)), state: (c) => String(["paused", "starting", "active", "ending", "ended"].indexOf(standing(c))), licence: (c) => micros(c.licence.amount), used: (c) => micros(c.used.amount) };
    const fits = (c: B.ChannelView): boolean => (!form.client || c.client === form.client) && (!form.stands || standing(c) === form.stands) && (!form.tier || c.tier === form.tier) && (!form.country || all.some((one) => one.id === c.client && one.country === form.country));
    const way = form.sort?.down ? -1 : 1;
    const place = placed[form.sort?.by ?? "name"];
    const channels = all.flatMap((c) => c.channels).filter(fits).sort((one, other) => (place(one) < place(other) ? -way : place(one) > place(other) ? way : 0));
    const narrow = Boolean(form.stands || form.tier || form.country);
    const listed = all.map((c) => ({ ...c, channels: c.channels.filter(fits) })).filter((c) => (!form.client || c.id === form.client) && (!narrow || c.channels.length > 0));
    const sumOf = (list: B.MoneyView[], currency: B.MoneyView["currency"]): B.MoneyView => ({ amount: plain(list.reduce((sum, one) => sum + micros(one.amount), 0n)), currency });
    const from = form.after ? channels.findIndex((c) => c.id === form.after) + 1 : 0;
    const rows = channels.slice(from, from + form.limit);
    const licensed = (c: B.ClientView): number => c.channels.filter((one) => one.licence.amount !== "0.00").length;
    return {
      clients: form.after ? [] : listed.map((c) => ({ ...c, licences: sumOf(c.channels.map(({ licence }) => licence), c.licences.currency), used: sumOf(c.channels.map(({ used }) => used), c.used.currency), channels: c.channels.length, licensed: licensed(c) })),
      countries: [...new Set(all.flatMap((c) => c.country || []))].sort(), rows, count: channels.length,
      next: from + form.limit < channels.length ? (rows.at(-1)?.id ?? null) : null, channel: channels.find((c) => c.id === form.channel) ?? null,
    };
  },
  clients: ({ hub, month }) => world.clients.filter((c) => !hub || c.hub === hub).map((c) => clientView(c, month)),
  add_client: ({ form }: { form: B.ClientForm }) => { if (!form.name) throw new Refused("empty", ["The name"], "name"); world.clients.push({ id: form.id, hub: form.hub, name: form.name, country: form.country, email: form.email, vat: form.vat_id }); return clientView(world.clients.at(-1)!, now); },
  edit_client: ({ form }: { form: B.ClientForm }) => { const client = world.clients.find((c) => c.id === form.id)!; Object.assign(client, { name: form.name, country: form.country, email: form.email, vat: form.vat_id }); return clientView(client, now); },
  channels: ({ hub, month }) => channelsOf(hub).map((c) => channelView(c, month)),
  add_channel: ({ form }: { form: B.ChannelForm }) => {
    if (form.phone.replace(/\D/g, "").length < 8) throw new Refused("unusable-phone-number", [form.phone], "phone");
    world.channels.push({ id: form.id, client: form.client, phone: form.phone, name: form.name, tier: form.tier, started: form.started, ended: form.ended || null, opening: null, renewal: null });
    return channelView(world.channels.at(-1)!, now);
  },
  edit_channel: ({ form }: { form: B.ChannelForm }) => { const c = world.channels.find((one) => one.id === form.id)!; Object.assign(c, { phone: form.phone, name: form.name, tier: form.tier, started: form.started, ended: form.ended || null }); return channelView(c, now); },
  cancel_channel: ({ form }: { form: B.CancelChannelForm }) => { const c = world.channels.find((one) => one.id === form.id)!; c.ended = form.ended; return channelView(c, now); },
  preview_parties: () => ({ file: "parties.csv", sha256: "cd", rows: 31, new_clients: 3, new_channels: 7, same: 15, differences: [{ line: 4, id: "eLt4M2CH", field: "tier", ours: "premium", theirs: "regular" }, { line: 9, id: "sKa4n7CL", field: "name", ours: "Στούντιο Κανέλα Ι.Κ.Ε.", theirs: "Στούντιο Κανέλα Α.Ε." }], problems: 1, problem_rows: [problem(12, "phone_number", "049", "unusable_phone", "Write it with its country code")], unknown_columns: ["agent"] }),
  book_parties: () => ({ file: "parties.csv", sha256: "cd", rows: 31, new_clients: 3, new_channels: 7, same: 15, differences: [], problems: 0, problem_rows: [], unknown_columns: [] }),
  top_up: ({ form }: { form: B.TopUpForm }) => {
    const value = amount(form.amount);
    if (form.on > TODAY) throw new Refused("in-the-future", [form.on], "on");
    const channel = world.channels.find((c) => c.id === form.channel);
    const hub = hubOf(form.hub ?? (channel ? clientOf(channel).hub : ""));
    if (!hub) throw new Refused("choose-hub-or-channel", [], "channel");
    world.topUps.push({ hub: hub.id, channel: form.channel, day: form.on, amount: value, kind: form.kind, method: form.method ?? hub.payBy });
    return { balance: statement(hub, channel ?? null, null).balance.ending, booked_on: null, to: null };
  },
  refund: ({ form }: { form: B.RefundForm }) => {
    const channel = world.channels.find((c) => c.id === form.channel);
    const hub = hubOf(form.hub ?? clientOf(channel!).hub);
    world.refunds.push({ hub: hub.id, channel: form.channel, day: form.on, amount: amount(form.amount), to: form.to });
    return { balance: statement(hub, channel ?? null, null).balance.ending, booked_on: null, to: form.to };
  },
  preview_usage: async ({ path }) => { job = 1; await slow(); job = 0; if (path.includes("2gb")) throw new Refused("cancelled"); return preview(); },
  book_usage: async () => { job = 1; await slow(); job = 0; return { import: 4, new_rows: 52, changed: 2, already: 4, problems: 6, unrated: 1, late: 0, amounts: preview().amounts, first_month: now, last_month: now } satisfies B.UsageBookedView; },
  save_usage_problems: () => 6,
  job_progress: ({ job: sort }): B.ProgressView => ({ running: long.hold === sort || (sort === "work" && job > 0), rows: 412_000, percent: 43, proof: sort === "check" ? "usage-posted" : null, step: long.hold === "work" ? "seal" : null }),
  cancel_job: ({ job: sort }) => { if (long.hold === sort) long.stop(); return null; },
  charges: ({ form }) => charges(form),
  channel_usage: ({ channel, month }) => {
    const list = world.charges.filter((c) => c.channel === channel && monthOf(c.day) === month);
    return [...new Set(list.map((c) => c.category))].map((category) => {
      const of = list.filter((c) => c.category === category);
      return { category, quantity: String(of.reduce((sum, c) => sum + c.quantity, 0)), amount: money(hubOf(list[0]!.hub), total(of.map((c) => c.amount ?? 0n))) };
    });
  },
  charge_sums: ({ hub, month, by }) => sums(hubOf(hub), month, by),
  unrated: () => world.charges.filter((c) => c.state === "unrated").map(chargeView),
  explain: ({ charge }) => explain(charge),
  price_charge: ({ form }: { form: B.PriceChargeForm }) => { const c = world.charges.find((one) => one.id === form.charge)!; c.amount = amount(form.cost, "cost"); c.state = "reported"; return chargeView(c); },
  waive: ({ form }: { form: B.WaiveForm }) => { if (!form.reason.trim()) throw new Refused("reason-missing", [], "reason"); const c = world.charges.find((one) => one.id === form.charge)!; c.amount = 0n; c.state = "waived"; c.reason = form.reason; return chargeView(c); },
  save_table: ({ rows, to }) => { files.set(to, rows); return rows.length - 1; },
  export_shown: ({ form: { list }, to }: { form: B.ShownForm; to: string }) => {
    const rows: Record<string, unknown>[] = list.kind === "entries" ? asked<B.EntriesView>("entries", list.form).entries.flatMap((entry) => entry.postings.map((posting) => ({ ...entry, ...posting, debit: posting.debit?.amount, credit: posting.credit?.amount })))
      : list.kind === "history" ? asked<B.HistoryView>("history", list.form).acts.map((act) => ({ ...act, time: act.at, what: act.use_case, who: act.actor }))
      : asked<B.ClientsPageView>("clients_page", { ...list.form, limit: 1_000 }).rows.map((one) => ({ ...one, licence: one.licence.amount, used: one.used.amount }));
    files.set(to, [list.columns.map(({ head }) => head), ...rows.map((row) => list.columns.map(({ key }) => String(row[key] ?? "")))]);
    return rows.length;
  },
  export_shown_charges: ({ form, to }: { form: B.ShownChargesForm; to: string }) => {
    const { rows } = charges({ ...form.charges, after: null, limit: 1_000_000 });
    const said = (code: string | null): string => (code === null ? "" : (form.words[code] ?? code));
    const cell: Record<B.ShownCharge, (row: B.ChargeView) => string> = {
      day: (row) => row.day, booked: (row) => row.booked_on ?? "", client: (row) => row.channel?.client_name ?? "", channel: (row) => row.channel?.name || (row.channel?.phone ?? ""),
      market: (row) => row.market || (row.country ?? ""), category: (row) => said(row.category), quantity: (row) => row.quantity, rate: (row) => row.rate ?? "",
      amount: (row) => row.amount?.amount ?? "", state: (row) => (row.state === "rated" ? "" : said(row.state)),
    };
    files.set(to, [form.columns.map(({ head }) => head), ...rows.map((row) => form.columns.map(({ key }) => cell[key](row)))]);
    return rows.length;
  },
  export_charges: ({ form }) => charges(form).count,
  what_if: ({ form }: { form: B.WhatIfForm }) => {
    const hub = hubOf(form.hub);
    const rows = sums(hub, form.month, "client").map((row) => ({ client: row.key, client_name: row.name, category: "marketing" as const, quantity: row.messages, now: row.usage, then: row.usage, difference: money(hub, 0n), unrated_now: 0, unrated_then: 0, estimated: false }));
    const all = money(hub, total(rows.map((row) => micros(row.now.amount))));
    return { hub: hub.id, month: form.month, card: "Meta messages EUR", rows, fees: [], now: all, then: all, difference: money(hub, 0n), paid_by_clients: false } satisfies B.WhatIfView;
  },
  cost_differences: () => [],
  volumes: () => [],
  set_volume: () => [],
  cards: () => cards,
  missing_cards: () => [{ currency: "EUR", since: "2026-10-01", hubs: [{ hub: "elbePA", name: "Elbufer", estimates: false, from: "2026-10" }] }],
  compare_cards: () => ({ old: cards[2]!, new: cards[1]!, rows: [{ market: "Germany", item: "marketing", tier_from: "1", old: "0.1365", new: "0.1400", per_cent: "2.6" }] }),
  choose_card: () => ({ card: cards[0]!, rated: 0, changed: 0 }),
  rates: () => ["Argentina", "Brazil", "France", "Germany", "India", "Indonesia", "Italy", "Mexico", "Netherlands", "North America", "Rest of Western Europe", "Spain"].flatMap((market) => [{ market, item: "marketing", tier_from: "1", rate: "0.1131" }, { market, item: "utility", tier_from: "1", rate: "0.0456" }, { market, item: "authentication", tier_from: "1", rate: "0.0456" }]),
  preview_prices: () => ({ file: "price-card.csv", sha256: "ef", rows: 188, cards: [{ ...cards[0]!, effective_from: "2026-10-01" }], conflicts: [cards[0]!], changes: [{ old: cards[0]!, new: cards[0]!, rows: [{ market: "Germany", item: "marketing", tier_from: "1", old: "0.1131", new: "0.1200", per_cent: "6.1" }] }], rated: 1, known: [], unknown_columns: [], changed: 0, still_unrated: 0, problems: 0, problem_rows: [] }),
  book_prices: () => ({ file: "price-card.csv", sha256: "ef", rows: 188, cards: [cards[0]!], conflicts: [], changes: [], rated: 1, known: [], unknown_columns: [], changed: 0, still_unrated: 0, problems: 0, problem_rows: [] }),
  market_lists: () => [{ id: 1, effective_from: "2026-07-01", until: null, source: "Meta's list of markets", source_word: "markets", shipped: true, countries: 120, markets: 42, in_force: true, rivals: 0, chosen: true, chosen_at: null, cards: [] }] satisfies B.MarketListView[],
  market_list: () => [{ country: "DE", name: "Germany", market: "Germany" }] satisfies B.MarketCountryView[],
  export_card: () => 36,
  export_card_diff: () => 1,
  trial_balance: ({ form }: { form: B.TrialForm }) => ({ from: form.from || null, until: form.until, balances: [{ lines: [trialLine("asset", "1400", "Prepaid balance at 360Dialog", "asset:prepaid-balance", "506.90"), trialLine("cost", "5000", "Message costs", "cost:messages", "113.10"), trialLine("equity", "3000", "Opening balances", "equity:opening-balances", "-620.00")], debited: eur("620.00"), credited: eur("620.00"), debit: eur("620.00"), credit: eur("620.00") }], memo: [] }) satisfies B.TrialBalancesView,
  account: ({ form }: { form: B.AccountForm }) => ({ account: trialLine("asset", "1400", "Prepaid balance at 360Dialog", form.account, "506.90"), from: null, until: TODAY, starting: eur("120.00"), lines: [{ entry: "2", kind: "top-up", day: "2026-09-05", own_day: null, reverses: null, debit: eur("500.00"), credit: null, balance: eur("620.00") }, { entry: "3", kind: "usage", day: "2026-09-06", own_day: null, reverses: null, debit: null, credit: eur("113.10"), balance: eur("506.90") }], ending: eur("506.90") }) satisfies B.AccountView,
  entries: ({ form }: { form: B.EntriesForm }): B.EntriesView => {
    const found = entries.filter((one) => {
      const fits = (posting: B.PostingView): boolean => (!form.account_kind || posting.account.startsWith(form.account_kind)) && micros((posting.debit ?? posting.credit)!.amount) >= micros(form.least ?? "0");
      return (!form.entry || one.entry === String(form.entry)) && (!form.kind || one.kind === form.kind) && one.day >= form.from && (!form.until || one.day <= form.until) && one.postings.some(fits);
    });
    const debit = plain(found.reduce((sum, one) => sum + micros(one.postings[0]!.debit!.amount), 0n));
    return { entries: form.oldest_first ? found : [...found].reverse(), next: null, sums: { entries: found.length, debit: found.length ? [eur(debit)] : [] } };
  },
  chart: () => [{ kind: "asset:bank", class: "asset", number: "1000", name: "Bank", plain: "asset:bank" }, { kind: "cost:messages", class: "cost", number: "5000", name: "Message costs", plain: "cost:messages" }] satisfies B.ChartAccountView[],
  set_chart: () => [],
  set_chart_account: () => [],
  export_trial_balance: () => 3,
  export_account: () => 3,
  export_entries: () => 2,
  export_chart: () => 2,
  history: ({ form }: { form: B.HistoryForm }): B.HistoryView => {
    const found = acts.filter((act) => (!form.actor || act.actor === form.actor) && (!form.use_case || act.use_case === form.use_case) && (!form.from || act.at >= form.from) && (!form.until || act.at < form.until));
    return { acts: form.oldest_first ? found : [...found].reverse(), next: null, whole: { count: found.length, actors: [...new Set(acts.map(({ actor }) => actor))], use_cases: [...new Set(acts.map((act) => act.use_case))] } };
  },
  preview_reversal: () => reversal(null),
  reverse: () => reversal(2),
  what_can_be_undone: () => null,
  undo_last: () => null,
  undo: () => null,
  balances: ({ hub, month }) => balancesOf(hubOf(hub), month),
  statement: ({ hub, channel, month }) => statement(hubOf(hub), world.channels.find((c) => c.id === channel) ?? null, month),
  overview: ({ hub, month }) => overview(hubOf(hub), month),
  close_preview: ({ hub, month }) => closeOf(hubOf(hub), month),
  close_month: async ({ hub, month }) => { await runs("work"); hubOf(hub).closed.push(month); return closeOf(hubOf(hub), month); },
  invoices: ({ hub, month }) => {
    const of = hubOf(hub);
    const months: string[] = [];
    for (let at = of.first; at < now && months.length < 12; at = addMonths(at, 1)) months.push(at);
    return months.filter((m) => !month || m === month).map((m) => invoicesOf(of, m));
  },
  invoice: ({ reference }) => { const [hub, month] = reference.split("/"); return invoicesOf(hubOf(hub!), month!).invoices.find((i) => i.reference === reference); },
  export_invoices: ({ references, folder }) => ({ folder, files: references.map((r) => `${r.replace(/\//g, "-")}.pdf`) }),
  export_month: ({ hub, month, folder }) => ({ folder, files: invoicesOf(hubOf(hub), month).invoices.map((i) => `${i.reference.replace(/\//g, "-")}.pdf`) }),
  set_vendor_number: ({ form }: { form: B.VendorNumberForm }) => { world.numbers.set(form.reference, form.number); const [hub, month] = form.reference.split("/"); return invoicesOf(hubOf(hub!), month!).invoices.find((i) => i.reference === form.reference); },
  ...(clientInvoices as unknown as Record<string, (args: Args) => unknown>),
} as Record<string, (args: Args) => unknown>;

/** What each command was told last, for tests. */
export const told = new Map<string, Record<string, unknown>>();

export async function answer(command: string, args: Record<string, unknown>): Promise<unknown> {
  told.set(command, args);
  const run = commands[command];
  if (!run) throw new Error(`the made-up book has no ${command}`);
  return run(args as Args);
}
