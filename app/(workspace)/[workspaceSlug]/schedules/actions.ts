"use server";

import { workspaceAction } from "@/app/_access/workspace-action";
import { pausePosting, resumePosting } from "@/lib/operations/schedules/pause-posting";
import { setSchedule } from "@/lib/operations/schedules/set-schedule";
import { PAUSE_POSTING, SET_SCHEDULE } from "./schema";

export const setScheduleAction = workspaceAction(SET_SCHEDULE, setSchedule);

export const pausePostingAction = workspaceAction(PAUSE_POSTING, (access) => pausePosting(access));

export const resumePostingAction = workspaceAction(PAUSE_POSTING, (access) => resumePosting(access));
