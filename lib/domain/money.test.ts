import fc from "fast-check";
import { expect, test } from "vitest";
import { Decimal } from "@/lib/kernel/decimal";
import { InvariantError } from "@/lib/kernel/invariant";
import {
  absolute,
  add,
  currencyScale,
  isZero,
  type Money,
  moneyText,
  moneyToDecimal,
  negate,
  parseMoney,
  roundToMoney,
  subtract,
  sum,
} from "./money";

const currency = fc.constantFrom("GBP", "EUR", "JPY", "KWD", "XXX");
const minor = fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n });
const money = fc.record({ minor, currency });
const pounds = fc.record({ minor, currency: fc.constant("GBP") });

test("an amount and its text are each other's inverse, in every currency", () => {
  fc.assert(
    fc.property(money, (amount) => {
      expect(parseMoney(moneyText(amount), amount.currency)).toEqual(amount);
    }),
  );
});

test("the text bears exactly the digits of the currency", () => {
  expect(moneyText({ minor: 120450n, currency: "GBP" })).toBe("1204.50");
  expect(moneyText({ minor: -5n, currency: "GBP" })).toBe("-0.05");
  expect(moneyText({ minor: 1205n, currency: "JPY" })).toBe("1205");
  expect(moneyText({ minor: 1205n, currency: "KWD" })).toBe("1.205");
  expect(moneyText({ minor: 0n, currency: "JPY" })).toBe("0");
});

test("adding is the adding of decimals, without a digit lost", () => {
  fc.assert(
    fc.property(pounds, pounds, (first, second) => {
      const exact = moneyToDecimal(first).plus(moneyToDecimal(second));
      expect(moneyToDecimal(add(first, second)).equals(exact)).toBe(true);
      expect(subtract(add(first, second), second)).toEqual(first);
      expect(add(first, negate(first)).minor).toBe(0n);
    }),
  );
});

test("a sum does not depend on the order, and of nothing it is zero", () => {
  fc.assert(
    fc.property(fc.array(pounds), (amounts) => {
      expect(sum([...amounts].reverse(), "GBP")).toEqual(sum(amounts, "GBP"));
    }),
  );
  expect(sum([], "JPY")).toEqual({ minor: 0n, currency: "JPY" });
});

test("amounts of two currencies are never added, not even zero", () => {
  const first: Money = { minor: 0n, currency: "GBP" };
  const second: Money = { minor: 0n, currency: "EUR" };
  expect(() => add(first, second)).toThrow(InvariantError);
  expect(() => subtract(first, second)).toThrow(InvariantError);
  expect(() => sum([second], "GBP")).toThrow(InvariantError);
});

test("parts of a minor unit are refused, not rounded", () => {
  expect(() => parseMoney("0.005", "GBP")).toThrow(RangeError);
  expect(() => parseMoney("1.5", "JPY")).toThrow(RangeError);
  expect(() => parseMoney("1.0005", "KWD")).toThrow(RangeError);
  expect(parseMoney("12.5000", "GBP").minor).toBe(1250n);
  expect(parseMoney("1.205", "KWD").minor).toBe(1205n);
  expect(parseMoney("1e3", "JPY").minor).toBe(1000n);
});

test("an amount with more digits than decimals carry is refused, not cut", () => {
  expect(() => parseMoney(`${"1".repeat(45)}.01`, "GBP")).toThrow(RangeError);
});

test("rounding moves an amount by half a minor unit at most, and away from zero at the half", () => {
  fc.assert(
    fc.property(minor, fc.integer({ min: 0, max: 999_999 }), currency, (whole, millionths, code) => {
      const scale = new Decimal(10).pow(currencyScale(code));
      const exact = new Decimal(whole.toString()).plus(new Decimal(millionths).dividedBy(1_000_000));
      const rounded = roundToMoney(exact.dividedBy(scale), code);
      const moved = new Decimal(rounded.minor.toString()).minus(exact);
      expect(moved.abs().lessThanOrEqualTo("0.5")).toBe(true);
      if (moved.abs().equals("0.5")) expect(moved.isNegative()).toBe(exact.isNegative());
    }),
  );
  expect(roundToMoney("2.675", "GBP").minor).toBe(268n);
  expect(roundToMoney("-2.675", "GBP").minor).toBe(-268n);
  expect(roundToMoney("-0.004", "GBP").minor).toBe(0n);
});

test("the absolute amount is never negative and keeps its size", () => {
  fc.assert(
    fc.property(money, (amount) => {
      const size = absolute(amount);
      expect(size.minor >= 0n).toBe(true);
      expect(size.minor === amount.minor || size.minor === -amount.minor).toBe(true);
      expect(isZero(size)).toBe(amount.minor === 0n);
    }),
  );
});
