// A screen may be drawn before it is in sight, and is in sight until another one is. What only the screen
// in sight may do, such as answer to keys, asks here; and so does what reads the address, which is that
// of the screen in sight.

import { getContext, setContext } from "svelte";
import { NOTHING, type Query, route, type Screen } from "./route.svelte";

export class Stage {
  /** It was put into the window. */
  placed = $state(false);
  readonly screen: Screen;

  constructor(screen: Screen) {
    this.screen = screen;
  }

  get on(): boolean {
    return this.placed && route.screen === this.screen;
  }
}

const HERE = "stage";

export const onStage = (stage: Stage): Stage => setContext(HERE, stage);

const here = (): Stage | undefined => getContext(HERE);

/** As an effect, while the screen around this is in sight. */
export function whileShown(run: () => (() => void) | void): void {
  const stage = here();
  $effect(() => (stage && !stage.on ? undefined : run()));
}

/** The address, as the screen around this has it: none before it is in sight, and its last one after. */
export function routeHere(): { readonly query: Query } {
  const stage = here();
  let last = NOTHING;
  const query = $derived(stage && !stage.on ? last : (last = route.query));
  return { get query() { return query; } };
}
