import { z } from "zod";
import { RECORD_TYPES } from "@/lib/domain/record-type";

/** The choices in the page's address; whatever is not one of ours counts as no choice. */
const querySchema = z.object({
  type: z.enum(RECORD_TYPES).nullable().catch(null),
  verb: z.enum(["create", "update", "void", "link", "exclude", "block"]).nullable().catch(null),
  after: z
    .string()
    .regex(/^\d{1,19}$/)
    .nullable()
    .catch(null),
});

export type PreviewQuery = ReturnType<typeof parsePreviewQuery>;

export function parsePreviewQuery(query: Record<string, string | string[] | undefined>) {
  const { type, verb, after } = querySchema.parse(query);
  return { recordType: type, verb, after };
}
