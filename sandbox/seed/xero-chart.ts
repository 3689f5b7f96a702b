/**
 * A believable UK chart of accounts and the UK tax rates as a Xero organisation has them: income rates do
 * not go with expense accounts, expense rates not with revenue accounts, "No VAT" goes with all.
 */
import type { Account, AccountClass, TaxRate } from "@/sandbox/xero/records";

export type AccountSeed = Pick<Account, "code" | "name" | "type" | "class" | "taxType"> &
  Partial<
    Pick<Account, "enablePaymentsToAccount" | "systemAccount" | "currency" | "bankAccountNumber" | "status">
  >;

const revenue = (code: string, name: string, taxType = "OUTPUT2"): AccountSeed => ({
  code,
  name,
  type: "REVENUE",
  class: "REVENUE",
  taxType,
});

const expense = (code: string, name: string, taxType = "INPUT2"): AccountSeed => ({
  code,
  name,
  type: "EXPENSE",
  class: "EXPENSE",
  taxType,
});

const bank = (code: string, name: string, currency: string, bankAccountNumber: string): AccountSeed => ({
  code,
  name,
  type: "BANK",
  class: "ASSET",
  taxType: "NONE",
  currency,
  bankAccountNumber,
});

const systemLiability = (code: string, name: string, systemAccount: string): AccountSeed => ({
  code,
  name,
  type: "CURRLIAB",
  class: "LIABILITY",
  taxType: "NONE",
  systemAccount,
});

const UK_ACCOUNTS: readonly AccountSeed[] = [
  bank("090", "Business Bank Account", "GBP", "20405012345678"),
  bank("092", "Savings", "GBP", "20405087654321"),
  revenue("200", "Sales"),
  revenue("205", "Postage and delivery income"),
  revenue("210", "Discounts given"),
  revenue("260", "Other Revenue"),
  revenue("270", "Interest Income", "NONE"),
  { ...expense("310", "Cost of Goods Sold"), type: "DIRECTCOSTS" },
  expense("400", "Advertising & Marketing"),
  expense("404", "Bank Fees", "NONE"),
  expense("405", "Marketplace fees"),
  expense("406", "Bad debts", "NONE"),
  expense("407", "Charitable donations", "NONE"),
  expense("408", "Commission"),
  expense("425", "Postage, Freight & Courier"),
  expense("429", "General Expenses"),
  expense("469", "Rent"),
  expense("485", "Subscriptions"),
  expense("489", "Telephone & Internet"),
  expense("498", "Rounding differences", "NONE"),
  { ...expense("496", "Unrealised Currency Gains", "NONE"), systemAccount: "UNREALISEDCURRENCYGAIN" },
  { ...expense("497", "Bank Revaluations", "NONE"), systemAccount: "BANKCURRENCYGAIN" },
  { ...expense("499", "Realised Currency Gains", "NONE"), systemAccount: "REALISEDCURRENCYGAIN" },
  {
    code: "610",
    name: "Accounts Receivable",
    type: "CURRENT",
    class: "ASSET",
    taxType: "NONE",
    systemAccount: "DEBTORS",
  },
  {
    code: "620",
    name: "Marketplace clearing",
    type: "CURRENT",
    class: "ASSET",
    taxType: "NONE",
    enablePaymentsToAccount: true,
  },
  { code: "630", name: "Inventory", type: "CURRENT", class: "ASSET", taxType: "NONE" },
  { code: "631", name: "Tracked Inventory", type: "INVENTORY", class: "ASSET", taxType: "NONE" },
  {
    code: "800",
    name: "Accounts Payable",
    type: "CURRLIAB",
    class: "LIABILITY",
    taxType: "NONE",
    systemAccount: "CREDITORS",
  },
  systemLiability("801", "Unpaid Expense Claims", "UNPAIDEXPCLM"),
  { code: "820", name: "VAT", type: "CURRLIAB", class: "LIABILITY", taxType: "NONE", systemAccount: "GST" },
  {
    code: "835",
    name: "Directors' Loan Account",
    type: "CURRLIAB",
    class: "LIABILITY",
    taxType: "NONE",
    enablePaymentsToAccount: true,
  },
  systemLiability("840", "Historical Adjustment", "HISTORICAL"),
  systemLiability("860", "Rounding", "ROUNDING"),
  systemLiability("877", "Tracking Transfers", "TRACKINGTRANSFERS"),
  {
    code: "960",
    name: "Retained Earnings",
    type: "EQUITY",
    class: "EQUITY",
    taxType: "NONE",
    systemAccount: "RETAINEDEARNINGS",
  },
  { ...revenue("299", "Old shop sales"), status: "ARCHIVED" },
];

/** Tidewater also banks in two foreign currencies. */
export const TIDEWATER_ACCOUNTS: readonly AccountSeed[] = [
  ...UK_ACCOUNTS,
  bank("094", "Euro Account", "EUR", "IE29AIBK93115212345678"),
  bank("096", "Yen Account", "JPY", "0001234567"),
];

export const HARBOUR_ACCOUNTS = UK_ACCOUNTS;

export type TaxRateSeed = Pick<
  TaxRate,
  "name" | "taxType" | "reportTaxType" | "rate" | "appliesTo" | "components"
>;

const ALL: readonly AccountClass[] = ["ASSET", "EQUITY", "EXPENSE", "LIABILITY", "REVENUE"];
const INCOME: readonly AccountClass[] = ["ASSET", "EQUITY", "LIABILITY", "REVENUE"];
const SPENDING: readonly AccountClass[] = ["ASSET", "EQUITY", "EXPENSE", "LIABILITY"];

export const UK_TAX_RATES: readonly TaxRateSeed[] = [
  { name: "20% (VAT on Income)", taxType: "OUTPUT2", reportTaxType: "OUTPUT", rate: "20", appliesTo: INCOME },
  {
    name: "20% (VAT on Expenses)",
    taxType: "INPUT2",
    reportTaxType: "INPUT",
    rate: "20",
    appliesTo: SPENDING,
  },
  { name: "5% (VAT on Income)", taxType: "RROUTPUT", reportTaxType: "OUTPUT", rate: "5", appliesTo: INCOME },
  {
    name: "5% (VAT on Expenses)",
    taxType: "RRINPUT",
    reportTaxType: "INPUT",
    rate: "5",
    appliesTo: SPENDING,
  },
  {
    name: "Zero Rated Income",
    taxType: "ZERORATEDOUTPUT",
    reportTaxType: "OUTPUT",
    rate: "0",
    appliesTo: INCOME,
  },
  {
    name: "Zero Rated Expenses",
    taxType: "ZERORATEDINPUT",
    reportTaxType: "INPUT",
    rate: "0",
    appliesTo: SPENDING,
  },
  { name: "Exempt Income", taxType: "EXEMPTOUTPUT", reportTaxType: "OUTPUT", rate: "0", appliesTo: INCOME },
  { name: "Exempt Expenses", taxType: "EXEMPTINPUT", reportTaxType: "INPUT", rate: "0", appliesTo: SPENDING },
  { name: "No VAT", taxType: "NONE", reportTaxType: "NONE", rate: "0", appliesTo: ALL },
];
