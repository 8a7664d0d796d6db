// A refusal of the book in the person's words. Each code has its wording; TypeScript refuses a gap.

import type { Refusal } from "../lib/result";
import type { CommandError } from "./bindings";
import { refused } from "./said";

export function refusal(error: CommandError | string): Refusal {
  if (typeof error === "string") return { code: "system", text: error, field: null, details: [] };
  const { code, field, details } = error;
  return { code, text: refused(code, details, error.because, error.message), field, details };
}
