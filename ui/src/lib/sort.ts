// The order of a table's rows by what stands in a column.

import { micros } from "./money";
import { locale } from "./words";

export type Sort = { key: string; down: boolean };

/** An order as an address has it: `amount`, or `-amount` with the largest first. */
export const sortIn = (query: Record<string, string>): Sort | null => {
  const [, sign, key] = /^(-?)([a-z]+)$/.exec(query["sort"] ?? "") ?? [];
  return key ? { key, down: sign === "-" } : null;
};

/** The order that is asked for, by one of these columns; the usual one where none is. */
export function orderIn(query: Record<string, string>, keys: readonly string[], usual: Sort): Sort {
  const asked = sortIn(query);
  return asked && keys.includes(asked.key) ? asked : usual;
}

/** The address with this order; with the one that stands without being asked for it needs none. */
export function withSort(query: Record<string, string>, sort: Sort | null, usual: Sort): Record<string, string> {
  const { sort: _, ...rest } = query;
  return !sort || (sort.key === usual.key && sort.down === usual.down) ? rest : { ...rest, sort: (sort.down ? "-" : "") + sort.key };
}

const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);

// Made when words are first compared: what it knows of languages takes memory.
let order: { of: string; words: Intl.Collator } | undefined;

/** The order of words in the language that is spoken, numbers within them by their size. */
export function byWords(one: string, other: string): number {
  if (order?.of !== locale) order = { of: locale, words: new Intl.Collator(locale, { numeric: true }) };
  return order.words.compare(one, other);
}

/** What stands in a column, read once and not for each that it is compared with. */
export type Ranked = { text: string; number: bigint | null };
export const ranked = (text: string): Ranked => ({ text, number: isNumber(text) ? micros(text) : null });

/** Numbers by their size, words as the language orders them, and what is empty behind both. */
export function inOrder(one: Ranked, other: Ranked): number {
  if (one.text === other.text) return 0;
  if (!one.text || !other.text) return one.text ? -1 : 1;
  if (one.number === null || other.number === null) return byWords(one.text, other.text);
  return one.number < other.number ? -1 : one.number > other.number ? 1 : 0;
}
