"use server";

import { z } from "zod";
import { workspaceAction } from "@/app/_access/workspace-action";
import { decideApproval } from "@/lib/operations/approvals/decide-approval";
import { setPostingRules } from "@/lib/operations/approvals/set-posting-rules";
import { goLive, startParallel } from "@/lib/operations/parallel/change-parallel";
import { setFlowState } from "@/lib/operations/parallel/set-flow-state";
import { cancelRun } from "@/lib/operations/runs/cancel-run";
import { releaseUndone } from "@/lib/operations/runs/release-undone";
import { startPosting } from "@/lib/operations/runs/start-posting";
import { startPreview } from "@/lib/operations/runs/start-preview";
import { startUndo } from "@/lib/operations/runs/start-undo";
import {
  cancelRunSchema,
  changeParallelSchema,
  decideApprovalSchema,
  setFlowStateSchema,
  setPostingRulesSchema,
} from "./schema";

export const startPreviewAction = workspaceAction("preview/startPreviewAction", z.object({}), (access) =>
  startPreview(access),
);

export const startPostingAction = workspaceAction(
  "preview/startPostingAction",
  z.object({ runId: z.uuid() }),
  (access, { runId }) => startPosting(access, runId),
);

export const startUndoAction = workspaceAction(
  "preview/startUndoAction",
  z.object({ runId: z.uuid(), takesLocked: z.boolean() }),
  (access, { runId, takesLocked }) => startUndo(access, runId, { takesLocked }),
);

/** What was taken back is planned anew, and shown before it is posted. */
export const postAgainAction = workspaceAction("preview/postAgainAction", z.object({}), async (access) => {
  await releaseUndone(access);
  return startPreview(access);
});

export const cancelRunAction = workspaceAction(
  "preview/cancelRunAction",
  cancelRunSchema,
  (access, { runId }) => cancelRun(access, runId),
);

export const decideApprovalAction = workspaceAction(
  "preview/decideApprovalAction",
  decideApprovalSchema,
  decideApproval,
);

export const setPostingRulesAction = workspaceAction(
  "preview/setPostingRulesAction",
  setPostingRulesSchema,
  setPostingRules,
);

export const startParallelAction = workspaceAction(
  "preview/startParallelAction",
  changeParallelSchema,
  (access) => startParallel(access),
);

export const goLiveAction = workspaceAction("preview/goLiveAction", changeParallelSchema, (access) =>
  goLive(access),
);

export const setFlowStateAction = workspaceAction(
  "preview/setFlowStateAction",
  setFlowStateSchema,
  setFlowState,
);
