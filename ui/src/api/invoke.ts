// How a command is given. The first lines of the window ask ahead of the code that wants the answers.

import { invoke as ask, type InvokeArgs } from "@tauri-apps/api/core";

const ahead = new Map<string, Promise<unknown>>();
const keyOf = (command: string, args: InvokeArgs = {}): string => JSON.stringify([command, args]);

/** Asks what will be asked; a refusal is told to whoever asks then. */
export function askAhead<T>(command: string, args?: InvokeArgs): Promise<T> {
  const answer = ask<T>(command, args);
  answer.catch(() => undefined);
  ahead.set(keyOf(command, args), answer);
  return answer;
}

/** From now on all is asked anew. */
export const forget = (): void => ahead.clear();

/** Gives a command, or hands out the answer that is on its way, once. */
export function invoke<T>(command: string, args?: InvokeArgs): Promise<T> {
  const key = ahead.size > 0 ? keyOf(command, args) : "";
  const answer = ahead.get(key);
  ahead.delete(key);
  return (answer as Promise<T> | undefined) ?? ask<T>(command, args);
}
