// The words of the window in the person's language, loaded before anything is shown. `t` and
// `locale` change when another language is chosen, and all that is shown is made anew: whatever is
// kept longer than a screen must ask for its words when it is shown, not when it is made.

import type { en } from "./en";
import type { Locale } from "./locales";
import { mannerOf, SAID, sentence } from "./say";

export type Words = typeof en;

export let locale: Locale = "en";
export let t: Words;

let tell: () => void;
/** There once there are words: for whoever may have to say something before. */
export const spoken = new Promise<void>((resolve) => (tell = resolve));

/** Takes the words of a language, as they were packed. */
export function speak(language: Locale, packed: unknown): void {
  const manner = mannerOf(language);
  const unpack = (one: unknown): unknown =>
    typeof one === "string"
      ? one.startsWith(SAID) ? sentence(one.slice(SAID.length), manner) : one
      : Array.isArray(one) ? one.map(unpack) : Object.fromEntries(Object.entries(one as object).map(([key, value]) => [key, unpack(value)]));
  locale = language;
  t = {} as Words;
  // A part of them is unpacked once somebody speaks of it.
  for (const [part, words] of Object.entries(packed as object)) {
    const keep = (value: unknown): void => void Object.defineProperty(t, part, { value, configurable: true, enumerable: true });
    Object.defineProperty(t, part, { configurable: true, enumerable: true, get: () => { const value = unpack(words); keep(value); return value; } });
  }
  tell();
}

/** A label of what asks for more before it acts; German sets the dots apart. */
export const asks = (label: string): string => `${label}${locale === "de" ? " " : ""}…`;

/** What stands alone or begins a line: large, such as a month that is small in a sentence. */
export const large = (word: string): string => word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);

/** A word within a sentence: small, but in German, where things keep their capital. */
export const within = (word: string): string => (locale === "de" ? word : word.toLocaleLowerCase(locale));
