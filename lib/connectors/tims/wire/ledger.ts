import { z } from "zod";
import {
  wireCurrency,
  wireDay,
  wireDecimal,
  wireId,
  wireOptionalDay,
  wireOptionalDecimal,
  wireOptionalId,
  wireText,
} from "@/lib/connectors/contract/wire-values";
import { timsDimensions, timsInstant } from "./fields";

/** The general ledger, inventory adjustments, and what a person maps from. Assumed. */
export const wireEntrySchema = z.object({
  entryId: wireId,
  entryNumber: wireText,
  date: wireDay,
  description: wireText,
  reference: wireText,
  /** Which part of TIMS wrote it. */
  journal: z.string(),
  status: z.string(),
  currency: wireCurrency,
  partyType: wireText,
  partyId: wireOptionalId,
  partyName: wireText,
  lines: z
    .array(
      z.object({
        lineId: wireOptionalId,
        accountCode: wireId,
        description: wireText,
        debit: wireOptionalDecimal,
        credit: wireOptionalDecimal,
        dimensions: timsDimensions,
      }),
    )
    .min(2),
  modifiedOn: timsInstant,
});
export type WireEntry = z.output<typeof wireEntrySchema>;

export const wireAdjustmentSchema = z.object({
  adjustmentId: wireId,
  adjustmentNumber: wireText,
  date: wireDay,
  reason: wireText,
  status: z.string(),
  sku: wireId,
  quantity: wireDecimal,
  /** Value of the change, signed as the quantity is. */
  amount: wireDecimal,
  currency: wireCurrency,
  stockAccountCode: wireId,
  adjustmentAccountCode: wireId,
  modifiedOn: timsInstant,
});
export type WireAdjustment = z.output<typeof wireAdjustmentSchema>;

export const wireCompanySchema = z.looseObject({
  companyId: wireId,
  name: z.string().min(1),
  baseCurrency: wireCurrency,
  timeZone: z.string().nullish(),
  currencies: z.array(wireCurrency).nullish(),
  closedThrough: wireOptionalDay,
});
export type WireCompany = z.output<typeof wireCompanySchema>;

export const wireAccountSchema = z.looseObject({
  accountCode: wireId,
  name: wireText,
  accountType: z.string(),
  currency: wireCurrency.nullish(),
  active: z.boolean().default(true),
});
export type WireAccount = z.output<typeof wireAccountSchema>;

export const wireTaxCodeSchema = z.looseObject({
  taxCode: wireId,
  name: wireText,
  rate: wireDecimal,
  isNoTax: z.boolean().default(false),
  active: z.boolean().default(true),
});
export type WireTaxCode = z.output<typeof wireTaxCodeSchema>;

export const wireDimensionSchema = z.looseObject({
  dimensionCode: wireId,
  name: wireText,
  active: z.boolean().default(true),
  values: z.array(z.looseObject({ valueCode: wireId, name: wireText, active: z.boolean().default(true) })),
});
export type WireDimension = z.output<typeof wireDimensionSchema>;
