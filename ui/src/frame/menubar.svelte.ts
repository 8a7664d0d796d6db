// The native menu, told anew whenever what it shows changes, and what was chosen in it.

import { backUp, recentBooks, type RecentBook, setMenu, setTheme } from "../api";
import { session } from "../api/session.svelte";
import { calm } from "../lib/calm";
import { dismiss } from "../lib/dialogs";
import { filter } from "../lib/filter.svelte";
import { isTyping, type Key } from "../lib/keys.svelte";
import { language } from "../lib/language.svelte";
import { count } from "../lib/number";
import { privacy } from "../lib/privacy.svelte";
import { go } from "../lib/route.svelte";
import { theme } from "../lib/theme.svelte";
import { toast } from "../lib/toast.svelte";
import { t } from "../lib/words";
import { exportMonthPdfs } from "../tasks/export";
import { opening } from "../tasks/opening.svelte";
import { proving } from "../tasks/proving.svelte";
import { start } from "../tasks/task.svelte";
import { finding } from "./finding.svelte";
import { actsOf, formOf, type MenuDoors, type MenuState, menusOf } from "./menu";
import { NORMAL, zoom } from "./zoom.svelte";

const doors: MenuDoors = {
  go, start,
  open: (path) => void opening.open(path),
  chooseBook: () => void opening.choose(),
  closeBook: () => void opening.leave(),
  backUp: () => void makeBackup(),
  check: () => void proving.begin(),
  exportMonth: exportMonthPdfs,
  undo,
  find: () => (finding.on = true),
  theme: (choice) => theme.choose(choice),
  privacy: () => privacy.toggle(),
  zoom: (to) => (to === 0 ? zoom.choose(NORMAL) : zoom.step(to)),
};

/** In a field, what was typed; else what was booked. */
function undo(): void {
  if (isTyping(document.activeElement)) document.execCommand("undo");
  else if (!document.querySelector("dialog[open]")) start({ kind: "undo" });
}

async function makeBackup(): Promise<void> {
  const made = await backUp();
  await session.lookAtBackups();
  if (made.ok) toast.say(t.backups.made(count(made.data.entries)));
  else start({ kind: "refused", title: t.backups.title, text: made.refusal.text });
}

class MenuBar {
  private recent = $state.raw<RecentBook[]>([]);
  private told = "";
  private newest: ReturnType<typeof formOf>[] = [];
  private turn: Promise<unknown> = Promise.resolve();

  private readonly state = (): MenuState => ({
    book: session.book, hub: session.hub, month: filter.month, readOnly: session.readOnly, recent: this.recent, theme: theme.choice, isPrivate: privacy.on, percent: zoom.percent,
  });

  private readonly menus = $derived.by(() => {
    // The words change with it, and tell nobody.
    void language.spoken;
    return menusOf(this.state(), doors);
  });

  /** Keeps the native menu as it should be; runs as long as the window is open. */
  keep(): void {
    $effect(() => {
      const path = session.book?.path;
      calm.then(() => void recentBooks().then((found) => {
        if (found.ok && path === session.book?.path) this.recent = found.data;
      }));
    });
    // Making a bar takes the system as long as drawing a screen, so the screen comes first.
    $effect(() => {
      const menus = this.menus.map(formOf);
      this.newest = menus;
      calm.then(() => {
        if (this.newest === menus) this.tell(menus);
      });
    });
    let told: string = "system";
    $effect(() => {
      if (theme.choice !== told) void setTheme(theme.choice);
      told = theme.choice;
    });
  }

  /** The keys that hold on the first page too. */
  keys(): Key[] {
    const key = (press: string, label: string, id: string): Key => ({ press, label, run: () => void this.choose(id) });
    return [
      key("Ctrl n", t.menu.newBook, "new-book"),
      key("Ctrl o", t.menu.openBook, "open-book"),
      { ...key("Ctrl +", t.menu.larger, "zoom-in"), also: ["Ctrl =", "Ctrl Shift +"], anywhere: true },
      { ...key("Ctrl -", t.menu.smaller, "zoom-out"), anywhere: true },
      { ...key("Ctrl 0", t.menu.normal, "zoom-normal"), anywhere: true },
    ];
  }

  /** Runs the line of this id. What a dialog holds is kept, unless the line has nothing to do with it. */
  async choose(id: string): Promise<void> {
    const act = actsOf(this.menus).get(id);
    if (act && !act.off) {
      if (act.beside || (await dismiss())) act.run();
      else toast.say(t.openingBook.busy);
    }
    // The system has ticked or unticked the line by itself.
    if (act?.ticked !== undefined) {
      this.told = "";
      this.tell(this.menus.map(formOf));
    }
  }

  private tell(menus: ReturnType<typeof formOf>[]): void {
    const text = JSON.stringify(menus);
    if (text === this.told) return;
    this.told = text;
    // One after the other, so that the newest stays.
    this.turn = this.turn.then(() => setMenu(menus));
  }
}

export const menuBar = new MenuBar();
