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

  toggle(key: string): void {
    if (!this.hidden.delete(key)) this.hidden.add(key);
    if (this.hidden.size) localStorage.setItem(this.place, [...this.hidden].join(" "));
    else localStorage.removeItem(this.place);
  }
}
