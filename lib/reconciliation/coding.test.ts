import fc from "fast-check";
import { expect, test } from "vitest";
import { ROUNDING_DESCRIPTION } from "@/lib/domain/rounding-line";
import { decimal } from "@/lib/kernel/decimal";
import { aContact, aLine, anAllocation, anInvoice, aPayment, gbp } from "@/tests/builders/records";
import { codingOf } from "./coding";

const RATES = new Map([["OUT20", decimal("20")]]);
const accountsOf = (record: Parameters<typeof codingOf>[0]) =>
  codingOf(record, RATES).accounts.map(({ key, net }) => [key, net]);

test("lines on one account are one sum, and accounts stand in order", () => {
  const lines = [
    aLine({ accountKey: "260", amount: gbp("1.00") }),
    aLine({ accountKey: "200", amount: gbp("2.00") }),
    aLine({ accountKey: "260", amount: gbp("3.00") }),
  ];
  expect(accountsOf(anInvoice({ lines }))).toEqual([
    ["200", 200n],
    ["260", 400n],
  ]);
});

test("tax inside an amount is taken out of it: as stated, else by the rate", () => {
  const line = { accountKey: "200", amount: gbp("12.00"), taxKey: "OUT20", taxRatePercent: null };
  const inclusive = (tax: string | null) =>
    anInvoice({ lineAmounts: "inclusive", lines: [aLine({ ...line, tax: tax === null ? null : gbp(tax) })] });
  expect(accountsOf(inclusive(null))).toEqual([["200", 1000n]]);
  expect(accountsOf(inclusive("1.99"))).toEqual([["200", 1001n]]);
});

test("the rounding line and lines without an account or amount are left out", () => {
  const lines = [
    aLine({ description: ROUNDING_DESCRIPTION, accountKey: "860", amount: gbp("0.01") }),
    aLine({ accountKey: null }),
    aLine({ accountKey: "200", amount: gbp("0.00") }),
  ];
  expect(accountsOf(anInvoice({ lines }))).toEqual([]);
});

test("a payment stands on its bank account, and an allocation on none", () => {
  expect(accountsOf(aPayment({ accountKey: "090" }))).toEqual([["090", aPayment().amount.minor]]);
  expect([accountsOf(anAllocation()), accountsOf(aContact())]).toEqual([[], []]);
});

test("a line's tags each hold its net", () => {
  const tracking = [
    { categoryKey: "region", optionKey: "north" },
    { categoryKey: "team", optionKey: "blue" },
  ];
  const { tracking: parts } = codingOf(anInvoice({ lines: [aLine({ tracking })] }), RATES);
  expect(parts.map(({ key, net }) => [key, net])).toEqual([
    ["region/north", 2000n],
    ["team/blue", 2000n],
  ]);
});

test("the order of lines is no matter", () => {
  const line = fc
    .record({ key: fc.constantFrom("1", "2", "3"), minor: fc.bigInt({ min: -99n, max: 99n }) })
    .map(({ key, minor }) => aLine({ accountKey: key, amount: { minor, currency: "GBP" } }));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
      const forward = codingOf(anInvoice({ lines }), RATES);
      expect(codingOf(anInvoice({ lines: [...lines].reverse() }), RATES)).toEqual(forward);
    }),
  );
});
