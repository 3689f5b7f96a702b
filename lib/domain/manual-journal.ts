import { z } from "zod";
import { decimalSchema, localDateSchema, moneySchema } from "./json-edge";

/**
 * A journal that somebody wrote by hand: debits and credits that sum to zero, in one currency. Ledgers keep it in base
 * currency alone.
 */
export const journalLineSchema = z.object({
  externalId: z.string(),
  description: z.string(),
  accountKey: z.string().nullable(),
  taxKey: z.string().nullable(),
  taxRatePercent: decimalSchema.nullable(),
  /** Debits positive, credits negative; without tax where the journal's amounts are exclusive. */
  amount: moneySchema,
  tracking: z.array(z.object({ categoryKey: z.string(), optionKey: z.string() })),
});
export type JournalLine = z.output<typeof journalLineSchema>;

export const manualJournalSchema = z.object({
  recordType: z.literal("manualJournal"),
  externalId: z.string(),
  version: z.string(),
  number: z.string(),
  reference: z.string(),
  narration: z.string(),
  date: localDateSchema,
  currency: z.string(),
  status: z.enum(["draft", "open", "void", "deleted"]),
  lineAmounts: z.enum(["exclusive", "inclusive", "noTax"]),
  lines: z.array(journalLineSchema),
  /** Sum of the debits with their tax, whatever lineAmounts says: what the credits with theirs come to as well. */
  total: moneySchema,
  marker: z.string(),
});
export type ManualJournal = z.output<typeof manualJournalSchema>;
