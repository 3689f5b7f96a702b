import { applyStripeEventOnReceipt } from "./functions/apply-stripe-event";
import { followNotices } from "./functions/follow-notices";
import { lookForAlertsOnSchedule } from "./functions/look-for-alerts";
import { postRun } from "./functions/post-run";
import { prepareRun } from "./functions/prepare-run";
import { reviewBillingOnSchedule } from "./functions/review-billing";
import { reviveStalledRunsOnSchedule } from "./functions/revive-stalled-runs";
import { sealAuditOnSchedule } from "./functions/seal-audit";
import { sendAlertOnRequest } from "./functions/send-alert";
import { sendAlertDigestsOnSchedule } from "./functions/send-alert-digests";
import { sendMailOnRequest } from "./functions/send-mail";
import { sendOutboxOnSchedule } from "./functions/send-outbox";
import { startDueRunsOnSchedule } from "./functions/start-due-runs";
import { tidyWorkspacesOnSchedule } from "./functions/tidy-workspaces";
import { tieOut } from "./functions/tie-out";

/** Every function, as the web app or a worker serves them. */
export const functions = [
  prepareRun,
  postRun,
  followNotices,
  startDueRunsOnSchedule,
  reviveStalledRunsOnSchedule,
  sendOutboxOnSchedule,
  sealAuditOnSchedule,
  tieOut,
  applyStripeEventOnReceipt,
  reviewBillingOnSchedule,
  sendMailOnRequest,
  lookForAlertsOnSchedule,
  sendAlertOnRequest,
  sendAlertDigestsOnSchedule,
  tidyWorkspacesOnSchedule,
];
