"use server";

import { workspaceAction } from "@/app/_access/workspace-action";
import { chooseTenant } from "@/lib/operations/connections/choose-tenant";
import { connectByForm } from "@/lib/operations/connections/connect-by-form";
import { disconnect } from "@/lib/operations/connections/disconnect";
import { createWebhook } from "@/lib/operations/notices/create-webhook";
import { CREATE_WEBHOOK, chooseTenantSchema, connectByFormSchema, disconnectSchema } from "./schema";

export const disconnectAction = workspaceAction(
  { role: "admin", schema: disconnectSchema },
  (access, { connectionId }) => disconnect(access, connectionId),
);

export const connectByFormAction = workspaceAction(
  { role: "admin", schema: connectByFormSchema },
  connectByForm,
);

export const chooseTenantAction = workspaceAction(
  { role: "admin", schema: chooseTenantSchema },
  chooseTenant,
);

export const createWebhookAction = workspaceAction(CREATE_WEBHOOK, (access, { connectionId }) =>
  createWebhook(access, connectionId),
);
