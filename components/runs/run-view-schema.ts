import { z } from "zod";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import type { RunView } from "@/lib/domain/views/run-view";

/** The answer of the run's route handler, parsed where the browser receives it. */
const count = z.number().int().min(0);
const recordType = z.enum(RECORD_TYPES);

export const runViewSchema: z.ZodType<RunView> = z.object({
  runId: z.string(),
  kind: z.enum(["post", "undo"]),
  state: z.enum(["pulling", "planning", "previewed", "applying", "tyingOut", "finished", "failed"]),
  headline: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  failure: z.string().nullable(),
  isCancelled: z.boolean(),
  passes: z.array(
    z.object({
      recordType,
      read: count,
      readTotal: count.nullable(),
      toPost: count,
      posted: count,
      linked: count,
      excluded: count,
      failed: count,
    }),
  ),
  secondsLeft: z.number().nullable(),
  calls: z.object({ ledgerWrites: count, oneByOneWrites: count }),
  report: z.array(z.string()),
  latest: z.array(
    z.object({
      at: z.string(),
      recordType,
      number: z.string(),
      label: z.string(),
      outcome: z.enum(["posted", "takenBack", "linked", "refused"]),
      link: z.string().nullable(),
    }),
  ),
});
