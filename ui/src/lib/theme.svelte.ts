// Light, dark, or as the system has it. Kept on this computer, not in the book.

export type ThemeChoice = "system" | "light" | "dark";
const KEPT = "hubledger.theme";

function kept(): ThemeChoice {
  const found = localStorage.getItem(KEPT);
  return found === "light" || found === "dark" ? found : "system";
}

class Theme {
  choice = $state<ThemeChoice>(kept());

  choose(choice: ThemeChoice): void {
    this.choice = choice;
    if (choice === "system") localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, choice);
    this.apply();
  }

  apply(): void {
    if (this.choice === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = this.choice;
  }
}

export const theme = new Theme();
