// Opening a book, from wherever it is asked for: the first page, the menu, a double click outside, a
// file that was dropped. What is open stays open until another is.

import { backupsAt, bookAtLaunch, cancelJob, chooseOpenPath, type JobWord, openBook, openBookReadOnly, restoreBackup } from "../api";
import { session } from "../api/session.svelte";
import { calm } from "../lib/calm";
import { dismiss } from "../lib/dialogs";
import { go } from "../lib/route.svelte";
import { toast } from "../lib/toast.svelte";
import { t } from "../lib/words";
import { watch, type Watched } from "./job.svelte";
import { end } from "./task.svelte";

export type RefusedBook = { path: string; code: string; text: string };

/** How long nothing is shown while the book opens that the app was started with. */
const AT_ONCE = 400;

class Opening {
  refused = $state.raw<RefusedBook | null>(null);
  busy = $state(false);
  job = $state.raw<Watched | null>(null);
  /** The app was just started, and its book is not there yet: the first page would only flicker. */
  launching = $state(false);
  private toRead = false;
  private word: JobWord = "open";

  /** The book whose passphrase is to be typed. */
  locked = $derived(this.refused && (this.refused.code === "book-encrypted" || this.refused.code === "wrong-passphrase") ? this.refused : null);

  /** It takes so long that it is told how far it is. */
  tells = $derived(Boolean(this.job?.step || this.job?.proof));

  /** Opens the book that the app was started with, if there is one. */
  async launch(): Promise<void> {
    this.launching = true;
    const rest = calm.hold();
    const late = setTimeout(() => (this.launching = false), AT_ONCE);
    const path = await bookAtLaunch();
    if (path.ok && path.data) await this.open(path.data);
    clearTimeout(late);
    this.launching = false;
    rest();
  }

  async open(path: string): Promise<boolean> {
    this.toRead = false;
    return this.try(path, null);
  }

  async openToRead(path: string): Promise<boolean> {
    this.toRead = true;
    return this.try(path, null);
  }

  /** Tries the book that asked for a passphrase again. */
  unlock = (passphrase: string): Promise<boolean> => (this.refused ? this.try(this.refused.path, passphrase) : Promise.resolve(false));

  async choose(): Promise<void> {
    const path = await chooseOpenPath("book");
    if (path.ok && path.data) await this.open(path.data);
  }

  /** A damaged book becomes its newest backup; what it was is kept. */
  async restoreNewest(path: string): Promise<void> {
    const found = await backupsAt(path);
    if (!found.ok) return this.refuse(path, found.refusal.code, found.refusal.text);
    const newest = found.data.backups[0];
    if (!newest) return this.refuse(path, "backup-not-found", t.backups.nothingIn(found.data.folder));
    const restored = await this.run("backup", () => restoreBackup(path, newest.path, null));
    if (restored.ok) await this.open(path);
    else if (restored.refusal.code !== "cancelled") this.refuse(path, restored.refusal.code, restored.refusal.text);
  }

  /** Runs what opens a book or comes before that, and tells how far it is. */
  async run<T>(word: JobWord, work: () => Promise<T>): Promise<T> {
    this.busy = true;
    this.word = word;
    this.job = watch(word);
    const done = await work();
    this.job.stop();
    this.job = null;
    this.busy = false;
    return done;
  }

  stop = (): void => void cancelJob(this.word);

  /** Back to the first page. */
  async leave(): Promise<void> {
    if (!(await this.clear())) return;
    await session.leave();
    toast.clear();
    go("overview");
  }

  /** Puts away what is begun and belongs to the open book. False where something runs. */
  async clear(): Promise<boolean> {
    const clear = await dismiss();
    if (clear) end();
    else toast.say(t.openingBook.busy);
    return clear;
  }

  private async try(path: string, passphrase: string | null): Promise<boolean> {
    // The question for a passphrase is a dialog too, and stays until it is answered.
    if (this.busy || (passphrase === null && !(await this.clear()))) return false;
    if (passphrase === null) this.refused = null;
    const opened = await this.run("open", () => (this.toRead ? openBookReadOnly : openBook)(path, passphrase));
    if (!opened.ok) {
      if (opened.refusal.code !== "cancelled") this.refuse(path, opened.refusal.code, opened.refusal.text);
      return false;
    }
    this.refused = null;
    session.show(opened.data);
    go("overview");
    return true;
  }

  private refuse(path: string, code: string, text: string): void {
    this.refused = { path, code, text };
  }
}

export const opening = new Opening();
