import type { Transaction } from "@/lib/db/client";
import { isSandboxConnection, type Runtime } from "../runtime";

/** A pair that somebody pays for: one of its sides at least is no sandbox. The oldest first. */
export interface ProductionPair {
  readonly id: string;
  readonly state: string;
  readonly billingHeldAt: Date | null;
}

interface Side {
  readonly connectorId: string;
  readonly apiBase: string;
}

/** Whether the pair keeps real books: one between simulated systems is free for ever. */
export const isProduction = (
  runtime: Runtime,
  { source, ledger }: { readonly source: Side; readonly ledger: Side },
): boolean => [source, ledger].some((side) => !isSandboxConnection(runtime, side));

/** The workspace's pairs that a plan has to pay for, without those whose connections have ended. */
export async function listProductionPairs(runtime: Runtime, tx: Transaction): Promise<ProductionPair[]> {
  const pairs = await tx.pair.findMany({
    where: { source: { status: { not: "disconnected" } }, ledger: { status: { not: "disconnected" } } },
    include: { source: true, ledger: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return pairs.filter((pair) => isProduction(runtime, pair));
}
