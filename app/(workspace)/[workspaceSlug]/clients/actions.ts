"use server";

import { workspaceAction } from "@/app/_access/workspace-action";
import { confirmMappings } from "@/lib/operations/client-sync/confirm-mappings";
import { correctMappings } from "@/lib/operations/client-sync/correct-mappings";
import { resyncFrom } from "@/lib/operations/client-sync/resync-from";
import { saveClientSync } from "@/lib/operations/client-sync/save-client-sync";
import { confirmMappingsSchema, correctMappingsSchema, resyncSchema, saveClientSyncSchema } from "./schema";

export const saveClientSyncAction = workspaceAction(
  "clients/saveClientSyncAction",
  saveClientSyncSchema,
  saveClientSync,
);

export const confirmMappingsAction = workspaceAction(
  "clients/confirmMappingsAction",
  confirmMappingsSchema,
  confirmMappings,
);

export const correctMappingsAction = workspaceAction(
  "clients/correctMappingsAction",
  correctMappingsSchema,
  correctMappings,
);

export const resyncAction = workspaceAction("clients/resyncAction", resyncSchema, resyncFrom);
