"use server";

import { workspaceAction } from "@/app/_access/workspace-action";
import { openPortal } from "@/lib/operations/billing/open-portal";
import { startCheckout } from "@/lib/operations/billing/start-checkout";
import { MANAGE_PLAN, START_PLAN } from "./schema";

export const startPlanAction = workspaceAction(START_PLAN, startCheckout);

export const managePlanAction = workspaceAction(MANAGE_PLAN, openPortal);
