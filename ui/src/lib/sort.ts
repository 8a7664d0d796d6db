// The order of a table's rows by what stands in a column.

import { compare } from "./money";

export type Sort = { key: string; down: boolean };

const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);

/** Numbers by their size, words as the language orders them, and what is empty behind both. */
export function inOrder(one: string, other: string): number {
  if (one === other) return 0;
  if (one === "" || other === "") return one === "" ? 1 : -1;
  if (isNumber(one) && isNumber(other)) return compare(one, other);
  return one.localeCompare(other, undefined, { numeric: true });
}
