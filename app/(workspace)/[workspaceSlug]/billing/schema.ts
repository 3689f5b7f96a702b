import { z } from "zod";
import type { Role } from "@/lib/domain/workspace-access";

interface Rule<Input> {
  readonly role: Role;
  readonly schema: z.ZodType<Input>;
}

export const START_PLAN: Rule<{ pairs: number }> = {
  role: "admin",
  schema: z.object({ pairs: z.int().min(1).max(100) }),
};
export const MANAGE_PLAN: Rule<{ flow: "home" | "card" | "cancel" | "pairs" }> = {
  role: "admin",
  schema: z.object({ flow: z.enum(["home", "card", "cancel", "pairs"]) }),
};
