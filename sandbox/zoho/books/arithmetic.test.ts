import { describe, expect, it } from "vitest";
import { Decimal, decimal } from "@/lib/kernel/decimal";
import { computeTotals, type DocumentFigures } from "./arithmetic";

const STANDARD = { id: "standard", percentage: decimal("20") };

function totals(
  lines: readonly (readonly [rate: string, quantity: string])[],
  figures: Partial<DocumentFigures> = {},
) {
  const made = computeTotals({
    lines: lines.map(([rate, quantity]) => ({
      rate: decimal(rate),
      quantity: decimal(quantity),
      tax: STANDARD,
    })),
    taxRounding: "entity_level",
    decimals: 2,
    inclusive: false,
    discount: null,
    shippingCharge: new Decimal(0),
    adjustment: new Decimal(0),
    ...figures,
  });
  return {
    items: made.itemTotals.map((amount) => amount.toFixed()),
    subTotal: made.subTotal.toFixed(),
    tax: made.taxTotal.toFixed(),
    total: made.total.toFixed(),
  };
}

describe("a document's totals", () => {
  it("round an item total half away from zero", () => {
    expect(
      totals([
        ["1.005", "1"],
        ["-1.005", "1"],
      ]).items,
    ).toEqual(["1.01", "-1.01"]);
  });

  it("round tax once for the document, or once for each line", () => {
    const lines = [
      ["0.42", "1"],
      ["0.42", "1"],
      ["0.42", "1"],
    ] as const;
    expect(totals(lines)).toMatchObject({ subTotal: "1.26", tax: "0.25", total: "1.51" });
    expect(totals(lines, { taxRounding: "item_level" })).toMatchObject({ tax: "0.24", total: "1.5" });
  });

  it("have no decimals in yen", () => {
    expect(totals([["333.4", "3"]], { decimals: 0 })).toEqual({
      items: ["1000"],
      subTotal: "1000",
      tax: "200",
      total: "1200",
    });
  });

  it("take tax out of rates that include it", () => {
    expect(totals([["120", "1"]], { inclusive: true })).toEqual({
      items: ["100"],
      subTotal: "100",
      tax: "20",
      total: "120",
    });
  });

  it("lower the taxable amount by a discount before tax and leave it under one after", () => {
    const discount = (beforeTax: boolean) =>
      totals([["100", "1"]], { discount: { value: "10%", beforeTax } });
    expect(discount(true)).toMatchObject({ subTotal: "100", tax: "18", total: "108" });
    expect(discount(false)).toMatchObject({ subTotal: "100", tax: "20", total: "108" });
  });

  it("add shipping and adjustment untaxed", () => {
    const figures = { shippingCharge: decimal("5"), adjustment: decimal("-0.01") };
    expect(totals([["100", "1"]], figures)).toMatchObject({ tax: "20", total: "124.99" });
  });

  it("take a line's discount off that line", () => {
    const { itemTotals, lineDiscounts } = computeTotals({
      lines: [{ rate: decimal("9.99"), quantity: decimal("3"), discount: "5%", tax: null }],
      taxRounding: "entity_level",
      decimals: 2,
      inclusive: false,
      discount: null,
      shippingCharge: new Decimal(0),
      adjustment: new Decimal(0),
    });
    expect([itemTotals[0]?.toFixed(), lineDiscounts[0]?.toFixed()]).toEqual(["28.47", "1.5"]);
  });
});
