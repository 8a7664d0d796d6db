// How large everything is, in percent. Kept on this computer.

import { setZoom } from "../api";

const KEPT = "hubledger.zoom";
const STEPS = [80, 90, 100, 110, 125, 150, 175, 200];
export const NORMAL = 100;

function kept(): number {
  const found = Number(localStorage.getItem(KEPT));
  return STEPS.includes(found) ? found : NORMAL;
}

class Zoom {
  percent = $state(kept());

  /** One step larger, or smaller. */
  step(by: 1 | -1): void {
    this.choose(STEPS[STEPS.indexOf(this.percent) + by] ?? this.percent);
  }

  choose(percent: number): void {
    this.percent = percent;
    if (percent === NORMAL) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, String(percent));
    void setZoom(percent);
  }

  /** As it was left. */
  start(): void {
    if (this.percent !== NORMAL) void setZoom(this.percent);
  }
}

export const zoom = new Zoom();
