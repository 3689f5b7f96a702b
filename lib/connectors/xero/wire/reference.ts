import { z } from "zod";
import { wireDay, wireNumber, wireText } from "./values";

/** Accounts, tax rates, tracking, currencies and the organisation itself. */

export const organisationWire = z.object({
  Name: z.string(),
  BaseCurrency: z.string(),
  PeriodLockDate: wireDay.nullish(),
  EndOfYearLockDate: wireDay.nullish(),
  FinancialYearEndDay: z.number().int().nullish(),
  FinancialYearEndMonth: z.number().int().nullish(),
  SalesTaxPeriod: wireText,
});

export const accountWire = z.object({
  AccountID: z.string(),
  Code: wireText,
  Name: z.string(),
  Type: z.string(),
  Class: z.enum(["ASSET", "EQUITY", "EXPENSE", "LIABILITY", "REVENUE"]),
  Status: z.string(),
  CurrencyCode: z.string().nullish(),
  EnablePaymentsToAccount: z.boolean().nullish(),
  SystemAccount: wireText,
});
export type AccountWire = z.output<typeof accountWire>;

export const taxRateWire = z.object({
  Name: z.string(),
  TaxType: z.string(),
  Status: z.string(),
  EffectiveRate: wireNumber,
  CanApplyToAssets: z.boolean().nullish(),
  CanApplyToEquity: z.boolean().nullish(),
  CanApplyToExpenses: z.boolean().nullish(),
  CanApplyToLiabilities: z.boolean().nullish(),
  CanApplyToRevenue: z.boolean().nullish(),
});
export type TaxRateWire = z.output<typeof taxRateWire>;

export const trackingCategoryWire = z.object({
  TrackingCategoryID: z.string(),
  Name: z.string(),
  Status: z.string(),
  Options: z
    .array(z.object({ TrackingOptionID: z.string(), Name: z.string(), Status: z.string() }))
    .nullish()
    .transform((options) => options ?? []),
});

export const currencyWire = z.object({ Code: z.string() });
