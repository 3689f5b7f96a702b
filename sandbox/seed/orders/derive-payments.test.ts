import { describe, expect, it } from "vitest";
import { Decimal } from "@/lib/kernel/decimal";
import type { DocumentOutline } from "./allocate-credits";
import { derivePayments, shareOf } from "./derive-payments";

const NUMBERS = Array.from({ length: 2000 }, (_, index) => String(536_365 + index));

/** The first number after `skip` whose share lies within the bounds. */
function numberWithShare(from: number, below: number, skip = 0): string {
  const found = NUMBERS.filter((number) => shareOf(number) >= from && shareOf(number) < below)[skip];
  if (found === undefined) throw new Error("no number has this share");
  return found;
}

function invoiced(...numbers: string[]) {
  const outlines = numbers.map(
    (number, index): DocumentOutline => ({
      id: number,
      kind: "invoice",
      number,
      customerId: "17850",
      time: `2010-12-0${index + 1} 10:00:00`,
      total: new Decimal("101.11"),
      codes: Int32Array.of(1),
    }),
  );
  const due = new Map(outlines.map(({ id, total }) => [id, total] as const));
  return derivePayments(outlines, due).map(({ number, date, amount, applied }) => ({
    number,
    date,
    amount: amount.toFixed(),
    applied: applied.map((share) => [share.invoiceId, share.amount.toFixed()]),
  }));
}

describe("an invoice is, by its number,", () => {
  it("left open", () => {
    expect(invoiced(numberWithShare(0, 8))).toEqual([]);
  });

  it("paid in a first part only", () => {
    const number = numberWithShare(8, 12);
    expect(invoiced(number)).toEqual([
      { number: `PR-${number}-1`, date: "2010-12-15", amount: "40.44", applied: [[number, "40.44"]] },
    ]);
  });

  it("paid in two parts that make the whole", () => {
    const number = numberWithShare(12, 22);
    expect(invoiced(number)).toEqual([
      { number: `PR-${number}-1`, date: "2010-12-15", amount: "40.44", applied: [[number, "40.44"]] },
      { number: `PR-${number}-2`, date: "2011-01-05", amount: "60.67", applied: [[number, "60.67"]] },
    ]);
  });

  it("collected with others of the same customer and month", () => {
    const [first, second] = [numberWithShare(22, 40), numberWithShare(22, 40, 1)];
    expect(invoiced(first, second)).toEqual([
      {
        number: `PR-${first}`,
        date: "2010-12-23",
        amount: "202.22",
        applied: [
          [first, "101.11"],
          [second, "101.11"],
        ],
      },
    ]);
  });

  it("paid too much, the excess applied to nothing", () => {
    const number = numberWithShare(40, 43);
    expect(invoiced(number)).toEqual([
      { number: `PR-${number}`, date: "2010-12-29", amount: "110", applied: [[number, "101.11"]] },
    ]);
  });

  it("paid in full", () => {
    const number = numberWithShare(43, 100);
    expect(invoiced(number)).toMatchObject([{ number: `PR-${number}`, amount: "101.11" }]);
  });
});

describe("payments", () => {
  it("leave alone what nothing is due on", () => {
    const number = numberWithShare(43, 100);
    const outline: DocumentOutline = {
      id: number,
      kind: "invoice",
      number,
      customerId: "17850",
      time: "2010-12-01 10:00:00",
      total: new Decimal(0),
      codes: Int32Array.of(1),
    };
    expect(derivePayments([outline], new Map([[number, new Decimal(0)]]))).toEqual([]);
  });

  it("never apply more than was received", () => {
    for (const payment of invoiced(...NUMBERS.slice(0, 9))) {
      const applied = payment.applied.reduce((sum, [, share]) => sum.plus(share ?? "0"), new Decimal(0));
      expect(applied.lessThanOrEqualTo(payment.amount)).toBe(true);
    }
  });
});
