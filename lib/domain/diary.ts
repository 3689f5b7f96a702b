import { z } from "zod";
import { RECORD_TYPES } from "./record-type";

/** What one look of a parallel run found: counts by what would have happened, and how both systems compared. */
export const diarySummarySchema = z.object({
  /** What would have been posted, by kind and currency; minor units as text, null for kinds without an amount. */
  wouldPost: z.array(
    z.object({
      recordType: z.enum(RECORD_TYPES),
      currency: z.string().nullable(),
      count: z.int(),
      minor: z.string().nullable(),
    }),
  ),
  /** Found in the ledger, equal. */
  alreadyThere: z.int(),
  leftOut: z.int(),
  needYou: z.int(),
  /** Differences that the tie-out found. */
  differing: z.int(),
  baseCurrency: z.string(),
  /** Debits of the journal that it would have made, in base currency. */
  debitMinor: z.string(),
});
export type DiarySummary = z.output<typeof diarySummarySchema>;
