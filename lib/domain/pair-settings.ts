import { z } from "zod";
import { localDateSchema } from "./json-edge";

/**
 * From which day on a pair keeps its ledger. What is dated before is not posted; what was still open on that day is
 * either left as it is in the ledger (`match`), or, where it is not there, brought in as an opening balance.
 */
export const cutOverSchema = z.object({
  /** The first day that is kept. */
  date: localDateSchema,
  openDocuments: z.enum(["match", "bringIn"]),
  /** The ledger account that opening balances are booked against; null where none are brought in. */
  openingAccountKey: z.string().nullable(),
});
export type CutOver = z.output<typeof cutOverSchema>;

/** Choices of the set-up that are no value map. `version` counts confirmations: a new one may cure exceptions. */
export const pairSettingsSchema = z.object({
  documentStatus: z.enum(["draft", "approved"]).nullable(),
  /** Null where everything is posted, however old. */
  cutOver: cutOverSchema.nullish().transform((cutOver) => cutOver ?? null),
  version: z.number().int(),
});
export type PairSettings = z.output<typeof pairSettingsSchema>;

export const NEW_PAIR_SETTINGS: PairSettings = { documentStatus: null, cutOver: null, version: 0 };
