import { z } from "zod";
import { RECORD_TYPES } from "@/lib/domain/record-type";

/** The choices in the page's address; whatever is not one of ours counts as no choice. */
const querySchema = z.object({
  type: z.enum(RECORD_TYPES).nullable().catch(null),
  verb: z.enum(["create", "update", "void", "link", "exclude", "block"]).nullable().catch(null),
  approval: z.enum(["waiting", "approved", "declined"]).nullable().catch(null),
  search: z.string().trim().min(1).max(100).nullable().catch(null),
  sort: z.enum(["plan", "number", "label", "amount"]).catch("plan"),
  after: z
    .string()
    .max(1_200)
    .regex(/^\d{1,18}~/)
    .nullable()
    .catch(null),
});

export type PreviewQuery = ReturnType<typeof parsePreviewQuery>;

export function parsePreviewQuery(query: Record<string, string | string[] | undefined>) {
  const { type, ...rest } = querySchema.parse(query);
  return { recordType: type, ...rest };
}
