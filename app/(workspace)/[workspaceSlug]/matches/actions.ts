"use server";

import { workspaceAction } from "@/app/_access/workspace-action";
import { decideMatch } from "@/lib/operations/matches/decide-match";
import { matchAnswersSchema } from "./schema";

export const decideMatchAction = workspaceAction(
  { role: "bookkeeper", schema: matchAnswersSchema },
  decideMatch,
);
