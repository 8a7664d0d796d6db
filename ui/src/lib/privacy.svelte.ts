// Amounts hidden while others look at the screen: what would be an amount is dots, for the eye and
// for a screen reader alike. Kept on this computer, so that nothing shows when the app is opened again.

const KEPT = "hubledger.privacy";

class Privacy {
  on = $state(localStorage.getItem(KEPT) === "on");

  toggle(): void {
    this.on = !this.on;
    if (this.on) localStorage.setItem(KEPT, "on");
    else localStorage.removeItem(KEPT);
    this.apply();
  }

  /** Pictures of papers and amounts that are being typed are blurred by the style sheet. */
  apply(): void {
    document.documentElement.toggleAttribute("data-private", this.on);
  }
}

export const privacy = new Privacy();
