import { expect, test } from "vitest";
import { aTaxRate, ledgerReference } from "@/tests/builders/reference-data";
import { buildValueMaps, labelOf, type TaxSide, taxSideKey, taxSideOf } from "./value-maps";

const row = (kind: string, sourceKey: string, targetKey: string | null) => ({
  kind,
  sourceKey,
  sourceLabel: `${sourceKey} by name`,
  targetKey,
});

test("a question that was left empty is no choice", () => {
  const maps = buildValueMaps([row("account", "z-1", null)], "draft", ledgerReference());
  expect(maps.account.has("z-1")).toBe(false);
  expect(labelOf(maps, "account", "z-1")).toBe("z-1 by name");
});

test("equal source keys of different kinds do not meet", () => {
  const rows = [row("account", "1", "200"), row("paymentAccount", "1", "090"), row("tracking", "1", "a/b")];
  const maps = buildValueMaps(rows, "approved", ledgerReference());
  expect([maps.account.get("1"), maps.paymentAccount.get("1"), maps.tracking.get("1")]).toEqual([
    "200",
    "090",
    "a/b",
  ]);
});

test("the rounding line has the chosen account and the ledger's rate for no tax", () => {
  const maps = buildValueMaps([row("rounding", "account", "860")], "draft", ledgerReference());
  expect(maps.rounding).toEqual({ accountKey: "860", taxKey: "NONE" });
});

test("without an active rate for no tax there is no rounding line", () => {
  const ledger = ledgerReference({ taxRates: [aTaxRate({ key: "NONE", isNoTax: true, active: false })] });
  expect(buildValueMaps([row("rounding", "account", "860")], "draft", ledger).rounding).toBeNull();
  expect(buildValueMaps([], "draft", ledgerReference()).rounding).toBeNull();
});

test("income takes the tax of what is sold, cost that of what is bought, and the rest that of the document", () => {
  const classes = ["income", "expense", "asset", "liability", "equity"] as const;
  const sidesOn = (side: TaxSide): TaxSide[] => classes.map((accountClass) => taxSideOf(accountClass, side));
  expect(sidesOn("sales")).toEqual(["sales", "purchases", "sales", "sales", "sales"]);
  expect(sidesOn("purchases")).toEqual(["sales", "purchases", "purchases", "purchases", "purchases"]);
  expect(taxSideKey("", "sales")).not.toBe(taxSideKey("", "purchases"));
});
