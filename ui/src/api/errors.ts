// A refusal of the book in the person's words. Each code has its wording; TypeScript refuses a gap.

import type { Refusal } from "../lib/result";
import { t } from "../lib/words";
import type { CommandCode, CommandError } from "./bindings";

const wording: Record<CommandCode, (details: string[]) => string> = t.refusals;

export function refusal(error: CommandError | string): Refusal {
  if (typeof error === "string") return { code: "system", text: error, field: null, details: [] };
  const say = wording[error.code];
  const text = say ? say(error.details) : error.message;
  return { code: error.code, text: text || error.message, field: error.field, details: error.details };
}
