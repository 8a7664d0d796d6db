// A refusal of the book in the person's words. Each code has its wording; TypeScript refuses a gap.

import { day, isDay, monthName } from "../lib/date";
import type { Refusal } from "../lib/result";
import { t } from "../lib/words";
import type { CommandCode, CommandError } from "./bindings";

/** Days and months as the window writes them; what was typed stays as it was typed. */
function said({ code, details }: CommandError): string[] {
  if (code === "not-a-day" || code === "not-a-month") return details;
  // As many as there are.
  if (code === "invoice-not-ready") return [details.join(" ")];
  return details.map((one) => t.spokenOf[one] ?? (isDay(one) ? day(one) : /^\d{4}-(0[1-9]|1[0-2])$/.test(one) ? monthName(one) : one));
}

export function refusal(error: CommandError | string): Refusal {
  if (typeof error === "string") return { code: "system", text: error, field: null, details: [] };
  const wording: Record<CommandCode, (...details: string[]) => string> = t.refusals;
  const say = wording[error.code];
  const text = say ? say(...said(error)) : error.message;
  return { code: error.code, text: text || error.message, field: error.field, details: error.details };
}
