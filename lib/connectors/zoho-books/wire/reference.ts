import { z } from "zod";
import { wireCurrency, wireId, wireText } from "@/lib/connectors/contract/wire-values";
import { zohoPercent } from "./fields";

/** Organisation, accounts, taxes, currencies and reporting tags. */

export const wireOrganizationSchema = z.object({
  organization_id: wireId,
  name: z.string().trim().min(1),
  currency_code: wireCurrency,
  is_org_active: z.boolean().nullish(),
  time_zone: z.string().min(1).nullish().catch(null),
});
export type WireOrganization = z.output<typeof wireOrganizationSchema>;

export const wireAccountSchema = z.object({
  account_id: wireId,
  account_name: z.string(),
  account_code: wireText,
  account_type: z.string(),
  is_active: z.boolean().nullish(),
  currency_code: z.preprocess((value) => (value === "" ? null : value), wireCurrency.nullish()),
});
export type WireAccount = z.output<typeof wireAccountSchema>;

export const wireTaxSchema = z.object({
  tax_id: wireId,
  tax_name: z.string(),
  tax_percentage: zohoPercent,
  status: wireText,
});
export type WireTax = z.output<typeof wireTaxSchema>;

export const wireCurrencySchema = z.object({ currency_code: wireCurrency });

/** As records refer to it. */
export const wireNamedCurrencySchema = z.object({
  currency_id: wireId,
  currency_code: wireCurrency,
  is_base_currency: z.boolean().nullish(),
});
export type WireNamedCurrency = z.output<typeof wireNamedCurrencySchema>;

/** A currency with the id that a contact's currency is set by. */
export const wireCurrencyIdSchema = z.object({ currency_id: wireId, currency_code: wireCurrency });

export const wireTagSchema = z.object({
  tag_id: wireId,
  tag_name: z.string(),
  is_active: z.boolean().nullish(),
});
export type WireTag = z.output<typeof wireTagSchema>;

export const wireTagOptionSchema = z.object({
  option_id: wireId,
  option_name: z.string(),
  is_active: z.boolean().nullish(),
});
export type WireTagOption = z.output<typeof wireTagOptionSchema>;
