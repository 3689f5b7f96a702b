"use server";

import { workspaceAction } from "@/app/_access/workspace-action";
import { pausePosting, resumePosting } from "@/lib/operations/schedules/pause-posting";
import { setSchedule } from "@/lib/operations/schedules/set-schedule";
import { pausePostingSchema, setScheduleSchema } from "./schema";

export const setScheduleAction = workspaceAction(
  "schedules/setScheduleAction",
  setScheduleSchema,
  setSchedule,
);

export const pausePostingAction = workspaceAction(
  "schedules/pausePostingAction",
  pausePostingSchema,
  (access) => pausePosting(access),
);

export const resumePostingAction = workspaceAction(
  "schedules/resumePostingAction",
  pausePostingSchema,
  (access) => resumePosting(access),
);
