// The order of a table's rows by what stands in a column.

import { compare } from "./money";

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

/** Numbers by their size, words as the language orders them, and what is empty behind both. */
export function inOrder(one: string, other: string): number {
  if (one === other) return 0;
  if (one === "" || other === "") return one === "" ? 1 : -1;
  if (isNumber(one) && isNumber(other)) return compare(one, other);
  return one.localeCompare(other, undefined, { numeric: true });
}
