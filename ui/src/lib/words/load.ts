// Which language is spoken, and its words as they lie beside the window's code.

import { type Locale, LOCALES, nearest } from "./locales";

const KEPT = "hubledger.language";

/** The language that the person chose, if they did. */
export function kept(): Locale | null {
  const found = localStorage.getItem(KEPT);
  return found !== null && found in LOCALES ? (found as Locale) : null;
}

export function keep(choice: Locale | "system"): void {
  if (choice === "system") localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, choice);
}

/** As the system has it. */
export const ofSystem = (): Locale => nearest(navigator.languages);

const asked = new Map<Locale, Promise<unknown>>();

/** The words of a language, as they were packed. */
export function wordsOf(locale: Locale): Promise<unknown> {
  const words = asked.get(locale) ?? fetch(`./words/${locale}.json`).then((found) => found.json());
  asked.delete(locale);
  return words;
}

/** Asks for the words that will be wanted, before there is anyone to say them. */
export function begin(): void {
  const locale = kept() ?? ofSystem();
  asked.set(locale, wordsOf(locale));
}
