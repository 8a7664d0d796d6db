// An amount field takes a sum, such as `3*500` or `1,200.50 + 80`, as the person's language writes
// numbers, and comes to an amount as the book writes it. Worked out exactly; what can't be read stays
// as it was typed, for the book to refuse in words.

import { separators } from "./number";

type Token = { number: bigint } | { sign: string };
const SCALE = 1_000_000n;

/** The amount that the text comes to, with its decimals; or the text as it is. */
export function readAmount(typed: string): string {
  const plain = typed.replace(/[\s\u00a0]/g, "").replace(/[\u2212\u2013]/g, "-").replace(/[x\u00d7]/g, "*");
  const text = separators().decimal === "," ? withPoints(plain) : plain;
  if (text === "") return "";
  if (/^-?\d+(\.\d+)?$/.test(text)) return text;
  const tokens = split(text);
  const value = tokens && evaluate(tokens);
  return value === undefined || value === null ? typed : show(value);
}

/** The amount as a field shows it: with the decimal sign of the language, and no groups. */
export const writeAmount = (value: string): string =>
  /^-?\d+\.\d+$/.test(value) ? value.replace(".", separators().decimal) : value;

/**
 * Numbers that are written with a decimal comma, with a point. A point stands between thousands
 * where it can, as in 1.500; elsewhere it is a decimal point, as in 12.50 or 0.045.
 */
function withPoints(text: string): string {
  return text.replace(/\d[\d.,]*/g, (number) => {
    const [whole = "", fraction, ...more] = number.split(",");
    const grouped = /^[1-9]\d{0,2}(\.\d{3})+$/.test(whole);
    if (more.length || (fraction !== undefined && whole.includes(".") && !grouped)) return number;
    const digits = grouped ? whole.replace(/\./g, "") : whole;
    return fraction === undefined ? digits : `${digits}.${fraction}`;
  });
}

function split(text: string): Token[] | null {
  const tokens: Token[] = [];
  let rest = text;
  while (rest) {
    const number = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,6}))?/.exec(rest);
    if (number) {
      const whole = number[1]!.replace(/,/g, "");
      tokens.push({ number: BigInt(whole + (number[2] ?? "").padEnd(6, "0")) });
      rest = rest.slice(number[0].length);
    } else if ("+-*".includes(rest[0]!)) {
      tokens.push({ sign: rest[0]! });
      rest = rest.slice(1);
    } else return null;
  }
  return tokens;
}

function evaluate(tokens: Token[]): bigint | null {
  let total = 0n;
  let term: bigint | null = null;
  let sign = 1n;
  let times = false;
  for (const token of tokens) {
    if ("number" in token) {
      if (term !== null && !times) return null;
      if (times && term !== null) {
        const product: bigint = term * token.number;
        if (product % SCALE !== 0n) return null;
        term = product / SCALE;
      } else term = token.number;
      times = false;
    } else if (token.sign === "*") {
      if (term === null || times) return null;
      times = true;
    } else {
      if (times) return null;
      if (term === null && total !== 0n) return null;
      if (term !== null) total += sign * term;
      term = null;
      sign = token.sign === "-" ? -1n : 1n;
    }
  }
  return term === null || times ? null : total + sign * term;
}

function show(value: bigint): string {
  const size = value < 0n ? -value : value;
  const digits = size.toString().padStart(7, "0");
  let fraction = digits.slice(-6);
  while (fraction.length > 2 && fraction.endsWith("0")) fraction = fraction.slice(0, -1);
  return `${value < 0n ? "-" : ""}${digits.slice(0, -6)}.${fraction}`;
}
