"use server";

import { workspaceAction } from "@/app/_access/workspace-action";
import { closeMonth, reopenMonth } from "@/lib/operations/reconciliation/close-month";
import { requestTieOut } from "@/lib/operations/reconciliation/request-tie-out";
import { acceptFinding, postAgain } from "@/lib/operations/reconciliation/settle-finding";
import { ACCEPT_FINDING, CLOSE_MONTH, POST_AGAIN, REQUEST_TIE_OUT } from "./schema";

export const acceptFindingAction = workspaceAction(ACCEPT_FINDING, acceptFinding);

export const postAgainAction = workspaceAction(POST_AGAIN, postAgain);

export const requestTieOutAction = workspaceAction(REQUEST_TIE_OUT, (access) => requestTieOut(access));

export const closeMonthAction = workspaceAction(CLOSE_MONTH, closeMonth);

export const reopenMonthAction = workspaceAction(CLOSE_MONTH, reopenMonth);
