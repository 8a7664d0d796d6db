// Which columns of a table a person has hidden. Kept on this computer, under the keys of all its
// columns: the same in every language, and forgotten when the table gets other columns.

import { SvelteSet } from "svelte/reactivity";

export class HiddenColumns {
  private hidden: SvelteSet<string>;

  constructor(private name: string) {
    this.hidden = new SvelteSet((localStorage.getItem(this.place) ?? "").split(" ").filter(Boolean));
  }

  private get place(): string {
    return `hubledger.hidden-columns:${this.name}`;
  }

  has(key: string): boolean {
    return this.hidden.has(key);
  }

  get all(): string[] {
    return [...this.hidden];
  }

  /** Hides these and shows all others. */
  take(keys: string[]): void {
    this.hidden.clear();
    for (const key of keys) this.hidden.add(key);
    this.keep();
  }

  toggle(key: string): void {
    if (!this.hidden.delete(key)) this.hidden.add(key);
    this.keep();
  }

  private keep(): void {
    if (this.hidden.size) localStorage.setItem(this.place, [...this.hidden].join(" "));
    else localStorage.removeItem(this.place);
  }
}
