// Whole numbers as people of a language write them.

import { locale } from "./words";

let known: { group: string; decimal: string } | undefined;

/** The signs between thousands, and before decimals. */
export function separators(): { group: string; decimal: string } {
  if (!known) {
    const parts = new Intl.NumberFormat(locale).formatToParts(1234567.5);
    const sign = (type: string, otherwise: string) => parts.find((p) => p.type === type)?.value ?? otherwise;
    known = { group: sign("group", ","), decimal: sign("decimal", ".") };
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

/** A rate as it stands on its card: at least four decimals, a fee two. */
export function rate(value: string, least = 4): string {
  const [whole = "0", fraction = ""] = value.split(".");
  const trimmed = fraction.replace(/0+$/, "").padEnd(least, "0");
  return `${count(whole)}${separators().decimal}${trimmed}`;
}

/** A fee as it stands on its card: it is a whole price, no rate of a message. */
export const fee = (value: string): string => rate(value, 2);
