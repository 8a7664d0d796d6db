// What nobody waits for comes after what somebody does, and the screens behind a key are there before it.

import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";
import { session } from "../src/api/session.svelte";
import App from "../src/App.svelte";
import { answers } from "../src/frame/answers";
import { stages } from "../src/frame/stages.svelte";
import { calm } from "../src/lib/calm";
import { filter } from "../src/lib/filter.svelte";
import { keys } from "../src/lib/keys.svelte";
import type { Screen } from "../src/lib/route.svelte";
import { tables } from "../src/lib/tables.svelte";
import { t } from "../src/lib/words";
import type { Ask } from "../src/pages/page";
import Bars from "../src/parts/Bars.svelte";
import { told } from "./mock/answer";
import { tell } from "./mock/news";

const usd = (amount: string): { amount: string; currency: string } => ({ amount, currency: "USD" });

afterEach(() => {
  vi.useRealTimers();
  session.book = null;
  location.hash = "#/";
});

test("what may wait runs once nobody waits any more, one at a time", () => {
  vi.useFakeTimers();
  const done: string[] = [];
  const [screenIsHere, fileIsHere] = [calm.hold(), calm.hold()];
  calm.then(() => done.push("menus"));
  calm.then(() => done.push("backups"));
  vi.advanceTimersByTime(10_000);
  expect(done).toEqual([]);
  screenIsHere();
  // Told twice, it still counts once.
  screenIsHere();
  vi.advanceTimersByTime(10_000);
  expect(done).toEqual([]);
  fileIsHere();
  vi.advanceTimersToNextTimer();
  expect(done).toEqual(["menus"]);
  const again = calm.hold();
  vi.advanceTimersByTime(10_000);
  expect(done).toEqual(["menus"]);
  again();
  vi.advanceTimersByTime(10_000);
  expect(done).toEqual(["menus", "backups"]);
});

/** What a screen of the open book is asked. */
const ask = (more: Partial<Ask> = {}): Ask => ({ book: session.book!, hub: session.hub!, month: filter.month, today: session.today, query: {}, ...more });

async function openBook(): Promise<void> {
  render(App);
  await waitFor(() => expect(JSON.stringify(told.get("set_menu"))).toContain("recent-0"));
  await tell({ what: "chosen", id: "recent-0" });
  await screen.findByRole("heading", { level: 1, name: "Overview" });
}

test("screens are asked ahead for the hub and month that are shown, and forgotten once the book changes", async () => {
  await openBook();
  await waitFor(() => expect(answers.of("settings", ask())).toBeTruthy());
  const charges = answers.of("charges", ask());
  expect(charges).toBeTruthy();
  expect(answers.of("charges", ask({ month: "2020-01" }))).toBeUndefined();
  expect(answers.of("charges", ask({ query: { unrated: "1" } }))).toBeUndefined();
  // What says the same again is the same, so that nothing is drawn anew.
  const again = await answers.ask("charges", ask());
  expect(again.ok && again.data).toBe(charges);
  session.revision += 1;
  expect(answers.of("charges", ask())).toBeUndefined();
});

test("an answer of a book that changed meanwhile is shown and not kept", async () => {
  await openBook();
  const month = { month: "2020-02" };
  const asked = answers.ask("charges", ask(month));
  session.revision += 1;
  expect((await asked).ok).toBe(true);
  expect(answers.of("charges", ask(month))).toBeUndefined();
});

/** A screen's own key: known while it is in sight. */
const adds = (label: string): boolean => keys.known.some((key) => key.press === "a" && key.label === label);
const isAhead = (name: Screen): boolean => stages.isAhead(name, answers.of(name, ask()));
const palette = (): Element | null => document.querySelector(`dialog[aria-label="${t.palette.title}"]`);
const titles = (): (string | null)[] => [...document.querySelectorAll("h1")].map((one) => one.textContent);

test("a screen that is drawn ahead is out of sight in all it does, and in sight at once when its key is pressed", async () => {
  await openBook();
  await waitFor(() => expect(answers.of("settings", ask())).toBeTruthy());
  // Whoever only looks at one screen does not pay for the others.
  expect(isAhead("hubs")).toBe(false);
  location.hash = "#/ledger";
  await waitFor(() => expect(titles()).toEqual(["Ledger"]));
  location.hash = "#/overview";
  await waitFor(() => expect(isAhead("hubs") && isAhead("prices")).toBe(true));
  expect(titles()).toEqual(["Overview"]);
  expect([adds(t.hub.add), adds(t.price.bringIn)]).toEqual([false, false]);
  const before = told.size;
  location.hash = "#/hubs";
  await waitFor(() => expect(titles()).toEqual(["Hubs"]));
  expect([adds(t.hub.add), adds(t.price.bringIn)]).toEqual([true, false]);
  expect(tables.shown.map((table) => table.label)).toEqual(["Hubs"]);
  expect(told.size).toBe(before);
  location.hash = "#/prices";
  await waitFor(() => expect(titles()).toEqual(["Prices"]));
  expect([adds(t.hub.add), adds(t.price.bringIn)]).toEqual([false, true]);
});

test("a screen that is left is fresh when it is shown again", async () => {
  await openBook();
  location.hash = "#/prices";
  await waitFor(() => expect(titles()).toEqual(["Prices"]));
  const first = document.querySelector("main .act")?.firstElementChild;
  location.hash = "#/hubs";
  await waitFor(() => expect(titles()).toEqual(["Hubs"]));
  await waitFor(() => expect(isAhead("prices")).toBe(true));
  location.hash = "#/prices";
  await waitFor(() => expect(titles()).toEqual(["Prices"]));
  expect(document.querySelector("main .act")?.firstElementChild).not.toBe(first);
  expect(document.querySelectorAll("main .act .act").length).toBe(1);
});

test("the palette, drawn while one account is shown, does not ask it for its name once all accounts are", async () => {
  await openBook();
  location.hash = "#/ledger";
  await waitFor(() => expect(tables.main?.keeps?.name).toBe("trial"));
  expect(palette()).toBeNull();
  location.hash = "#/ledger?account=asset:prepaid-balance:NrdE7kPA";
  await waitFor(() => expect(tables.main?.keeps?.name).toBe("account"));
  await new Promise<void>((go) => calm.then(go));
  expect(palette()).toBeNull();
  // Whoever reaches for Ctrl K has it drawn before the K.
  await fireEvent.keyDown(window, { key: "Control", ctrlKey: true });
  await waitFor(() => expect(palette()).toBeTruthy());
  location.hash = "#/ledger";
  await waitFor(() => expect(tables.main?.keeps?.name).toBe("trial"));
  expect(screen.queryByText(t.app.broke)).toBeNull();
});

test("no screen outlives its book, whoever waits", async () => {
  await openBook();
  const seen = document.querySelector("main .act .act")!;
  expect(seen.childElementCount).toBeGreaterThan(0);
  const rest = calm.hold();
  session.book = null;
  await waitFor(() => expect(document.querySelector("main .act")).toBeNull());
  await waitFor(() => expect(seen.childElementCount).toBe(0));
  rest();
});

test("bars: the longest first, the others as one sum, which has no bar where it would dwarf all", () => {
  const bars = ["1.25", "9.50", "0.75", "3", "2.10"].map((amount, at) => ({ key: `c${at}`, name: `Client ${at}`, amount: usd(amount) }));
  const { container } = render(Bars, { title: "Who", what: "clients", most: 2, bars });
  const rows = [...container.querySelectorAll("li")];
  expect(rows.map((row) => row.querySelector(".cut")?.textContent)).toEqual(["Client 1", "Client 3", "3 other clients"]);
  // 1.25 + 0.75 + 2.10, shorter than 9.50.
  expect(rows[2]?.textContent).toContain("4.10");
  expect(rows.map((row) => row.querySelectorAll("rect").length)).toEqual([1, 1, 1]);

  const many = [...bars, ...Array.from({ length: 80 }, (_, at) => ({ key: `d${at}`, name: `Small ${at}`, amount: usd("0.5") }))];
  const { container: large } = render(Bars, { title: "Who", what: "clients", most: 2, bars: many });
  // 4.10 + 80 × 0.50 = 44.10, more than three times 9.50.
  const last = large.querySelector("li:last-child");
  expect(last?.textContent).toContain("44.10");
  expect(last?.querySelectorAll("rect").length).toBe(0);
});
