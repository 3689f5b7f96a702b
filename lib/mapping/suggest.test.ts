import { expect, test } from "vitest";
import { decimal } from "@/lib/kernel/decimal";
import { aBank, anAccount, aTaxRate, ledgerReference } from "@/tests/builders/reference-data";
import { suggestAccount, suggestPaymentAccount, suggestRoundingAccount, suggestTax } from "./suggest";

const CHART = [
  anAccount({ key: "200", name: "Sales" }),
  anAccount({ key: "260", name: "Other Revenue" }),
  anAccount({ key: "270", name: "Delivery income" }),
  anAccount({ key: "400", name: "Advertising & Marketing", accountClass: "expense" }),
  anAccount({ key: "404", name: "Bank Fees", accountClass: "expense" }),
  anAccount({ key: "425", name: "Freight & Courier", accountClass: "expense" }),
];

test.each([
  ["Sales", "income", "200", "same name"],
  ["other revenue ltd.", "income", "260", "same name"],
  ["Shipping Charge", "income", "270", "both are for postage"],
  ["Postage", "expense", "425", "both are for postage"],
  ["Bank Charges", "expense", "404", "both are for bank charges"],
  ["Other sundry revenue", "income", "260", "similar name"],
  ["Consulting", "income", "200", "your main sales account"],
] as const)("%s (%s) is suggested as %s", (name, accountClass, key, because) => {
  expect(suggestAccount({ name, accountClass }, CHART)).toEqual({ key, because });
});

test("a cost that resembles nothing has no suggestion", () => {
  expect(suggestAccount({ name: "Zebra feed", accountClass: "expense" }, CHART)).toBeNull();
  expect(suggestAccount({ name: "Sales", accountClass: "income" }, [])).toBeNull();
});

test("a similar name of another class is no suggestion", () => {
  const chart = [anAccount({ key: "1", name: "Zebra feed", accountClass: "expense" })];
  expect(suggestAccount({ name: "Zebra feed", accountClass: "income" }, chart)).toBeNull();
});

const VAT = [
  aTaxRate({ key: "OUT20", name: "20% (VAT on Income)" }),
  aTaxRate({ key: "IN20", name: "20% (VAT on Expenses)", appliesTo: ["expense"] }),
  aTaxRate({ key: "NONE", name: "No VAT", ratePercent: decimal("0"), isNoTax: true }),
  aTaxRate({ key: "ZERO", name: "Zero Rated Income", ratePercent: decimal("0") }),
];

test("a tax is suggested by rate and side, never by name against the rate", () => {
  const standard = { name: "Standard", ratePercent: decimal("20.00"), isNoTax: false };
  expect(suggestTax(standard, "sales", VAT)?.key).toBe("OUT20");
  expect(suggestTax(standard, "purchases", VAT)?.key).toBe("IN20");
  expect(suggestTax({ ...standard, ratePercent: decimal("17.5") }, "sales", VAT)).toBeNull();
});

test("zero rated and outside tax are not one thing", () => {
  const zero = { name: "Books and food", ratePercent: decimal("0"), isNoTax: false };
  expect(suggestTax(zero, "sales", VAT)?.key).toBe("ZERO");
  expect(suggestTax({ ...zero, isNoTax: true }, "sales", VAT)?.key).toBe("NONE");
  expect(suggestTax(zero, "purchases", VAT)).toBeNull();
});

test("money is suggested to arrive in an account of its own currency", () => {
  const options = [
    aBank({ key: "091", name: "Euro account", currency: "EUR" }),
    aBank({ key: "090", name: "Business bank", currency: "GBP" }),
  ];
  const till = aBank({ key: "z", name: "Till", currency: "GBP" });
  expect(suggestPaymentAccount(till, options)?.key).toBe("090");
  expect(suggestPaymentAccount({ ...till, currency: null }, options)?.key).toBe("091");
  expect(suggestPaymentAccount({ ...till, currency: "USD" }, options)).toBeNull();
});

test("cash in hand is suggested to be no bank account", () => {
  const drawer = aBank({ key: "z", name: "Petty Cash", isBank: false });
  expect(suggestPaymentAccount(drawer, [aBank({ key: "090", name: "Business bank" })])).toBeNull();
  expect(suggestPaymentAccount(drawer, [aBank({ key: "091", name: "Petty cash tin" })])?.key).toBe("091");
});

test("a bank account of the same name comes before the first one", () => {
  const options = [aBank({ key: "090", name: "Main" }), aBank({ key: "092", name: "PayPal" })];
  expect(suggestPaymentAccount(aBank({ key: "z", name: "Paypal clearing" }), options)).toEqual({
    key: "092",
    because: "similar name",
  });
});

test("rounding is suggested where an account that may be chosen is called so", () => {
  const suggest = (changes: object) =>
    suggestRoundingAccount(
      ledgerReference({ accounts: [anAccount({ key: "860", name: "Rounding", ...changes })] }),
    )?.key;
  expect(suggest({})).toBe("860");
  expect(suggest({ isSystem: true })).toBeUndefined();
  expect(suggest({ active: false })).toBeUndefined();
  expect(suggest({ isBank: true })).toBeUndefined();
  expect(suggest({ name: "Surrounding works" })).toBeUndefined();
});
