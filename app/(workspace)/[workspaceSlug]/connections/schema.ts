import { z } from "zod";

export const disconnectSchema = z.object({ connectionId: z.uuid() });

/** What the connector's own fields ask of the values is judged with its manifest. */
export const connectByFormSchema = z.object({
  connectorId: z.string().min(1).max(40),
  values: z.record(z.string().max(40), z.string().max(5_000)),
});

export const chooseTenantSchema = z.object({ token: z.uuid(), tenantId: z.string().min(1).max(200) });

export const createWebhookSchema = z.object({ connectionId: z.uuid() });
