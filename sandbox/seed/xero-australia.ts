/**
 * A small Australian organisation, the only one of the sandbox whose country Xero runs payroll 1.0 for. Its
 * chart is the UK one with Australian tax types; its rates are those that a new Australian organisation has.
 */
import { type AccountSeed, HARBOUR_ACCOUNTS, type TaxRateSeed } from "./xero-chart";

export const PACIFIC_TENANT_ID = "5c1d3a60-7b0e-4f5a-9a51-0d8e5f1c7a03";

const TAX_TYPES: Readonly<Record<string, string>> = {
  INPUT2: "INPUT",
  NONE: "BASEXCLUDED",
  OUTPUT2: "OUTPUT",
};

export const PACIFIC_ACCOUNTS: readonly AccountSeed[] = HARBOUR_ACCOUNTS.map((account) => ({
  ...account,
  name: account.systemAccount === "GST" ? "GST" : account.name,
  taxType: TAX_TYPES[account.taxType] ?? account.taxType,
  ...(account.type === "BANK" && {
    currency: "AUD",
    bankAccountNumber: account.code === "090" ? "06200010203040" : "06200010203041",
  }),
}));

const ALL: TaxRateSeed["appliesTo"] = ["ASSET", "EQUITY", "EXPENSE", "LIABILITY", "REVENUE"];
const INCOME: TaxRateSeed["appliesTo"] = ["ASSET", "EQUITY", "LIABILITY", "REVENUE"];
const SPENDING: TaxRateSeed["appliesTo"] = ["ASSET", "EQUITY", "EXPENSE", "LIABILITY"];

const gst = (
  name: string,
  taxType: string,
  rate: string,
  appliesTo: TaxRateSeed["appliesTo"],
): TaxRateSeed => ({
  name,
  taxType,
  reportTaxType: taxType,
  rate,
  appliesTo,
  components: [{ name: "GST", rate, isCompound: false, isNonRecoverable: false }],
});

export const AU_TAX_RATES: readonly TaxRateSeed[] = [
  gst("GST on Income", "OUTPUT", "10", INCOME),
  gst("GST on Expenses", "INPUT", "10", SPENDING),
  gst("GST Free Income", "EXEMPTOUTPUT", "0", INCOME),
  gst("GST Free Expenses", "EXEMPTEXPENSES", "0", SPENDING),
  gst("Input Taxed", "INPUTTAXED", "0", INCOME),
  gst("BAS Excluded", "BASEXCLUDED", "0", ALL),
];
