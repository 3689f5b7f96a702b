import { z } from "zod";
import {
  timsCurrency,
  timsDate,
  timsDecimal,
  timsDimensions,
  timsId,
  timsInstant,
  timsOptionalDate,
  timsOptionalDecimal,
  timsOptionalId,
  timsText,
} from "./fields";

/** The general ledger, inventory adjustments, and what a person maps from. Assumed. */
export const wireEntrySchema = z.object({
  entryId: timsId,
  entryNumber: timsText,
  date: timsDate,
  description: timsText,
  reference: timsText,
  /** Which part of TIMS wrote it. */
  journal: z.string(),
  status: z.string(),
  currency: timsCurrency,
  partyType: timsText,
  partyId: timsOptionalId,
  partyName: timsText,
  lines: z
    .array(
      z.object({
        lineId: timsOptionalId,
        accountCode: timsId,
        description: timsText,
        debit: timsOptionalDecimal,
        credit: timsOptionalDecimal,
        dimensions: timsDimensions,
      }),
    )
    .min(2),
  modifiedOn: timsInstant,
});
export type WireEntry = z.output<typeof wireEntrySchema>;

export const wireAdjustmentSchema = z.object({
  adjustmentId: timsId,
  adjustmentNumber: timsText,
  date: timsDate,
  reason: timsText,
  status: z.string(),
  sku: timsId,
  quantity: timsDecimal,
  /** Value of the change, signed as the quantity is. */
  amount: timsDecimal,
  currency: timsCurrency,
  stockAccountCode: timsId,
  adjustmentAccountCode: timsId,
  modifiedOn: timsInstant,
});
export type WireAdjustment = z.output<typeof wireAdjustmentSchema>;

export const wireCompanySchema = z.looseObject({
  companyId: timsId,
  name: z.string().min(1),
  baseCurrency: timsCurrency,
  timeZone: z.string().nullish(),
  currencies: z.array(timsCurrency).nullish(),
  closedThrough: timsOptionalDate,
});
export type WireCompany = z.output<typeof wireCompanySchema>;

export const wireAccountSchema = z.looseObject({
  accountCode: timsId,
  name: timsText,
  accountType: z.string(),
  currency: timsCurrency.nullish(),
  active: z.boolean().default(true),
});
export type WireAccount = z.output<typeof wireAccountSchema>;

export const wireTaxCodeSchema = z.looseObject({
  taxCode: timsId,
  name: timsText,
  rate: timsDecimal,
  isNoTax: z.boolean().default(false),
  active: z.boolean().default(true),
});
export type WireTaxCode = z.output<typeof wireTaxCodeSchema>;

export const wireDimensionSchema = z.looseObject({
  dimensionCode: timsId,
  name: timsText,
  active: z.boolean().default(true),
  values: z.array(z.looseObject({ valueCode: timsId, name: timsText, active: z.boolean().default(true) })),
});
export type WireDimension = z.output<typeof wireDimensionSchema>;
