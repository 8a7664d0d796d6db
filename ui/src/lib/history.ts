// The record of who did what, in words. What the dictionary does not know shows its own name.

import { countryName } from "./country";
import { day, isDay, monthName } from "./date";
import { placesFor, text } from "./money";
import { ruleName, ruleValue } from "./rule";
import { t } from "./words";

type Input = { name: string; value: string };

const readable = (name: string): string => {
  const words = name.replace(/[-_.]/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const didWords = (useCase: string): string => t.history.did[useCase] ?? readable(useCase);

/** Choices by the field that they were made in; what is typed stays as it is. */
const choices = (): Record<string, Record<string, unknown>> => ({
  model: t.model, plan: t.plan, tier: t.tier, kind: t.topUpKind, method: t.payBy, pay_by: t.payBy, to: t.refundTo, category: t.category, chart: t.ledger.charts,
  language: t.documentLanguage, paper_language: t.documentLanguage, format: t.invoiceFormat, series: t.invoicing.numbersOf, deduction: t.writing.abouts,
});

/** The words for what is a code in the record, as a file of it asks for them. */
export const wordsOfActs = (): Record<string, string> => ({
  ...t.history.did, ...t.history.choice, true: t.history.yes, false: t.history.no,
  ...named("field.", t.history.field), ...Object.assign({}, ...Object.entries(choices()).map(([name, words]) => named(`${name}=`, words))),
});

const named = (before: string, words: Record<string, unknown>) => Object.fromEntries(Object.entries(words).map(([code, word]) => [before + code, word]));

const lastOf = (name: string): string => name.split(".").at(-1) ?? name;

/** A day and a switch have the same name in what is kept. */
function fieldWords({ name, value }: Input): string {
  const last = lastOf(name);
  if (last === "on" && (value === "true" || value === "false")) return t.history.onOff;
  return t.history.field[last] ?? readable(last);
}

function valueWords(input: Input, all: Input[]): string {
  const { value } = input;
  const name = lastOf(input.name);
  if (name === "undoes") return didWords(value);
  if (name === "rule") return ruleName(value);
  if (name === "value") return ruleValue(all.find((one) => lastOf(one.name) === "rule")?.value ?? "", value);
  if (name === "reading") return ruleValue("plan-notice", value);
  if (name === "country") return countryName(value);
  const chosen = choices()[name]?.[value] ?? t.history.choice[`${name}=${value}`];
  if (typeof chosen === "string") return chosen;
  if (value.startsWith("[")) return listWords(name, value);
  if (isDay(value)) return day(value);
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(value)) return monthName(value);
  // Amounts as the book keeps them, without their last zeros.
  if (/^-?\d+\.\d{2,}$/.test(value)) return text(value, placesFor(value));
  if (value === "true") return t.history.yes;
  if (value === "false") return t.history.no;
  return value.replace(/\n/g, ", ");
}

/** A list as the book keeps it: rules by name, lines of an invoice by their number, which its paper shows. */
function listWords(name: string, value: string): string {
  let list: unknown[];
  try {
    list = JSON.parse(value) as unknown[];
  } catch {
    return value;
  }
  if (name === "lines") return t.history.lines(list.length);
  return list.map((one) => {
    const rule = one as { rule?: string; value?: string };
    return rule?.rule ? `${ruleName(rule.rule)}: ${ruleValue(rule.rule, rule.value ?? "")}` : String(one);
  }).join(", ");
}

/** Fields that say what an act concerns. */
const subjects = ["hub", "client", "channel", "invoice", "month", "reference", "unit"];

/** What was filled in in one line, without what the line above it says already. */
export const summaryOf = (act: { inputs: Input[] }): string =>
  inputsOf({ inputs: act.inputs.filter((one) => !subjects.includes(one.name)) }).map((one) => `${one.name} ${one.value}`).join(" · ");

/** What was filled in, by the names of the fields; a file's hash is for machines. */
export const inputsOf = (act: { inputs: Input[] }): Input[] =>
  act.inputs.filter((one) => one.name !== "sha256" && one.value !== "[]").map((one) => ({ name: fieldWords(one), value: valueWords(one, act.inputs) }));
