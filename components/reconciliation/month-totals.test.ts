import { describe, expect, it } from "vitest";
import type { TieOutFigure } from "@/lib/domain/views/tie-out-view";
import { currenciesOf, monthTotals } from "./month-totals";

function aMonth(key: string, net: string, tax: string, currency = "GBP"): TieOutFigure {
  const side = { count: 1, net: { amount: net, currency }, tax: { amount: tax, currency } };
  const difference = { amount: "0.00", currency };
  return { recordType: "invoice", key, label: key, currency, source: side, ledger: side, difference };
}

describe("monthTotals", () => {
  it("adds net and tax exactly and keeps the currency's digits", () => {
    const [july] = monthTotals([aMonth("2026-07", "0.30", "0.06")], "GBP", 12);
    expect(july?.source).toBe("0.36");
  });

  it("keeps the latest months, oldest first, and gives the tallest a share of one", () => {
    const figures = [
      aMonth("2026-09", "50.00", "0.00"),
      aMonth("2026-07", "9.00", "0.00"),
      aMonth("2026-08", "100.00", "0.00"),
    ];
    expect(monthTotals(figures, "GBP", 2).map(({ month, sourceShare }) => [month, sourceShare])).toEqual([
      ["2026-08", 1],
      ["2026-09", 0.5],
    ]);
  });

  it("never adds two currencies", () => {
    const figures = [aMonth("2026-07", "1.00", "0.00"), aMonth("2026-07", "500", "0", "JPY")];
    expect(monthTotals(figures, "JPY", 12)[0]?.ledger).toBe("500");
    expect(currenciesOf([...figures, aMonth("2026-08", "2", "0", "JPY")])).toEqual(["JPY", "GBP"]);
  });
});
