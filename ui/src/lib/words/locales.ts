// The languages of the window, each named in itself.

export const LOCALES = { en: "English", de: "Deutsch", es: "Español", "pt-BR": "Português (Brasil)" } as const;
export type Locale = keyof typeof LOCALES;

/** The first of the person's languages that the window speaks; English if there is none. */
export function nearest(wanted: readonly string[]): Locale {
  for (const one of wanted) {
    const language = one.toLowerCase().split(/[-_]/)[0];
    const found = (Object.keys(LOCALES) as Locale[]).find((known) => known.toLowerCase().split("-")[0] === language);
    if (found) return found;
  }
  return "en";
}
