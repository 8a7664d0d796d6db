// The one filter that all screens obey: a hub and a month.

import { addMonths } from "./date";

class Filter {
  hub = $state("");
  month = $state("");

  step(by: number): void {
    this.month = addMonths(this.month, by);
  }
}

export const filter = new Filter();
