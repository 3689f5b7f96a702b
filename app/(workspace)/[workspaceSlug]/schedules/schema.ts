import { z } from "zod";
import type { ScheduleChoice } from "@/lib/domain/views/schedule-view";
import type { Role } from "@/lib/domain/workspace-access";

const scheduleChoiceSchema: z.ZodType<ScheduleChoice> = z.discriminatedUnion("mode", [
  z.object({ mode: z.literal("realTime") }),
  z.object({ mode: z.literal("hourly") }),
  z.object({ mode: z.literal("byHand") }),
  z.object({ mode: z.literal("dailyAt"), hour: z.int().min(0).max(23) }),
]);

interface Rule<Input> {
  readonly role: Role;
  readonly schema: z.ZodType<Input>;
}

export const SET_SCHEDULE: Rule<ScheduleChoice> = { role: "admin", schema: scheduleChoiceSchema };
/** Whoever may post must be able to stop it. */
export const PAUSE_POSTING: Rule<object> = { role: "bookkeeper", schema: z.object({}) };
