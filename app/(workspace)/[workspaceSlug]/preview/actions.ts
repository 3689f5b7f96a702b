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
import { CANCEL_RUN, CHANGE_PARALLEL, DECIDE_APPROVAL, SET_FLOW_STATE, SET_POSTING_RULES } from "./schema";

export const startPreviewAction = workspaceAction({ role: "bookkeeper", schema: z.object({}) }, (access) =>
  startPreview(access),
);

export const startPostingAction = workspaceAction(
  { role: "bookkeeper", schema: z.object({ runId: z.uuid() }) },
  (access, { runId }) => startPosting(access, runId),
);

export const startUndoAction = workspaceAction(
  { role: "bookkeeper", schema: z.object({ runId: z.uuid(), takesLocked: z.boolean() }) },
  (access, { runId, takesLocked }) => startUndo(access, runId, { takesLocked }),
);

/** What was taken back is planned anew, and shown before it is posted. */
export const postAgainAction = workspaceAction(
  { role: "bookkeeper", schema: z.object({}) },
  async (access) => {
    await releaseUndone(access);
    return startPreview(access);
  },
);

export const cancelRunAction = workspaceAction(CANCEL_RUN, (access, { runId }) => cancelRun(access, runId));

export const decideApprovalAction = workspaceAction(DECIDE_APPROVAL, decideApproval);

export const setPostingRulesAction = workspaceAction(SET_POSTING_RULES, setPostingRules);

export const startParallelAction = workspaceAction(CHANGE_PARALLEL, (access) => startParallel(access));

export const goLiveAction = workspaceAction(CHANGE_PARALLEL, (access) => goLive(access));

export const setFlowStateAction = workspaceAction(SET_FLOW_STATE, setFlowState);
