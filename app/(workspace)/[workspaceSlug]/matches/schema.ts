import { z } from "zod";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import { MATCH_STATUSES } from "@/lib/domain/views/match-row";

const ANSWERS_MAX = 500;
const ID_MAX = 500;

const recordType = z.enum(RECORD_TYPES);
const externalId = z.string().min(1).max(ID_MAX);

export const matchAnswersSchema = z.object({
  answers: z
    .array(z.object({ questionId: z.uuid(), verdict: z.enum(["same", "another"]).nullable() }))
    .min(1)
    .max(ANSWERS_MAX),
});

export const confirmMatchesSchema = z.object({
  runId: z.uuid(),
  /** Null for everything that is matched. */
  record: z.object({ recordType, sourceExternalId: externalId }).nullable(),
});

export const matchWordsSchema = z.object({
  words: z
    .array(
      z.object({
        recordType,
        sourceExternalId: externalId,
        ledgerExternalId: externalId,
        verdict: z.enum(["same", "another"]).nullable(),
      }),
    )
    .min(1)
    .max(ANSWERS_MAX),
});

/** What the review is narrowed to, from its address; whatever is not one of ours counts as no choice. */
const querySchema = z.object({
  type: recordType.nullable().catch(null),
  status: z.enum(MATCH_STATUSES).nullable().catch(null),
  after: z
    .string()
    .regex(/^(source|ledger):/)
    .max(ID_MAX)
    .nullable()
    .catch(null),
});
export type MatchesQuery = z.output<typeof querySchema>;

export const parseMatchesQuery = (
  query: Readonly<Record<string, string | string[] | undefined>>,
): MatchesQuery => querySchema.parse(query);
