import { postRun } from "./functions/post-run";
import { prepareRun } from "./functions/prepare-run";
import { sendOutboxOnSchedule } from "./functions/send-outbox";

/** Every function, as the web app or a worker serves them. */
export const functions = [prepareRun, postRun, sendOutboxOnSchedule];
