import { z } from "zod";
import { wireDecimal, wireId, wireOptionalCurrency, wireText } from "@/lib/connectors/contract/wire-values";

/** The answer of firmSearch, which is our own assumption; everything but id and name may be missing. */
export const wireFirmSchema = z.object({
  FirmId: wireId,
  FirmName: z.string().trim().min(1),
  Currency: wireOptionalCurrency,
  TimeZone: wireText,
  BankAccounts: z
    .array(z.object({ Id: wireId, Name: z.string().trim().min(1), AccountType: wireText }))
    .nullish()
    .transform((accounts) => accounts ?? []),
  TaxRates: z
    .array(z.object({ Id: wireId, Name: z.string().trim().min(1), Percent: wireDecimal }))
    .nullish()
    .transform((rates) => rates ?? []),
});
export type WireFirm = z.output<typeof wireFirmSchema>;

/** A row of taskcodeSearch. That expense codes are among them, by CodeType, is our own assumption. */
export const wireTaskCodeSchema = z.object({
  Code: z.string().trim().min(1),
  Description: wireText,
  CodeType: wireText,
});
export type WireTaskCode = z.output<typeof wireTaskCodeSchema>;
