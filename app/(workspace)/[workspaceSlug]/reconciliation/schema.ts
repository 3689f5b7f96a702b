import { z } from "zod";
import type { Role } from "@/lib/domain/workspace-access";

interface Rule<Input> {
  readonly role: Role;
  readonly schema: z.ZodType<Input>;
}

const WHY_CHARACTERS_MAX = 500;
const findingId = z.string().regex(/^\d{1,18}$/);
/** "2026-07". */
export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

export const ACCEPT_FINDING: Rule<{ findingId: string; why: string }> = {
  role: "bookkeeper",
  schema: z.object({
    findingId,
    why: z.string().trim().min(1, "Say why it is right.").max(WHY_CHARACTERS_MAX, "Say it in fewer words."),
  }),
};
export const POST_AGAIN: Rule<{ findingId: string }> = {
  role: "bookkeeper",
  schema: z.object({ findingId }),
};
export const REQUEST_TIE_OUT: Rule<object> = { role: "bookkeeper", schema: z.object({}) };
/** Signing a month off is a word to others: whoever keeps the books gives it. */
export const CLOSE_MONTH: Rule<{ month: string }> = {
  role: "bookkeeper",
  schema: z.object({ month: monthSchema }),
};
