import { describe, expect, test } from "vitest";
import { day, dayOfMonth, monthName, readDay, writeDay } from "../src/lib/date";
import { text } from "../src/lib/money";
import { decimal } from "../src/lib/number";
import { readAmount, writeAmount } from "../src/lib/sum";
import { speak, t } from "../src/lib/words";
import { de } from "../src/lib/words/de";
import { es } from "../src/lib/words/es";
import { type Locale, nearest } from "../src/lib/words/locales";
import { packed } from "../src/lib/words/pack";
import { ptBR } from "../src/lib/words/pt-BR";
import { mannerOf, placesOf, SAID, sentence } from "../src/lib/words/say";

/** As they are written, before the build packs them. */
const written: Partial<Record<Locale, unknown>> = { de, es, "pt-BR": ptBR };
const others = Object.keys(packed).filter((locale) => locale !== "en") as Locale[];

/** Every word under its path. */
function leaves(words: unknown, at = ""): Map<string, string> {
  if (typeof words === "string") return new Map([[at, words]]);
  return new Map(Object.entries(words as object).flatMap(([key, one]) => [...leaves(one, `${at}/${key}`)]));
}

const english = leaves(packed.en);

describe.each(others)("the dictionary in %s", (locale) => {
  const words = leaves(packed[locale]);

  test("has the words of the English one, and no other", () => {
    expect([...leaves(written[locale]).keys()].sort()).toEqual([...english.keys()].sort());
    for (const [at, one] of words) expect(one.replace(SAID, "").trim(), at).not.toMatch(/^(undefined)?$/);
  });

  test("puts in what the English one puts in", () => {
    for (const [at, one] of english) {
      if (!one.startsWith(SAID)) continue;
      const places = placesOf(words.get(at)!.slice(1));
      const wanted = placesOf(one.slice(1));
      expect(places.filter((place) => !wanted.includes(place)), at).toEqual([]);
      expect(places, `${at}: ${words.get(at)}`).toEqual(wanted);
    }
  });

  test("leaves no brace open", () => {
    for (const [at, one] of words) expect(one.match(/\{/g)?.length, at).toBe(one.match(/\}/g)?.length);
  });

  test("is written in that language", () => {
    const same = [...words].filter(([at, one]) => one === english.get(at) && /\p{Ll}{3}.* .*\p{Ll}{3}/u.test(one.replace(/\{[^}]*\}/g, "")));
    // Names and patterns are the same everywhere.
    expect(same.map(([, one]) => one).filter((one) => !/Higher Throughput|Marketing Lite|Peppol|Factur-X|GmbH|Hubledger/.test(one))).toEqual([]);
  });
});

test.each(Object.keys(packed) as Locale[])("months have the names that Intl knows, in %s", (language) => {
  speak(language, packed[language]);
  const named = (month: "long" | "short") => Array.from({ length: 12 }, (_, at) => new Intl.DateTimeFormat(language, { month, timeZone: "UTC" }).format(Date.UTC(2026, at, 1)));
  expect(t.form.months.split(" ")).toEqual(named("long"));
  expect(t.form.monthsShort.split(" ")).toEqual(named("short"));
  speak("en", packed.en);
});

describe("a sentence with places", () => {
  const en = mannerOf("en");
  test.each([
    ["{0} of {1}", [1234, "b"], "1,234 of b"],
    ["{0|day|days}", [1], "1 day"], ["{0|day|days}", [0], "0 days"], ["{0|day|days}", [20000], "20,000 days"],
    ["{0:it has|they have}", [2], "they have"],
    ["{0} done{1?, {1} {1:needs|need} you}", [3, 0], "3 done"], ["{0} done{1?, {1} {1:needs|need} you}", [3, 1], "3 done, 1 needs you"],
    ["{0!nothing}{0?{0}}", [""], "nothing"], ["{0!nothing}{0?{0}}", ["0"], "nothing"],
    ["Take back: {0~}?", ["Entered a top-up"], "Take back: entered a top-up?"],
    ["{YYYY} is the year", [], "{YYYY} is the year"],
  ] as [string, unknown[], string][])("%s", (text, told, says) => expect(sentence(text, en)(...told)).toBe(says));

  test("asks the language for the form", () => {
    // In Portuguese, none is one.
    expect(sentence("{0|canal|canais}", mannerOf("pt-BR"))(0)).toBe("0 canal");
    expect(sentence("{0|Kanal|Kanäle}", mannerOf("de"))(12345)).toBe("12.345 Kanäle");
    expect(sentence("{0|canal|canales}", mannerOf("es"))(1234)).toBe("1.234 canales");
  });
});

test("the system's language is followed as far as the window speaks it", () => {
  expect(nearest(["de-AT", "en"])).toBe("de");
  expect(nearest(["fr", "es-MX"])).toBe("es");
  expect(nearest(["pt_BR.UTF-8"])).toBe("pt-BR");
  expect(nearest(["C", "ja"])).toBe("en");
});

describe("figures and days as the language writes them", () => {
  function as<T>(locale: Locale, run: () => T): T {
    speak(locale, packed[locale]);
    try {
      return run();
    } finally {
      speak("en", packed.en);
    }
  }

  test.each([
    ["de", "1.234,50", "22. Sep 2026", "22. Sep", "September 2026", "22.09.2026"],
    ["es", "1.234,50", "22 sept 2026", "22 sept", "septiembre de 2026", "22/09/2026"],
    ["pt-BR", "1.234,50", "22 set. 2026", "22 set.", "setembro de 2026", "22/09/2026"],
    ["en", "1,234.50", "22 Sep 2026", "22 Sep", "September 2026", "2026-09-22"],
  ] as const)("in %s", (locale, amount, whole, short, month, figures) => {
    as(locale, () => {
      expect([text("1234.5"), day("2026-09-22"), dayOfMonth("2026-09-22"), monthName("2026-09"), writeDay("2026-09-22")]).toEqual([amount, whole, short, month, figures]);
      // What is shown is understood when it is typed.
      for (const shown of [whole, short, figures]) expect(readDay(shown, "2026-01-01"), shown).toBe("2026-09-22");
      expect(readAmount(amount)).toBe("1234.50");
      expect(readAmount(writeAmount("1234.125"))).toBe("1234.125");
    });
  });

  test.each([
    ["12,5", "12.5"], ["1.500", "1500"], ["1.500,25", "1500.25"], ["12.50", "12.50"], ["0.045", "0.045"], ["3*1.000,50", "3001.50"], ["−31,41", "-31.41"],
    ["1.234.567", "1234567"], ["1,2,3", "1,2,3"], ["1.50,2", "1.50,2"], ["abc", "abc"],
  ])("in German, %s is %s", (typed, read) => expect(as("de", () => readAmount(typed))).toBe(read));

  test("a decimal keeps its digits", () => expect(as("de", () => decimal("1234.5"))).toBe("1.234,5"));
  test("words change with the language", () => expect([as("de", () => t.screen.charges), t.screen.charges]).toEqual(["Entgelte", "Charges"]));
});
