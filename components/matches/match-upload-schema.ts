import { z } from "zod";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import type { MatchUploadView } from "@/lib/domain/views/match-row";

/** What the server answers to an uploaded workbook. */
export const matchUploadSchema: z.ZodType<MatchUploadView> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("refused"),
    faults: z.array(
      z.object({
        sheet: z.string(),
        row: z.number().nullable(),
        column: z.string().nullable(),
        message: z.string(),
        remedy: z.string(),
      }),
    ),
    faultCount: z.number(),
  }),
  z.object({
    kind: z.literal("changes"),
    changes: z.array(
      z.object({
        row: z.number(),
        recordType: z.enum(RECORD_TYPES),
        name: z.string(),
        before: z.string(),
        after: z.string(),
      }),
    ),
    changeCount: z.number(),
    unchanged: z.number(),
    digest: z.string(),
  }),
  z.object({ kind: z.literal("taken"), taken: z.number(), outdated: z.boolean() }),
]);
