// The proof of the book runs beside everything else, whether somebody looks on or not.

import { cancelJob } from "../api";
import { session } from "../api/session.svelte";
import { toast } from "../lib/toast.svelte";
import { t } from "../lib/words";
import { watch, type Watched } from "./job.svelte";
import { current, end, start } from "./task.svelte";

class Proving {
  job = $state.raw<Watched | null>(null);

  /** Whether the book is as it was when it was proved last. */
  fresh = $derived(session.proof?.revision === session.revision);

  /** Shows how the proof goes; a new one begins unless one is on its way. */
  async begin(): Promise<void> {
    start({ kind: "check" });
    if (this.job) return;
    this.job = watch("check");
    const done = await session.prove();
    this.job.stop();
    this.job = null;
    const seen = current.task?.kind === "check";
    if (!done.ok) {
      if (seen) end();
      if (done.refusal.code !== "cancelled") start({ kind: "refused", title: t.check.title, text: done.refusal.text });
    } else if (!seen && session.proof?.view === done.data) toast.say(done.data.holds ? t.check.good : t.check.failing, { label: t.button.show, run: () => start({ kind: "check" }) });
  }

  /** What was proved last, if nothing has changed since; else it is proved. */
  show(): void {
    if (this.fresh) start({ kind: "check" });
    else void this.begin();
  }

  stop = (): void => void cancelJob("check");
}

export const proving = new Proving();
