// Filters of lists: sentences in the address, the rows that fit, and sums of what is shown.

import { configure, fireEvent, render, screen } from "@testing-library/svelte";
import { beforeAll, expect, test, vi } from "vitest";
import App from "../src/App.svelte";
import { filter } from "../src/lib/filter.svelte";
import { text } from "../src/lib/money";
import { requery, route } from "../src/lib/route.svelte";
import { chipsOf, type Filter, holds, isNarrowed, narrowed } from "../src/parts/chips";
import { answer } from "./mock/answer";

configure({ getElementError: (message) => new Error((message ?? "").split("\n")[0]) });

beforeAll(() => {
  HTMLDialogElement.prototype.showModal ??= function show(this: HTMLDialogElement) {
    this.open = true;
  };
});

test.each([
  // words, cells, whether all of the words stand there
  ["bäck", ["Backstube Elbe"], true], ["BACK elbe", ["Bäcker", "Elbe"], true], ["back alster", ["Bäcker", "Elbe"], false], ["1234.5", ["1234.50"], true], [text("1234.50"), ["1234.50"], true],
  ["", ["anything"], true], ["paid", [], false],
])("%j in %j: %s", (words, cells, fits) => expect(holds(words, cells)).toBe(fits));

type Card = { name: string; kind: string };
const rows: Card[] = [{ name: "One", kind: "a" }, { name: "Two", kind: "b" }, { name: "Twofold", kind: "a" }, { name: "None", kind: "" }];
const filters: Filter<Card>[] = [{ name: "kind", title: "Kind", is: "Kind is", of: (row) => row.kind, label: (kind) => kind.toUpperCase() }];
const columns = [{ key: "name", head: "Name", raw: (row: Card) => row.name }];

test.each([
  [{}, ["One", "Two", "Twofold", "None"]], [{ kind: "a" }, ["One", "Twofold"]], [{ text: "two" }, ["Two", "Twofold"]], [{ kind: "a", text: "TWO" }, ["Twofold"]], [{ kind: "z" }, []], [{ text: "  " }, ["One", "Two", "Twofold", "None"]], [{ invoice: "7" }, ["One", "Two", "Twofold", "None"]],
] as [Record<string, string>, string[]][])("%j leaves %j", (query, left) => {
  expect(narrowed(rows, filters, query, columns).map((row) => row.name)).toEqual(left);
  expect(isNarrowed(filters, query)).toBe("kind" in query || "text" in query);
});

test("a chip offers what the list has, keeps what a link asks for, and is none where there is one choice", async () => {
  const choices = (query: Record<string, string>, of = rows) => chipsOf(filters, of, query)[1]?.choices?.map(({ key, label, chosen }) => [key, label, chosen]);
  expect(choices({})).toEqual([["a", "A", false], ["b", "B", false]]);
  expect(choices({ kind: "z" })).toEqual([["a", "A", false], ["b", "B", false], ["z", "Z", true]]);
  expect(choices({}, rows.slice(0, 1))).toBeUndefined();
  const many = Array.from({ length: 120 }, (_, at) => ({ name: "", kind: `k${at}` }));
  expect((await chipsOf(filters, many, {})[1]!.ask!("k11")).map(({ key }) => key)).toEqual(["k11", "k110", "k111", "k112", "k113", "k114", "k115", "k116", "k117", "k118", "k119"]);
});

test("invoices are filtered by keys, their sums follow, and each filter is taken away alone", async () => {
  render(App);
  await fireEvent.click(await screen.findByRole("button", { name: /^Nordlicht Messaging/ }));
  await screen.findByRole("heading", { level: 1, name: "Overview" });
  location.hash = "#/invoices";
  window.dispatchEvent(new Event("hashchange"));
  await screen.findByRole("grid", { name: "Invoices from 360Dialog" });
  const all = screen.getAllByRole("row").length;

  await fireEvent.keyDown(document.body, { key: "f" });
  await fireEvent.click(await screen.findByRole("menuitem", { name: "Kind" }));
  await fireEvent.click(await screen.findByRole("button", { name: /^Kind is/ }));
  await fireEvent.click(await screen.findByRole("menuitemradio", { name: "Partner plan" }));
  expect(route.query).toEqual({ kind: "partner-plan" });
  // A plan of 500.00 and VAT of 95.00 each month.
  const months = (await answer("invoices", { hub: "NrdE7kPA", month: null }) as unknown[]).length;
  const foot = () => screen.getAllByRole("row").at(-1)!.textContent!.replace(/\s+/g, " ");
  await vi.waitFor(() => expect(foot()).toContain(text(String(months * 595))));
  expect(foot()).toContain(`${months} invoices`);

  await fireEvent.keyDown(document.body, { key: "f" });
  await fireEvent.click(await screen.findByRole("menuitem", { name: "Text" }));
  const words = await screen.findByRole("textbox", { name: "Contains" });
  await fireEvent.input(words, { target: { value: "no such words" } });
  await screen.findByText("Nothing matches.");
  expect(route.query).toEqual({ kind: "partner-plan", text: "no such words" });
  await fireEvent.keyDown(words, { key: "Escape" });
  expect(route.query).toEqual({ kind: "partner-plan" });
  await fireEvent.keyDown(screen.getByRole("button", { name: "Remove the filter Partner plan" }), { key: "Delete" });
  expect(route.query).toEqual({});
  await vi.waitFor(() => expect(screen.getAllByRole("row").length).toBe(all));
  requery({});
});

async function show(hash: string, grid: string): Promise<void> {
  location.hash = hash;
  window.dispatchEvent(new Event("hashchange"));
  await screen.findByRole("grid", { name: grid });
}
const heads = (): string[] => screen.getAllByRole("row").slice(1).map((row) => row.textContent!.replace(/\s+/g, " ").trim());
async function begin(chip: string): Promise<void> {
  await fireEvent.keyDown(document.body, { key: "f" });
  await fireEvent.click(await screen.findByRole("menuitem", { name: chip }));
}

test("entries are asked for by what chips say: kind, account, amount and days", async () => {
  render(App);
  await screen.findByRole("heading", { level: 1 });
  await show("#/ledger?by=entries", "Entries");
  // 500.00 and 113.10.
  const foot = () => heads().at(-1);
  await vi.waitFor(() => expect(foot()).toContain("613.10"));
  expect(foot()).toMatch(/^2 entries/);

  await begin("Account");
  await fireEvent.click(await screen.findByRole("button", { name: /^Account is/ }));
  await fireEvent.click(await screen.findByRole("menuitemradio", { name: "5000 Message costs" }));
  await vi.waitFor(() => expect(foot()).toMatch(/^1 entry.*113\.10/));
  expect(route.query).toEqual({ by: "entries", posts: "cost:messages" });

  // An amount holds once it can be read, and what can't be read is told.
  await begin("Amount at least");
  const least = await screen.findByRole("textbox", { name: "Amount at least" });
  await fireEvent.input(least, { target: { value: "much" } });
  expect(least.getAttribute("aria-invalid")).toBe("true");
  expect(route.query).toEqual({ by: "entries", posts: "cost:messages" });
  await fireEvent.input(least, { target: { value: "100*1.131" } });
  await vi.waitFor(() => expect(route.query["least"]).toBe("113.10"));
  await vi.waitFor(() => expect(foot()).toMatch(/^1 entry/));
  await fireEvent.input(least, { target: { value: "113.11" } });
  await screen.findByText("Nothing matches.");
  await fireEvent.keyDown(least, { key: "Escape" });
  await fireEvent.keyDown(screen.getByRole("button", { name: "Remove the filter 5000 Message costs" }), { key: "Delete" });
  expect(route.query).toEqual({ by: "entries" });

  await begin("From day");
  await fireEvent.input(await screen.findByRole("textbox", { name: "From day" }), { target: { value: "6.9." } });
  await vi.waitFor(() => expect(route.query["first"]).toBe("2026-09-06"));
  await vi.waitFor(() => expect(foot()).toMatch(/^1 entry.*113\.10/));
  requery({ by: "entries" });

  // The newest stands first until a key says otherwise.
  await vi.waitFor(() => expect(heads()[0]).toMatch(/^6 Sep/));
  await fireEvent.keyDown(screen.getByRole("grid", { name: "Entries" }), { key: "s" });
  await vi.waitFor(() => expect(heads()[0]).toMatch(/^5 Sep/));
  expect(route.query).toEqual({ by: "entries", sort: "day" });
  expect(screen.getByRole("columnheader", { name: /^Day/ }).getAttribute("aria-sort")).toBe("ascending");
  requery({});
}, 30_000);

test("the record is asked for by person, by what was done, and by days", async () => {
  render(App);
  await screen.findByRole("heading", { level: 1 });
  await show("#/ledger?by=history", "The record");
  const foot = () => heads().at(-1);
  await vi.waitFor(() => expect(foot()).toBe("2 acts"));
  await begin("Who");
  await fireEvent.click(await screen.findByRole("button", { name: /^Done by/ }));
  await fireEvent.click(await screen.findByRole("menuitemradio", { name: /^ben/ }));
  await vi.waitFor(() => expect(foot()).toBe("1 act"));
  expect(screen.getAllByText("Brought in usage").length).toBeGreaterThan(0);
  expect(route.query).toEqual({ by: "history", who: "ben on laptop (hubl)" });
  await begin("What");
  await fireEvent.click(await screen.findByRole("button", { name: /^Act is/ }));
  await fireEvent.click(await screen.findByRole("menuitemradio", { name: "Entered a top-up" }));
  await screen.findByText("Nothing matches.");
  await fireEvent.click(screen.getByRole("button", { name: "Clear filters" }));
  await vi.waitFor(() => expect(foot()).toBe("2 acts"));
  await begin("Until day");
  await fireEvent.input(await screen.findByRole("textbox", { name: "Until day" }), { target: { value: "2026-09-05" } });
  await vi.waitFor(() => expect(foot()).toBe("1 act"));
  expect(screen.getAllByText("Entered a top-up").length).toBeGreaterThan(0);
  requery({});
}, 30_000);

test("channels are asked for by state, tier and country, and in the order of a column without their clients", async () => {
  render(App);
  await screen.findByRole("heading", { level: 1 });
  await show("#/clients", "Clients and their channels");
  type Page = { clients: { name: string; country: string }[]; rows: { id: string; client: string; client_name: string; tier: string; used: { amount: string } }[]; count: number };
  const whole = (await answer("clients_page", { form: { hub: "NrdE7kPA", month: "2026-09", limit: 1000 } })) as Page;
  const premium = whole.rows.filter((row) => row.tier === "premium");
  expect(premium.length).toBeGreaterThan(0);
  const foot = () => heads().at(-1);
  await vi.waitFor(() => expect(foot()).toContain(`${whole.count} channels`));
  await fireEvent.keyDown(document.body, { key: "f" });
  await fireEvent.click(await screen.findByRole("menuitem", { name: "Tier" }));
  await fireEvent.click(await screen.findByRole("button", { name: /^Tier is/ }));
  await fireEvent.click(await screen.findByRole("menuitemradio", { name: "Premium" }));
  await vi.waitFor(() => expect(foot()).toMatch(new RegExp(`^${premium.length} channels?\\b`)));
  // Each client that has one is the head of a group.
  expect(heads().length - 1).toBe(premium.length + new Set(premium.map((row) => row.client)).size);
  expect(route.query).toEqual({ tier: "premium" });

  await fireEvent.click(screen.getByRole("button", { name: "Used, EUR" }));
  await fireEvent.click(screen.getByRole("button", { name: "Used, EUR" }));
  expect(route.query).toEqual({ tier: "premium", sort: "-used" });
  await screen.findByRole("columnheader", { name: "Client" });
  const most = [...premium].sort((one, other) => Number(other.used.amount) - Number(one.used.amount));
  await vi.waitFor(() => expect(heads().length - 1).toBe(premium.length));
  for (const [at, row] of most.entries()) expect(heads()[at]).toContain(row.client_name);

  // A panel that is opened and closed leaves the filter where it is.
  await fireEvent.click(screen.getAllByRole("row")[1]!);
  await vi.waitFor(() => expect(route.query).toEqual({ tier: "premium", sort: "-used", channel: most[0]!.id }));
  await fireEvent.click(await screen.findByRole("button", { name: "Close the panel" }));
  expect(route.query).toEqual({ tier: "premium", sort: "-used" });
  requery({});
}, 30_000);

test("a figure leads to the charges that it is made of: of the overview, of an invoice, of an entry", async () => {
  render(App);
  await screen.findByRole("heading", { level: 1 });
  location.hash = "#/overview";
  window.dispatchEvent(new Event("hashchange"));
  const [link] = await screen.findAllByRole("link", { name: /^Marketing/ });
  expect(link!.getAttribute("href")).toBe("#/charges?category=marketing");

  const closing = ((await answer("invoices", { hub: "NrdE7kPA", month: null }) as { month: string; invoices: { reference: string; kind: string }[] }[])
    .flatMap(({ month, invoices }) => invoices.filter(({ kind }) => kind === "month-closing").map(({ reference }) => ({ month, reference }))))[0]!;
  await show(`#/invoices?invoice=${closing.reference}`, "Invoices from 360Dialog");
  await fireEvent.click(await screen.findByRole("button", { name: "WhatsApp messages" }));
  await vi.waitFor(() => expect(location.hash).toBe("#/charges?kind=messages"));
  expect(filter.month).toBe(closing.month);

  filter.month = "2026-10";
  await show("#/ledger?by=entries&hubs=all&from=beginning&entry=3", "Entries");
  await fireEvent.click(await screen.findByRole("button", { name: "Show charges" }));
  await vi.waitFor(() => expect(location.hash).toBe("#/charges?day=2026-09-06"));
  expect(filter.month).toBe("2026-09");
}, 30_000);

test("the curve of an earlier month ends on its day and foretells nothing", async () => {
  render(App);
  await screen.findByRole("heading", { level: 1 });
  location.hash = "#/overview";
  window.dispatchEvent(new Event("hashchange"));
  const said = (): string => document.querySelector(".strong-text")?.textContent ?? "";
  filter.month = "2026-09";
  await vi.waitFor(() => expect(said()).toMatch(/ now$/));
  filter.month = "2026-08";
  await vi.waitFor(() => expect(said()).toMatch(/ on 31 Aug$/));
  expect(document.querySelector(".ahead")).toBeNull();
  filter.month = "2026-09";
}, 30_000);
