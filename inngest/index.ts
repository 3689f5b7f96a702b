import { followNotices } from "./functions/follow-notices";
import { postRun } from "./functions/post-run";
import { prepareRun } from "./functions/prepare-run";
import { sendOutboxOnSchedule } from "./functions/send-outbox";
import { startDueRunsOnSchedule } from "./functions/start-due-runs";

/** Every function, as the web app or a worker serves them. */
export const functions = [prepareRun, postRun, followNotices, startDueRunsOnSchedule, sendOutboxOnSchedule];
