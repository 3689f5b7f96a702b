import type { Transaction } from "@/lib/db/client";
import { pairSettingsSchema } from "@/lib/domain/pair-settings";
import type { Runtime } from "../runtime";

/** The pair of a workspace that both of whose connections are in use; null before there is one. */
export async function loadPair(runtime: Runtime, workspaceId: string) {
  return runtime.database.withWorkspace(workspaceId, (tx) => loadPairIn(tx));
}

export async function loadPairIn(tx: Transaction) {
  const pair = await tx.pair.findFirst({
    where: { source: { status: { not: "disconnected" } }, ledger: { status: { not: "disconnected" } } },
    include: { source: true, ledger: true },
    orderBy: { createdAt: "desc" },
  });
  return pair ? { ...pair, settings: pairSettingsSchema.parse(pair.settings) } : null;
}
