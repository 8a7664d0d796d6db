// Events of the shell, of which a made-up book has none.
export const listen = (): Promise<() => void> => Promise.resolve(() => {});
export const once = listen;
export const emit = (): Promise<void> => Promise.resolve();
export const emitTo = emit;
export type EventCallback<T> = (event: { payload: T }) => void;
export type EventTarget = unknown;
export type Event<T> = { payload: T };
