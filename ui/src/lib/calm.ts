// What nobody waits for is done when nothing that somebody waits for is on its way: first the screen
// that was asked for, then the menus, the list of backups, and screens that may be asked for next.

/** Long enough for a frame to be drawn, and for a key that follows at once. */
const MOMENT = 60;

class Calm {
  private held = 0;
  private waiting: (() => void)[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Somebody waits, until what this gives is called. */
  hold(): () => void {
    this.held += 1;
    clearTimeout(this.timer);
    let over = false;
    return () => {
      if (over) return;
      over = true;
      this.held -= 1;
      this.look();
    };
  }

  /** Runs this once nobody waits. */
  then(run: () => void): void {
    this.waiting.push(run);
    this.look();
  }

  private look(): void {
    clearTimeout(this.timer);
    if (this.held > 0 || this.waiting.length === 0) return;
    this.timer = setTimeout(() => {
      // One at a time: whoever begins to wait meanwhile goes first.
      this.waiting.shift()?.();
      this.look();
    }, MOMENT);
  }
}

export const calm = new Calm();
