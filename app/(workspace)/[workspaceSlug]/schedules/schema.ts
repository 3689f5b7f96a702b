import { z } from "zod";
import type { ScheduleChoice } from "@/lib/domain/views/schedule-view";

export const setScheduleSchema: z.ZodType<ScheduleChoice> = z.discriminatedUnion("mode", [
  z.object({ mode: z.literal("realTime") }),
  z.object({ mode: z.literal("hourly") }),
  z.object({ mode: z.literal("byHand") }),
  z.object({ mode: z.literal("dailyAt"), hour: z.int().min(0).max(23) }),
]);

export const pausePostingSchema: z.ZodType<object> = z.object({});
