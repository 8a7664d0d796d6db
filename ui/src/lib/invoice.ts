// How the lines of a hub invoice are said in words.

import { day, dayOfMonth, monthName } from "./date";
import { type Money, text, withCode } from "./money";
import { phone } from "./phone";
import { t, within } from "./words";

type Label = { name: string; phone: string };
type Line = {
  kind: keyof typeof t.line;
  channel: Label | null;
  plan: keyof typeof t.plan | null;
  tier: keyof typeof t.tier | null;
  from: string | null;
  month: string | null;
  days: number | null;
  of: number | null;
  top_up: keyof typeof t.topUpKind | null;
  method: keyof typeof t.payBy | null;
  percent: string | null;
  base: Money | null;
  unit_price: Money | null;
};
type Invoice = {
  kind: keyof typeof t.invoiceKind;
  channel: Label | null;
  issued_on: string;
  lines: Line[];
  line_count: number;
  channels: number;
  summary: { used: Money } | null;
};

const label = (channel: Label): string => channel.name || phone(channel.phone);

/** What a line is, and in smaller words what belongs to it. */
export function lineWords(line: Line): { what: string; more: string } {
  const what = line.kind === "top-up" && line.top_up ? t.topUpName[line.top_up] : t.line[line.kind];
  const more = [
    line.plan ? t.plan[line.plan] : "",
    line.channel ? label(line.channel) : "",
    line.tier ? t.tier[line.tier] : "",
    line.days !== null && line.of !== null && line.from ? t.paper.days(line.days, line.of, dayOfMonth(line.from)) : line.from ? day(line.from) : "",
    line.month ? monthName(line.month) : "",
    line.method ? t.payBy[line.method] : "",
    line.percent && line.base ? t.paper.percent(line.percent, text(line.base.amount)) : "",
    line.unit_price && line.days !== null ? t.paper.unit(withCode(line.unit_price)) : "",
  ];
  return { what, more: more.filter(Boolean).join(", ") };
}

/** For whom or what an invoice is, in a few words. */
export function about(invoice: Invoice): string {
  const channel = invoice.channel ? label(invoice.channel) : "";
  const first = invoice.lines[0];
  switch (invoice.kind) {
    case "partner-plan":
      return first?.plan ? t.plan[first.plan] : "";
    case "licence":
      return channel || t.clients.channels(invoice.channels);
    case "pro-rata-licence":
      return invoice.line_count === 1 && first?.channel ? [label(first.channel), first.from ? dayOfMonth(first.from) : ""].filter(Boolean).join(", ") : channel || t.clients.channels(invoice.line_count);
    case "top-up":
      return [channel || dayOfMonth(invoice.issued_on), first?.top_up ? t.topUpBy[first.top_up] : "", first?.method ? (first.method === "pix" ? t.payBy.pix : within(t.payBy[first.method])) : ""].filter(Boolean).join(", ");
    case "month-closing":
      return [channel, invoice.summary ? t.balance.spent(text(invoice.summary.used.amount)) : ""].filter(Boolean).join(", ");
  }
}
