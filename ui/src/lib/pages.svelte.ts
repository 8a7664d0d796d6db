// The pages of a long list after the first one, asked for as they come into sight. A new first page
// begins anew; an answer to an older one is dropped.

import type { Result } from "./result";

export type Page<T> = { rows: T[]; next: string | null };

export class Pages<T, D = Page<T>> {
  private more = $state.raw<T[]>([]);
  private next = $state<string | null>(null);
  private asking = false;

  private first: () => Page<T>;

  /** `first` is the page that is here already; `after` asks for the one behind a mark; `read` makes a page of either. */
  constructor(first: () => D, private after: (mark: string) => Promise<Result<D>>, private read: (data: D) => Page<T> = (data) => data as Page<T>) {
    this.first = () => read(first());
    $effect(() => {
      this.more = [];
      this.next = this.first().next;
    });
  }

  get rows(): T[] {
    return [...this.first().rows, ...this.more];
  }

  /** Whether the list goes on behind what is here. */
  get goesOn(): boolean {
    return this.next !== null;
  }

  async ask(): Promise<void> {
    if (!this.next || this.asking) return;
    this.asking = true;
    const { rows } = this.first();
    const found = await this.after(this.next);
    this.asking = false;
    if (!found.ok || rows !== this.first().rows) return;
    const page = this.read(found.data);
    this.more = [...this.more, ...page.rows];
    this.next = page.next;
  }
}
