import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeAll, expect, test, vi } from "vitest";
import type { ClientSumView } from "../src/api";
import { session } from "../src/api/session.svelte";
import App from "../src/App.svelte";
import Select from "../src/parts/Select.svelte";
import { end, start } from "../src/tasks/task.svelte";
import { found, told } from "./mock/answer";

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

async function credit(): Promise<void> {
  show("#/client-invoices?invoice=2026/0001");
  await fireEvent.click(await screen.findByRole("button", { name: "Credit…" }));
  await screen.findByText("100.00 EUR net, 119.00 EUR gross");
}

test("Enter in a field of what is for good leads to its button, and only there goes on", async () => {
  render(App);
  await open();
  told.delete("credit_client_invoice");
  await credit();
  const whole = await screen.findByLabelText("All of it: cancel the invoice");
  whole.focus();
  const held = await fireEvent.keyDown(whole, { key: "Enter", repeat: true });
  expect([held, document.activeElement]).toEqual([false, whole]);
  const pressed = await fireEvent.keyDown(whole, { key: "Enter" });
  expect([pressed, document.activeElement]).toEqual([false, screen.getByRole("button", { name: "Issue it" })]);
  expect(told.has("credit_client_invoice")).toBe(false);
  await fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
}, 60_000);

test("what can't be credited of a line is told in that line", async () => {
  render(App);
  await open();
  await credit();
  await fireEvent.click(await screen.findByLabelText("A part of it"));
  await screen.findByText("Enter an amount for a line first");
  const amount = await field("Credit, net: Care of channels");
  await type("Credit, net: Care of channels", "much");
  await vi.waitFor(() => expect(amount.getAttribute("aria-invalid")).toBe("true"));
  expect(document.getElementById(amount.getAttribute("aria-describedby")!)?.textContent).toContain("“much” is not an amount");
  expect(screen.queryByRole("alert")).toBeNull();
  await type("Credit, net: Care of channels", "100");
  await vi.waitFor(() => expect(amount.hasAttribute("aria-invalid")).toBe(false));
  await fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
}, 60_000);

test("a passphrase that is mistyped leads back into its field, and blanks are none", async () => {
  render(App);
  await open();
  show("#/settings");
  await fireEvent.click(await screen.findByRole("button", { name: "Encrypt with a passphrase…" }));
  const [passphrase, again] = [await field("Passphrase"), await field("The same again")];
  const wrong = async (first: string, second: string): Promise<Element | null> => {
    await type("Passphrase", first);
    await type("The same again", second);
    passphrase.focus();
    await fireEvent.submit(passphrase.form!);
    return document.activeElement;
  };
  told.delete("change_passphrase");
  expect(await wrong("seven seas", "")).toBe(again);
  again.focus();
  expect(await wrong("   ", "   ")).toBe(passphrase);
  await screen.findByText("Type a passphrase.");
  expect(told.has("change_passphrase")).toBe(false);
  await fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
}, 60_000);

test("a backup that does not hold says why, once", async () => {
  render(App);
  await open();
  show("#/settings");
  Object.assign(found, { holds: false, opens: false, failures: ["it is not what was written"] });
  await fireEvent.click(await screen.findByRole("button", { name: "Verify" }));
  expect((await screen.findByRole("alert")).textContent).toContain("it is not what was written");
  expect(document.querySelector("main")!.textContent!.split("it is not what was written")).toHaveLength(2);
}, 60_000);

test("a volume is told for a month that the book takes, the shown one where it is among them", async () => {
  render(App);
  await open();
  const hub = session.book!.hubs.find((one) => one.id === "NrdE7kPA")!;
  const client = { id: "h4Kr1nCL", name: "Hafenkontor", hub: hub.id } as ClientSumView;
  const offered = async (first_month: string, last_closed: string | null, month: string): Promise<string[]> => {
    Object.assign(hub, { first_month, last_closed });
    start({ kind: "volume", client, month });
    const select = await screen.findByLabelText<HTMLSelectElement>("From month");
    const found = [...select.options].map((one) => (one.selected ? `(${one.value})` : one.value));
    end();
    await waitFor(() => expect(screen.queryByLabelText("From month")).toBeNull());
    return found;
  };
  expect(await offered("2026-08", null, "2026-08")).toEqual(["2026-09", "(2026-08)"]);
  expect(await offered("2026-06", "2026-07", "2026-07")).toEqual(["(2026-09)", "2026-08"]);
}, 60_000);

test("a list to choose from shows what is chosen, also once it has other options, and nothing that is not", async () => {
  const options = ["a", "b"].map((value) => ({ value, label: value.toUpperCase() }));
  const { container, rerender } = render(Select, { value: "b", options, label: "Which" });
  const box = container.querySelector("select")!;
  expect(box.value).toBe("b");
  await rerender({ value: "c", options });
  expect(box.selectedIndex).toBe(-1);
  await rerender({ value: "c", options: [...options, { value: "c", label: "C" }] });
  expect(box.value).toBe("c");
  const chosen: string[] = [];
  await rerender({ value: "c", options, onchange: (value: string) => chosen.push(value) });
  box.value = "a";
  await fireEvent.change(box);
  expect(chosen).toEqual(["a"]);
});
