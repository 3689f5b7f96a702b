import type { AccountClass, LedgerAccount, TaxRate, TrackingCategory } from "@/lib/domain/reference-data";
import type { WireAccount, WireTag, WireTagOption, WireTax } from "../wire/reference";

/** Accounts, taxes and reporting tags in canonical form. */

const CLASS_BY_TYPE: Readonly<Record<string, AccountClass>> = {
  income: "income",
  other_income: "income",
  expense: "expense",
  cost_of_goods_sold: "expense",
  other_expense: "expense",
  equity: "equity",
  cash: "asset",
  bank: "asset",
  payment_clearing: "asset",
  accounts_receivable: "asset",
  stock: "asset",
  input_tax: "asset",
  credit_card: "liability",
  accounts_payable: "liability",
  output_tax: "liability",
  overseas_tax_payable: "liability",
};

const RECEIVES_MONEY = new Set(["bank", "cash", "credit_card", "payment_clearing"]);
const KEPT_BY_ZOHO = new Set([
  "accounts_receivable",
  "accounts_payable",
  "input_tax",
  "output_tax",
  "overseas_tax_payable",
]);

/** Zoho's list of account types ends with "and more": their endings tell the class, and what has none is not offered. */
export function toLedgerAccount(wire: WireAccount): LedgerAccount {
  const accountClass = CLASS_BY_TYPE[wire.account_type] ?? classByEnding(wire.account_type);
  return {
    key: wire.account_id,
    code: wire.account_code,
    name: wire.account_name,
    accountClass: accountClass ?? "asset",
    isBank: wire.account_type === "bank" || wire.account_type === "credit_card",
    acceptsPayments: RECEIVES_MONEY.has(wire.account_type),
    currency: wire.currency_code ?? null,
    active: wire.is_active ?? true,
    isSystem: accountClass === null || KEPT_BY_ZOHO.has(wire.account_type),
  };
}

function classByEnding(accountType: string): AccountClass | null {
  const endings = ["asset", "liability", "income", "expense", "equity"] as const;
  return endings.find((ending) => accountType.endsWith(ending)) ?? null;
}

export function toTaxRate(wire: WireTax): TaxRate {
  return {
    key: wire.tax_id,
    name: wire.tax_name,
    ratePercent: wire.tax_percentage,
    active: wire.status.toLowerCase() !== "inactive",
    appliesTo: ["income", "expense", "asset", "liability", "equity"],
    isNoTax: false,
  };
}

export function toTrackingCategory(wire: WireTag, options: readonly WireTagOption[]): TrackingCategory {
  return {
    key: wire.tag_id,
    name: wire.tag_name,
    active: wire.is_active ?? true,
    options: options.map((option) => ({
      key: option.option_id,
      name: option.option_name,
      active: option.is_active ?? true,
    })),
  };
}
