// The book that the app was started with is asked for ahead of the code that shows it, and only once.

import { render, screen, waitFor } from "@testing-library/svelte";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import * as core from "@tauri-apps/api/core";
import { session } from "../src/api/session.svelte";
import App from "../src/App.svelte";
import { rest } from "../src/frame/screens";
import { filter } from "../src/lib/filter.svelte";
import { askAhead, forget, invoke } from "../src/api/invoke";
import { launch } from "../src/api/launch";
import { opening } from "../src/tasks/opening.svelte";
import { lists } from "../lists.plugin";

const given: string[] = [];
/** The book that the shell was started with. */
let started: string | null;

vi.mock("@tauri-apps/api/core", async (importOriginal) => {
  const real = await importOriginal<typeof core>();
  return {
    ...real,
    invoke: (command: string, args?: Record<string, unknown>) => {
      given.push(command);
      if (command !== "book_at_launch") return real.invoke(command, args);
      const path = started;
      started = null;
      return Promise.resolve(path);
    },
  };
});

const times = (command: string): number => given.filter((one) => one === command).length;
const asked = ["book_at_launch", "open_book", "overview"];

beforeEach(() => {
  given.length = 0;
  started = "/books/nordlicht.hubbook";
});

afterEach(() => {
  forget();
  session.book = null;
  opening.refused = null;
});

// A window loads it behind its first screen: it is on its way when the last test is over.
afterAll(async () => void (await rest()), 180_000);

test("what the first screen needs is asked once, whether its code is there before the answers or behind them", async () => {
  for (const isLate of [false, true]) {
    given.length = 0;
    started = "/books/nordlicht.hubbook";
    const begun = launch();
    if (isLate) await begun;
    const { unmount } = render(App);
    await opening.launch();
    await screen.findByRole("heading", { level: 1, name: "Overview" });
    await begun;
    expect(asked.map(times), String(isLate)).toEqual([1, 1, 1]);
    expect(filter).toMatchObject({ hub: session.book!.hubs[0]!.id, month: session.book!.today.slice(0, 7) });
    unmount();
    session.book = null;
  }
});

test("a book that can't be opened says why, and one that nobody asked for is not opened", async () => {
  started = "/books/in-use.hubbook";
  const begun = launch().catch((refused: unknown) => refused);
  render(App);
  await opening.launch();
  expect(await begun).toMatchObject({ code: "book-in-use" });
  await waitFor(() => expect(opening.refused).toMatchObject({ path: "/books/in-use.hubbook", code: "book-in-use" }));
  expect(times("open_book")).toBe(1);

  given.length = 0;
  started = null;
  await launch();
  await opening.launch();
  expect(asked.map(times)).toEqual([1, 0, 0]);
});

test("an answer that was asked ahead is handed out once, to the same question, and not once it is forgotten", async () => {
  const book = (path: string): { path: string; passphrase: null } => ({ path, passphrase: null });
  const first = askAhead("open_book", book("/books/a.hubbook"));
  expect(invoke("open_book", book("/books/b.hubbook"))).not.toBe(first);
  expect(invoke("open_book", book("/books/a.hubbook"))).toBe(first);
  expect(invoke("open_book", book("/books/a.hubbook"))).not.toBe(first);
  expect(times("open_book")).toBe(3);
  // Without arguments is with none.
  const second = askAhead("recent_books");
  expect(invoke("recent_books", {})).toBe(second);
  const third = askAhead("recent_books");
  forget();
  expect(invoke("recent_books")).not.toBe(third);
  // A refusal waits for whoever asks.
  const refused = askAhead("explain", { charge: "none" });
  await expect(invoke("explain", { charge: "none" })).rejects.toBeTruthy();
  await expect(refused).rejects.toBeTruthy();
});

test("files of the window's code call what they share by one name", () => {
  const chunk = (fileName: string, code: string): [string, { type: "chunk"; fileName: string; code: string }] => [fileName, { type: "chunk", fileName, code }];
  const bundle = Object.fromEntries([
    chunk("assets/first-a.b.js", "const x=1,y=2,z=3;export{x as a,y as b,z as c};"),
    chunk("assets/rest-q.js", 'import{a as q,b as x}from"./first-a.b.js";q+x'),
    chunk("assets/alone-q.js", "const n=1;export{n as a};"),
  ]);
  const run = lists().generateBundle as unknown as (options: unknown, bundle: unknown) => void;
  run(null, bundle);
  expect(bundle["assets/first-a.b.js"]!.code).toBe("const x=1,y=2,z=3;export{x as q,y as x};\n");
  expect(bundle["assets/rest-q.js"]!.code).toBe('import{q,x}from"./first-a.b.js";q+x');
  expect(bundle["assets/alone-q.js"]!.code).toBe("const n=1;export{n as a};");
});
