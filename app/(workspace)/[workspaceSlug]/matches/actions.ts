"use server";

import { workspaceAction } from "@/app/_access/workspace-action";
import { confirmMatches } from "@/lib/operations/matches/confirm-matches";
import { decideMatch } from "@/lib/operations/matches/decide-match";
import { sayMatches } from "@/lib/operations/matches/say-matches";
import { confirmMatchesSchema, matchAnswersSchema, matchWordsSchema } from "./schema";

export const decideMatchAction = workspaceAction(
  { role: "bookkeeper", schema: matchAnswersSchema },
  decideMatch,
);

export const confirmMatchesAction = workspaceAction(
  { role: "bookkeeper", schema: confirmMatchesSchema },
  confirmMatches,
);

export const sayMatchesAction = workspaceAction({ role: "bookkeeper", schema: matchWordsSchema }, sayMatches);
