import { z } from "zod";

export const startPlanSchema: z.ZodType<{ pairs: number }> = z.object({ pairs: z.int().min(1).max(100) });
export const managePlanSchema: z.ZodType<{ flow: "home" | "card" | "cancel" | "pairs" }> = z.object({
  flow: z.enum(["home", "card", "cancel", "pairs"]),
});
