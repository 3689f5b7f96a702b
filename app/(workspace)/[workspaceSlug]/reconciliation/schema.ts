import { z } from "zod";

const WHY_CHARACTERS_MAX = 500;
const findingId = z.string().regex(/^\d{1,18}$/);
/** "2026-07". */
export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

export const acceptFindingSchema: z.ZodType<{ findingId: string; why: string }> = z.object({
  findingId,
  why: z.string().trim().min(1, "Say why it is right.").max(WHY_CHARACTERS_MAX, "Say it in fewer words."),
});
export const postAgainSchema: z.ZodType<{ findingId: string }> = z.object({ findingId });
export const requestTieOutSchema: z.ZodType<object> = z.object({});
export const closeMonthSchema: z.ZodType<{ month: string }> = z.object({ month: monthSchema });
