import { z } from "zod";
import type { SetupChoices } from "@/lib/domain/views/setup-view";

const CHOICES_MAX = 2_000;
const KEY_CHARACTERS_MAX = 200;
const key = z.string().max(KEY_CHARACTERS_MAX);

/** Shape alone; whether a choice is one that the organisation offers is the operation's to say. */
export const setupChoicesSchema: z.ZodType<SetupChoices> = z.object({
  documentStatus: z.enum(["draft", "approved"]),
  choices: z
    .array(
      z.object({
        kind: z.enum(["account", "tax", "paymentAccount", "rounding", "tracking"]),
        // Empty stands for lines that name none in the source.
        sourceKey: key,
        targetKey: key.min(1).nullable(),
      }),
    )
    .max(CHOICES_MAX),
});
