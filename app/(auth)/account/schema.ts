import { z } from "zod";

export const emptySchema = z.object({});

export const sessionSchema = z.object({ sessionId: z.uuid() });

export const codeSchema = z.object({ code: z.string().trim().min(6, "Type a code.").max(40) });
