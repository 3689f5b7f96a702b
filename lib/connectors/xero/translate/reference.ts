import type { z } from "zod";
import type { LocalDate } from "@/lib/domain/local-date";
import type {
  AccountClass,
  AccountRole,
  LedgerAccount,
  ReferenceData,
  TaxRate,
} from "@/lib/domain/reference-data";
import type {
  AccountWire,
  currencyWire,
  organisationWire,
  TaxRateWire,
  trackingCategoryWire,
} from "../wire/reference";
import { accountKeyOf } from "./account-key";

/** Accounts, tax rates and the rest that a person chooses from, in our words. */

const CLASS_OF: Readonly<Record<AccountWire["Class"], AccountClass>> = {
  ASSET: "asset",
  EQUITY: "equity",
  EXPENSE: "expense",
  LIABILITY: "liability",
  REVENUE: "income",
};

/** By Xero's names of the accounts that it books on by itself. */
const ROLE_OF: Readonly<Record<string, AccountRole>> = {
  DEBTORS: "receivable",
  CREDITORS: "payable",
  GST: "salesTax",
  ROUNDING: "rounding",
  REALISEDCURRENCYGAIN: "currencyGain",
};

/** Xero's name of the rate that stands for "outside tax" in every region. */
export const NO_TAX = "NONE";

/** Accounts that Xero lets documents alone move (manual journals, checked 2026-11-21). */
const CLOSED_TO_JOURNALS = new Set(["DEBTORS", "CREDITORS", "RETAINEDEARNINGS"]);
/** Stock that Xero counts: only a line of a tracked item may name it. */
const STOCK_TYPE = "INVENTORY";

export interface ReferenceWire {
  readonly organisation: z.output<typeof organisationWire>;
  readonly accounts: readonly AccountWire[];
  readonly taxRates: readonly TaxRateWire[];
  readonly trackingCategories: readonly z.output<typeof trackingCategoryWire>[];
  readonly currencies: readonly z.output<typeof currencyWire>[];
}

export function referenceDataOf(wire: ReferenceWire): ReferenceData {
  const { organisation } = wire;
  return {
    organisationName: organisation.Name,
    baseCurrency: organisation.BaseCurrency,
    accounts: wire.accounts.map(accountOf),
    taxRates: wire.taxRates.map(taxRateOf),
    trackingCategories: wire.trackingCategories.map((category) => ({
      key: category.TrackingCategoryID,
      name: category.Name,
      active: category.Status === "ACTIVE",
      options: category.Options.map((option) => ({
        key: option.TrackingOptionID,
        name: option.Name,
        active: option.Status === "ACTIVE",
      })),
    })),
    // An organisation without multicurrency lists no currency at all.
    currencies: [...new Set([organisation.BaseCurrency, ...wire.currencies.map(({ Code }) => Code)])],
    lockDate: later(organisation.PeriodLockDate ?? null, organisation.EndOfYearLockDate ?? null),
    yearEnd: yearEndOf(organisation),
    taxPeriodMonths: MONTHS_OF_TAX_PERIOD[organisation.SalesTaxPeriod] ?? null,
  };
}

/** Regions name the same lengths differently. Which returns were filed is in no answer of the accounting API. */
const MONTHS_OF_TAX_PERIOD: Readonly<Record<string, number>> = {
  ...{ MONTHLY: 1, ONEMONTHS: 1, "1MONTHLY": 1, TWOMONTHS: 2, "2MONTHLY": 2, "3MONTHLY": 3, QUARTERLY: 3 },
  ...{ QUARTERLY1: 3, QUARTERLY2: 3, QUARTERLY3: 3, SIXMONTHS: 6, "6MONTHLY": 6, ANNUALLY: 12, YEARLY: 12 },
};

function yearEndOf({
  FinancialYearEndDay: day,
  FinancialYearEndMonth: month,
}: ReferenceWire["organisation"]): ReferenceData["yearEnd"] {
  return day && month ? { day, month } : null;
}

function accountOf(wire: AccountWire): LedgerAccount {
  const isBank = wire.Type === "BANK";
  return {
    key: accountKeyOf(wire) ?? wire.AccountID,
    code: wire.Code,
    name: wire.Name,
    accountClass: CLASS_OF[wire.Class],
    isBank,
    acceptsPayments: isBank || wire.EnablePaymentsToAccount === true,
    currency: wire.CurrencyCode || null,
    active: wire.Status === "ACTIVE",
    isSystem: wire.SystemAccount !== "" || wire.Type === STOCK_TYPE,
    role: ROLE_OF[wire.SystemAccount] ?? null,
    takesJournals: !isBank && wire.Type !== STOCK_TYPE && !CLOSED_TO_JOURNALS.has(wire.SystemAccount),
  };
}

function taxRateOf(wire: TaxRateWire): TaxRate {
  const flags: readonly (readonly [AccountClass, boolean | null | undefined])[] = [
    ["income", wire.CanApplyToRevenue],
    ["expense", wire.CanApplyToExpenses],
    ["asset", wire.CanApplyToAssets],
    ["liability", wire.CanApplyToLiabilities],
    ["equity", wire.CanApplyToEquity],
  ];
  return {
    key: wire.TaxType,
    name: wire.Name,
    ratePercent: wire.EffectiveRate,
    active: wire.Status === "ACTIVE",
    appliesTo: flags.flatMap(([accountClass, canApply]) => (canApply === true ? [accountClass] : [])),
    isNoTax: wire.TaxType === NO_TAX,
  };
}

function later(first: LocalDate | null, second: LocalDate | null): LocalDate | null {
  if (first === null || second === null) return first ?? second;
  return first > second ? first : second;
}
