import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeAll, expect, test, vi } from "vitest";
import { session } from "../src/api/session.svelte";
import App from "../src/App.svelte";
import { told } from "./mock/answer";

beforeAll(() => {
  HTMLDialogElement.prototype.showModal ??= function show(this: HTMLDialogElement) { this.open = true; };
});

function show(hash: string): void {
  location.hash = hash;
  window.dispatchEvent(new Event("hashchange"));
}
const field = (label: string): Promise<HTMLInputElement> => screen.findByLabelText<HTMLInputElement>(label);
async function type(label: string, text: string): Promise<void> {
  const at = await field(label);
  await fireEvent.input(at, { target: { value: text } });
  await fireEvent.blur(at);
}

/** The book of the tests, whichever of them comes first. */
async function open(): Promise<void> {
  if (session.book) return;
  await fireEvent.click(await screen.findByRole("button", { name: /^Nordlicht Messaging/ }));
  await screen.findByRole("heading", { level: 1, name: "Overview" });
}

test("what is typed waits for whoever leaves the screen, and leaves what was not touched to the book", async () => {
  render(App);
  await open();

  show("#/settings");
  const name = (await field("Company name")).value;
  await type("Company name", "Nordlicht and Daughters");
  await screen.findByText("What you changed is not saved.");
  show("#/client-invoices?draft=new");
  await type("Text", "Advice in September");
  show("#/balances");
  await screen.findByRole("heading", { level: 1, name: "Balances" });

  show("#/client-invoices?draft=new");
  expect((await field("Text")).value).toBe("Advice in September");
  show("#/settings");
  expect((await field("Company name")).value).toBe("Nordlicht and Daughters");
  await type("Company name", name);
  expect(screen.queryByText("What you changed is not saved.")).toBeNull();
  show("#/balances");
  await screen.findByRole("heading", { level: 1, name: "Balances" });
}, 60_000);

test("what is refused leads into its field, and stays as it was typed", async () => {
  render(App);
  await open();
  show("#/balances");
  await fireEvent.click(await screen.findByRole("button", { name: /^Top up/ }));
  await type("Amount, net", "a lot");
  const send = await screen.findByRole("button", { name: "Book top-up" });
  send.focus();
  await fireEvent.click(send);
  const amount = await field("Amount, net");
  await vi.waitFor(() => expect(document.activeElement).toBe(amount));
  expect(amount.value).toBe("a lot");
  expect(amount.getAttribute("aria-invalid")).toBe("true");
  expect(document.getElementById(amount.getAttribute("aria-describedby")!)?.textContent).toBeTruthy();
  await fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
}, 60_000);

test("an invoice that is refused when it is issued is one draft, however often it is tried", async () => {
  render(App);
  await open();
  show("#/client-invoices?draft=new&client=k1El8bCL");
  await type("Text", "Advice");
  await type("Net each, EUR", "100");
  await type("Day of the invoice", "2026-01-01");
  const issue = async (): Promise<void> => {
    await vi.waitFor(() => expect(screen.getByRole("button", { name: "Issue…" }).getAttribute("aria-disabled")).not.toBe("true"));
    await fireEvent.click(screen.getByRole("button", { name: "Issue…" }));
    await fireEvent.click(await screen.findByRole("button", { name: "Issue it" }));
  };
  const kept = (): unknown => (told.get("put_client_draft")?.["form"] as { id: string | null } | undefined)?.id;
  await issue();
  const day = await field("Day of the invoice");
  await vi.waitFor(() => expect(document.activeElement).toBe(day));
  expect(kept()).toBeNull();
  await type("Day of the invoice", "2026-09-22");
  await issue();
  await screen.findByRole("heading", { level: 2, name: "2026/0001" });
  expect(kept()).toBe("D2");
}, 60_000);
