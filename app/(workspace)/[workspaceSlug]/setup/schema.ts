import { z } from "zod";
import type { SetupChoices } from "@/lib/domain/views/setup-view";

const CHOICES_MAX = 2_000;
const key = z.string().min(1).max(200);

/** Shape alone; whether a choice is one that the organisation offers is the operation's to say. */
export const setupChoicesSchema: z.ZodType<SetupChoices> = z.object({
  documentStatus: z.enum(["draft", "approved"]),
  choices: z
    .array(
      z.object({
        kind: z.enum(["account", "tax", "paymentAccount", "rounding", "tracking"]),
        sourceKey: key,
        targetKey: key.nullable(),
      }),
    )
    .max(CHOICES_MAX),
});
