// What the book says of a row, a file, a draft or itself, in the person's words. A code without its
// sentence is a gap that TypeScript refuses; the other languages are checked against English.

import { countryName } from "../lib/country";
import { day, isDay, monthName } from "../lib/date";
import { decimal } from "../lib/number";
import { t } from "../lib/words";
import type { CheckLineView, Code, CommandCode, DraftCode, DrillView, FactView, FaultView, FaultWord, FileCode, ProblemCode, ProblemView, ProofWord, SaidView } from "./bindings";

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
  if (name === "kind") return t.ledger.kind[value] ?? value;
  if (name === "detail") return (t.detail as Record<string, string>)[value] ?? value;
  if (name === "country") return countryName(value);
  if (name === "rates") return value.split(", ").filter(Boolean).map(decimal).join("; ");
  return asWritten(value);
}

const all = (facts: FactView[], because: readonly SaidView[]): Facts => ({ ...Object.fromEntries(facts.map((fact) => [fact.name, told(fact)])), because: because.map(said).join(" ") });

/** A sentence of the book. */
export function said({ code, facts, because = [], text }: Omit<SaidView, "because"> & { because?: SaidView[] }): string {
  const sentences: Sentences<ProblemCode | FileCode | DraftCode> = t.said;
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

/** Days and months as the window writes them; what was typed stays as it was typed. */
function spoken(code: CommandCode, details: string[], because: readonly SaidView[]): string[] {
  if (code === "not-a-day" || code === "not-a-month") return details;
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

/** What a line of the check proves. */
export function proven({ code }: Pick<CheckLineView, "code">): string {
  const rules: Record<ProofWord, string> = t.check.rule;
  return rules[code];
}
