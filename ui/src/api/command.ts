// A command of the shell as a function that never throws.

import { invoke } from "./invoke";
import type { Result } from "../lib/result";
import { spoken } from "../lib/words";
import type { CommandError } from "./bindings";
import { refusal } from "./errors";

/** The command of a name, and what its arguments are called, in their order. */
export const command = <A extends unknown[], T>(name: string, ...args: string[]) => async (...told: A): Promise<Result<T>> => {
  try {
    return { ok: true, data: await invoke<T>(name, Object.fromEntries(args.map((arg, at) => [arg, told[at]]))) };
  } catch (thrown) {
    await spoken;
    return { ok: false, refusal: refusal(thrown instanceof Error ? thrown.message : (thrown as CommandError | string)) };
  }
};
