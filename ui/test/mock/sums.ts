// The arithmetic of the made-up book: balances, statements, invoices. Rough where it may be.

import type { BalanceView, ChannelLabelView, ChargeView, CloseView, CompanyView, HubInvoiceView, InvoiceMonthView, MoneyView, MovementView, SaidView, StatementView } from "../../src/api/bindings";
import { addDays, addMonths, daysBetween, firstDay, lastDay, monthOf } from "../../src/lib/date";
import { countryName } from "../../src/lib/country";
import { plain } from "../../src/lib/money";
import { type Channel, type Charge, type Hub, type Renewal, TODAY, world } from "./world";

export const money = (hub: Hub, value: bigint): MoneyView => ({ amount: plain(value), currency: hub.currency });
export const total = (list: bigint[]): bigint => list.reduce((sum, one) => sum + one, 0n);
export const hubOf = (id: string): Hub => world.hubs.find((hub) => hub.id === id)!;
export const clientOf = (channel: Channel) => world.clients.find((client) => client.id === channel.client)!;
export const channelsOf = (hub: string): Channel[] => world.channels.filter((channel) => clientOf(channel).hub === hub);
export const licence = (channel: Channel): bigint => ({ "regular": 25n, "premium": 49n, "higher-throughput": 249n })[channel.tier] * 1_000_000n;
const cents = (value: bigint): bigint => ((value + 5000n) / 10000n) * 10000n;

export const label = (channel: Channel): ChannelLabelView => ({ id: channel.id, name: channel.name, phone: channel.phone, client: channel.client, client_name: clientOf(channel).name });

export function company(): CompanyView {
  const { vat_id, ...rest } = world.company;
  return { ...rest, vat_id: vat_id || null, country_name: countryName(rest.country), vat_treatment: rest.country === "DE" ? "standard" : "outside-eu" };
}

type Move = { day: string; kind: MovementView["kind"]; amount: bigint; messages: number; pulses: number; unrated: number; top: (typeof world.topUps)[number] | null };

export function moves(hub: Hub, channel: Channel | null): Move[] {
  const mine = (id: string | null): boolean => (channel ? id === channel.id : true);
  const found: Move[] = [];
  const blank = { messages: 0, pulses: 0, unrated: 0, top: null };
  const opening = channel ? channel.opening : hub.opening;
  if (opening !== null) found.push({ ...blank, day: firstDay(hub.first), kind: "opening", amount: opening });
  for (const top of world.topUps) if (top.hub === hub.id && mine(top.channel)) found.push({ ...blank, day: top.day, kind: "top-up", amount: top.amount, top });
  for (const back of world.refunds) if (back.hub === hub.id && mine(back.channel)) found.push({ ...blank, day: back.day, kind: back.to === "balance" ? "refund-to-balance" : "paid-out", amount: back.to === "balance" ? back.amount : -back.amount });
  const days = new Map<string, Charge[]>();
  for (const charge of world.charges) if (charge.hub === hub.id && mine(charge.channel)) days.set(charge.day, [...(days.get(charge.day) ?? []), charge]);
  for (const [day, list] of days) {
    const sum = (calls: boolean) => list.filter((c) => (c.category === "call") === calls).reduce((n, c) => n + c.quantity, 0);
    found.push({ ...blank, day, kind: "usage", amount: -total(list.map((c) => c.amount ?? 0n)), messages: sum(false), pulses: sum(true), unrated: list.filter((c) => c.state === "unrated").length });
  }
  return found.sort((a, b) => (a.day === b.day ? (a.kind === "usage" ? 1 : -1) : a.day < b.day ? -1 : 1));
}

export const renewalView = (hub: Hub, renewal: Renewal | null, balance: bigint) =>
  renewal && { on: renewal.on, threshold: money(hub, renewal.threshold), amount: money(hub, renewal.amount), fires_now: renewal.on && balance <= renewal.threshold, amount_is_low: renewal.amount < renewal.threshold };

export function statement(hub: Hub, channel: Channel | null, month: string | null): StatementView {
  let balance = 0n;
  let starting = 0n;
  const of = month ?? monthOf(TODAY);
  const shown: MovementView[] = [];
  const sums = { added: 0n, used: 0n, refunds: 0n };
  for (const [entry, move] of moves(hub, channel).entries()) {
    if (monthOf(move.day) > of) break;
    balance += move.amount;
    if (monthOf(move.day) < of) { starting = balance; continue; }
    if (move.kind === "opening") starting += move.amount;
    if (move.kind === "top-up") sums.added += move.amount;
    if (move.kind === "usage") sums.used -= move.amount;
    if (move.kind === "refund-to-balance" || move.kind === "paid-out") sums.refunds += move.amount;
    shown.push({ entry, day: move.day, own_day: null, kind: move.kind, amount: money(hub, move.amount), balance: money(hub, balance), paused: balance <= 0n, top_up: move.top?.kind ?? null, method: move.top?.method ?? null, messages: String(move.messages), pulses: String(move.pulses), unrated: move.unrated, reverses: null, reversed_by: null, can_reverse: false });
  }
  const used30 = total(world.charges.filter((c) => c.hub === hub.id && (!channel || c.channel === channel.id) && c.day > addDays(TODAY, -30)).map((c) => c.amount ?? 0n)) / 30n;
  const view: BalanceView = { hub: hub.id, channel: channel && label(channel), month: of, starting: money(hub, starting), added: money(hub, sums.added), used: money(hub, sums.used), refunds: money(hub, sums.refunds), settled_by_invoice: money(hub, 0n), rounding: money(hub, 0n), ending: money(hub, balance), paused: balance <= 0n, days_left: used30 > 0n ? Math.max(0, Number(balance / used30)) : null, auto_renewal: renewalView(hub, channel ? channel.renewal : hub.renewal, balance) };
  return { balance: view, movements: shown };
}

export const balancesOf = (hub: Hub, month: string): BalanceView[] =>
  hub.model === "partner-paid" ? [statement(hub, null, month).balance] : channelsOf(hub.id).map((channel) => statement(hub, channel, month).balance);

export function chargeView(charge: Charge): ChargeView {
  const hub = hubOf(charge.hub);
  return { id: charge.id, kind: charge.category === "call" ? "calls" : "messages", day: charge.day, booked_on: null, channel: label(world.channels.find((c) => c.id === charge.channel)!), country: charge.country, market: charge.market, category: charge.category, pricing_type: "regular", quantity: String(charge.quantity), rate: charge.rate === null ? null : plain(charge.rate), amount: charge.amount === null ? null : money(hub, charge.amount), state: charge.state, estimated: false, reverses: null, reversed_by: null, can_reverse: false, paid_by_client: hub.model === "direct-paid" };
}

export function invoicesOf(hub: Hub, month: string): InvoiceMonthView {
  const found: HubInvoiceView[] = [];
  const frozen = hub.closed.includes(month);
  const none = { channel: null, plan: null, tier: null, from: null, month: null, days: null, of: null, top_up: null, method: null, percent: null, base: null, unit_price: null };
  const add = (kind: HubInvoiceView["kind"], suffix: string, issued: string, net: bigint, lines: HubInvoiceView["lines"], summary: HubInvoiceView["summary"] = null): void => {
    const vat = world.company.country === "DE" ? cents((net * 19n) / 100n) : 0n;
    const reference = `${hub.id}/${month}/${suffix}`;
    found.push({ reference, vendor_number: world.numbers.get(reference) ?? null, kind, hub: hub.id, hub_name: hub.name, channel: null, period: month, issued_on: issued, recipient: company(), net: money(hub, net), vat_treatment: company().vat_treatment, vat_percent: "19", vat_base: money(hub, net), vat: money(hub, vat), gross: money(hub, net + vat), frozen, seal: frozen ? "3f9a11c207bed4e0".repeat(4) : null, lines, line_count: lines.length, channels: new Set(lines.flatMap((line) => line.channel?.id ?? [])).size, summary, has_annex: summary !== null });
  };
  const line = (kind: HubInvoiceView["lines"][number]["kind"], amount: bigint, more: Partial<HubInvoiceView["lines"][number]> = {}) => ({ ...none, ...more, kind, amount: money(hub, amount) });
  if (hub.plan) add("partner-plan", "plan", firstDay(month), 500_000_000n, [line("plan", 500_000_000n, { plan: hub.plan })]);
  const direct = hub.model === "direct-paid";
  if (!direct) {
    const whole = channelsOf(hub.id).filter((c) => c.started < firstDay(month));
    add("licence", "licence", firstDay(month), total(whole.map(licence)), whole.map((c) => line("licence", licence(c), { channel: label(c), tier: c.tier })));
    const part = channelsOf(hub.id).filter((c) => monthOf(c.started) === month && c.started !== firstDay(month));
    if (part.length) add("pro-rata-licence", "pro-rata", lastDay(month), total(part.map(() => 12_100_000n)), part.map((c) => line("pro-rata-licence", 12_100_000n, { channel: label(c), tier: c.tier, from: c.started, days: daysBetween(c.started, lastDay(month)) + 1, of: 31, unit_price: money(hub, licence(c)) })));
    world.topUps.filter((top) => top.hub === hub.id && monthOf(top.day) === month).forEach((top, at) => add("top-up", `top-up-${at + 1}`, top.day, top.amount, [line("top-up", top.amount, { top_up: top.kind, method: top.method })]));
    const b = statement(hub, null, month).balance;
    const usage = (calls: boolean) => cents(total(world.charges.filter((c) => c.hub === hub.id && monthOf(c.day) === month && (c.category === "call") === calls).map((c) => c.amount ?? 0n)));
    const used = usage(false) + usage(true);
    if (used > 0n) add("month-closing", "closing", firstDay(addMonths(month, 1)), 0n, [line("messages", usage(false)), line("calls", usage(true)), line("settled-with-balance", -used), line("card-fee", 0n, { percent: "4", base: money(hub, 0n) })], { starting: b.starting, added: b.added, refunds_to_balance: b.refunds, paid_out: money(hub, 0n), used: money(hub, used), usage_reconciliation: money(hub, 0n), settled: money(hub, used), settled_by_invoice: money(hub, 0n), card_fee: money(hub, 0n), ending: b.ending, net_payable: money(hub, 0n) });
  }
  const sum = (of: (i: HubInvoiceView) => MoneyView) => money(hub, total(found.map((i) => BigInt(Math.round(Number(of(i).amount) * 1e6)))));
  return { hub: hub.id, month, closed: frozen ? "2026-09-03" : null, invoices: found, net: sum((i) => i.net), vat: sum((i) => i.vat), gross: sum((i) => i.gross), invoices_to_clients: direct ? channelsOf(hub.id).length * 2 + 3 : null };
}

const refused = (code: SaidView["code"], ...details: string[]): SaidView => ({ code, facts: details.map((value, at) => ({ name: String(at), value })), because: [], text: "" });

export function closeOf(hub: Hub, month: string): CloseView {
  const months = invoicesOf(hub, month);
  const closed = hub.closed.includes(month);
  const unrated = world.charges.filter((c) => c.hub === hub.id && monthOf(c.day) === month && c.state === "unrated");
  const over = lastDay(month) < TODAY;
  const earlier = addMonths(month, -1);
  const earlierOpen = earlier >= hub.first && !hub.closed.includes(earlier);
  const tops = world.topUps.filter((top) => top.hub === hub.id && monthOf(top.day) === month);
  const step = (name: CloseView["steps"][number]["step"], done: boolean, blocks: boolean, count = 0, names: string[] = []): CloseView["steps"][number] => ({ step: name, done, blocks, count, names, amount: name === "top-ups-are-in" ? money(hub, total(tops.map((top) => top.amount))) : null });
  const can = !closed && over && !earlierOpen && unrated.length === 0;
  return {
    hub: hub.id, month, closed: closed ? "2026-09-03" : null, can_close: can,
    refusal: can || closed ? null : !over ? refused("month-is-not-over", month, firstDay(addMonths(month, 1))) : earlierOpen ? refused("earlier-month-is-open", earlier) : refused("unrated-charges", month, "1"),
    steps: [step("month-is-over", over, true, 0, [firstDay(addMonths(month, 1))]), step("earlier-month-closed", !earlierOpen, true, 0, earlierOpen ? [earlier] : []), step("usage-is-in", month !== "2026-09", false, 15, month === "2026-09" ? ["Sonnentau", "Κανέλα"] : []), step("nothing-unrated", unrated.length === 0, true, unrated.length), step("top-ups-are-in", true, false, tops.length), step("rules-confirmed", true, false)],
    invoices: months.invoices, gross: months.gross, invoices_to_clients: months.invoices_to_clients,
  };
}
