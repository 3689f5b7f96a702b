import { z } from "zod";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import { CONFLICT_RULES, DIRECTIONS, VOID_RULES } from "@/lib/domain/two-sided";
import type { FlowChange } from "@/lib/domain/views/flow-view";
import type { SetupChoices } from "@/lib/domain/views/setup-view";

const CHOICES_MAX = 2_000;
const KEY_CHARACTERS_MAX = 200;
const key = z.string().max(KEY_CHARACTERS_MAX);

/** Shape alone; whether a choice is one that the organisation offers is the operation's to say. */
export const setupChoicesSchema: z.ZodType<SetupChoices> = z.object({
  documentStatus: z.enum(["draft", "approved"]),
  cutOver: z
    .object({
      date: z.string().max(10),
      openDocuments: z.enum(["match", "bringIn"]),
      openingAccountKey: key.min(1).nullable(),
    })
    .nullish(),
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

/** Everything that is kept in step is counted. */
export const countSchema = z.object({});

/** What is chosen anew begins by being shown; what was live before is not switched back by a second press. */
export const keptGroupSchema = z.object({
  group: z.enum(["sales", "purchases", "purchaseOrders", "bank", "journals"]),
  state: z.enum(["off", "previewOnly"]),
});

export const flowChangeSchema: z.ZodType<FlowChange> = z.object({
  recordType: z.enum(RECORD_TYPES),
  direction: z.enum(DIRECTIONS),
  state: z.enum(["off", "previewOnly", "live", "paused"]).exactOptional(),
  voidRule: z.enum(VOID_RULES).exactOptional(),
  conflictRule: z.enum(CONFLICT_RULES).exactOptional(),
});
