// What stands in the native menu, and what each line does. The menu shows keys that the page takes
// itself (lib/keys); a line that can't be used now is shown and off.

import { type BookView, chargesForm, type EditWord, entriesForm, exportCharges, exportEntries, exportTrialBalance, type HubView, type MenuForm, type MenuLine, type RecentBook } from "../api";
import { firstDay, lastDay } from "../lib/date";
import type { Screen } from "../lib/route.svelte";
import type { ThemeChoice } from "../lib/theme.svelte";
import { t } from "../lib/words";
import type { Task } from "../tasks/task.svelte";
import { saveTable } from "../tasks/table";
import { above, below } from "./screens";
import { NORMAL } from "./zoom.svelte";

/** What decides how the menu looks. */
export type MenuState = {
  book: BookView | null; hub: HubView | undefined; month: string; readOnly: boolean; recent: RecentBook[]; theme: ThemeChoice; isPrivate: boolean; percent: number;
};

/** What its lines do outside of themselves. */
export type MenuDoors = {
  go: (screen: Screen) => void; start: (task: Task) => void; open: (path: string) => void; chooseBook: () => void; closeBook: () => void; backUp: () => void; check: () => void;
  exportMonth: (hub: string, month: string) => void; undo: () => void; find: () => void; theme: (choice: ThemeChoice) => void; privacy: () => void; zoom: (to: 1 | -1 | 0) => void;
};

export type Act = { id: string; text: string; run: () => void; keys?: string; off?: boolean; ticked?: boolean; /** It leaves an open dialog as it is. */ beside?: boolean };
export type Line = Act | Menu | "rule" | { edit: EditWord; text: string };
export type Menu = { text: string; lines: Line[] };

/** The sign itself; alone it would go before a letter. */
const plain = (text: string): string => text.replaceAll("&", "&&");

export function menusOf(state: MenuState, doors: MenuDoors): Menu[] {
  return [file(state, doors), edit(state, doors), view(state, doors), help(state, doors)];
}

function file(state: MenuState, doors: MenuDoors): Menu {
  const { book, hub, month, readOnly } = state;
  const closed = !book;
  const locked = !book || readOnly;
  const task = (id: string, text: string, wanted: Task, off: boolean, keys?: string): Act => ({ id, text, off, run: () => doors.start(wanted), ...(keys ? { keys } : {}) });
  const found = state.recent.filter((one) => one.found);
  const save = async (suggested: string, write: Parameters<typeof saveTable>[1]): Promise<void> => {
    const refused = await saveTable(suggested, write);
    if (refused) doors.start({ kind: "refused", title: t.table.csv, text: refused });
  };
  const at = hub?.id ?? "";
  const days = { from: month ? firstDay(month) : "", until: month ? lastDay(month) : "" };
  return {
    text: t.menu.file,
    lines: [
      task("new-book", t.menu.newBook, { kind: "new-book" }, false, "Ctrl n"),
      { id: "open-book", text: t.menu.openBook, keys: "Ctrl o", run: doors.chooseBook },
      {
        text: t.menu.recent,
        lines: found.length > 0
          ? found.map((one, place) => ({ id: `recent-${place}`, text: plain(`${one.name}, ${one.path.split(/[\\/]/).at(-1)}`), run: () => doors.open(one.path) }))
          : [{ id: "recent-none", text: t.menu.noRecent, off: true, run: () => {} }],
      },
      "rule",
      {
        text: t.menu.bringIn,
        lines: [
          task("import-usage", t.usage.bringIn, { kind: "usage" }, locked || !hub, "i"),
          task("import-prices", t.price.bringIn, { kind: "prices" }, locked),
          task("import-parties", t.parties.bringIn, { kind: "parties" }, locked),
          task("import-volumes", t.volumeFile.bringIn, { kind: "volume-file" }, locked),
          task("import-markets", t.markets.bringIn, { kind: "markets" }, locked),
        ],
      },
      {
        text: t.menu.handOut,
        lines: [
          { id: "export-copies", text: t.menu.hubInvoices, off: !hub, run: () => doors.exportMonth(at, month) },
          task("export-own", t.menu.clientInvoices, { kind: "export", papers: { kind: "client-invoices", numbers: [], month, hub: at, client: null } }, !hub || book?.owner !== "partner"),
          "rule",
          { id: "export-charges", text: t.menu.charges, off: !hub, run: () => void save(t.charges.exportName(at, month), (path) => exportCharges(chargesForm({ hub: at, month, limit: 1000 }), path)) },
          { id: "export-trial", text: t.menu.trial, off: !hub, run: () => void save(t.ledger.trialFile(at, days.until), (path) => exportTrialBalance({ hub: at, ...days }, path)) },
          { id: "export-entries", text: t.menu.entries, off: !hub, run: () => void save(t.ledger.entriesFile(at, days.until), (path) => exportEntries(entriesForm({ hub: at, month }), path)) },
        ],
      },
      "rule",
      { id: "back-up", text: t.backups.now, off: locked, run: doors.backUp },
      { id: "close-book", text: t.menu.close, off: closed, run: doors.closeBook },
      { id: "quit", text: t.menu.quit, run: () => {} },
    ],
  };
}

function edit({ book, readOnly }: MenuState, doors: MenuDoors): Menu {
  return {
    text: t.menu.edit,
    lines: [
      { id: "undo", text: t.menu.undo, keys: "Ctrl z", off: !book || readOnly, beside: true, run: doors.undo },
      "rule",
      { edit: "cut", text: t.menu.cut },
      { edit: "copy", text: t.menu.copy },
      { edit: "paste", text: t.menu.paste },
      { edit: "select-all", text: t.menu.all },
      "rule",
      { id: "find", text: t.menu.find, keys: "Ctrl k", off: !book, run: doors.find },
    ],
  };
}

function view({ book, theme, isPrivate, percent }: MenuState, doors: MenuDoors): Menu {
  const screen = ({ screen: to }: { screen: Screen }): Act => ({ id: `screen-${to}`, text: plain(t.screen[to]), off: !book, run: () => doors.go(to) });
  return {
    text: t.menu.view,
    lines: [
      ...above.map(screen),
      "rule",
      ...below.map((place) => ({ ...screen(place), ...(place.screen === "settings" ? { keys: "Ctrl ," } : {}) })),
      "rule",
      { text: t.settings.theme, lines: (Object.keys(t.settings.themes) as ThemeChoice[]).map((choice) => ({ id: `theme-${choice}`, text: t.settings.themes[choice], ticked: choice === theme, beside: true, run: () => doors.theme(choice) })) },
      { id: "privacy", text: t.privacy.hide, keys: "Ctrl Shift p", ticked: isPrivate, beside: true, run: doors.privacy },
      "rule",
      { id: "zoom-in", text: t.menu.larger, keys: "Ctrl +", beside: true, run: () => doors.zoom(1) },
      { id: "zoom-out", text: t.menu.smaller, keys: "Ctrl -", beside: true, run: () => doors.zoom(-1) },
      { id: "zoom-normal", text: t.menu.normal, keys: "Ctrl 0", off: percent === NORMAL, beside: true, run: () => doors.zoom(0) },
    ],
  };
}

function help({ book }: MenuState, doors: MenuDoors): Menu {
  return {
    text: t.menu.help,
    lines: [
      { id: "keys", text: t.menu.keys, keys: "?", run: () => doors.start({ kind: "keys" }) },
      { id: "check", text: t.status.notChecked, off: !book, run: doors.check },
      "rule",
      { id: "about", text: t.menu.about, run: () => doors.start({ kind: "about" }) },
    ],
  };
}

const isAct = (line: Line): line is Act => typeof line === "object" && "id" in line;
const isMenu = (line: Line): line is Menu => typeof line === "object" && "lines" in line;

/** The menu as the shell draws it. */
export function formOf(menu: Menu): MenuForm {
  const line = (one: Line): MenuLine =>
    one === "rule" ? { kind: "rule" }
    : isMenu(one) ? { kind: "menu", ...formOf(one) }
    : isAct(one) ? { kind: "act", id: one.id, text: one.text, keys: one.keys ?? "", is_off: one.off ?? false, is_ticked: one.ticked ?? null }
    : { kind: "edit", what: one.edit, text: one.text };
  return { text: menu.text, lines: menu.lines.map(line) };
}

/** Every line that does something, by its id. */
export function actsOf(menus: Menu[]): Map<string, Act> {
  const found = new Map<string, Act>();
  const look = (line: Line): void => {
    if (isMenu(line)) line.lines.forEach(look);
    else if (isAct(line)) found.set(line.id, line);
  };
  menus.forEach(look);
  return found;
}
