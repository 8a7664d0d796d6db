// The screens that are drawn: one in sight, and those that a key leads to, drawn ahead of it. They take some
// memory, so none is drawn ahead before the person has gone from one screen to another.

import { mount, unmount } from "svelte";
import { calm } from "../lib/calm";
import type { Screen } from "../lib/route.svelte";
import { Stage } from "../lib/stage.svelte";
import type { Shown } from "../pages/page";
import Drawn from "./Drawn.svelte";

/** A screen and what it was told. */
export class Act {
  readonly stage: Stage;
  shown = $state.raw() as Shown;
  readonly element = document.createElement("div");
  private component: object | null = null;

  constructor(screen: Screen, shown: Shown) {
    this.stage = new Stage(screen);
    this.shown = shown;
    this.element.className = "act";
  }

  draw(): void {
    this.component ??= mount(Drawn, { target: this.element, props: { act: this } });
  }

  /** What it looked like is gone at once; the rest when nobody waits. */
  leave(): void {
    this.stage.placed = false;
    this.element.remove();
    calm.then(() => this.end());
  }

  end(): void {
    this.element.remove();
    if (this.component) void unmount(this.component);
    this.component = null;
  }
}

class Stages {
  private now: Act | null = null;
  private ahead = new Map<Screen, Act>();
  private moved = false;

  /** Draws a screen out of sight, if it should be and is not. */
  draw(screen: Screen, shown: Shown): void {
    if (!this.lacks(screen, shown)) return;
    this.ahead.get(screen)?.leave();
    const act = new Act(screen, shown);
    this.ahead.set(screen, act);
    act.draw();
  }

  /** Whether this should be drawn ahead and is not. */
  lacks(screen: Screen, shown: Shown): boolean {
    return this.moved && this.now?.stage.screen !== screen && !this.isAhead(screen, shown);
  }

  isAhead(screen: Screen, shown: Shown | undefined): boolean {
    return shown !== undefined && this.ahead.get(screen)?.shown === shown;
  }

  /** Puts a screen in sight, as far as can be as it was drawn ahead. */
  show(place: HTMLElement, screen: Screen, shown: Shown): void {
    if (this.now?.stage.screen === screen) {
      this.now.shown = shown;
      return;
    }
    this.leave();
    const ready = this.ahead.get(screen);
    this.ahead.delete(screen);
    if (ready?.shown !== shown) ready?.leave();
    this.now = ready?.shown === shown ? ready : new Act(screen, shown);
    this.now.stage.placed = true;
    place.append(this.now.element);
    this.now.draw();
  }

  /** Takes the screen in sight away, unless it is this one. */
  leave(but?: Screen): void {
    if (!this.now || this.now.stage.screen === but) return;
    this.moved = true;
    this.now.leave();
    this.now = null;
  }

  /** The book is closed: no screen hears that there is none. */
  end(): void {
    this.now?.end();
    this.now = null;
    this.moved = false;
    for (const act of this.ahead.values()) act.end();
    this.ahead.clear();
  }
}

export const stages = new Stages();
