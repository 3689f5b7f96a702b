import type { Transaction } from "@/lib/db/client";
import type { AlertKind } from "@/lib/domain/alert";
import type { Cause, KeptAlert } from "@/lib/domain/alert-rounds";
import { loadStanding } from "../billing/load-standing";
import { WORKING_STATES } from "../runs/run-states";
import { definitionOf, type Runtime } from "../runtime";

/** What a run at work is changing: it is looked at again when the run has ended, so that 500 records are one alert. */
const CHANGED_BY_RUNS: ReadonlySet<AlertKind> = new Set([
  "discrepancies",
  "exceptions",
  "approvalsWaiting",
  "matchesWaiting",
]);

/** Everything in the workspace of the transaction that somebody should know of, as it is now. */
export async function loadCauses(
  runtime: Runtime,
  tx: Transaction,
  kept: readonly KeptAlert[],
  now: Date,
): Promise<Cause[]> {
  const lost = await tx.connection.findMany({ where: { status: "reconnectNeeded" } });
  const { kind } = await loadStanding(tx, now);
  const pairs = await tx.pair.findMany({
    where: {
      state: { not: "setup" },
      source: { status: { not: "disconnected" } },
      ledger: { status: { not: "disconnected" } },
    },
    include: { source: true, ledger: true },
  });
  const causes: Cause[] = lost.map((row) => ({
    kind: "connectionLost",
    // Reconnected and lost again is another cause: a new epoch has begun.
    subject: `${row.id} ${row.epoch}`,
    name: `${labelOf(runtime, row)} (${row.tenantName})`,
    count: 1,
  }));
  if (kind === "owed" || kind === "stopped")
    causes.push({ kind: "paymentOwed", subject: "plan", name: "Tieout", count: 1 });
  for (const { id, source, ledger } of pairs) {
    const names = { source: labelOf(runtime, source), ledger: labelOf(runtime, ledger) };
    causes.push(...(await causesOfPair(tx, id, names, kept)));
  }
  return causes;
}

const labelOf = (runtime: Runtime, { connectorId }: { connectorId: string }): string =>
  definitionOf(runtime, connectorId).manifest.label;

async function causesOfPair(
  tx: Transaction,
  pairId: string,
  names: { readonly source: string; readonly ledger: string },
  kept: readonly KeptAlert[],
): Promise<Cause[]> {
  const working = await tx.syncRun.findFirst({
    where: { pairId, state: { in: [...WORKING_STATES] } },
    orderBy: { startedAt: "desc" },
  });
  const ended = await tx.syncRun.findFirst({
    where: { pairId, state: { in: ["previewed", "finished", "failed"] } },
    orderBy: { startedAt: "desc" },
  });
  const found: Cause[] = [];
  const add = (kind: AlertKind, count: number, name = names.source): void => {
    if (count > 0) found.push({ kind, subject: pairId, name, count });
  };
  add("runFailed", ended?.state === "failed" && ended.cancelledAt === null ? 1 : 0);
  add("runStalled", working !== null && working.revivals > 0 ? 1 : 0);
  if (working !== null)
    return [
      ...found,
      ...kept.filter(
        (alert) => alert.subject === pairId && alert.clearedAt === null && CHANGED_BY_RUNS.has(alert.kind),
      ),
    ];
  const tieOut = await tx.tieOut.findFirst({ where: { pairId }, orderBy: { asOf: "desc" } });
  add("discrepancies", tieOut?.discrepancies ?? 0, `${names.source} and ${names.ledger}`);
  add("exceptions", await tx.syncException.count({ where: { pairId, state: "open" } }));
  add("approvalsWaiting", await tx.approval.count({ where: { pairId, state: "waiting" } }));
  add("matchesWaiting", await countMatches(tx, pairId), `${names.source} and ${names.ledger}`);
  return found;
}

/** Records with questions that nobody has answered: one record can have several. */
async function countMatches(tx: Transaction, pairId: string): Promise<number> {
  const records = await tx.matchQuestion.groupBy({
    by: ["recordType", "sourceExternalId"],
    where: { pairId, verdict: null },
  });
  return records.length;
}
