import { z } from "zod";
import type { ConnectorManifest, WriteVerb } from "@/lib/connectors/contract/manifest";
import type { Transaction } from "@/lib/db/client";
import { moneyText } from "@/lib/domain/money";
import { RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";
import { referenceDataSchema } from "@/lib/domain/reference-data";
import type { AmountView } from "@/lib/domain/views/amount";
import type { PlannedVerb, PreviewTypeView, PreviewView } from "@/lib/domain/views/run-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { forecastSeconds } from "@/lib/quota/forecast";
import { readPace } from "@/lib/quota/read-pace";
import { definitionOf, getRuntime } from "../runtime";
import { kindOf, parseRecordType } from "./get-run";
import { parseRunState } from "./run-states";

export const PLANNED_VERBS = [
  "create",
  "update",
  "void",
  "link",
  "exclude",
  "block",
] as const satisfies readonly PlannedVerb[];
const uuidSchema = z.uuid();

/** What a run is going to do: counts, totals, and the journal it makes. Null where there is no such run. */
export async function getPreview(access: WorkspaceAccess, runId: string): Promise<PreviewView | null> {
  if (!uuidSchema.safeParse(runId).success) return null;
  const runtime = await getRuntime();
  return runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const run = await tx.syncRun.findUnique({ where: { id: runId } });
    if (!run) return null;
    const pair = await tx.pair.findUniqueOrThrow({ where: { id: run.pairId }, include: { ledger: true } });
    const reference = await tx.referenceSet.findUnique({ where: { connectionId: pair.ledgerConnectionId } });
    const accounts = new Map(
      reference
        ? referenceDataSchema
            .parse(reference.payload)
            .accounts.map((account) => [account.key, `${account.code} ${account.name}`])
        : [],
    );
    const byType = await loadByType(tx, runId);
    const { manifest } = definitionOf(runtime, pair.ledger.connectorId);
    const [warned] = await tx.$queryRaw<{ count: bigint }[]>`
      SELECT count(*) FROM planned_changes
       WHERE run_id = ${runId}::uuid AND jsonb_array_length(COALESCE(detail->'warnings', '[]'::jsonb)) > 0`;
    const state = parseRunState(run.state);
    const writes = (type: PreviewTypeView): number =>
      type.counts.create + type.counts.update + type.counts.void;
    const writeCalls = byType.reduce(
      (calls, type) =>
        calls +
        WRITING_VERBS.reduce(
          (own, verb) => own + Math.ceil(type.counts[verb] / batchOf(type.recordType, verb, manifest)),
          0,
        ),
      0,
    );
    const pace = await readPace(tx, pair.ledgerConnectionId, runtime.clock.now());
    return {
      runId,
      kind: kindOf(run),
      state: state === "superseded" ? "failed" : state,
      byType,
      journal: await loadJournal(tx, runId, accounts),
      warnings: Number(warned?.count ?? 0n),
      writeCalls,
      oneByOneWriteCalls: byType.reduce((calls, type) => calls + writes(type), 0),
      secondsToWrite: Math.ceil(forecastSeconds(writeCalls, pace) / pace.limitSpeed),
    };
  });
}

const WRITING_VERBS = ["create", "update", "void"] as const satisfies readonly PlannedVerb[];

const batchOf = (
  recordType: RecordType,
  verb: WriteVerb,
  { batch, capabilities }: Pick<ConnectorManifest, "batch" | "capabilities">,
): number => (capabilities[recordType].oneByOne?.[verb] === undefined ? batch : 1);

async function loadByType(tx: Transaction, runId: string): Promise<PreviewTypeView[]> {
  const rows = await tx.plannedChange.groupBy({
    by: ["recordType", "verb", "currency"],
    where: { runId },
    _count: { _all: true },
    _sum: { grossMinor: true },
  });
  return RECORD_TYPES.map((recordType) => {
    const own = rows.filter((row) => parseRecordType(row.recordType) === recordType);
    const countOf = (verb: PlannedVerb): number =>
      own.filter((row) => row.verb === verb).reduce((total, row) => total + row._count._all, 0);
    return {
      recordType,
      counts: Object.fromEntries(PLANNED_VERBS.map((verb) => [verb, countOf(verb)])) as Record<
        PlannedVerb,
        number
      >,
      totals: own.flatMap((row) => {
        const verb = PLANNED_VERBS.find((one) => one === row.verb);
        return verb && row.currency !== null
          ? [{ verb, total: amount(row._sum.grossMinor ?? 0n, row.currency) }]
          : [];
      }),
    };
  });
}

async function loadJournal(
  tx: Transaction,
  runId: string,
  accounts: ReadonlyMap<string, string>,
): Promise<PreviewView["journal"]> {
  const rows = await tx.$queryRaw<{ account: string; currency: string; debit: string; credit: string }[]>`
    SELECT line->>'accountKey' AS account, line->'amount'->>'currency' AS currency,
           COALESCE(sum((line->'amount'->>'minor')::numeric) FILTER (WHERE (line->'amount'->>'minor')::numeric > 0), 0)::text AS debit,
           COALESCE(-sum((line->'amount'->>'minor')::numeric) FILTER (WHERE (line->'amount'->>'minor')::numeric < 0), 0)::text AS credit
      FROM planned_changes p, jsonb_array_elements(p.detail->'prediction'->'journal') AS line
     WHERE p.run_id = ${runId}::uuid AND p.verb = 'create' AND jsonb_typeof(p.detail->'prediction') = 'object'
     GROUP BY 1, 2 ORDER BY 2, 1`;
  const side = (minor: string, currency: string): AmountView | null =>
    minor === "0" ? null : amount(BigInt(minor), currency);
  return rows.map((row) => ({
    account: accounts.get(row.account) ?? row.account,
    debit: side(row.debit, row.currency),
    credit: side(row.credit, row.currency),
  }));
}

const amount = (minor: bigint, currency: string): AmountView => ({
  amount: moneyText({ minor, currency }),
  currency,
});
