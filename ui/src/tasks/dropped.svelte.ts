// Files that were dropped on the window: known by what they are, and looked at one after the other.

import { type FileWord, type FileView, lookAtFiles } from "../api";
import { session } from "../api/session.svelte";
import { dismiss } from "../lib/dialogs";
import { go } from "../lib/route.svelte";
import { toast } from "../lib/toast.svelte";
import { t } from "../lib/words";
import { opening } from "./opening.svelte";
import { end, start } from "./task.svelte";

class Dropped {
  /** What is held over the window now. */
  over = $state.raw<FileView[] | null>(null);
  /** What was let go and not looked at yet. */
  waiting = $state.raw<FileView[]>([]);
  private turn = 0;

  async hold(paths: string[]): Promise<void> {
    const mine = ++this.turn;
    const found = paths.length ? await lookAtFiles(paths) : null;
    // They may be gone again, or let go.
    if (mine === this.turn) this.over = found?.ok ? found.data : null;
  }

  async take(paths: string[]): Promise<void> {
    this.turn += 1;
    this.over = null;
    if (paths.length === 0) return;
    const found = await lookAtFiles(paths);
    if (!found.ok) return;
    if (!(await dismiss())) return toast.say(t.openingBook.busy);
    const [one, ...more] = found.data;
    if (one && more.length === 0 && !this.refusal(one.kind)) return this.use(one);
    this.waiting = found.data;
    start({ kind: "dropped" });
  }

  /** Why nothing can be done with a file of this kind now; nothing if it can. */
  refusal(kind: FileWord): string | null {
    if (kind === "folder" || kind === "unknown") return t.drop.does[kind];
    if (kind === "book") return null;
    return session.book ? (session.readOnly ? t.drop.readOnly : null) : t.drop.noBook;
  }

  use(file: FileView): void {
    this.waiting = this.waiting.filter((one) => one !== file);
    end();
    const { kind, path } = file;
    if (kind === "book") void opening.open(path);
    else if (kind === "usage") go("import", { path });
    else if (kind === "volumes") start({ kind: "volume-file", path });
    else if (kind === "prices" || kind === "parties" || kind === "markets") start({ kind, path });
  }

  /** Leaves those that can be used waiting, and forgets the others. */
  later(): void {
    this.waiting = this.waiting.filter((file) => !this.refusal(file.kind));
    end();
  }

  forget(): void {
    this.waiting = [];
    end();
  }
}

export const dropped = new Dropped();
