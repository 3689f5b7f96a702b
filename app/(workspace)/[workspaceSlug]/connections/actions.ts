"use server";

import { workspaceAction } from "@/app/_access/workspace-action";
import { chooseTenant } from "@/lib/operations/connections/choose-tenant";
import { disconnect } from "@/lib/operations/connections/disconnect";
import { createWebhook } from "@/lib/operations/notices/create-webhook";
import { CREATE_WEBHOOK, chooseTenantSchema, disconnectSchema } from "./schema";

export const disconnectAction = workspaceAction(
  { role: "admin", schema: disconnectSchema },
  (access, { connectionId }) => disconnect(access, connectionId),
);

export const chooseTenantAction = workspaceAction(
  { role: "admin", schema: chooseTenantSchema },
  chooseTenant,
);

export const createWebhookAction = workspaceAction(CREATE_WEBHOOK, (access, { connectionId }) =>
  createWebhook(access, connectionId),
);
