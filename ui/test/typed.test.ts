import { describe, expect, test } from "vitest";
import { addDays, addMonths, day, isDay, lastDay, monthName, range, readDay, readMonth, writeMonth } from "../src/lib/date";
import { count, fee, rate } from "../src/lib/number";
import { phone } from "../src/lib/phone";
import { readAmount } from "../src/lib/sum";
import { speak } from "../src/lib/words";
import { packed } from "../src/lib/words/pack";

describe("what is typed as an amount", () => {
  test.each([
    ["500", "500"], ["500.00", "500.00"], ["3*500", "1500.00"], ["3 × 500.50", "1501.50"], ["1,200.50 + 80", "1280.50"], ["10-2.5", "7.50"],
    ["-120", "-120"], ["\u221231.41", "-31.41"], ["2*-3", "2*-3"], ["3*", "3*"], ["12,5", "12,5"], ["abc", "abc"], ["", ""], ["0.1*0.1", "0.01"], ["0.000001*0.1", "0.000001*0.1"],
  ])("%s becomes %s", (typed, read) => expect(readAmount(typed)).toBe(read));
});

describe("what is typed as a day", () => {
  test.each([
    ["2026-09-22", "2026-09-22"], ["2026-9-2", "2026-09-02"], ["22.9.", "2026-09-22"], ["22.9.2025", "2025-09-22"], ["22 Sep", "2026-09-22"], ["1 march 2025", "2025-03-01"], ["soon", "soon"],
  ])("%s becomes %s", (typed, read) => expect(readDay(typed, "2026-09-22")).toBe(read));

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
