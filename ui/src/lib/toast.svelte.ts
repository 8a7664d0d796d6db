// One short word after something was done. Refusals never come here: they stand where they arose.

import { addressed, type Screen } from "./route.svelte";

export type ToastAction = { label: string; run: () => void };
export type ToastMessage = { text: string; action?: ToastAction; screen: Screen };

class Toasts {
  shown = $state.raw<ToastMessage | null>(null);

  say(text: string, action?: ToastAction): void {
    const screen = addressed();
    this.shown = action ? { text, action, screen } : { text, screen };
  }

  clear(): void {
    this.shown = null;
  }
}

export const toast = new Toasts();
