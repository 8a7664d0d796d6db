// The person's language: chosen in the settings, or as the system has it. Kept on this computer,
// not in the book.

import { speak } from "./words";
import { type Locale, LOCALES, nearest } from "./words/locales";

const KEPT = "hubledger.language";

function kept(): Locale | null {
  const found = localStorage.getItem(KEPT);
  return found !== null && found in LOCALES ? (found as Locale) : null;
}

class Language {
  /** What is spoken now: what is shown is made anew when it changes. */
  spoken = $state<Locale>("en");
  chosen = $state<Locale | "system">("system");

  /** Loads the words; nothing is shown before, so that no other language is seen first. */
  async start(): Promise<void> {
    this.chosen = kept() ?? "system";
    await this.learn(kept() ?? nearest(navigator.languages));
  }

  async choose(choice: Locale | "system"): Promise<void> {
    await this.learn(choice === "system" ? nearest(navigator.languages) : choice);
    this.chosen = choice;
    if (choice === "system") localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, choice);
  }

  private async learn(locale: Locale): Promise<void> {
    const words = await fetch(`./words/${locale}.json`);
    speak(locale, await words.json());
    document.documentElement.lang = locale;
    this.spoken = locale;
  }
}

export const language = new Language();
