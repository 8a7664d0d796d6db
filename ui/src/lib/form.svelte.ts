// What is being filled in: values, the words beside each field, and the one thing that sends it.
// Nothing typed is lost by a refusal, nor by closing the dialog: the draft waits under its name.

import type { Refusal, Result } from "./result";

const drafts = new Map<string, unknown>();

export class Form<T extends object> {
  values: T = $state()!;
  errors = $state<Partial<Record<string, string>>>({});
  notice = $state("");
  refusal = $state.raw<Refusal | null>(null);
  busy = $state(false);
  private before: string;

  constructor(start: T, private draft?: string) {
    const kept = draft ? (drafts.get(draft) as T | undefined) : undefined;
    this.values = kept ? { ...start, ...kept } : start;
    this.before = JSON.stringify(start);
  }

  /** What it begins with stands now: what is typed from here on is a person's. */
  begin(): void {
    if (!this.keeps || !drafts.has(this.draft!)) this.before = JSON.stringify(this.values);
  }

  /** Whether something was typed that is not sent. */
  get typed(): boolean {
    return JSON.stringify(this.values) !== this.before;
  }

  /** Whether it waits under a name when its dialog closes. Only in memory: a book may be encrypted. */
  get keeps(): boolean {
    return Boolean(this.draft);
  }

  /** Keeps what is typed, for the next time. */
  keep(): void {
    if (this.draft) drafts.set(this.draft, $state.snapshot(this.values));
  }

  forget(): void {
    if (this.draft) drafts.delete(this.draft);
    this.draft = undefined;
  }

  /** The field is being mended. */
  mend(field: string): void {
    if (this.errors[field]) delete this.errors[field];
    this.notice = "";
  }

  /** Shows a refusal beside its field, or above the form if it has none of that name. */
  refuse(refusal: Refusal): void {
    this.refusal = refusal;
    const field = refusal.field?.split(".").at(-1) ?? "";
    if (field in this.values) this.errors = { [field]: refusal.text };
    else this.notice = refusal.text;
  }

  async send<R>(run: (values: T) => Promise<Result<R>>): Promise<R | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    this.errors = {};
    this.notice = "";
    this.refusal = null;
    try {
      const result = await run($state.snapshot(this.values) as T);
      if (!result.ok) {
        this.refuse(result.refusal);
        return undefined;
      }
      this.forget();
      return result.data;
    } finally {
      this.busy = false;
    }
  }
}
