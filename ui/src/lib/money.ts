// Amounts are decimal strings from the book and stay exact: they are grouped, padded, compared and
// added as whole millionths, never as floating point. Numbers come out only for drawing.

import { separators } from "./number";
import { privacy } from "./privacy.svelte";

export type Money = { amount: string; currency: string };

/** How many decimals to show: 2 is rounded, 4 and 6 are exact. */
export type Places = 2 | 4 | 6;

const MICRO = 6;
export const MINUS = "\u2212";

/** The amount in millionths. */
export function micros(amount: string): bigint {
  const found = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(amount.trim());
  if (!found || (!found[2] && !found[3])) throw new Error(`not an amount: ${amount}`);
  const whole = found[2] || "0";
  const fraction = (found[3] ?? "").padEnd(MICRO, "0").slice(0, MICRO);
  const value = BigInt(whole + fraction);
  return found[1] === "-" ? -value : value;
}

/** Millionths as an amount with at least two decimals. */
export function plain(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(MICRO + 1, "0");
  const whole = digits.slice(0, -MICRO);
  let fraction = digits.slice(-MICRO);
  while (fraction.length > 2 && fraction.endsWith("0")) fraction = fraction.slice(0, -1);
  return `${value < 0n ? "-" : ""}${whole}.${fraction}`;
}

export function sum(amounts: Iterable<string>): string {
  let total = 0n;
  for (const amount of amounts) total += micros(amount);
  return plain(total);
}

export function negate(amount: string): string {
  return plain(-micros(amount));
}

export function compare(one: string, other: string): number {
  const difference = micros(one) - micros(other);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const isNegative = (amount: string): boolean => amount.includes("-") && micros(amount) < 0n;
export const isZero = (amount: string): boolean => micros(amount) === 0n;

/** How large a part is of a whole, for drawing only: 0 to 1. */
export function share(part: string, whole: string): number {
  const of = micros(whole);
  if (of <= 0n) return 0;
  const value = Number((micros(part) * 10_000n) / of) / 10_000;
  return Math.min(1, Math.max(0, value));
}

/** A place on a scale, for drawing only. */
export const forDrawing = (amount: string): number => Number(micros(amount) / 10_000n) / 100;

/** The fewest decimals that show all of these amounts exactly: four, or six. */
export function placesOf(amounts: Iterable<string>): Places {
  for (const amount of amounts) if (micros(amount) % 100n !== 0n) return 6;
  return 4;
}

export type MoneyPieces = { sign: string; head: string; tail: string };

/** What stands for any amount while amounts are hidden: it tells nothing, not even how large it is. */
const HIDDEN: MoneyPieces = { sign: "", head: "•••••", tail: "" };

/** An amount in pieces: sign, whole with two decimals, and the decimals after them. */
export function pieces(amount: string, places: Places, plus = false): MoneyPieces {
  if (privacy.on) return HIDDEN;
  const exact = micros(amount);
  const size = exact < 0n ? -exact : exact;
  const unit = 10n ** BigInt(MICRO - places);
  const rounded = (size + unit / 2n) / unit;
  const digits = rounded.toString().padStart(places + 1, "0");
  const whole = digits.slice(0, -places);
  const fraction = digits.slice(-places);
  const sign = rounded === 0n ? "" : exact < 0n ? MINUS : plus ? "+" : "";
  const { group, decimal } = separators();
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return { sign, head: `${grouped}${decimal}${fraction.slice(0, 2)}`, tail: fraction.slice(2) };
}

/** An amount as text, without its currency. */
export function text(amount: string, places: Places = 2, plus = false): string {
  const { sign, head, tail } = pieces(amount, places, plus);
  return sign + head + tail;
}

/** An amount as text with its currency; rounded to cents unless told otherwise. */
export function withCode(money: Money, places: Places = 2, plus = false): string {
  return `${text(money.amount, places, plus)}\u00a0${money.currency}`;
}

/** As many decimals as the amount has. */
export function placesFor(amount: string): Places {
  const value = micros(amount);
  return value % 10_000n === 0n ? 2 : value % 100n === 0n ? 4 : 6;
}

/** Exact, with as many decimals as the amount has. */
export const exact = (money: Money): string => withCode(money, placesFor(money.amount));
