import { expect, test } from "vitest";
import type { LedgerAccount, ReferenceData } from "@/lib/domain/reference-data";
import { exchangeMaps } from "./exchange-maps";
import type { ValueMaps } from "./value-maps";

const account = (key: string, isBank: boolean): LedgerAccount => ({
  key,
  code: key,
  name: `Account ${key}`,
  accountClass: "asset",
  isBank,
  acceptsPayments: true,
  currency: null,
  active: true,
  isSystem: false,
});

const reference = (accounts: readonly LedgerAccount[]): ReferenceData => ({
  organisationName: "Tidewater",
  baseCurrency: "GBP",
  accounts: [...accounts],
  taxRates: [],
  trackingCategories: [],
  currencies: ["GBP"],
  lockDate: null,
});

const maps = (paymentAccount: Record<string, string>): ValueMaps => ({
  account: new Map([["z-sales", "200"]]),
  tax: new Map([
    ["z-20@sales", "OUTPUT2"],
    ["z-20@purchases", "INPUT2"],
  ]),
  paymentAccount: new Map(Object.entries(paymentAccount)),
  tracking: new Map(),
  rounding: null,
  documentStatus: "approved",
  sourceLabel: new Map(),
  accountClass: new Map(),
});

const source = reference([account("z-bank", true), account("z-cash", false), account("z-till", false)]);
const ledger = reference([account("090", true)]);

test("accounts and taxes of sales are read from the ledger to the source", () => {
  const exchanged = exchangeMaps(maps({ "z-bank": "090" }), source, ledger);
  expect(exchanged.account.get("200")).toBe("z-sales");
  expect(exchanged.tax.get("OUTPUT2@sales")).toBe("z-20");
  expect(exchanged.tax.get("INPUT2@sales")).toBeUndefined();
  expect(exchanged.paymentAccount.get("090")).toBe("z-bank");
  expect(exchanged.sourceLabel.get("paymentAccount:090")).toBe("090 Account 090");
});

test("of several accounts the one bank account comes back", () => {
  const exchanged = exchangeMaps(maps({ "z-cash": "090", "z-bank": "090" }), source, ledger);
  expect(exchanged.paymentAccount.get("090")).toBe("z-bank");
});

test("several accounts of which none is plainly meant give none, never a guess", () => {
  const exchanged = exchangeMaps(maps({ "z-cash": "090", "z-till": "090", "": "090" }), source, ledger);
  expect(exchanged.paymentAccount.get("090")).toBeUndefined();
});
