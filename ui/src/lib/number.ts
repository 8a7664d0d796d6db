// Whole numbers as people of a language write them.

import { locale } from "./words";

let known: { of: string; group: string; decimal: string } | undefined;

/** The signs between thousands, and before decimals. */
export function separators(): { group: string; decimal: string } {
  if (known?.of !== locale) {
    const parts = new Intl.NumberFormat(locale).formatToParts(1234567.5);
    const sign = (type: string, otherwise: string) => parts.find((p) => p.type === type)?.value ?? otherwise;
    known = { of: locale, group: sign("group", ","), decimal: sign("decimal", ".") };
  }
  return known;
}

/** A whole number, given as a number or as digits, with its thousands grouped. */
export function count(value: number | string): string {
  const digits = String(value);
  const minus = digits.startsWith("-");
  const grouped = digits.replace(/^-/, "").replace(/\B(?=(\d{3})+$)/g, separators().group);
  return (minus ? "\u2212" : "") + grouped;
}

/** A number as it was written, with the signs of the language. */
export function decimal(value: string): string {
  const [whole = "0", fraction] = value.split(".");
  return fraction === undefined ? count(whole) : `${count(whole)}${separators().decimal}${fraction}`;
}

/** A rate as it stands on its card: at least four decimals, a fee two. */
export function rate(value: string, least = 4): string {
  const [whole = "0", fraction = ""] = value.split(".");
  const trimmed = fraction.replace(/0+$/, "").padEnd(least, "0");
  return `${count(whole)}${separators().decimal}${trimmed}`;
}

/** A fee as it stands on its card: it is a whole price, no rate of a message. */
export const fee = (value: string): string => rate(value, 2);

/** A whole number as it was typed, without the signs between its thousands; what is none stays as it is. */
export function readCount(typed: string): string {
  const text = typed.replace(/[\s\u00a0]/g, "");
  const plain = text.split(separators().group);
  return /^\d{1,3}$/.test(plain[0]!) && plain.slice(1).every((three) => /^\d{3}$/.test(three)) ? plain.join("") : typed;
}
