// The person's language: chosen in the settings, or as the system has it. Kept on this computer,
// not in the book.

import { speak } from "./words";
import { keep, kept, ofSystem, wordsOf } from "./words/load";
import type { Locale } from "./words/locales";

class Language {
  /** What is spoken now: what is shown is made anew when it changes. */
  spoken = $state<Locale>("en");
  chosen = $state<Locale | "system">("system");

  /** Loads the words; nothing is shown before, so that no other language is seen first. */
  async start(): Promise<void> {
    this.chosen = kept() ?? "system";
    await this.learn(kept() ?? ofSystem());
  }

  async choose(choice: Locale | "system"): Promise<void> {
    await this.learn(choice === "system" ? ofSystem() : choice);
    this.chosen = choice;
    keep(choice);
  }

  private async learn(locale: Locale): Promise<void> {
    speak(locale, await wordsOf(locale));
    document.documentElement.lang = locale;
    this.spoken = locale;
  }
}

export const language = new Language();
