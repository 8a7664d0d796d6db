// The record of who did what, in words. What the dictionary does not know shows its own name.

import { day, isDay, monthName } from "./date";
import { placesFor, text } from "./money";
import { t } from "./words";

type Input = { name: string; value: string };

const readable = (name: string): string => {
  const words = name.replace(/[-_.]/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const didWords = (useCase: string): string => t.history.did[useCase] ?? readable(useCase);

const fieldWords = (name: string): string => {
  const last = name.split(".").at(-1) ?? name;
  return t.history.field[name] ?? t.history.field[last] ?? readable(last);
};

function valueWords(value: string): string {
  if (isDay(value)) return day(value);
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(value)) return monthName(value);
  // Amounts as the book keeps them, without their last zeros.
  if (/^-?\d+\.\d{2,}$/.test(value)) return text(value, placesFor(value));
  if (value === "true") return t.history.yes;
  if (value === "false") return t.history.no;
  return value.replace(/\n/g, ", ");
}

/** Fields that say what an act concerns. */
const subjects = ["hub", "client", "channel", "invoice", "month", "reference", "unit"];

/** What was filled in in one line, without what the line above it says already. */
export const summaryOf = (act: { inputs: Input[] }): string =>
  inputsOf({ inputs: act.inputs.filter((one) => !subjects.includes(one.name)) }).map((one) => `${one.name} ${one.value}`).join(" · ");

/** What was filled in, by the names of the fields; a file's hash is for machines. */
export const inputsOf = (act: { inputs: Input[] }): Input[] =>
  act.inputs.filter((one) => one.name !== "sha256").map((one) => ({ name: fieldWords(one.name), value: one.name === "undoes" ? didWords(one.value) : valueWords(one.value) }));
