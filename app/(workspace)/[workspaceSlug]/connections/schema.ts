import { z } from "zod";

export const disconnectSchema = z.object({ connectionId: z.uuid() });

export const chooseTenantSchema = z.object({ token: z.uuid(), tenantId: z.string().min(1).max(200) });
