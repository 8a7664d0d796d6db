// Which columns of a table a person has hidden. Kept on this computer, under the keys of all its
// columns: the same in every language, and forgotten when the table gets other columns.

export class HiddenColumns {
  all = $state.raw<string[]>([]);

  constructor(private name: string) {
    this.all = (localStorage.getItem(this.place) ?? "").split(" ").filter(Boolean);
  }

  private get place(): string {
    return `hubledger.hidden-columns:${this.name}`;
  }

  has(key: string): boolean {
    return this.all.includes(key);
  }

  /** Hides these and shows all others. */
  take(keys: string[]): void {
    this.all = keys;
    if (keys.length) localStorage.setItem(this.place, keys.join(" "));
    else localStorage.removeItem(this.place);
  }

  toggle(key: string): void {
    this.take(this.has(key) ? this.all.filter((one) => one !== key) : [...this.all, key]);
  }
}
