// Dialogs as the window sees them, whatever they are about.

import { tick } from "svelte";

/** Closes the dialogs that are open, the way Esc does, so that what was typed is kept. False if one
 *  stays: what runs in it is not stopped by something else that begins, unless it goes on without it. */
export async function dismiss(): Promise<boolean> {
  const open = (): HTMLDialogElement[] => [...document.querySelectorAll<HTMLDialogElement>("dialog[open]")];
  for (let most = open().length; most > 0; most -= 1) {
    const top = open().at(-1);
    if (!top) return true;
    if (top.querySelector(":is([data-works], [aria-busy=true]):not([data-goes-on] *)")) return false;
    top.dispatchEvent(new Event("cancel", { cancelable: true }));
    await tick();
  }
  return open().length === 0;
}
