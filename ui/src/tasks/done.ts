// After something was booked: say so, close the dialog, and have every screen ask anew.

import { session } from "../api/session.svelte";
import { toast, type ToastAction } from "../lib/toast.svelte";
import { end } from "./task.svelte";

export async function done(words: string, action?: ToastAction): Promise<void> {
  end();
  toast.say(words, action);
  await session.changed();
}
