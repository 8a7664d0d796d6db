// One short word after something was done. Refusals never come here: they stand where they arose.

export type ToastAction = { label: string; run: () => void };
export type ToastMessage = { text: string; action?: ToastAction };

class Toasts {
  shown = $state.raw<ToastMessage | null>(null);

  say(text: string, action?: ToastAction): void {
    this.shown = action ? { text, action } : { text };
  }

  clear(): void {
    this.shown = null;
  }
}

export const toast = new Toasts();
