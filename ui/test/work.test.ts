// Long work: how far it is, going on without being watched, and being stopped.

import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, expect, test } from "vitest";
import { session } from "../src/api/session.svelte";
import App from "../src/App.svelte";
import { dismiss } from "../src/lib/dialogs";
import { filter } from "../src/lib/filter.svelte";
import { t } from "../src/lib/words";
import { long, told } from "./mock/answer";
import { tell } from "./mock/news";
import { world } from "./mock/world";

HTMLDialogElement.prototype.showModal ??= function show(this: HTMLDialogElement) { this.open = true; };

const choose = (id: string): Promise<void> => tell({ what: "chosen", id });
const button = (name: string | RegExp): HTMLElement => screen.getByRole("button", { name });
const close = (): Promise<boolean> => fireEvent.click(screen.getAllByRole("button", { name: t.button.close }).at(-1)!);
// The window asks how far it is after 400 ms.
const soon = { timeout: 3000 };

async function openBook(): Promise<void> {
  render(App);
  await waitFor(() => expect(JSON.stringify(told.get("set_menu"))).toContain("recent-0"));
  await choose("recent-0");
  await screen.findByRole("heading", { level: 1, name: "Overview" });
}

afterEach(() => {
  long.hold = null;
  session.book = null;
  location.hash = "#/";
});

test("a check goes on while its dialog is closed, and its result is there when a person comes back", async () => {
  await openBook();
  long.hold = "check";
  await fireEvent.click(button(t.status.notChecked));
  await screen.findByRole("progressbar", { name: t.check.doing }, soon);
  expect(screen.getByText(t.check.rule["usage-posted"])).toBeTruthy();
  expect(screen.queryByText(t.check.good)).toBeNull();
  await close();
  await waitFor(() => expect(document.querySelector("dialog[open]")).toBeNull());

  // Another screen, and back to what is going on: it is the same check.
  await choose("screen-charges");
  await screen.findByRole("heading", { level: 1, name: "Charges" });
  told.delete("check");
  await fireEvent.click(button(/Checking… 43 %/));
  expect(screen.getByRole("progressbar")).toBeTruthy();
  expect(told.has("check")).toBe(false);
  await close();

  // It ends unseen, says so, and keeps its report.
  long.go();
  await screen.findByText(t.check.good, undefined, soon);
  expect(document.querySelector("dialog[open]")).toBeNull();
  await fireEvent.click(button(t.status.balance));
  await screen.findByRole("dialog", { name: t.check.title });
  expect(screen.getByText(t.check.rule["file-sound"])).toBeTruthy();
  expect(told.has("check")).toBe(false);
  long.hold = null;
  await fireEvent.click(button(t.check.again));
  await waitFor(() => expect(told.has("check")).toBe(true));
});

test("a check that is stopped leaves no verdict", async () => {
  await openBook();
  long.hold = "check";
  await choose("check");
  await fireEvent.click(await screen.findByRole("button", { name: t.exporting.stop }));
  await waitFor(() => expect(document.querySelector("dialog[open]")).toBeNull());
  expect(told.get("cancel_job")).toEqual({ job: "check" });
  expect(button(t.status.notChecked)).toBeTruthy();
});

test("a close tells its steps, and stopping it leaves the month open", async () => {
  await openBook();
  await choose("screen-close");
  await screen.findByRole("heading", { level: 1, name: "Close September 2026" });
  // A hub of which nothing stands in the way in August.
  world.hubs[1]!.closed = ["2026-07"];
  filter.hub = world.hubs[1]!.id;
  filter.month = "2026-08";
  await screen.findByRole("heading", { level: 1, name: "Close August 2026" });
  long.hold = "work";
  await fireEvent.click((await screen.findAllByRole("button", { name: /^Close August/ }))[0]!);
  const dialog = await screen.findByRole("dialog");
  await fireEvent.click(within(dialog).getByRole("button", { name: /^Close August/ }));
  await within(dialog).findByRole("progressbar", { name: t.work.seal }, soon);
  // What is begun elsewhere does not stop it, and Escape does.
  expect(await dismiss()).toBe(false);
  expect(within(dialog).queryByRole("button", { name: /^Close August/ })).toBeNull();
  await fireEvent.click(within(dialog).getByRole("button", { name: t.exporting.stop }));
  await within(dialog).findByText(/Nothing was booked/);
  expect(told.get("cancel_job")).toEqual({ job: "work" });

  // Begun anew, it closes.
  long.hold = null;
  await fireEvent.click(await within(dialog).findByRole("button", { name: /^Close August/ }));
  await screen.findByText(/August 2026 is closed/, undefined, soon);
});
