import { describe, expect, it } from "vitest";
import { formatAmount, formatCount, isZeroAmount } from "./format-amount";

describe("formatAmount", () => {
  it("groups thousands and keeps every decimal of the text", () => {
    expect(formatAmount({ amount: "1234567.80", currency: "GBP" })).toBe("£1,234,567.80");
    expect(formatAmount({ amount: "9007199254740993.01", currency: "EUR" })).toBe(
      "€9,007,199,254,740,993.01",
    );
  });

  it("says whose dollar it is", () => {
    expect(formatAmount({ amount: "12.00", currency: "USD" })).toBe("US$12.00");
    expect(formatAmount({ amount: "12.00", currency: "NZD" })).toBe("NZ$12.00");
  });

  it("shows no decimals where the currency has none", () => {
    expect(formatAmount({ amount: "120000", currency: "JPY" })).toBe("¥120,000");
  });

  it("puts a true minus before the sign", () => {
    expect(formatAmount({ amount: "-3.00", currency: "EUR" })).toBe("\u2212€3.00");
  });

  it("names a currency without a sign of its own by its code", () => {
    expect(formatAmount({ amount: "1200.00", currency: "SEK" })).toBe("SEK\u00a01,200.00");
  });
});

describe("formatCount", () => {
  it("groups thousands from the right", () => {
    expect([0, 999, 1000, 123456].map(formatCount)).toEqual(["0", "999", "1,000", "123,456"]);
  });
});

describe("isZeroAmount", () => {
  it("knows zero with and without decimals, and no cent passes for it", () => {
    expect(
      ["0", "0.00", "-0.00", "0.01", "10.00"].map((amount) => isZeroAmount({ amount, currency: "GBP" })),
    ).toEqual([true, true, true, false, false]);
  });
});
