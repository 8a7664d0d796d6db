// Every table and chart of the window can be had as a file: a head, all rows of all pages, amounts
// exact and days as a program reads them.

import { configure, fireEvent, render, screen } from "@testing-library/svelte";
import { beforeAll, expect, test, vi } from "vitest";
import App from "../src/App.svelte";
import { sum } from "../src/lib/money";
import { tables } from "../src/lib/tables.svelte";
import { files } from "./mock/answer";
import { world } from "./mock/world";

configure({ getElementError: (message) => new Error((message ?? "").split("\n")[0]) });

beforeAll(() => {
  HTMLDialogElement.prototype.showModal ??= function show(this: HTMLDialogElement) {
    this.open = true;
  };
});

const show = (hash: string): void => {
  location.hash = hash;
  window.dispatchEvent(new Event("hashchange"));
};

/** The file of the table that is shown, by the key. */
async function saved(): Promise<string[][]> {
  files.clear();
  await fireEvent.keyDown(document.body, { key: "e" });
  return vi.waitFor(() => {
    expect(files.size).toBe(1);
    return [...files.values()][0]!;
  }, { timeout: 20_000 });
}

const column = (file: string[][], head: string | RegExp): string[] => {
  const at = file[0]!.findIndex((one) => (typeof head === "string" ? one === head : head.test(one)));
  expect(at, `${head} in ${file[0]!.join(" | ")}`).toBeGreaterThanOrEqual(0);
  return file.slice(1).map((row) => row[at]!);
};
const EXACT = /^(-?\d+\.\d{2,6})?$/;
const DAY = /^(\d{4}-\d{2}-\d{2})?$/;

test("what each screen shows is what its file holds", async () => {
  render(App);
  await fireEvent.click(await screen.findByRole("button", { name: /^Nordlicht Messaging/ }));
  await screen.findByRole("heading", { level: 1, name: "Overview" });

  // The curve of the balance.
  await vi.waitFor(() => expect(tables.main).toBeTruthy());
  const curve = await saved();
  expect(curve[0]).toEqual(["Day", "Added, EUR", "Balance, EUR"]);
  column(curve, "Day").forEach((one) => expect(one).toMatch(DAY));
  column(curve, "Balance, EUR").forEach((one) => expect(one).toMatch(EXACT));

  // All charges of the month, page after page, and no more than the filter lets through.
  show("#/charges");
  await screen.findByRole("grid", { name: "Charges" });
  const all = world.charges.filter((one) => one.hub === "NrdE7kPA" && one.day.startsWith("2026-09"));
  expect(all.length).toBeGreaterThan(200);
  const charges = await saved();
  expect(charges.length - 1).toBe(all.length);
  column(charges, "Day").forEach((one) => expect(one).toMatch(DAY));
  column(charges, /^Charge/).forEach((one) => expect(one).toMatch(EXACT));
  expect(sum(column(charges, /^Charge/).filter(Boolean))).toBe(sum(all.map((one) => `${(one.amount ?? 0n) / 1_000_000n}.${String((one.amount ?? 0n) % 1_000_000n).padStart(6, "0")}`)));
  expect([...files.keys()][0]).toMatch(/charges_nrde7kpa_2026-09\.csv$/);
  show("#/charges?category=marketing");
  await screen.findByText("Category is");
  await vi.waitFor(() => expect(screen.getAllByRole("row").slice(1, -1).every((row) => row.textContent!.includes("Marketing"))).toBe(true));
  const marketing = await saved();
  expect(marketing.length - 1).toBe(all.filter((one) => one.category === "marketing").length);
  expect(new Set(column(marketing, "Category"))).toEqual(new Set(["Marketing"]));
  expect([...files.keys()][0]).toMatch(/charges_nrde7kpa_2026-09_marketing\.csv$/);

  // The order that is asked for is told by the head and kept by the address, the file and its pages.
  show("#/charges");
  await fireEvent.click(await screen.findByRole("button", { name: /^Charge, EUR/ }));
  const way = (): string | null => screen.getByRole("columnheader", { name: /^Charge, EUR/ }).getAttribute("aria-sort");
  for (const [sort, hash, down] of [["ascending", "#/charges?sort=amount", false], ["descending", "#/charges?sort=-amount", true]] as const) {
    await vi.waitFor(() => expect([way(), location.hash]).toEqual([sort, hash]));
    await vi.waitFor(() => expect(screen.getByRole("grid", { name: "Charges" }).getAttribute("aria-busy")).toBe("false"));
    const amounts = column(await saved(), /^Charge/);
    expect(amounts.length).toBe(all.length);
    const priced = amounts.filter(Boolean).map(Number);
    expect(priced).toEqual([...priced].sort((a, b) => (down ? b - a : a - b)));
    expect(amounts.slice(priced.length).every((one) => one === "")).toBe(true);
    if (!down) await fireEvent.click(screen.getByRole("button", { name: /^Charge, EUR/ }));
  }

  for (const [hash, grid, amounts, days] of [
    ["#/charges?by=market", "By market", [/^Usage/, /^Sum/], []],
    ["#/hubs", "Hubs", [/^Balance/], []],
    ["#/clients", "Clients and their channels", [/^Licence/, /^Used/], []],
    ["#/balances", "Movements of the balance", [/^Balance/, /^Added/], ["Day"]],
    ["#/client-invoices", "Invoices to clients", [/^Net/, /^Gross/], ["Issued"]],
    ["#/ledger", "Trial balance", [/^Debit/], []],
    ["#/ledger?by=entries", "Entries", [/^Debit/, /^Credit/], ["Day"]],
    ["#/ledger?by=history", "The record", [], []],
    ["#/ledger?by=chart", "Chart of accounts", [], []],
    ["#/prices", "Price cards", [], [/from$/i]],
    ["#/prices?by=markets", "Lists of markets", [], [/from$/i]],
  ] as [string, string, RegExp[], (string | RegExp)[]][]) {
    show(hash);
    await screen.findByRole("grid", { name: grid });
    const file = await saved();
    expect(file.length, grid).toBeGreaterThan(1);
    for (const row of file) expect(row.length, grid).toBe(file[0]!.length);
    for (const head of amounts) column(file, head).forEach((one) => expect(one, `${grid} ${head}`).toMatch(EXACT));
    for (const head of days) column(file, head).forEach((one) => expect(one, `${grid} ${head}`).toMatch(DAY));
    // No head of a group, and no cell that was made for reading only.
    expect(file.flat().filter((cell) => /[\u00a0\u2212]/.test(cell)), grid).toEqual([]);
  }
}, 180_000);
