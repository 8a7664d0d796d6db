// Dictionaries as the window loads them: one JSON file for each language. Used by the build and by
// tests; the window itself holds no dictionary.

import { de } from "./de";
import { en } from "./en";
import { es } from "./es";
import { type Locale } from "./locales";
import { ptBR } from "./pt-BR";
import { SAID } from "./say";

export type Packed = string | { [key: string]: Packed } | Packed[];

/** The words of a language in the shape of the English ones, sentences marked; what is missing stays English. */
function pack(english: unknown, words: unknown): Packed {
  if (words === undefined) return english as Packed;
  if (typeof english === "string") return (english.startsWith(SAID) ? SAID : "") + String(words);
  if (Array.isArray(english)) return english.map((one, at) => pack(one, (words as unknown[])[at]));
  const own = words as Record<string, unknown>;
  return Object.fromEntries(Object.entries(english as object).map(([key, one]) => [key, pack(one, own[key])]));
}

export const packed: Record<Locale, Packed> = { en: en as unknown as Packed, de: pack(en, de), es: pack(en, es), "pt-BR": pack(en, ptBR) };
