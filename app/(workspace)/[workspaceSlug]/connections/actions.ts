"use server";

import { workspaceAction } from "@/app/_access/workspace-action";
import { chooseTenant } from "@/lib/operations/connections/choose-tenant";
import { connectByForm } from "@/lib/operations/connections/connect-by-form";
import { disconnect } from "@/lib/operations/connections/disconnect";
import { createWebhook } from "@/lib/operations/notices/create-webhook";
import { chooseTenantSchema, connectByFormSchema, createWebhookSchema, disconnectSchema } from "./schema";

export const disconnectAction = workspaceAction(
  "connections/disconnectAction",
  disconnectSchema,
  (access, { connectionId }) => disconnect(access, connectionId),
);

export const connectByFormAction = workspaceAction(
  "connections/connectByFormAction",
  connectByFormSchema,
  connectByForm,
);

export const chooseTenantAction = workspaceAction(
  "connections/chooseTenantAction",
  chooseTenantSchema,
  chooseTenant,
);

export const createWebhookAction = workspaceAction(
  "connections/createWebhookAction",
  createWebhookSchema,
  (access, { connectionId }) => createWebhook(access, connectionId),
);
