"use server";

import { workspaceAction } from "@/app/_access/workspace-action";
import { openPortal } from "@/lib/operations/billing/open-portal";
import { startCheckout } from "@/lib/operations/billing/start-checkout";
import { managePlanSchema, startPlanSchema } from "./schema";

export const startPlanAction = workspaceAction("billing/startPlanAction", startPlanSchema, startCheckout);

export const managePlanAction = workspaceAction("billing/managePlanAction", managePlanSchema, openPortal);
