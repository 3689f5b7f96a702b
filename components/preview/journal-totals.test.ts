import { describe, expect, it } from "vitest";
import { journalTotals } from "./journal-totals";

const gbp = (amount: string) => ({ amount, currency: "GBP" });
const jpy = (amount: string) => ({ amount, currency: "JPY" });

describe("journalTotals", () => {
  it("adds each currency for itself, exactly, with that currency's digits", () => {
    const totals = journalTotals([
      { account: "610", debit: gbp("0.10"), credit: null },
      { account: "611", debit: gbp("0.20"), credit: gbp("0.05") },
      { account: "200", debit: null, credit: gbp("0.25") },
      { account: "200", debit: jpy("1200"), credit: jpy("1200") },
    ]);
    expect(totals).toEqual([
      { debit: gbp("0.30"), credit: gbp("0.30") },
      { debit: jpy("1200"), credit: jpy("1200") },
    ]);
  });
});
