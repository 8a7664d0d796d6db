// What the palette can find, and how a text is looked for in it.

import type { BookView, FoundView, HubView } from "../api";
import { addMonths, monthName, writeMonth } from "../lib/date";
import { keys } from "../lib/keys.svelte";
import { withCode } from "../lib/money";
import { privacy } from "../lib/privacy.svelte";
import type { Query, Screen } from "../lib/route.svelte";
import { readAmount } from "../lib/sum";
import { tables } from "../lib/tables.svelte";
import { views } from "../lib/views.svelte";
import { asks, locale, t } from "../lib/words";
import type { IconName } from "../parts/icons";
import type { Task } from "../tasks/task.svelte";
import { showView } from "../tasks/views";
import { above, below } from "./screens";

export type Piece = { text: string; hit: boolean };
export type Entry = {
  key: string; group: string; icon: IconName; label: string; note?: string; press?: string; also?: string; pieces: Piece[]; run: () => void;
};
type Doors = { go: (screen: Screen, query?: Query) => void; start: (task: Task) => void; phone: (text: string) => string; choose: (hub: string) => void; month: (month: string) => void; today: string };

/** What the book finds by what is typed: before anything is typed, nothing. */
export const nothing: FoundView = { clients: [], channels: [], client_invoices: [], hub_invoices: [] };

const entry = (e: Omit<Entry, "pieces">): Entry => ({ ...e, pieces: [{ text: e.label, hit: false }] });

export function entriesOf(book: BookView | null, readOnly: boolean, hub: HubView | undefined, found: FoundView, doors: Doors): Entry[] {
  if (!book) return [];
  const screens = [...above, ...below].map((place) =>
    entry({ key: place.screen, group: t.palette.screens, icon: place.icon, label: t.screen[place.screen], press: `G ${place.key.toUpperCase()}`, run: () => doors.go(place.screen) }),
  );
  const hubs = book.hubs.map((h) =>
    entry({ key: h.id, group: t.palette.hubs, icon: "hubs", label: h.name, note: `${h.id} · ${t.model[h.model]} · ${h.currency}`, also: h.id, run: () => { doors.choose(h.id); doors.go("overview"); } }),
  );
  const clients = found.clients.map((client) =>
    entry({ key: client.id, group: t.palette.clients, icon: "clients", label: client.name, note: client.id, also: client.id, run: () => { doors.choose(client.hub); doors.go("clients", { client: client.id }); } }),
  );
  const channels = found.channels.map((channel) =>
    entry({ key: channel.id, group: t.palette.channels, icon: "phone", label: channel.name || doors.phone(channel.phone), note: `${doors.phone(channel.phone)} · ${channel.client_name}`, also: `${channel.id} ${channel.phone.replace(/\D/g, "")} ${channel.client_name}`, run: () => { doors.choose(channel.hub); doors.go("clients", { channel: channel.id }); } }),
  );
  const papers = [
    ...found.client_invoices.map((one) =>
      entry({ key: one.number, group: t.palette.invoices, icon: "invoices", label: `${one.number} ${one.client_name}`, note: withCode(one.gross), also: `${one.client} ${one.gross.amount} ${one.net.amount}`, run: () => { doors.choose(one.hub); doors.go("client-invoices", { invoice: one.number }); } }),
    ),
    ...found.hub_invoices.map((one) =>
      entry({ key: one.reference, group: t.palette.invoices, icon: "invoices", label: `${one.vendor_number ?? one.reference} ${t.invoiceKind[one.kind]}`, note: withCode(one.gross), also: `${one.reference} ${one.channel ?? ""} ${one.gross.amount} ${one.net.amount}`, run: () => { doors.choose(one.hub); doors.go("invoices", { invoice: one.reference }); } }),
    ),
  ];
  const always = [
    entry({ key: "privacy", group: t.palette.actions, icon: "info", label: privacy.on ? t.privacy.show : t.privacy.hide, press: "Ctrl Shift P", run: () => privacy.toggle() }),
    entry({ key: "keys", group: t.palette.actions, icon: "info", label: t.keysHelp.help, press: "?", run: () => doors.start({ kind: "keys" }) }),
  ];
  const kept = views.all.map((view) =>
    entry({ key: `view ${view.id}`, group: t.views.title, icon: "columns", label: view.name, note: t.screen[view.screen], run: () => showView(view) }),
  );
  const months = hub ? Array.from({ length: 24 }, (_, back) => addMonths(doors.today.slice(0, 7), -back)).filter((month) => month >= hub.first_month).map((month) =>
    entry({ key: `month ${month}`, group: t.palette.months, icon: "close", label: monthName(month), also: `${month} ${writeMonth(month)} ${month.slice(5)}/${month.slice(0, 4)}`, run: () => doors.month(month) }),
  ) : [];
  return [...clients, ...channels, ...papers, ...hubs, ...ofPanel(), ...(readOnly ? [] : actions(book, hub, doors)), ...ofTable(), ...always, ...kept, ...months, ...screens];
}

/** What the panel beside the list offers: its own buttons. */
function ofPanel(): Entry[] {
  const foot = document.querySelector<HTMLElement>("main [data-acts]");
  return [...(foot?.querySelectorAll<HTMLElement>("button:not([aria-disabled], [aria-haspopup])") ?? [])].map((button, at) =>
    entry({ key: `panel ${at}`, group: t.palette.actions, icon: "right", label: button.textContent.trim(), note: foot!.dataset["acts"]!, run: () => button.click() }),
  );
}

/** What can be done with the table that is shown. */
function ofTable(): Entry[] {
  const { main, doors } = tables;
  if (!main || !doors) return [];
  const act = (key: string, icon: IconName, label: string, run: () => void, press?: string): Entry =>
    entry({ key, group: t.palette.actions, icon, label, note: main.label, run, ...(press ? { press } : {}) });
  return [
    act("table-csv", "download", t.table.shown, () => doors.save(main), keys.known.find((key) => key.press === "e")?.label === t.table.shown ? "E" : undefined),
    ...(main.keeps ? [act("table-keep", "columns", t.views.keep, () => doors.keep(main))] : []),
    ...(views.all.length ? [act("table-views", "columns", t.views.manage, () => doors.manage())] : []),
  ];
}

function actions(book: BookView, hub: HubView | undefined, doors: Doors): Entry[] {
  const act = (key: string, label: string, icon: IconName, run: () => void, press?: string): Entry =>
    entry({ key, group: t.palette.actions, icon, label, run, ...(press ? { press } : {}) });
  const always = [
    act("hub-add", asks(t.hub.add), "plus", () => doors.start({ kind: "hub-add" })),
    act("undo", t.undo.action, "left", () => doors.start({ kind: "undo" }), "Ctrl Z"),
    act("prices", t.price.bringIn, "prices", () => doors.start({ kind: "prices" })),
  ];
  if (!hub) return always;
  return [
    act("top-up", asks(t.topUp.action), "plus", () => doors.start({ kind: "top-up" }), "T"),
    act("usage", t.usage.bringIn, "upload", () => doors.start({ kind: "usage" }), "I"),
    act("refund", asks(t.refund.action), "balances", () => doors.start({ kind: "refund" })),
    ...(book.owner === "partner" ? [act("client", asks(t.client.add), "plus", () => doors.start({ kind: "client" }))] : []),
    act("channel", asks(t.channel.add), "plus", () => doors.start({ kind: "channel" })),
    act("parties", t.parties.bringIn, "upload", () => doors.start({ kind: "parties" })),
    ...(book.owner === "partner" && hub.model === "partner-paid" ? [act("client-invoice", asks(t.clientInvoices.writeAction), "invoices", () => doors.go("client-invoices", { draft: "new" }))] : []),
    act("volume-file", t.volumeFile.bringIn, "upload", () => doors.start({ kind: "volume-file" })),
    ...always,
  ];
}

const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase(locale);

/** The entries that hold every word of the text, in their groups; a few of each. */
export function search(entries: Entry[], text: string): { name: string; entries: Entry[] }[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  const most = words.length ? 8 : 6;
  const skipped = new Set(words.length ? [] : [t.palette.months, t.palette.clients, t.palette.channels, t.palette.invoices]);
  const amount = /\d/.test(text) ? readAmount(text) : "";
  // A phone number, however it is written; words with a year among them are none.
  const digits = /\p{L}/u.test(text) ? "" : text.replace(/\D/g, "");
  const groups = new Map<string, Entry[]>();
  for (const e of entries) {
    if (skipped.has(e.group)) continue;
    const hay = plain(`${e.label} ${e.also ?? ""}`);
    if (!words.every((word) => hay.includes(word)) && !(digits.length >= 4 && (e.also ?? "").includes(digits)) && !(amount && ` ${e.also ?? ""} `.includes(` ${amount}`))) continue;
    const list = groups.get(e.group) ?? [];
    if (list.length < most || !words.length) groups.set(e.group, [...list, { ...e, pieces: mark(e.label, words[0] ?? "") }]);
  }
  return [...groups].map(([name, list]) => ({ name, entries: list }));
}

function mark(label: string, word: string): Piece[] {
  const at = word ? plain(label).indexOf(word) : -1;
  // Marked only where folding kept the length, so that the letters are the same ones.
  if (at < 0 || plain(label).length !== label.length) return [{ text: label, hit: false }];
  return [
    { text: label.slice(0, at), hit: false },
    { text: label.slice(at, at + word.length), hit: true },
    { text: label.slice(at + word.length), hit: false },
  ].filter((piece) => piece.text);
}
