"use server";

import { z } from "zod";
import { workspaceAction } from "@/app/_access/workspace-action";
import { releaseUndone } from "@/lib/operations/runs/release-undone";
import { startPosting } from "@/lib/operations/runs/start-posting";
import { startPreview } from "@/lib/operations/runs/start-preview";
import { startUndo } from "@/lib/operations/runs/start-undo";

export const startPreviewAction = workspaceAction({ role: "bookkeeper", schema: z.object({}) }, (access) =>
  startPreview(access),
);

export const startPostingAction = workspaceAction(
  { role: "bookkeeper", schema: z.object({ runId: z.uuid() }) },
  (access, { runId }) => startPosting(access, runId),
);

export const startUndoAction = workspaceAction(
  { role: "bookkeeper", schema: z.object({ runId: z.uuid() }) },
  (access, { runId }) => startUndo(access, runId),
);

/** What was taken back is planned anew, and shown before it is posted. */
export const postAgainAction = workspaceAction(
  { role: "bookkeeper", schema: z.object({}) },
  async (access) => {
    await releaseUndone(access);
    return startPreview(access);
  },
);
