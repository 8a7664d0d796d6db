import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeAll, expect, test, vi } from "vitest";
import App from "../src/App.svelte";

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

test("what is typed waits for whoever leaves the screen, and leaves what was not touched to the book", async () => {
  render(App);
  await fireEvent.click(await screen.findByRole("button", { name: /^Nordlicht Messaging/ }));
  await screen.findByRole("heading", { level: 1, name: "Overview" });

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
  const book = screen.queryByRole("button", { name: /^Nordlicht Messaging/ });
  if (book) await fireEvent.click(book);
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
}, 60_000);
