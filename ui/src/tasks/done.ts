// After something was booked: say so, close the dialog, and have every screen ask anew. What can be
// taken back can be taken back from the word that says it was done.

import { whatCanBeUndone } from "../api";
import { session } from "../api/session.svelte";
import { toast, type ToastAction } from "../lib/toast.svelte";
import { t } from "../lib/words";
import { end, start } from "./task.svelte";

export async function done(words: string, action?: ToastAction): Promise<void> {
  await told(words, action ?? (await undoable()));
}

/** The same of what is not offered to be taken back. */
export async function told(words: string, action?: ToastAction): Promise<void> {
  end();
  toast.say(words, action);
  await session.changed();
}

/** Offers to take back what was just done; nothing where it is for good. */
export async function undoable(): Promise<ToastAction | undefined> {
  const last = await whatCanBeUndone();
  const act = last.ok ? last.data : null;
  return act && act.undoes === null ? { label: t.undo.short, run: () => start({ kind: "undo", act }) } : undefined;
}
