import { z } from "zod";
import { OVERRIDE_FIELDS } from "@/lib/domain/record-override";
import { RECORD_TYPES } from "@/lib/domain/record-type";

/** What the actions of this page take, for both sides of the form. */

const groupSchema = z.string().regex(/^[0-9a-f]{32}$/);
const searchSchema = z.string().max(200);

/** A group, single records, or both narrowed as the page shows them. */
export const filterSchema = z.object({
  exceptionIds: z.array(z.uuid()).max(1_000).readonly().optional(),
  group: groupSchema.optional(),
  recordType: z.enum(RECORD_TYPES).optional(),
  search: searchSchema.optional(),
});

/** What changes more than a look: never everything by an empty filter. */
export const chosenFilterSchema = filterSchema.refine(
  (filter) => filter.group !== undefined || filter.exceptionIds !== undefined,
  "Choose a group or a record.",
);

export const REASON_CHARACTERS_MAX = 500;
export const dismissSchema = z.object({
  filter: chosenFilterSchema,
  reason: z
    .string()
    .trim()
    .min(1, "Say in a few words why: others will ask.")
    .max(REASON_CHARACTERS_MAX, `At most ${REASON_CHARACTERS_MAX} characters.`),
});

export const chooseSchema = z.object({
  group: groupSchema,
  targetKey: z.string().min(1, "Choose one first.").max(200),
});

export const correctSchema = z.object({
  exceptionId: z.uuid(),
  corrections: z
    .array(
      z.object({
        field: z.enum(OVERRIDE_FIELDS),
        sourceKey: z.string().max(500),
        value: z.string().max(500, "At most 500 characters."),
      }),
    )
    .max(200)
    .readonly(),
  /** Whether to make a preview of it at once. */
  tryAgain: z.boolean(),
});

export const searchContactsSchema = z.object({ text: searchSchema });

export const resolveConflictSchema = z.object({
  exceptionId: z.uuid(),
  keep: z.enum(["source", "ledger"]),
});
