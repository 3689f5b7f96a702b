"use server";

import { z } from "zod";
import { workspaceAction } from "@/app/_access/workspace-action";
import { startPosting } from "@/lib/operations/runs/start-posting";
import { startPreview } from "@/lib/operations/runs/start-preview";

export const startPreviewAction = workspaceAction({ role: "bookkeeper", schema: z.object({}) }, (access) =>
  startPreview(access),
);

export const startPostingAction = workspaceAction(
  { role: "bookkeeper", schema: z.object({ runId: z.uuid() }) },
  (access, { runId }) => startPosting(access, runId),
);
