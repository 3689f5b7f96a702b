import { z } from "zod";
import type { ClientLogView } from "@/lib/domain/views/client-sync-view";

/** What the live log reads from its address. */
export const clientLogSchema: z.ZodType<ClientLogView> = z.object({
  runId: z.string(),
  isMoving: z.boolean(),
  total: z.number(),
  entries: z.array(
    z.object({
      at: z.string(),
      name: z.string(),
      what: z.enum(["added", "updated", "mapped", "failed"]),
      detail: z.string(),
    }),
  ),
});
