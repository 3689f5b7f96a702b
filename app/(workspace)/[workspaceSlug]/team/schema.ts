import { z } from "zod";
import { GIVEN_ROLES } from "@/lib/domain/permissions";

export const invitationIdSchema = z.object({ invitationId: z.uuid() });

export const roleSchema = z.object({ userId: z.uuid(), role: z.enum(GIVEN_ROLES) });

export const memberSchema = z.object({ userId: z.uuid() });

export const leaveSchema = z.object({});
