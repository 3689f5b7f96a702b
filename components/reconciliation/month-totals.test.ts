import { describe, expect, it } from "vitest";
import type { TieOutMonthLine } from "@/lib/domain/views/tie-out-view";
import { currenciesOf, monthTotals } from "./month-totals";

function aLine(month: string, net: string, tax: string, currency = "GBP"): TieOutMonthLine {
  const sum = { count: 1, net: { amount: net, currency }, tax: { amount: tax, currency } };
  return {
    recordType: "invoice",
    month,
    currency,
    taxRate: "20 %",
    source: sum,
    ledger: sum,
    difference: { amount: "0.00", currency },
  };
}

describe("monthTotals", () => {
  it("adds tax rates of a month exactly and keeps the currency's digits", () => {
    const [july] = monthTotals(
      [aLine("2026-07", "0.10", "0.02"), aLine("2026-07", "0.20", "0.04")],
      "invoice",
      "GBP",
      12,
    );
    expect(july?.source).toBe("0.36");
  });

  it("keeps the latest months, oldest first, and gives the tallest a share of one", () => {
    const totals = monthTotals(
      [
        aLine("2026-09", "50.00", "0.00"),
        aLine("2026-07", "9.00", "0.00"),
        aLine("2026-08", "100.00", "0.00"),
      ],
      "invoice",
      "GBP",
      2,
    );
    expect(totals.map(({ month, sourceShare }) => [month, sourceShare])).toEqual([
      ["2026-08", 1],
      ["2026-09", 0.5],
    ]);
  });

  it("never adds two currencies", () => {
    const lines = [aLine("2026-07", "1.00", "0.00"), aLine("2026-07", "500", "0", "JPY")];
    expect(monthTotals(lines, "invoice", "JPY", 12)[0]?.ledger).toBe("500");
    expect(currenciesOf([...lines, aLine("2026-08", "2", "0", "JPY")], "invoice")).toEqual(["JPY", "GBP"]);
  });
});
