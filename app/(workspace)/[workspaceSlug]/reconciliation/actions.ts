"use server";

import { workspaceAction } from "@/app/_access/workspace-action";
import { closeMonth, reopenMonth } from "@/lib/operations/reconciliation/close-month";
import { requestTieOut } from "@/lib/operations/reconciliation/request-tie-out";
import { acceptFinding, postAgain } from "@/lib/operations/reconciliation/settle-finding";
import { acceptFindingSchema, closeMonthSchema, postAgainSchema, requestTieOutSchema } from "./schema";

export const acceptFindingAction = workspaceAction(
  "reconciliation/acceptFindingAction",
  acceptFindingSchema,
  acceptFinding,
);

export const postAgainAction = workspaceAction("reconciliation/postAgainAction", postAgainSchema, postAgain);

export const requestTieOutAction = workspaceAction(
  "reconciliation/requestTieOutAction",
  requestTieOutSchema,
  (access) => requestTieOut(access),
);

export const closeMonthAction = workspaceAction(
  "reconciliation/closeMonthAction",
  closeMonthSchema,
  closeMonth,
);

export const reopenMonthAction = workspaceAction(
  "reconciliation/reopenMonthAction",
  closeMonthSchema,
  reopenMonth,
);
