import { describe, expect, test } from "vitest";
import { compare, exact, micros, negate, pieces, placesOf, plain, share, sum, text } from "../src/lib/money";

describe("an amount is shown", () => {
  test.each([
    // amount, places, shown
    ["0.00", 2, "0.00"],
    ["1234.56", 2, "1,234.56"],
    ["1234567890.10", 2, "1,234,567,890.10"],
    ["-31.4062", 2, "\u221231.41"],
    ["-0.004", 2, "0.00"],
    ["0.005", 2, "0.01"],
    ["-0.005", 2, "\u22120.01"],
    ["19.38", 4, "19.3800"],
    ["999.99995", 4, "1,000.0000"],
    ["0.018480", 6, "0.018480"],
    ["12", 2, "12.00"],
  ] as const)("%s with %i decimals is %s", (amount, places, shown) => expect(text(amount, places)).toBe(shown));

  test("with a plus only where a change is meant", () => {
    expect(text("2500.00", 2, true)).toBe("+2,500.00");
    expect(text("-5.00", 2, true)).toBe("\u22125.00");
    expect(text("0.00", 2, true)).toBe("0.00");
  });

  test("in pieces, so that the decimals after the cents can stand back", () => {
    expect(pieces("-269.1766", 4)).toEqual({ sign: "\u2212", head: "269.17", tail: "66" });
  });

  test("exactly, with as many decimals as it has", () => {
    expect(exact({ amount: "19.3800", currency: "EUR" })).toBe("19.38\u00a0EUR");
    expect(exact({ amount: "0.0456", currency: "EUR" })).toBe("0.0456\u00a0EUR");
    expect(exact({ amount: "0.01848", currency: "USD" })).toBe("0.018480\u00a0USD");
  });
});

describe("amounts stay exact", () => {
  test.each([["0.10", 100_000n], ["-31.4062", -31_406_200n], ["9007199254740993.000001", 9_007_199_254_740_993_000_001n]] as const)(
    "%s is %s millionths", (amount, millionths) => {
      expect(micros(amount)).toBe(millionths);
      expect(micros(plain(millionths))).toBe(millionths);
    });

  test("sums do not drift", () => {
    expect(sum(Array.from({ length: 1000 }, () => "0.1"))).toBe("100.00");
    expect(sum([])).toBe("0.00");
    expect(negate("12.345678")).toBe("-12.345678");
  });

  test("order and shares", () => {
    expect(["-1.00", "10.00", "9.999999"].sort(compare)).toEqual(["-1.00", "9.999999", "10.00"]);
    expect(share("25.00", "100.00")).toBe(0.25);
    expect(share("5.00", "0.00")).toBe(0);
    expect(placesOf(["1.00", "0.0456"])).toBe(4);
    expect(placesOf(["1.00", "0.01848"])).toBe(6);
  });

  test("what is no amount is refused", () => expect(() => micros("1,5")).toThrow());
});
