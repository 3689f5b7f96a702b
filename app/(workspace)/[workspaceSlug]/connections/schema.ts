import { z } from "zod";
import type { Role } from "@/lib/domain/workspace-access";

export const disconnectSchema = z.object({ connectionId: z.uuid() });

export const chooseTenantSchema = z.object({ token: z.uuid(), tenantId: z.string().min(1).max(200) });

export const CREATE_WEBHOOK = {
  role: "admin",
  schema: z.object({ connectionId: z.uuid() }),
} as const satisfies { role: Role; schema: z.ZodType };
