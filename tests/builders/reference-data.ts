import type { LedgerAccount, ReferenceData, TaxRate } from "@/lib/domain/reference-data";
import { decimal } from "@/lib/kernel/decimal";
import { buildValueMaps, type ValueMaps } from "@/lib/mapping/value-maps";

/* What a tenant on either side has, and the maps between the two as a person confirmed them. */

export function anAccount(changes: Partial<LedgerAccount> & { key: string }): LedgerAccount {
  return {
    code: changes.key,
    name: changes.key,
    accountClass: "income",
    isBank: false,
    acceptsPayments: false,
    currency: null,
    active: true,
    isSystem: false,
    ...changes,
  };
}

export function aBank(changes: Partial<LedgerAccount> & { key: string }): LedgerAccount {
  return anAccount({ accountClass: "asset", isBank: true, acceptsPayments: true, ...changes });
}

export function aTaxRate(changes: Partial<TaxRate> & { key: string }): TaxRate {
  return {
    name: changes.key,
    ratePercent: decimal("20"),
    active: true,
    appliesTo: ["income"],
    isNoTax: false,
    ...changes,
  };
}

export function sourceReference(changes: Partial<ReferenceData> = {}): ReferenceData {
  return {
    organisationName: "Tidewater Gifts",
    baseCurrency: "GBP",
    accounts: [
      anAccount({ key: "z-sales", name: "Sales" }),
      anAccount({ key: "z-fees", name: "Marketplace fees", accountClass: "expense" }),
      aBank({ key: "z-bank", name: "Current account", currency: "GBP" }),
    ],
    taxRates: [
      aTaxRate({ key: "z-vat20", name: "Standard VAT", appliesTo: ["income", "expense"] }),
      aTaxRate({ key: "z-vat5", name: "Reduced VAT", ratePercent: decimal("5") }),
    ],
    trackingCategories: [],
    currencies: ["GBP"],
    lockDate: null,
    ...changes,
  };
}

export function ledgerReference(changes: Partial<ReferenceData> = {}): ReferenceData {
  return {
    organisationName: "Tidewater Gifts Ltd",
    baseCurrency: "GBP",
    accounts: [
      anAccount({ key: "200", name: "Sales" }),
      anAccount({ key: "400", name: "Selling fees", accountClass: "expense" }),
      anAccount({ key: "860", name: "Pennies", accountClass: "expense" }),
      aBank({ key: "090", name: "Business bank", currency: "GBP" }),
      anAccount({ key: "610", name: "Debtors", accountClass: "asset", isSystem: true }),
    ],
    taxRates: [
      aTaxRate({ key: "OUTPUT20", name: "20% on income" }),
      aTaxRate({ key: "OUTPUT5", name: "5% on income", ratePercent: decimal("5") }),
      aTaxRate({ key: "INPUT20", name: "20% on expenses", appliesTo: ["expense"] }),
      aTaxRate({
        key: "NONE",
        name: "No VAT",
        ratePercent: decimal("0"),
        appliesTo: ["income", "expense", "asset", "liability", "equity"],
        isNoTax: true,
      }),
    ],
    trackingCategories: [],
    currencies: ["GBP", "EUR", "JPY"],
    lockDate: null,
    ...changes,
  };
}

const CONFIRMED = [
  { kind: "account", sourceKey: "z-sales", sourceLabel: "Sales", targetKey: "200" },
  { kind: "account", sourceKey: "z-fees", sourceLabel: "Marketplace fees", targetKey: "400" },
  { kind: "account", sourceKey: "", sourceLabel: "Adjustments", targetKey: "400" },
  { kind: "tax", sourceKey: "z-vat20@sales", sourceLabel: "Standard VAT", targetKey: "OUTPUT20" },
  {
    kind: "tax",
    sourceKey: "z-vat20@purchases",
    sourceLabel: "Standard VAT, on cost accounts",
    targetKey: "INPUT20",
  },
  { kind: "tax", sourceKey: "z-vat5@sales", sourceLabel: "Reduced VAT", targetKey: "OUTPUT5" },
  { kind: "tax", sourceKey: "@sales", sourceLabel: "No tax", targetKey: "NONE" },
  { kind: "tax", sourceKey: "@purchases", sourceLabel: "No tax, on cost accounts", targetKey: "NONE" },
  { kind: "paymentAccount", sourceKey: "z-bank", sourceLabel: "Current account", targetKey: "090" },
  { kind: "rounding", sourceKey: "account", sourceLabel: "Rounding differences", targetKey: "860" },
];

/** The maps of everything above, approved documents. */
export function confirmedMaps(changes: Partial<ValueMaps> = {}): ValueMaps {
  return { ...buildValueMaps(CONFIRMED, "approved", ledgerReference()), ...changes };
}
