// The pages of a long list after the first one, asked for as they come into sight. A new first page
// begins anew; an answer to an older one is dropped.

import type { Result } from "./result";

/** Rows of a page where nobody waits for the first of them; some lists give fewer. */
const FAR = 10_000;

export type Page<T> = { rows: T[]; next: string | null };

export class Pages<T> {
  private more = $state.raw<T[]>([]);
  private next = $state<string | null>(null);
  private asking = false;

  /** `first` is the page that is here already; `after` asks for the one behind a mark, of so many rows. */
  constructor(private first: () => Page<T>, private after: (mark: string, limit?: number) => Promise<Result<Page<T>>>) {
    $effect(() => {
      this.more = [];
      this.next = first().next;
    });
  }

  get rows(): T[] {
    return [...this.first().rows, ...this.more];
  }

  /** Whether the list goes on behind what is here. */
  get goesOn(): boolean {
    return this.next !== null;
  }

  /** All pages, one after the other and none of them kept: what a file takes. */
  async *whole(): AsyncGenerator<Result<T[]>> {
    let { rows, next } = this.first();
    yield { ok: true, data: rows };
    while (next) {
      const found: Result<Page<T>> = await this.after(next, FAR);
      if (!found.ok) return yield found;
      ({ rows, next } = found.data);
      yield { ok: true, data: rows };
    }
  }

  async ask(): Promise<void> {
    if (!this.next || this.asking) return;
    this.asking = true;
    const { rows } = this.first();
    const found = await this.after(this.next);
    this.asking = false;
    if (!found.ok || rows !== this.first().rows) return;
    this.more = [...this.more, ...found.data.rows];
    this.next = found.data.next;
  }
}
