// What had the focus may be gone when a dialog closes, or when what it did is shown.

import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeAll, expect, test } from "vitest";
import type { ClientInvoiceView } from "../src/api";
import App from "../src/App.svelte";
import { clientInvoices } from "./mock/client-invoices";
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
