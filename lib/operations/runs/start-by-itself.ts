import type { Transaction } from "@/lib/db/client";
import type { Runtime } from "../runtime";
import { createRun } from "./run-states";
import { findWorkingRun } from "./start-preview";

/** How long a preview that a person made keeps runs from starting by themselves: somebody is looking at it. */
const PREVIEW_KEPT_MS = 10 * 60_000;

/**
 * Starts a run that nobody pressed for; call it with the workspace's lock on runs held. Null while a run is at work or a
 * person looks at a preview of theirs. An older preview gives way.
 */
export async function startByItself(
  runtime: Runtime,
  tx: Transaction,
  pair: { readonly workspaceId: string; readonly pairId: string },
  trigger: "schedule" | "notice",
): Promise<string | null> {
  const { workspaceId, pairId } = pair;
  if ((await findWorkingRun(tx, pairId)) !== null) return null;
  // What is due waits for the reconnect, or for whoever pays, and is due still afterwards.
  const held = await tx.pair.count({
    where: {
      id: pairId,
      OR: [
        { source: { status: { not: "active" } } },
        { ledger: { status: { not: "active" } } },
        { billingHeldAt: { not: null } },
      ],
    },
  });
  if (held > 0) return null;
  const keptSince = new Date(runtime.clock.now().getTime() - PREVIEW_KEPT_MS);
  const kept = await tx.syncRun.findFirst({
    where: { pairId, state: "previewed", trigger: "person", startedAt: { gt: keptSince } },
    select: { id: true },
  });
  if (kept) return null;
  await tx.syncRun.updateMany({ where: { pairId, state: "previewed" }, data: { state: "superseded" } });
  return createRun(runtime, tx, { workspaceId, pairId, userId: null, trigger });
}
