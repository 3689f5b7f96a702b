"use server";

import { workspaceAction } from "@/app/_access/workspace-action";
import { setFlow } from "@/lib/operations/flows/set-flow";
import { confirmSetup } from "@/lib/operations/setup/confirm-setup";
import { flowChangeSchema, setupChoicesSchema } from "./schema";

export const confirmSetupAction = workspaceAction(
  { role: "bookkeeper", schema: setupChoicesSchema },
  confirmSetup,
);

export const setFlowAction = workspaceAction({ role: "admin", schema: flowChangeSchema }, setFlow);
