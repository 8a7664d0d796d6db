import { fireEvent, render, screen } from "@testing-library/svelte";
import axe from "axe-core";
import { beforeAll, expect, test } from "vitest";
import App from "../src/App.svelte";

beforeAll(() => {
  // The test's window has no modal dialogs of its own.
  HTMLDialogElement.prototype.showModal ??= function show(this: HTMLDialogElement) {
    this.open = true;
  };
});

async function problems(): Promise<string[]> {
  const found = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

test("from the welcome into a book, and through its screens", async () => {
  render(App);
  await screen.findByRole("heading", { name: "Books for your 360Dialog hubs" });
  const book = await screen.findByRole("button", { name: /^Nordlicht Messaging/ });
  expect(await problems()).toEqual([]);
  await fireEvent.click(book);
  await screen.findByRole("heading", { level: 1, name: "Overview" });
  expect(await problems()).toEqual([]);
  for (const [link, heading] of [["Charges", "Charges"], ["Hubs", "Hubs"], ["Clients & channels", "Clients & channels"], ["Balances", "Balances"], ["Month close", "Close September 2026"], ["Invoices", "Invoices"], ["Ledger", "Ledger"], ["Prices", "Prices"], ["Settings", "Settings"]] as const) {
    await fireEvent.click(screen.getByRole("link", { name: new RegExp(`^${link}`) }));
    location.hash = (screen.getByRole("link", { name: new RegExp(`^${link}`) }) as HTMLAnchorElement).hash;
    window.dispatchEvent(new Event("hashchange"));
    await screen.findByRole("heading", { level: 1, name: heading });
    expect(await problems(), heading).toEqual([]);
  }

  // Why this number, one day's charges, and a file that was looked at.
  const show = async (hash: string): Promise<void> => {
    location.hash = hash;
    window.dispatchEvent(new Event("hashchange"));
  };
  await show("#/charges?day=2026-09-21");
  await screen.findByRole("button", { name: "Booked on 21 Sep" });
  const rows = await screen.findAllByRole("row", { name: /^21 Sep/ });
  await fireEvent.click(rows[0]!);
  await screen.findByRole("heading", { level: 2, name: /^Why / });
  expect(await problems(), "why").toEqual([]);
  await show("#/charges?by=market");
  await screen.findByRole("grid", { name: "By market" });
  expect(await problems(), "by market").toEqual([]);
  await show("#/client-invoices?invoice=2026/0001");
  await screen.findByRole("heading", { level: 2, name: "2026/0001" });
  expect(await problems(), "invoice to a client").toEqual([]);
  await show("#/client-invoices?draft=D1");
  await screen.findByRole("heading", { level: 1, name: "Draft D1" });
  await screen.findByText("Line 1: The text is empty. Fill it in.");
  expect(await problems(), "draft").toEqual([]);
  for (const [hash, table] of [["#/ledger?account=asset:prepaid-balance:NrdE7kPA", "Statement of Prepaid balance at 360Dialog"], ["#/ledger?by=entries", "Entries"], ["#/ledger?by=chart", "Chart of accounts"], ["#/ledger?by=history", "The record"]] as const) {
    await show(hash);
    await screen.findByRole("grid", { name: table });
    expect(await problems(), table).toEqual([]);
  }
  await show("#/ledger?by=entries&entry=2");
  await screen.findByRole("heading", { level: 2, name: "Top-up" });
  expect(await problems(), "an entry").toEqual([]);
  await show("#/ledger?by=history");
  await fireEvent.click(await screen.findByText("Reverse…"));
  const reversal = await screen.findByRole("dialog", { name: "Reverse: top-up?" });
  for (const told of ["500.00 EUR, Nordlicht EUR", "the first day of October 2026", "Payable to 360Dialog"]) expect(reversal.textContent?.replaceAll("\u00a0", " ")).toContain(told);
  await fireEvent.click(screen.getByRole("button", { name: "Keep it" }));
  await show("#/import?path=/home/ada/usage-2026-09-22.csv");
  await screen.findByRole("button", { name: /^Book 5\d rows/ });
  expect(await problems(), "problems").toEqual([]);
  await fireEvent.click(screen.getByRole("tab", { name: /^Changed rows/ }));
  await screen.findByRole("grid", { name: "Changed rows" });
  expect(await problems(), "changed").toEqual([]);
}, 120_000);
