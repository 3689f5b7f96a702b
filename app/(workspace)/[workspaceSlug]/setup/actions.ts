"use server";

import { workspaceAction } from "@/app/_access/workspace-action";
import { setFlow } from "@/lib/operations/flows/set-flow";
import { setFlowState } from "@/lib/operations/parallel/set-flow-state";
import { startCount } from "@/lib/operations/runs/count-source";
import { confirmSetup } from "@/lib/operations/setup/confirm-setup";
import { countSchema, flowChangeSchema, keptGroupSchema, setupChoicesSchema } from "./schema";

export const confirmSetupAction = workspaceAction(
  "setup/confirmSetupAction",
  setupChoicesSchema,
  confirmSetup,
);

export const countSourceAction = workspaceAction("setup/countSourceAction", countSchema, (access) =>
  startCount(access),
);

export const keepGroupAction = workspaceAction("setup/keepGroupAction", keptGroupSchema, setFlowState);

export const setFlowAction = workspaceAction("setup/setFlowAction", flowChangeSchema, setFlow);
