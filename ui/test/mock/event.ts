// Events of the shell: a made-up book has none but those that a test says.
const heard = new Map<string, Set<(event: { payload: unknown }) => void>>();

export function listen<T>(name: string, run: (event: { payload: T }) => void): Promise<() => void> {
  const all = heard.get(name) ?? new Set();
  heard.set(name, all.add(run as (event: { payload: unknown }) => void));
  return Promise.resolve(() => void all.delete(run as (event: { payload: unknown }) => void));
}
export const once = listen;

/** What the shell would say. */
export function emit(name: string, payload?: unknown): Promise<void> {
  for (const run of heard.get(name) ?? []) run({ payload });
  return Promise.resolve();
}
export const emitTo = emit;
export type EventCallback<T> = (event: { payload: T }) => void;
export type EventTarget = unknown;
export type Event<T> = { payload: T };
