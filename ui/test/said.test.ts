import { afterEach, describe, expect, test } from "vitest";
import type { CommandCode, FactView, FaultView, SaidView, SystemWord } from "../src/api";
import { refusal } from "../src/api/errors";
import { accountName, checked, fault, said, wrongWith } from "../src/api/said";
import { speak, t } from "../src/lib/words";
import { type Locale } from "../src/lib/words/locales";
import { packed } from "../src/lib/words/pack";

const facts = (named: Record<string, string>): FactView[] => Object.entries(named).map(([name, value]) => ({ name, value }));
const one = (code: SaidView["code"], named: Record<string, string> = {}, because: SaidView[] = []): SaidView => ({ code, facts: facts(named), because, text: "English" });
const found = (code: FaultView["code"], named: Record<string, string>): FaultView => ({ code, facts: facts(named), because: [], text: "English" });

afterEach(() => speak("en", packed.en));

/** Days, months, amounts and words of the book are said as the language says them. */
describe.each<[Locale, string[]]>([
  ["en", [
    "The channel starts on 1 Sep 2026. It has no usage before.",
    "Not a category. Did you mean marketing?",
    "It can’t be issued yet. The client has no post code. Add it at the client. Line 2: The text is empty. Fill it in.",
    "usage.csv: Line 3 can’t be read: The row has 2 of 5 columns. Complete it; the file may have been cut.",
    "“DE99” is not a VAT ID of Germany: DE and 9 digits.",
    "Hub aPA, channel bCH, 4 Jul 2026: charged 1,234.5, posted 0 EUR",
    "HUB-1, starting balance: 5, and 4 in the ledger",
  ]],
  ["de", [
    "Der Kanal beginnt am 1. Sep 2026. Davor hat er keinen Verbrauch.",
    "Keine Kategorie. Meinten Sie marketing?",
    "Sie lässt sich noch nicht ausstellen. Beim Kunden fehlt: Postleitzahl. Tragen Sie es dort nach. Position 2: Text: Das Feld ist leer. Füllen Sie es aus.",
    "usage.csv: Zeile 3 ist nicht lesbar: Die Zeile hat 2 von 5 Spalten. Vervollständigen Sie sie; die Datei ist vielleicht abgeschnitten.",
    "„DE99“ ist keine USt-IdNr. von Deutschland: DE und 9 Ziffern.",
    "Hub aPA, Kanal bCH, 4. Jul 2026: berechnet 1.234,5, gebucht 0 EUR",
    "HUB-1, Anfangsguthaben: 5, im Hauptbuch 4",
  ]],
  ["es", [
    "El canal empieza el 1 sept 2026. Antes no tiene consumo.",
    "No es una categoría. ¿Quería decir marketing?",
  ]],
  ["pt-BR", [
    "O canal começa em 1 set. 2026. Antes disso não tem consumo.",
    "Não é uma categoria. Quis dizer marketing?",
  ]],
])("what the book says, in %s", (locale, wanted) => {
  const empty = one("empty", { "0": "The text" });
  const lacks = one("lacks", { client: "yes", detail: "post-code" });
  const command = { message: "English", field: null };
  const says = (): string[] => [
    said(one("channel_not_started", { on: "2026-09-01" })),
    said(one("unknown_category", { did_you_mean: "marketing" })),
    refusal({ ...command, code: "invoice-not-ready", details: ["English", "English"], because: [lacks, one("line-text", { line: "2" }, [empty])] }).text,
    refusal({ ...command, code: "file-refused", details: ["usage.csv", "English"], because: [one("file_bad_row", { line: "3" }, [one("too_few_columns", { found: "2", expected: "5" })])] }).text,
    refusal({ ...command, code: "unusable-vat-id", details: ["DE", "DE99", "DE and 9 digits"], because: [] }).text,
    fault(found("usage-not-as-posted", { hub: "aPA", channel: "bCH", day: "2026-07-04", charged: "1234.5", posted: "0", currency: "EUR" })),
    fault(found("summary-not-the-ledger", { invoice: "HUB-1", part: "starting", said: "5", found: "4" })),
  ];
  test("with what it speaks of", () => {
    speak(locale, packed[locale]);
    says().slice(0, wanted.length).forEach((sentence, at) => expect(sentence).toBe(wanted[at]));
  });
});

test.each(Object.keys(packed) as Locale[])("no sentence of the book leaves a place open in %s", (locale) => {
  speak(locale, packed[locale]);
  const any = new Proxy({}, { get: () => "x", has: () => true }) as Record<string, string>;
  for (const [code, say] of [...Object.entries(t.said), ...Object.entries(t.fault)]) {
    const sentence = say(any);
    expect(sentence, code).not.toMatch(/[{}]|undefined/);
    expect(sentence.trim(), code).not.toBe("");
  }
});

test("a backup says what is wrong with it, and notes of earlier versions as they were written", () => {
  speak("de", packed.de);
  const drill = { file: "a.hubbook", made_at: null, at: "2026-09-01T00:00:00Z", opens: true, holds: false, entries: 1, checked: 27, failures: ["English"] };
  expect(wrongWith(drill)).toEqual(["English"]);
  const broken = { what: "broken" as const, rule: "entries-balance" as const, fault: found("entry-empty", { entry: "7", day: "2026-07-31" }) };
  expect(wrongWith({ ...drill, findings: [broken, { what: "altered" }, { what: "refused", said: one("book-damaged", { "0": "a.hubbook" }) }] })).toEqual([
    "Jede Buchung geht auf, in einer Währung: Buchung 7 vom 31. Jul 2026 hat keine Buchungszeilen",
    "Sie ist nicht, was geschrieben wurde: Ihre Prüfsumme weicht ab",
    "a.hubbook ist beschädigt und wurde gelassen, wie es ist. Öffnen Sie eine Sicherung davon.",
  ]);
});

test("what was done and booked, the chart and the report are named in the person's words", () => {
  speak("de", packed.de);
  const told = (code: CommandCode, ...details: string[]) => refusal({ code, message: "English", field: null, details, because: [] }).text;
  expect(told("already-reversed", "Entry 7", "entry 12")).toBe("Buchung 7 ist schon storniert, durch Buchung 12.");
  expect(told("already-undone", "12 (top-up)", "13 (undo)")).toMatch(/^12 \((?!top-up).+\) wurde schon rückgängig gemacht, durch 13 \((?!undo).+\)\.$/);
  expect(told("still-rested-on", "client k1CL", "the channel bCH")).toBe("Das wird gebraucht (Kunde k1CL): Kanal bCH beruht darauf. Machen Sie zuerst jenes rückgängig.");
  expect(told("unusable-id", "hub", "a b")).toContain("(Hub)");
  const why = (code: SystemWord, text: string) => refusal({ code: "folder-unwritable", message: "English", field: null, details: ["/books", text], because: [one(code, code === "other-trouble" ? { text } : {})] }).text;
  expect(why("not-allowed", "you are not allowed to")).toBe("/books ist nicht beschreibbar: Sie haben dort keine Berechtigung. Wählen Sie einen anderen Ordner.");
  expect(why("other-trouble", "odd (os error 95)")).toBe("/books ist nicht beschreibbar: odd (os error 95). Wählen Sie einen anderen Ordner.");
  expect(accountName({ name: "Bank charges", plain: null })).toBe("Bank charges");
  expect(accountName({ name: "Message costs", plain: "cost:messages" })).toBe("Nachrichtenkosten");
  expect(checked({ check: "standard", name: "EN 16931", rules: "English", looked_at: "BR-01", outcome: "passed" })).toEqual({ rules: "EN 16931, zurückgelesen, Summen auf den Cent", looked: "BR-01", outcome: "bestanden" });
});

test.each([
  ["en", "This is empty. Use letters, digits, - and _ without spaces."],
  ["de", "Hier steht noch nichts. Nehmen Sie Buchstaben, Ziffern, - und _ ohne Leerzeichen."],
] as const)("in %s nothing that was typed is not quoted", (language, says) => {
  speak(language, packed[language]);
  expect(refusal({ code: "unusable-id", details: ["hub", ""], field: "id", message: "", because: [] } as unknown as Parameters<typeof refusal>[0]).text).toBe(says);
  speak("en", packed.en);
});
