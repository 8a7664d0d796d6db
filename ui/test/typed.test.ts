import { describe, expect, test } from "vitest";
import { addDays, addMonths, day, isDay, lastDay, monthName, range, readDay, readMonth, writeDay, writeMonth } from "../src/lib/date";
import { count, fee, rate, readCount } from "../src/lib/number";
import { phone } from "../src/lib/phone";
import { readAmount, writeAmount } from "../src/lib/sum";
import { speak } from "../src/lib/words";
import { packed } from "../src/lib/words/pack";

describe("what is typed as an amount", () => {
  test.each([
    ["500", "500"], ["500.00", "500.00"], ["3*500", "1500.00"], ["3 × 500.50", "1501.50"], ["1,200.50 + 80", "1280.50"], ["10-2.5", "7.50"],
    ["-120", "-120"], ["\u221231.41", "-31.41"], ["2*-3", "2*-3"], ["3*", "3*"], ["12,5", "12,5"], ["abc", "abc"], ["", ""], ["0.1*0.1", "0.01"], ["0.000001*0.1", "0.000001*0.1"],
  ])("%s becomes %s", (typed, read) => expect(readAmount(typed)).toBe(read));
});

// A figure as each language writes it; a point between thousands is no decimal point, and what could be either in no
// language is left to be mended.
test.each([
  ["de", "1.234,56", "1234.56", "1234,56"], ["de", "1.500", "1500", "1500"], ["de", "12.50", "12.50", "12,50"], ["de", "1,234.56", "1,234.56", "1,234.56"], ["de", "0.0456", "0.0456", "0,0456"], ["de", "2*1.000,50", "2001.00", "2001,00"],
  ["es", "1.234,56", "1234.56", "1234,56"], ["pt-BR", "1.234,56", "1234.56", "1234,56"], ["en", "1,234.56", "1234.56", "1234.56"], ["en", "1.234,56", "1.234,56", "1.234,56"],
] as const)("in %s the amount %s is read as %s and written as %s", (language, typed, read, written) => {
  speak(language, packed[language]);
  expect(readAmount(typed)).toBe(read);
  expect(writeAmount(read)).toBe(written);
  speak("en", packed.en);
});

describe("what is typed as a day", () => {
  test.each([
    ["2026-09-22", "2026-09-22"], ["2026-9-2", "2026-09-02"], ["22.9.", "2026-09-22"], ["22.9.2025", "2025-09-22"], ["22 Sep", "2026-09-22"], ["1 march 2025", "2025-03-01"], ["soon", "soon"],
    ["22.9.25", "2025-09-22"], ["22/9", "2026-09-22"], ["12/31/2026", "2026-12-31"], ["9/10/2026", "9/10/2026"], ["9/9/26", "2026-09-09"], ["9.10.2026", "2026-10-09"], ["13/13/2026", "13/13/2026"], ["31.2.2026", "31.2.2026"], ["2026-9-32", "2026-9-32"],
  ])("%s becomes %s", (typed, read) => expect(readDay(typed, "2026-09-22")).toBe(read));

  // 1 December, typed as each language writes it.
  test.each([
    ["de", "1.12.2026", "01.12.2026"], ["de", "1. Dez. 2026", "01.12.2026"], ["es", "1/12/2026", "01/12/2026"], ["es", "1 de diciembre de 2026", "01/12/2026"], ["pt-BR", "1/12/26", "01/12/2026"], ["en", "1 Dec 2026", "2026-12-01"],
  ] as const)("in %s %s is written %s", (language, typed, written) => {
    speak(language, packed[language]);
    expect(writeDay(readDay(typed, "2026-09-22"))).toBe(written);
    speak("en", packed.en);
  });

  test("only days that exist are days", () => {
    expect(isDay("2028-02-29")).toBe(true);
    expect(isDay("2026-02-29")).toBe(false);
    expect(isDay("2026-13-01")).toBe(false);
  });
});

describe("what is typed as a month", () => {
  test.each([
    ["2026-10", "2026-10"], ["2026-9", "2026-09"], ["10/2026", "2026-10"], ["9.2026", "2026-09"], ["10 26", "2026-10"], ["October 2026", "2026-10"], ["oct 2025", "2025-10"], ["sep", "2026-09"],
    ["13/2026", "13/2026"], ["2026-00", "2026-00"], ["soon", "soon"], ["", ""], ["10", "10"],
  ])("%s becomes %s", (typed, read) => expect(readMonth(typed, "2026-09-22")).toBe(read));

  test.each([
    ["de", "Oktober 2026", "10.2026"], ["de", "10/2026", "10.2026"], ["de", "März 2026", "03.2026"], ["es", "octubre de 2026", "10/2026"], ["pt-BR", "outubro de 2026", "10/2026"], ["en", "October 2026", "2026-10"],
  ] as const)("in %s %s is written %s", (language, typed, written) => {
    speak(language, packed[language]);
    expect(writeMonth(readMonth(typed, "2026-09-22"))).toBe(written);
    speak("en", packed.en);
  });
});

test("days and months in words", () => {
  expect(day("2026-09-22")).toBe("22 Sep 2026");
  expect(monthName("2026-09")).toBe("September 2026");
  expect(range("2026-09-01", "2026-09-22")).toBe("1\u201322 Sep");
  expect(range("2026-08-30", "2026-09-02")).toBe("30 Aug \u2013 2 Sep");
  expect(addMonths("2026-01", -1)).toBe("2025-12");
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(lastDay("2028-02")).toBe("2028-02-29");
});

test.each([
  ["de", "12.500", "12500"], ["de", "12,500", "12,500"], ["es", "1.000.000", "1000000"], ["en", "12,500", "12500"], ["en", "12.5", "12.5"], ["pt-BR", "250", "250"], ["de", "12500", "12500"],
] as const)("in %s the count %s is %s", (language, typed, read) => {
  speak(language, packed[language]);
  expect(readCount(typed)).toBe(read);
  speak("en", packed.en);
});

test("numbers, rates and phone numbers", () => {
  expect(count("12345678")).toBe("12,345,678");
  expect(count(-1500)).toBe("\u22121,500");
  expect(rate("0.0456")).toBe("0.0456");
  expect(rate("25.00")).toBe("25.0000");
  expect(fee("500.0000")).toBe("500.00");
  expect(rate("0.014700")).toBe("0.0147");
  expect(phone("+493515550200")).toBe("+49 351 555 0200");
  expect(phone("+250788555012")).toBe("+250 788 555 012");
});
