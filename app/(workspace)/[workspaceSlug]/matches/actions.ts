"use server";

import { workspaceAction } from "@/app/_access/workspace-action";
import { confirmMatches } from "@/lib/operations/matches/confirm-matches";
import { decideMatch } from "@/lib/operations/matches/decide-match";
import { sayMatches } from "@/lib/operations/matches/say-matches";
import { confirmMatchesSchema, matchAnswersSchema, matchWordsSchema } from "./schema";

export const decideMatchAction = workspaceAction(
  "matches/decideMatchAction",
  matchAnswersSchema,
  decideMatch,
);

export const confirmMatchesAction = workspaceAction(
  "matches/confirmMatchesAction",
  confirmMatchesSchema,
  confirmMatches,
);

export const sayMatchesAction = workspaceAction("matches/sayMatchesAction", matchWordsSchema, sayMatches);
