// What had the focus may be gone when a dialog closes, or when what it did is shown.

import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeAll, expect, test } from "vitest";
import type { ClientInvoiceView } from "../src/api";
import App from "../src/App.svelte";
import { filter } from "../src/lib/filter.svelte";
import { t } from "../src/lib/words";
import { clientInvoices } from "./mock/client-invoices";
import { world } from "./mock/world";
import Opener from "./Opener.svelte";

beforeAll(() => {
  HTMLDialogElement.prototype.showModal ??= function show(this: HTMLDialogElement) { this.open = true; };
});

const button = (name: string | RegExp): Promise<HTMLElement> => screen.findByRole("button", { name });
const focused = (): string => document.activeElement?.textContent?.trim() ?? "";

test.each([
  ["Close", "Ask"], ["Remove the row", "Backups"], ["Remove the list", "Books"],
])("%s: the focus goes to %s", async (what, to) => {
  render(Opener);
  const ask = await button("Ask");
  ask.focus();
  await fireEvent.click(ask);
  const inside = await button(what);
  inside.focus();
  await fireEvent.click(inside);
  await waitFor(() => expect(document.querySelector("dialog")).toBeNull());
  expect(focused()).toBe(to);
});

test("the open invoice's buttons are actions of the palette, and one that is gone leaves the focus to the invoice", async () => {
  render(App);
  await fireEvent.click(await button(/^Nordlicht Messaging/));
  await screen.findByRole("heading", { level: 1, name: "Overview" });
  location.hash = "#/client-invoices?invoice=2026/0001";
  window.dispatchEvent(new Event("hashchange"));
  await screen.findByRole("heading", { level: 2, name: "2026/0001" });
  const pay = await button("Payment…");
  pay.focus();

  await fireEvent.keyDown(window, { key: "k", ctrlKey: true });
  const actions = await screen.findAllByRole("option", { name: /2026\/0001$/ });
  const labels = actions.map((one) => one.querySelector(".label")!.textContent);
  expect(labels).toEqual([...document.querySelectorAll("aside footer button")].map((one) => one.textContent!.trim()));
  expect(labels).toContain("Payment…");
  await fireEvent.click(actions[labels.indexOf("Payment…")]!);
  await screen.findByRole("dialog", { name: "Payment for 2026/0001" });

  // All of it is paid: there is nothing more to record.
  const invoice = clientInvoices.client_invoices({ client: null }).find((one) => one.number === "2026/0001") as ClientInvoiceView;
  invoice.open = { ...invoice.open, amount: "0.00" };
  await fireEvent.click(await button("Book payment"));
  await waitFor(() => expect(screen.queryByRole("button", { name: "Payment…" })).toBeNull());
  await waitFor(() => expect(focused()).toBe("2026/0001"));
}, 60_000);

test("what a panel keeps in a menu is among the palette's actions, and out of sight until the menu is opened", async () => {
  render(App);
  await screen.findByRole("heading", { level: 1 });
  filter.hub = "NrdU2mPA";
  const channel = world.channels.find((one) => world.clients.some((client) => client.id === one.client && client.hub === filter.hub))!;
  location.hash = `#/balances?channel=${channel.id}`;
  window.dispatchEvent(new Event("hashchange"));
  await button(t.button.more);
  expect(screen.queryByRole("menuitem")).toBeNull();

  await fireEvent.keyDown(window, { key: "k", ctrlKey: true });
  const labels = [...(await screen.findAllByRole("option"))].map((one) => one.querySelector(".label")!.textContent);
  expect(labels).toEqual(expect.arrayContaining([t.topUp.action, t.papers.statement, t.balance.setOpening, t.balance.refund]));
  await fireEvent.click(screen.getAllByRole("option")[labels.indexOf(t.balance.setOpening)]!);
  await screen.findByRole("dialog", { name: /opening/i });
}, 60_000);
