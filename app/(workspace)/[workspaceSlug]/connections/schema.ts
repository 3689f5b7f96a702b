import { z } from "zod";
import type { Role } from "@/lib/domain/workspace-access";

export const disconnectSchema = z.object({ connectionId: z.uuid() });

/** What the connector's own fields ask of the values is judged with its manifest. */
export const connectByFormSchema = z.object({
  connectorId: z.string().min(1).max(40),
  values: z.record(z.string().max(40), z.string().max(5_000)),
});

export const chooseTenantSchema = z.object({ token: z.uuid(), tenantId: z.string().min(1).max(200) });

export const CREATE_WEBHOOK = {
  role: "admin",
  schema: z.object({ connectionId: z.uuid() }),
} as const satisfies { role: Role; schema: z.ZodType };
