// An amount leads to what it is made of.

import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import App from "../src/App.svelte";
import { filter } from "../src/lib/filter.svelte";
import { narrowed } from "../src/parts/chips";

function show(hash: string): void {
  location.hash = hash;
  window.dispatchEvent(new Event("hashchange"));
}
const where = async (name: string | RegExp): Promise<string> => new URL((await screen.findByRole<HTMLAnchorElement>("link", { name })).href).hash;

test("of an invoice to a client: its VAT, what was paid, and what its client used in the month that it names", async () => {
  render(App);
  await fireEvent.click(await screen.findByRole("button", { name: /^Nordlicht Messaging/ }));
  await screen.findByRole("heading", { level: 1, name: "Overview" });
  show("#/client-invoices?invoice=2026/0001");
  await screen.findByRole("heading", { level: 2, name: "2026/0001" });
  expect(await where(/^Paid 20 Sep 2026/)).toContain("entry=8");
  expect(await where(/^Standard rate/)).toContain("entry=7");
  await fireEvent.click(await screen.findByRole("button", { name: "August 2026" }));
  expect(location.hash).toBe("#/charges?client=h4Kr1nCL");
  expect(filter.month).toBe("2026-08");
}, 60_000);

test("a filter may name several values", () => {
  const kinds = [{ name: "kind", title: "", is: "", of: (row: string) => row, label: (kind: string) => kind }];
  expect(narrowed(["paid-out", "usage", "refund"], kinds, { kind: "refund|paid-out" }, [])).toEqual(["paid-out", "refund"]);
});
