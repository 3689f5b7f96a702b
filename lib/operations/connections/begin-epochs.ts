import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/client";
import { changeRunState, WORKING_STATES } from "../runs/run-states";
import { getRuntime } from "../runtime";

/**
 * What an operator runs once the database was restored from a backup. The ledgers have since got what the database no
 * longer knows of, so nothing that was planned before may be sent: work under way ends, plans are void, calls without an
 * answer are looked for, and what stands in each ledger is read anew from its beginning. The next run then adopts by
 * marker what was posted since (architecture: a restored backup begins a new epoch). Run twice, it does no harm.
 */
export interface Begun {
  readonly pairs: number;
  readonly runsEnded: number;
  readonly writesDropped: number;
  readonly writesToLookFor: number;
}

export const RESTORED =
  "The database was restored from a backup while this run was at work. What it posted is found again by the next run; nothing is posted twice.";

export async function beginEpochs(): Promise<Begun> {
  const { database, clock } = await getRuntime();
  const begun = { pairs: 0, runsEnded: 0, writesDropped: 0, writesToLookFor: 0 };
  for (const { workspaceId, pairId } of await database.system.allPairs()) {
    const own = await database.withWorkspace(workspaceId, async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`runs:${workspaceId}`}, 0))`;
      return beginEpoch(tx, { workspaceId, pairId }, clock.now());
    });
    begun.pairs += 1;
    begun.runsEnded += own.runsEnded;
    begun.writesDropped += own.writesDropped;
    begun.writesToLookFor += own.writesToLookFor;
  }
  return begun;
}

async function beginEpoch(
  tx: Transaction,
  { workspaceId, pairId }: { readonly workspaceId: string; readonly pairId: string },
  now: Date,
) {
  const pair = await tx.pair.findUniqueOrThrow({ where: { id: pairId } });
  const connectionIds = [pair.sourceConnectionId, pair.ledgerConnectionId];
  const working = await tx.syncRun.findMany({
    where: { pairId, state: { in: [...WORKING_STATES] } },
    select: { id: true },
  });
  for (const run of working) await changeRunState(tx, run.id, "failed", now, RESTORED);
  await tx.syncRun.updateMany({ where: { pairId, state: "previewed" }, data: { state: "superseded" } });
  const dropped = await tx.writeIntent.updateMany({
    where: { pairId, state: "planned" },
    data: { state: "cancelled", openKey: null, resolvedAt: now },
  });
  const sought = await tx.writeIntent.updateMany({
    where: { pairId, state: "sending" },
    data: { state: "unknown", leaseOwner: null, leaseUntil: null, emptySearches: 0, searchAfter: now },
  });
  await tx.connection.updateMany({
    where: { id: { in: connectionIds } },
    data: { epoch: { increment: 1 } },
  });
  await tx.cursor.deleteMany({ where: { connectionId: pair.ledgerConnectionId } });
  await tx.ledgerRecord.deleteMany({ where: { connectionId: pair.ledgerConnectionId } });
  await tx.ledgerReading.deleteMany({ where: { pairId } });
  // A lease that was held when the backup was made is nobody's.
  await tx.credential.updateMany({
    where: { connectionId: { in: connectionIds } },
    data: { refreshingUntil: null },
  });
  await tx.pair.updateMany({
    where: { id: pairId, state: "live" },
    data: { nextRunAt: now, failedRuns: 0 },
  });
  const counts = {
    runsEnded: working.length,
    writesDropped: dropped.count,
    writesToLookFor: sought.count,
  };
  await recordEvent(tx, {
    workspaceId,
    actorUserId: null,
    action: "pair.epochBegun",
    subject: pairId,
    after: counts,
    at: now,
  });
  return counts;
}
