// The window as a part of the desktop: its menu, and files that are dropped on it.

import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import type { MenuForm, MenuLine } from "../src/api";
import App from "../src/App.svelte";
import { keys } from "../src/lib/keys.svelte";
import { language } from "../src/lib/language.svelte";
import { packed } from "../src/lib/words/pack";
import { t } from "../src/lib/words";
import { tell } from "./mock/news";
import { told } from "./mock/answer";

HTMLDialogElement.prototype.showModal ??= function show(this: HTMLDialogElement) { this.open = true; };

type Act = Extract<MenuLine, { kind: "act" }>;
const menus = (): MenuForm[] => told.get("set_menu")!["menus"] as MenuForm[];
const acts = (lines: MenuLine[]): Act[] => lines.flatMap((line) => (line.kind === "act" ? [line] : line.kind === "menu" ? acts(line.lines) : []));
const all = (): Act[] => menus().flatMap((menu) => acts(menu.lines));
const choose = (id: string): Promise<void> => tell({ what: "chosen", id });
const over = (what: "held" | "dropped", ...names: string[]): Promise<void> => tell({ what, paths: names.map((name) => `/home/ada/${name}`) });

async function closeDialog(): Promise<void> {
  document.querySelector("dialog[open]")?.dispatchEvent(new Event("cancel", { cancelable: true }));
  await waitFor(() => expect(document.querySelector("dialog[open]")).toBeNull());
}

test("every line of the menu does what it says, and nothing is lost on the way", async () => {
  render(App);
  await screen.findByRole("heading", { name: "Books for your 360Dialog hubs" });
  await waitFor(() => expect(menus().map((menu) => menu.text)).toEqual(["&File", "&Edit", "&View", "&Help"]));
  const off = (): string[] => all().filter((act) => act.is_off).map((act) => act.id);
  expect(off()).toEqual(expect.arrayContaining(["close-book", "undo", "find", "screen-charges", "import-usage", "export-charges", "back-up"]));
  expect(off()).not.toEqual(expect.arrayContaining(["new-book", "open-book", "about"]));
  // Off is off, whatever the system says.
  await choose("screen-charges");
  expect(screen.queryByRole("heading", { level: 1, name: "Charges" })).toBeNull();

  await waitFor(() => expect(all().map((act) => act.text)).toContain("Nordlicht Messaging GmbH, nordlicht.hubbook"));
  await choose("recent-0");
  await screen.findByRole("heading", { level: 1, name: "Overview" });
  await waitFor(() => expect(all().filter((act) => act.is_off).map((act) => act.id)).toEqual(["zoom-normal"]));
  const ids = all().map((act) => act.id);
  expect(new Set(ids).size).toBe(ids.length);

  // Keys that the menu shows are taken by the page.
  const taken = keys.known.map((key) => key.press);
  for (const act of all()) if (act.keys) expect(taken, act.id).toContain(act.keys);

  const dialogs: Record<string, string> = {
    "new-book": t.newBook.title, "import-prices": t.price.title, "import-parties": t.parties.title, "import-volumes": t.volumeFile.title, "import-markets": t.markets.importTitle,
    "export-copies": t.exporting.title, "export-own": t.exporting.title, undo: t.undo.nothingTitle, find: t.palette.title, keys: t.keysHelp.title, check: t.check.title, about: t.menu.about,
  };
  for (const [id, title] of Object.entries(dialogs)) {
    await choose(id);
    await screen.findByRole("dialog", { name: title });
    await closeDialog();
  }
  const screens = ids.filter((id) => id.startsWith("screen-"));
  expect(screens.length).toBe(10);
  for (const id of screens) {
    await choose(id);
    await waitFor(() => expect(location.hash).toContain(id.replace("screen-", "")));
  }
  await choose("import-usage");
  await waitFor(() => expect(location.hash).toContain("#/import?path="));
  for (const [id, command] of [["export-charges", "export_charges"], ["export-trial", "export_trial_balance"], ["export-entries", "export_entries"], ["back-up", "back_up"], ["zoom-in", "set_zoom"], ["theme-dark", "set_theme"]] as const) {
    told.delete(command);
    await choose(id);
    await waitFor(() => expect(told.has(command), id).toBe(true));
  }
  expect(told.get("set_zoom")).toEqual({ percent: 110 });
  expect(document.documentElement.dataset["theme"]).toBe("dark");
  await choose("zoom-normal");
  await waitFor(() => expect(told.get("set_zoom")).toEqual({ percent: 100 }));
  await choose("zoom-out");
  await waitFor(() => expect(told.get("set_zoom")).toEqual({ percent: 90 }));
  await choose("zoom-normal");
  // The system ticks a line by itself, so it is told how it is, even where nothing changed.
  await waitFor(() => expect(all().find((act) => act.id === "theme-dark")?.is_ticked).toBe(true));
  told.delete("set_menu");
  await choose("theme-dark");
  await waitFor(() => expect(told.has("set_menu")).toBe(true));
  await choose("theme-system");
  await choose("theme-light");
  await choose("theme-system");
  await choose("privacy");
  await waitFor(() => expect(document.documentElement.hasAttribute("data-private")).toBe(true));
  await choose("privacy");

  // What is typed in a dialog is kept when the menu goes elsewhere.
  await choose("new-book");
  await fireEvent.input(await screen.findByRole("textbox", { name: t.newBook.name }), { target: { value: "Elbe" } });
  await choose("about");
  await screen.findByRole("dialog", { name: t.menu.about });
  await choose("new-book");
  expect((await screen.findByRole<HTMLInputElement>("textbox", { name: t.newBook.name })).value).toBe("Elbe");
  await closeDialog();

  // The language of the window is the menu's.
  vi.stubGlobal("fetch", (url: string) => Promise.resolve({ json: () => Promise.resolve(packed[url.includes("/de.") ? "de" : "en"]) }));
  await language.choose("de");
  await waitFor(() => expect(menus().map((menu) => menu.text)).toEqual(["&Datei", "&Bearbeiten", "&Ansicht", "&Hilfe"]));
  await language.choose("en");
  vi.unstubAllGlobals();
  await choose("open-book");
  await waitFor(() => expect(location.hash).toContain("overview"));
  await choose("close-book");
  await screen.findByRole("heading", { name: "Books for your 360Dialog hubs" });
  // Nothing is left but what the shell does itself.
  const tried = new Set([...Object.keys(dialogs), ...screens, "import-usage", "export-charges", "export-trial", "export-entries", "back-up", "zoom-in", "zoom-out", "zoom-normal", "theme-dark", "theme-light", "theme-system", "privacy", "open-book", "close-book"]);
  expect(ids.filter((id) => !tried.has(id) && !id.startsWith("recent-"))).toEqual(["quit"]);
}, 60_000);

test("files that are dropped are named, refused or looked at, one by one", async () => {
  render(App);
  await screen.findByRole("heading", { name: "Books for your 360Dialog hubs" });
  await over("held", "usage.csv", "a.hubbook");
  await screen.findByText(t.drop.noBook);
  await screen.findByText(t.drop.does.book);
  await over("held");
  await waitFor(() => expect(screen.queryByText(t.drop.title)).toBeNull());

  await over("dropped", "a.hubbook");
  await screen.findByRole("heading", { level: 1, name: "Overview" });
  await over("dropped", "usage.csv");
  await waitFor(() => expect(location.hash).toBe("#/import?path=%2Fhome%2Fada%2Fusage.csv"));

  await over("dropped", "usage.csv", "letter.txt", "card.csv");
  const list = await screen.findByRole("dialog", { name: t.drop.list });
  expect(list.textContent).toContain(t.drop.does.unknown);
  expect(list.textContent).toContain(t.drop.knows);
  const looks = screen.getAllByRole("button", { name: t.drop.look });
  expect(looks.length).toBe(2);
  await fireEvent.click(looks[1]!);
  await screen.findByRole("dialog", { name: t.price.title });
  await closeDialog();
  await fireEvent.click(await screen.findByRole("button", { name: "2 dropped files wait" }));
  await screen.findByRole("dialog", { name: t.drop.list });
  // What can't be used does not wait.
  await closeDialog();
  await screen.findByRole("button", { name: "1 dropped file waits" });

  await over("dropped", "letter.txt");
  await screen.findByRole("dialog", { name: t.drop.list });
  await closeDialog();
  expect(screen.queryByRole("button", { name: /dropped/ })).toBeNull();
}, 60_000);
