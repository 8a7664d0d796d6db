// What a screen is: what it asks of the book, and what draws the answer.

import type { Component } from "svelte";
import type { BookView, HubView } from "../api";
import type { Query } from "../lib/route.svelte";
import type { Result } from "../lib/result";

/** What a screen is asked to show. */
export type Ask = { book: BookView; hub: HubView; month: string; today: string; query: Query };

export type Shown = { view: Component<{ data: unknown; ask: Ask }>; data: unknown; ask: Ask };

export type Page = {
  load: (ask: Ask) => Promise<Result<Shown>>;
};

export function definePage<T>(page: {
  load: (ask: Ask) => Promise<Result<T>>;
  view: Component<{ data: T; ask: Ask }>;
}): Page {
  return {
    load: async (ask) => {
      const result = await page.load(ask);
      // The view and its data come from one definition, so that they fit.
      const view = page.view as unknown as Shown["view"];
      return result.ok ? { ok: true, data: { view, data: result.data, ask } } : result;
    },
  };
}

/** Several answers as one; the first refusal wins. */
export async function all<T extends Record<string, unknown>>(
  asked: { [K in keyof T]: Promise<Result<T[K]>> },
): Promise<Result<T>> {
  const names = Object.keys(asked) as (keyof T)[];
  const answers = await Promise.all(names.map((name) => asked[name]));
  const data: Partial<T> = {};
  for (const [at, answer] of answers.entries()) {
    if (!answer.ok) return answer;
    data[names[at]!] = answer.data;
  }
  return { ok: true, data: data as T };
}
