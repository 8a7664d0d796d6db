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
  for (const [link, heading] of [["Hubs", "Hubs"], ["Clients & channels", "Clients & channels"], ["Balances", "Balances"], ["Month close", "Close September 2026"], ["Invoices", "Invoices"], ["Prices", "Prices"], ["Settings", "Settings"]] as const) {
    await fireEvent.click(screen.getByRole("link", { name: new RegExp(`^${link}`) }));
    location.hash = (screen.getByRole("link", { name: new RegExp(`^${link}`) }) as HTMLAnchorElement).hash;
    window.dispatchEvent(new Event("hashchange"));
    await screen.findByRole("heading", { level: 1, name: heading });
    expect(await problems(), heading).toEqual([]);
  }
}, 60_000);
