// What is being filled in: values, the words beside each field, and the one thing that sends it.
// Nothing typed is lost by a refusal, nor by closing the dialog or leaving the screen: the draft waits
// under its name.

import { tick } from "svelte";
import type { Refusal, Result } from "./result";
import { whileShown } from "./stage.svelte";

const drafts = new Map<string, unknown>();

/** As it is now: what is filled in goes to the book as JSON. */
export const plain = <T>(values: T): T => JSON.parse(JSON.stringify(values)) as T;

export class Form<T extends object> {
  values: T = $state()!;
  errors = $state<Partial<Record<string, string>>>({});
  notice = $state("");
  refusal = $state.raw<Refusal | null>(null);
  busy = $state(false);
  /** No state: it is asked for while the form is ended, when state is as it was before. */
  private before!: T;
  private draft: string | undefined;

  constructor(start: T, private name?: string) {
    this.start(start);
    // Whichever way the form is left.
    whileShown(() => () => { if (this.draft && this.typed) this.keep(); });
  }

  /** Begins with these values, and over them what a person typed and did not send. */
  start(values: T): void {
    this.draft = this.name;
    this.before = plain(values);
    this.values = { ...values, ...(this.draft ? (drafts.get(this.draft) as Partial<T> | undefined) : undefined) };
  }

  /** What it begins with stands now: what is typed from here on is a person's. */
  begin(): void {
    if (!this.keeps || !drafts.has(this.draft!)) this.before = plain(this.values);
  }

  /** Whether something was typed that is not sent. */
  get typed(): boolean {
    return Object.keys(this.changed).length > 0;
  }

  /** Whether it waits under a name when its dialog closes. Only in memory: a book may be encrypted. */
  get keeps(): boolean {
    return Boolean(this.draft);
  }

  /** What is other than it was at first. */
  private get changed(): Partial<T> {
    const now = Object.entries(plain(this.values)) as [keyof T, unknown][];
    return Object.fromEntries(now.filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(this.before[name]))) as Partial<T>;
  }

  /** Keeps what is typed, for the next time; what was not touched is then what the book says. */
  keep(): void {
    if (this.draft) drafts.set(this.draft, this.changed);
  }

  /** What stands in a field was sent by itself. */
  settle(field: keyof T): void {
    this.before = { ...this.before, [field]: plain(this.values)[field] };
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

  /** Shows a refusal beside its field, or the numbered line of it, or above the form if it has none of that name. */
  refuse(refusal: Refusal): void {
    this.refusal = refusal;
    const field = refusal.field?.split(".").at(-1) ?? "";
    if (field in this.values || Number(field)) this.errors = { [field]: refusal.text };
    else this.notice = refusal.text;
  }

  /** Leads to what was refused: into its field, or to the words above the form where no field says them. */
  private async reveal(text: string): Promise<void> {
    await tick();
    const within = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
    if (!within.textContent?.includes(text)) this.notice = text;
    const field = within.querySelector<HTMLElement>("[aria-invalid=true]");
    if (field && !this.notice) return field.focus();
    await tick();
    within.querySelector("[role=alert]")?.scrollIntoView({ block: "nearest" });
  }

  async send<R>(run: (values: T) => Promise<Result<R>>): Promise<R | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    this.errors = {};
    this.notice = "";
    this.refusal = null;
    try {
      const result = await run(plain(this.values));
      if (!result.ok) {
        this.refuse(result.refusal);
        void this.reveal(result.refusal.text);
        return undefined;
      }
      this.forget();
      return result.data;
    } finally {
      this.busy = false;
    }
  }
}

/** What a field is given: the form that it is of and its name there, or a value that is bound to it. */
export type Given<T extends object> = { form?: Form<T>; name?: keyof T & string; value?: string; error?: string | undefined; onmend?: () => void };

/** What a field holds, wherever that is kept, and what is wrong with it. */
export class Entry<T extends object> {
  constructor(private given: () => Given<T>, private put: (text: string) => void) {}

  get value(): string {
    const { form, name, value } = this.given();
    return form ? String(form.values[name!] ?? "") : (value ?? "");
  }

  set value(text: string) {
    const { form, name } = this.given();
    if (form) (form.values as Record<string, unknown>)[name!] = text;
    else this.put(text);
  }

  get error(): string | undefined {
    const { form, name, error } = this.given();
    return error ?? form?.errors[name!];
  }

  mend(): void {
    const { form, name, onmend } = this.given();
    form?.mend(name!);
    onmend?.();
  }
}
