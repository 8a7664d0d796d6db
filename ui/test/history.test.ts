// What the record keeps is shown in words, in every language: no code of the book's own is left raw.

import { describe, expect, test } from "vitest";
import { inputsOf } from "../src/lib/history";
import { type Locale } from "../src/lib/words/locales";
import { speak, t } from "../src/lib/words";
import { packed } from "../src/lib/words/pack";

function as<T>(locale: Locale, run: () => T): T {
  speak(locale, packed[locale]);
  try {
    return run();
  } finally {
    speak("en", packed.en);
  }
}

const act = (inputs: Record<string, string>) => ({ inputs: Object.entries(inputs).map(([name, value]) => ({ name, value })) });
const said = (inputs: Record<string, string>): string => inputsOf(act(inputs)).map((one) => `${one.name}: ${one.value}`).join("; ");

describe("in German", () => {
  test.each([
    [{ model: "partner-paid", currency: "EUR", plan: "growth", pay_by: "card", since: "2026-07-01" }, "Abrechnungsmodell: Partner-Paid; Währung: EUR; Plan: Growth; Zahlt per: Karte; In Benutzung seit: 1. Jul 2026"],
    [{ kind: "emergency", method: "boleto", amount: "100.000000", on: "2026-09-02" }, "Art: Notfall; Bezahlt per: Boleto; Betrag: 100,00; Tag: 2. Sep 2026"],
    [{ threshold: "25.00", on: "true" }, "Schwelle: 25,00; Eingeschaltet: ja"],
    [{ to: "bank" }, "Wohin: Ausgezahlt"],
    [{ "company.country": "ES", owner: "client" }, "Land: Spanien; Wessen Buch: Eines Kunden"],
    [{ rule: "vat-on", value: "usage", from: "2026-10" }, "Regel: USt fällt an auf; Wahl: Den Verbrauch des Monats; Von: Oktober 2026"],
    [{ reason: "Storno", lines: '[{"line":1,"amount":"5.00"},{"line":2,"amount":"1.00"}]' }, "Begründung: Storno; Positionen: 2 Positionen"],
    [{ rules: "[]", deducts: '["2026/0001","2026/0002"]' }, "Zieht ab: 2026/0001, 2026/0002"],
    [{ unit: "4", undoes: "top-up" }, "Vorgang: 4; Was rückgängig gemacht wurde: Aufladung erfasst"],
  ])("%o", (inputs, words) => expect(as("de", () => said(inputs as Record<string, string>))).toBe(words));
});

/** Every field that a form of the book records, by its name there. */
const FIELDS = [
  "accent", "account_holder", "advance", "amount", "backup", "bic", "billing_email", "buyer_reference", "card", "category", "change", "charge", "chart", "city", "contact", "cost", "counted", "country",
  "currency", "deduction", "deducts", "delivered_on", "draft", "due_days", "e_address", "effective_from", "email", "ended", "entry", "extra", "file", "first_month", "format", "from", "given_on", "iban", "id",
  "issued_on", "kind", "language", "lines", "list", "market", "method", "model", "name", "next", "notes", "number", "on", "opening", "order_number", "own_currency", "own_rate", "own_rate_on", "own_rate_source",
  "owner", "paper_language", "pattern", "pay_by", "phone", "plan", "plan_from", "postal_code", "price", "reading", "reason", "reference", "register", "rule", "rules", "series", "since", "small_business", "started",
  "street", "tax_number", "terms", "threshold", "tier", "tier_from", "time_zone", "to", "undoes", "unit", "until", "value", "vat_id", "website",
];

test.each(["en", "de", "es", "pt-BR"] as const)("every field has its word in %s", (language) => {
  const raw = as(language, () => FIELDS.filter((name) => !t.history.field[name]));
  expect(raw).toEqual([]);
});
