// Filters of a list that is here whole. They stand in the address, hold at once and say themselves in
// a sentence; what they can be is what the list has.

import { isDay, readDay, writeDay } from "../lib/date";
import { text } from "../lib/money";
import type { Query } from "../lib/route.svelte";
import { byWords } from "../lib/sort";
import { readAmount, writeAmount } from "../lib/sum";
import { t } from "../lib/words";
import type { Column } from "./table";
import type { MenuItem } from "./Menu.svelte";

export type Chip = {
  /** Its name in the address. */
  name: string;
  title: string;
  /** How its sentence begins: `State is`. */
  is: string;
  /** None: words to look for, or what is read from what is typed. */
  choices: MenuItem[] | null;
  /** What was typed, as the address has it; empty where it can't be read. */
  read?: (typed: string) => string;
  /** What the address has, as it is typed. */
  write?: (value: string) => string;
  /** Finds choices by letters, where there are many. */
  ask?: ((letters: string) => Promise<MenuItem[]>) | undefined;
  /** How its sentence ends, where no choice that is here says it. */
  says?: string;
  /** A choice of one. */
  only?: boolean;
};

export type Filter<T> = {
  name: string;
  title: string;
  is: string;
  /** What a row has of it; empty: nothing. */
  of: (row: T) => string;
  label: (value: string) => string;
};

type Typed = Pick<Chip, "title" | "is" | "choices" | "read" | "write">;
/** A chip that an amount is typed into. */
export const amountChip = (is: string): Typed => ({ title: is, is, choices: null, read: (typed) => { const amount = readAmount(typed); return isAmount(amount) ? amount : ""; }, write: writeAmount });
/** A chip that a day is typed into. */
export const dayChip = (is: string, today: string): Typed => ({ title: is, is, choices: null, read: (typed) => { const day = readDay(typed, today); return isDay(day) ? day : ""; }, write: writeDay });
/** The days between which a list is asked for. */
export const dayChips = (today: string): Chip[] => [{ name: "first", ...dayChip(t.chips.first, today) }, { name: "last", ...dayChip(t.chips.last, today) }];
/** A chip of which one of these can be chosen. */
export const choiceChip = (name: string, title: string, is: string, labels: [key: string, label: string][], query: Query): Chip =>
  ({ name, title, is, says: labels.find(([key]) => key === query[name])?.[1] ?? query[name] ?? "", choices: labels.map(([key, label]) => ({ key, label, chosen: key === query[name] })) });

/** As many as a list of choices shows before letters are typed. */
export const SHOWN = 50;

/** What lists can be searched by, as the address has it. */
export const TEXT = "text";

export const namesOf = <T>(filters: Filter<T>[]): string[] => [TEXT, ...filters.map(({ name }) => name)];

/** Whether any of these filters is set. */
export const isNarrowed = <T>(filters: Filter<T>[], query: Query): boolean => namesOf(filters).some((name) => query[name]);

/** Chips for what a list has more than one of, and for what is set. */
export function chipsOf<T>(filters: Filter<T>[], rows: T[], query: Query): Chip[] {
  const chips = filters.map(({ name, title, is, of, label }): Chip => {
    const chosen = query[name];
    const values = new Set([...rows.map(of).filter(Boolean), ...(chosen ? [chosen] : [])]);
    const choices = [...values].map((key) => ({ key, label: label(key), chosen: key === chosen }));
    choices.sort((one, other) => byWords(one.label, other.label));
    const ask = (letters: string): Promise<MenuItem[]> => Promise.resolve(choices.filter((one) => holds(letters, [one.label])).slice(0, SHOWN));
    return { name, title, is, choices, ask: choices.length > SHOWN ? ask : undefined };
  });
  return [{ name: TEXT, title: t.chips.text, is: t.chips.contains, choices: null }, ...chips.filter((chip) => query[chip.name] || (chip.choices?.length ?? 0) > 1)];
}

/** As the book takes it: up to six decimals, not below zero. */
const isAmount = (text: string): boolean => /^\d{1,12}(\.\d{1,6})?$/.test(text);
const plain = (words: string): string => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const isDecimal = (raw: string): boolean => /^-?\d+\.\d+$/.test(raw);

/** Whether all of the words stand somewhere in these cells; an amount as it is written here, or exact. */
export function holds(words: string, cells: string[]): boolean {
  const all = plain(cells.flatMap((cell) => (isDecimal(cell) ? [cell, text(cell)] : [cell])).join("\n"));
  return plain(words).split(/\s+/).every((word) => all.includes(word));
}

/** The rows that fit the filters of the address; a filter may name several values. */
export function narrowed<T>(rows: T[], filters: Filter<T>[], query: Query, columns: Column<T>[]): T[] {
  const set = filters.filter(({ name }) => query[name]);
  const words = (query[TEXT] ?? "").trim();
  const cells = (row: T): string[] => columns.flatMap(({ text: shown, raw }) => [shown?.(row) ?? "", raw?.(row) ?? ""]);
  return rows.filter((row) => set.every(({ name, of }) => query[name]!.split("|").includes(of(row))) && (!words || holds(words, cells(row))));
}
