// What the book says of a row, a file, a draft or itself, in the person's words. A code without its
// sentence is a gap that TypeScript refuses; the other languages are checked against English.

import { countryName } from "../lib/country";
import { day, isDay, monthName } from "../lib/date";
import { decimal } from "../lib/number";
import { t } from "../lib/words";
import type { AccountWord, CardNameView, CheckLineView, Code, CommandCode, DocumentCode, DraftCode, DrillView, EInvoiceCode, FactView, FaultView, FaultWord, FileCode, PaperCheckView, PaperCheckWord, ProblemCode, ProblemView, ProofWord, SaidView, SourceWord, SystemWord } from "./bindings";

type Facts = Record<string, string>;
type Sentences<C extends string> = Record<C, (facts: Facts) => string>;

/** Facts that are numbers or amounts, and such as are words of the book; all others are said as they are. */
const NUMBERS = ["off", "said", "found", "charged", "posted", "total", "expected", "longest", "most", "percent", "charges_said", "charges_found"];
const WORDS = ["part", "what", "how", "series", "by"];

/** A day or month as the window writes it; anything else as it is. */
export const asWritten = (text: string): string => (isDay(text) ? day(text) : /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? monthName(text) : text);

const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);

function told({ name, value }: FactView): string {
  const words = t.factWord as Record<string, string>;
  if (NUMBERS.includes(name) && isNumber(value)) return decimal(value);
  if (WORDS.includes(name)) return words[value] ?? value;
  if (name === "object") return value.replace(/^\w+(?= )/, (sort) => words[sort] ?? sort);
  if (name === "kind") return t.ledger.kind[value] ?? value;
  if (name === "detail") return (t.detail as Record<string, string>)[value] ?? value;
  if (name === "country") return countryName(value);
  if (name === "rates") return value.split(", ").filter(Boolean).map(decimal).join("; ");
  if (name === "reason") return t.spokenOf[value] ?? value;
  return asWritten(value);
}

const all = (facts: FactView[], because: readonly SaidView[]): Facts => ({ ...Object.fromEntries(facts.map((fact) => [fact.name, told(fact)])), because: because.map(said).join(" ") });

/** A sentence of the book. */
export function said({ code, facts, because = [], text }: Omit<SaidView, "because"> & { because?: SaidView[] }): string {
  const sentences: Sentences<ProblemCode | FileCode | DraftCode | DocumentCode | EInvoiceCode | SystemWord> = t.said;
  if (code in sentences) return sentences[code as ProblemCode](all(facts, because));
  const rules: Record<ProofWord, string> = t.check.rule;
  if (code in rules) return `${t.check.fails}: ${rules[code as ProofWord]}`;
  return refused(code as Code, facts.map((fact) => fact.value), because, text);
}

/** A refusal by its code; `text` where it has no words. */
export function refused(code: CommandCode, details: string[], because: readonly SaidView[], text: string): string {
  const sentences: Record<CommandCode, (...details: string[]) => string> = t.refusals;
  return sentences[code]?.(...spoken(code, details, because)) || text;
}

/** Refusals that name what was done or booked. */
const NAMING: CommandCode[] = ["already-reversed", "is-a-reversal", "already-undone", "never-undone", "undo-other-first", "too-old-to-undo", "still-rested-on"];

/** `12 (top-up)`, `entry 7` or `client k1El8bCL` in the person's words. */
function named(text: string): string {
  const words = t.factWord as Record<string, string>;
  const act = /^(\d+) \(([a-z-]+)\)$/.exec(text);
  if (act) return `${act[1]} (${(t.history.did as Record<string, string>)[act[2]!] ?? act[2]})`;
  const hand = /^the price that charge (\d+) was given by hand$/.exec(text);
  if (hand) return t.pricedByHand(hand[1]!);
  const [word = "", ...rest] = text.replace(/^the /, "").split(" ");
  const known = rest.length === 1 ? words[word.toLowerCase()] : undefined;
  return known ? `${known} ${rest[0]}` : (words[text] ?? t.spokenOf[text] ?? asWritten(text));
}

/** Days and months as the window writes them; what was typed stays as it was typed. */
function spoken(code: CommandCode, details: string[], because: readonly SaidView[]): string[] {
  if (code === "not-a-day" || code === "not-a-month") return details;
  if (NAMING.includes(code)) return details.map(named);
  if (code === "no-volume-steps") return details.map((one) => (t.category as Record<string, string>)[one] ?? one);
  if (code === "follows-from-the-month") return details.map((one) => t.ledger.kind[one] ?? one);
  const shapes = t.vatShape as Record<string, string>;
  if (code === "unusable-vat-id" || code === "wrong-check-digits") return [countryName(details[0] ?? ""), details[1] ?? "", shapes[details[2] ?? ""] ?? details[2] ?? ""];
  const own = details.slice(0, details.length - because.length).map((one) => t.spokenOf[one] ?? asWritten(one));
  // Its last details are what others say.
  return because.length ? [...own, because.map(said).join(" ")] : own;
}

/** Rows with a problem, each saying its reason in the person's words. */
export const problems = (rows: ProblemView[]): ProblemView[] => rows.map((row) => ({ ...row, text: said(row) }));

/** What the proof of a rule found. */
export function fault({ code, facts, because }: FaultView): string {
  const sentences: Sentences<FaultWord> = t.fault;
  return sentences[code](all(facts, because));
}

/** What is wrong with a backup; notes of earlier versions say it in English. */
export const wrongWith = ({ findings, failures }: DrillView): string[] =>
  findings?.length
    ? findings.map((one) => (one.what === "altered" ? t.backups.altered : one.what === "refused" ? said(one.said) : `${proven({ code: one.rule })}: ${fault(one.fault)}`))
    : failures;

/** An account as its chart names it; Hubledger's own chart speaks the person's language. */
export function accountName({ name, plain }: { name: string; plain: AccountWord | null }): string {
  const names: Record<AccountWord, string> = t.account;
  return plain ? names[plain] : name;
}

/** A line of the report on what is handed out. */
export function checked({ check, name, looked_at }: PaperCheckView): { rules: string; looked: string; outcome: string } {
  const words: Record<PaperCheckWord, { rules: (name: string, rules: string) => string; looked: (name: string, rules: string) => string; outcome: string }> = t.paperCheck;
  const { rules, looked, outcome } = words[check];
  return { rules: rules(name, looked_at), looked: looked(name, looked_at), outcome };
}

/** A price card by what it is named by, with its day where it has no column of its own. */
export function cardName({ kind, currency, effective_from: from }: CardNameView, dated = true): string {
  const name = `${t.price.cardOf[kind] ?? kind} ${currency}`;
  return dated && from ? `${name}, ${t.why.from(day(from))}` : name;
}

/** Where prices or markets come from: the app's own in the person's words, others as they were brought in. */
export function sourceName({ source, source_word: word }: { source: string; source_word: SourceWord | null }): string {
  const names: Record<SourceWord, string> = t.price.sourceOf;
  return word ? names[word] : source;
}

/** What a line of the check proves. */
export function proven({ code }: Pick<CheckLineView, "code">): string {
  const rules: Record<ProofWord, string> = t.check.rule;
  return rules[code];
}
