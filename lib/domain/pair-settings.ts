import { z } from "zod";

/** Choices of the set-up that are no value map. `version` counts confirmations: a new one may cure exceptions. */
export const pairSettingsSchema = z.object({
  documentStatus: z.enum(["draft", "approved"]).nullable(),
  version: z.number().int(),
});
export type PairSettings = z.output<typeof pairSettingsSchema>;

export const NEW_PAIR_SETTINGS: PairSettings = { documentStatus: null, version: 0 };
