// What screens were told since the book last changed: shown at once when they are asked for again, and
// asked anew behind them. The screens that a key leads to are asked and drawn ahead, while nothing else is.

import { session } from "../api/session.svelte";
import { calm } from "../lib/calm";
import type { Result } from "../lib/result";
import { NOTHING, type Screen } from "../lib/route.svelte";
import type { Ask, Shown } from "../pages/page";
import { above, below, needsHub, pageOf } from "./screens";
import { stages } from "./stages.svelte";

/** How many are kept, the newest. */
const MOST = 30;
/** How long nothing is asked ahead: whoever goes from month to month asks for one screen alone. */
const PATIENCE = 300;

/** What a screen was told, also as text, by which it is compared. */
type Kept = { shown: Shown; text: string };

class Answers {
  private kept = new Map<string, Kept>();
  private revision = 0;
  private turn = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** What a screen was told of the book as it is now. */
  of(screen: Screen, ask: Ask): Shown | undefined {
    if (this.revision !== session.revision) this.kept.clear();
    this.revision = session.revision;
    return this.kept.get(key(screen, ask))?.shown;
  }

  /** Asks anew. What says the same as before is the same. */
  async ask(screen: Screen, ask: Ask): Promise<Result<Shown>> {
    const { revision } = session;
    const result = await (await pageOf(screen)).load(ask);
    if (!result.ok || revision !== session.revision) return result;
    const before = this.kept.get(key(screen, ask));
    const text = JSON.stringify(result.data.data);
    const shown = before?.text === text ? before.shown : result.data;
    this.keep(key(screen, ask), { shown, text });
    return { ok: true, data: shown };
  }

  private keep(key: string, one: Kept): void {
    this.kept.delete(key);
    this.kept.set(key, one);
    if (this.kept.size > MOST) this.kept.delete(this.kept.keys().next().value!);
  }

  /** Asks for the other screens of this hub and month and draws them, one after the other; and then what waits longest. */
  ahead(ask: Ask, then: () => void): void {
    clearTimeout(this.timer);
    const whole = { ...ask, query: NOTHING };
    const screens = [...above, ...below].map((place) => place.screen).filter((screen) => ask.hub || !needsHub(screen, NOTHING));
    const mine = ++this.turn;
    const isWanted = (): boolean => mine === this.turn && ask.book === session.book;
    const draw = (screen: Screen): void => {
      const told = this.of(screen, whole);
      if (told && isWanted()) stages.draw(screen, told);
      calm.then(next);
    };
    const next = (): void => {
      const screen = screens.shift();
      if (!isWanted()) return;
      if (!screen) return then();
      const told = this.of(screen, whole);
      if (!told) void this.ask(screen, whole).then(() => calm.then(() => draw(screen)));
      else if (stages.lacks(screen, told)) draw(screen);
      else next();
    };
    this.timer = setTimeout(() => calm.then(next), PATIENCE);
  }

  /** Nothing is asked or drawn ahead any more: the book is closed. */
  end(): void {
    clearTimeout(this.timer);
    this.turn += 1;
  }
}

const key = (screen: Screen, { hub, month, today, query }: Ask): string => JSON.stringify([screen, hub?.id, month, today, query]);

export const answers = new Answers();
