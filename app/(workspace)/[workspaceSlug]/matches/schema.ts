import { z } from "zod";

const ANSWERS_MAX = 500;

export const matchAnswersSchema = z.object({
  answers: z
    .array(z.object({ questionId: z.uuid(), verdict: z.enum(["same", "another"]).nullable() }))
    .min(1)
    .max(ANSWERS_MAX),
});
