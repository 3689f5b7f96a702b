import { z } from "zod";
import { decimalSchema, localDateSchema } from "./json-edge";

/**
 * Accounts, tax rates, tracking, currencies and locks of a tenant: what a person chooses from in the set-up and
 * what pre-flight checks look at. Keys are the ones that documents of that system use.
 */

export const accountClassSchema = z.enum(["income", "expense", "asset", "liability", "equity"]);
export type AccountClass = z.output<typeof accountClassSchema>;

/** What a ledger itself books on an account, whatever a person chose. */
export const accountRoleSchema = z.enum(["receivable", "payable", "salesTax", "rounding", "currencyGain"]);
export type AccountRole = z.output<typeof accountRoleSchema>;

export const ledgerAccountSchema = z.object({
  key: z.string(),
  code: z.string(),
  name: z.string(),
  accountClass: accountClassSchema,
  isBank: z.boolean(),
  acceptsPayments: z.boolean(),
  currency: z.string().nullable(),
  active: z.boolean(),
  /** Kept by the system itself (debtors, rounding, ...): never to be chosen. */
  isSystem: z.boolean(),
  /** Absent in lists that were read before it was kept. */
  role: accountRoleSchema.nullish(),
  /** Whether manual journals may name it; where it is absent, as for documents. */
  takesJournals: z.boolean().optional(),
});
export type LedgerAccount = z.output<typeof ledgerAccountSchema>;

export const taxRateSchema = z.object({
  key: z.string(),
  name: z.string(),
  ratePercent: decimalSchema,
  active: z.boolean(),
  appliesTo: z.array(accountClassSchema),
  /** The one rate that means "outside tax". */
  isNoTax: z.boolean(),
});
export type TaxRate = z.output<typeof taxRateSchema>;

export const trackingCategorySchema = z.object({
  key: z.string(),
  name: z.string(),
  active: z.boolean(),
  options: z.array(z.object({ key: z.string(), name: z.string(), active: z.boolean() })),
});
export type TrackingCategory = z.output<typeof trackingCategorySchema>;

export const referenceDataSchema = z.object({
  organisationName: z.string(),
  baseCurrency: z.string(),
  accounts: z.array(ledgerAccountSchema),
  taxRates: z.array(taxRateSchema),
  trackingCategories: z.array(trackingCategorySchema),
  currencies: z.array(z.string()),
  /** Documents on or before this date are refused; the later of the tenant's lock dates. */
  lockDate: localDateSchema.nullable(),
  /** Last day of the financial year; absent where the system does not say. */
  yearEnd: z.object({ month: z.number().int(), day: z.number().int() }).nullish(),
  /** How often tax returns are made, in months. No system tells which of them were sent. */
  taxPeriodMonths: z.number().int().nullish(),
});
export type ReferenceData = z.output<typeof referenceDataSchema>;
