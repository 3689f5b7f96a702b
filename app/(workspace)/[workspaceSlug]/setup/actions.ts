"use server";

import { workspaceAction } from "@/app/_access/workspace-action";
import { confirmSetup } from "@/lib/operations/setup/confirm-setup";
import { setupChoicesSchema } from "./schema";

export const confirmSetupAction = workspaceAction(
  { role: "bookkeeper", schema: setupChoicesSchema },
  confirmSetup,
);
