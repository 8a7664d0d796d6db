// Single keys and short sequences. A screen says which it understands while it is shown; they are
// off while a field has the focus or a dialog is open.

/** `anywhere`: in a field and over a dialog, too. `also`: other keys that do the same, and are not listed. */
export type Key = { press: string; also?: string[]; label: string; run: () => void; anywhere?: boolean };

const isOf = (key: Key, pressed: string): boolean => key.press === pressed || (key.also?.includes(pressed) ?? false);

/** They say nothing by themselves, and a sequence goes on behind them. */
const MODIFIERS = ["Control", "Shift", "Alt", "Meta"];

/** For how many milliseconds a sequence waits for its next key. */
const PATIENCE = 1500;

class Keys {
  known = $state.raw<Key[]>([]);
  /** The same, to add to and take from: while an effect is ended, Svelte shows it state as it was before. */
  private all: Key[] = [];
  private waiting = "";
  private since = 0;

  /** Adds keys and returns how to take them away again. The last ones win. */
  add(keys: Key[]): () => void {
    this.known = this.all = [...keys, ...this.all];
    return () => {
      this.known = this.all = this.all.filter((key) => !keys.includes(key));
    };
  }

  /** Whether this key ends a sequence that has begun, and so is nobody else's. */
  isAwaited(event: KeyboardEvent): boolean {
    const whole = `${this.waiting} ${name(event)}`;
    return event.timeStamp - this.since < PATIENCE && this.known.some((key) => isOf(key, whole));
  }

  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || MODIFIERS.includes(event.key)) return;
    const pressed = name(event);
    const busy = isTyping(event.target) || document.querySelector("dialog[open]") !== null;
    if (busy && !this.known.some((key) => isOf(key, pressed) && key.anywhere)) return;
    const recent = event.timeStamp - this.since < PATIENCE;
    const whole = this.waiting && recent ? `${this.waiting} ${pressed}` : pressed;
    this.waiting = "";
    const found = this.known.find((key) => isOf(key, whole));
    if (found) {
      event.preventDefault();
      found.run();
    } else if (this.known.some((key) => key.press.startsWith(`${pressed} `))) {
      this.waiting = pressed;
      this.since = event.timeStamp;
    }
  }
}

/** The key as it is written in a list of keys: `t`, `Ctrl k`, `Ctrl Shift p`, `?`. */
export function name(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const shift = event.shiftKey && key.length === 1 ? "Shift " : "";
  return event.ctrlKey || event.metaKey ? `Ctrl ${shift}${key}` : event.altKey ? `Alt ${key}` : key;
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}

export const keys = new Keys();
