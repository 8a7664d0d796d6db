// The book that is open, as far as every screen needs it. Whatever changes the book says so with
// `changed`, and all that is shown is asked for anew.

import { calm } from "../lib/calm";
import { filter } from "../lib/filter.svelte";
import type { Result } from "../lib/result";
import { backups, type BackupsView, bookView, type BookView, type CheckView, check, closeBook, type HubView } from "./index";
import { first } from "./launch";

class Session {
  book = $state.raw<BookView | null>(null);
  /** Counts the changes, so that screens load again. */
  revision = $state(0);
  /** The last proof of the whole book, and at which revision it was made. */
  proof = $state.raw<{ view: CheckView; revision: number } | null>(null);
  savedAt = $state.raw<Date | null>(null);
  backups = $state.raw<BackupsView | null>(null);
  /** Why the schedule could not make a backup. */
  backupProblem = $state<string | null>(null);

  hub: HubView | undefined = $derived(this.book?.hubs.find((hub) => hub.id === filter.hub));
  today = $derived(this.book?.today ?? "");
  readOnly = $derived(Boolean(this.book?.read_only));

  /** Shows a book that was just opened. */
  show(book: BookView): void {
    this.book = book;
    this.proof = null;
    this.savedAt = null;
    this.backups = null;
    this.backupProblem = null;
    calm.then(() => void this.lookAtBackups());
    Object.assign(filter, first(book));
    this.revision += 1;
  }

  /** Something was booked: every screen is asked for anew. */
  async changed(): Promise<void> {
    const view = await bookView();
    if (view.ok) {
      this.book = view.data;
      if (!view.data.hubs.some((hub) => hub.id === filter.hub)) filter.hub = view.data.hubs[0]?.id ?? "";
    }
    this.savedAt = new Date();
    calm.then(() => void this.lookAtBackups());
    this.revision += 1;
  }

  async lookAtBackups(): Promise<void> {
    const found = await backups();
    if (found.ok) this.backups = found.data;
  }

  async leave(): Promise<void> {
    await closeBook();
    this.book = null;
  }

  /** Proves every invariant of the book, which may be another by the time that it is done. */
  async prove(): Promise<Result<CheckView>> {
    const { revision } = this;
    const path = this.book?.path;
    const view = await check();
    if (view.ok && this.book?.path === path) this.proof = { view: view.data, revision };
    return view;
  }
}

export const session = new Session();
