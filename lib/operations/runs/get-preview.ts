import { z } from "zod";
import type { ConnectorManifest, WriteVerb } from "@/lib/connectors/contract/manifest";
import type { Transaction } from "@/lib/db/client";
import { RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";
import { type ReferenceData, referenceDataSchema } from "@/lib/domain/reference-data";
import type { PlannedVerb, PreviewApproval, PreviewTypeView, PreviewView } from "@/lib/domain/views/run-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { forecastSeconds } from "@/lib/quota/forecast";
import { readPace } from "@/lib/quota/read-pace";
import { loadApprovalPolicy, runVerdict } from "@/lib/sync/approval-gate";
import { definitionOf, getRuntime } from "../runtime";
import { countUnsaidTax, loadClosedPeriods } from "./describe-undo";
import { kindOf, parseRecordType } from "./get-run";
import { isLarge, keepFigures } from "./keep-figures";
import { amountView, loadJournal } from "./load-journal";
import { isPlannedOtherwise, OUTDATED } from "./may-start";
import { PREPARING_STATES, parseRunState } from "./run-states";

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
    const pair = await tx.pair.findUniqueOrThrow({
      where: { id: run.pairId },
      include: { source: true, ledger: true },
    });
    const target = run.direction === "toSource" ? pair.source : pair.ledger;
    const { manifest } = definitionOf(runtime, target.connectorId);
    const state = parseRunState(run.state);
    const names = await loadNames(tx, pair.ledgerConnectionId, pair.ledger.baseCurrency);
    const { byType, journal, warnings } = await loadFigures(tx, run, names, runtime.clock.now());
    const writeCalls = countCalls(byType, manifest);
    const pace = await readPace(tx, target.id, runtime.clock.now());
    const isOpen = state === "previewed" && run.undoesRunId === null;
    const { taxFiledTo } = pair;
    return {
      runId,
      kind: kindOf(run),
      state: state === "superseded" ? "failed" : state,
      byType,
      journal,
      approval: run.undoesRunId === null ? await loadApproval(tx, { pairId: run.pairId, runId }) : null,
      isParallel: pair.parallelSince !== null && run.undoesRunId === null,
      outdated: isOpen && isPlannedOtherwise(run, pair) ? OUTDATED : null,
      filedTax: await countFiled(tx, run, taxFiledTo),
      taxUnsaid: await countUnsaidTax(tx, run, taxFiledTo, runtime.clock.now(), names),
      closedPeriods: await loadClosedPeriods(tx, run, names),
      undoesRunId: run.undoesRunId,
      warnings,
      writeCalls,
      oneByOneWriteCalls: byType.reduce((calls, type) => calls + countWrites(type), 0),
      secondsToWrite: Math.ceil(forecastSeconds(writeCalls, pace) / pace.limitSpeed),
    };
  });
}

const WRITING_VERBS = ["create", "update", "void"] as const satisfies readonly PlannedVerb[];

const countWrites = ({ counts }: PreviewTypeView): number =>
  WRITING_VERBS.reduce((writes, verb) => writes + counts[verb], 0);

const countCalls = (byType: readonly PreviewTypeView[], manifest: ConnectorManifest): number =>
  byType.reduce(
    (calls, type) =>
      calls +
      WRITING_VERBS.reduce(
        (own, verb) => own + Math.ceil(type.counts[verb] / batchOf(type.recordType, verb, manifest)),
        0,
      ),
    0,
  );

const batchOf = (
  recordType: RecordType,
  verb: WriteVerb,
  { batch, capabilities }: Pick<ConnectorManifest, "batch" | "capabilities">,
): number => (capabilities[recordType].oneByOne?.[verb] === undefined ? batch : 1);

const amountSchema = z.object({ amount: z.string(), currency: z.string() });
const sideSchema = amountSchema.nullable();
const figuresSchema: z.ZodType<Pick<PreviewView, "byType" | "journal" | "warnings">> = z.object({
  byType: z.array(
    z.object({
      recordType: z.enum(RECORD_TYPES),
      counts: z.record(z.enum(PLANNED_VERBS), z.number()),
      totals: z.array(z.object({ verb: z.enum(PLANNED_VERBS), total: amountSchema })),
    }),
  ),
  journal: z.object({
    baseCurrency: z.string(),
    lines: z.array(
      z.object({
        account: z.string(),
        taxRate: z.string(),
        currency: z.string(),
        debit: sideSchema,
        credit: sideSchema,
        baseDebit: sideSchema,
        baseCredit: sideSchema,
      }),
    ),
    debit: amountSchema,
    credit: amountSchema,
    unknown: z.number(),
  }),
  warnings: z.number(),
});

/** What a plan comes to. Once it is made nothing in it changes but how far each change has come. */
async function loadFigures(
  tx: Transaction,
  run: { readonly id: string; readonly workspaceId: string; readonly state: string },
  names: Parameters<typeof loadJournal>[2],
  now: Date,
): Promise<Pick<PreviewView, "byType" | "journal" | "warnings">> {
  const addUp = async () => ({
    byType: await loadByType(tx, run.id),
    journal: await loadJournal(tx, run.id, names),
    warnings: await countWarned(tx, run.id),
  });
  const { id: runId, workspaceId } = run;
  const isMade = !PREPARING_STATES.includes(parseRunState(run.state));
  if (!isMade || !(await isLarge(tx, runId))) return addUp();
  return keepFigures(
    tx,
    { workspaceId, runId, name: "plan", schema: figuresSchema, now, ageMsMax: null },
    addUp,
  );
}

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
          ? [{ verb, total: amountView(row._sum.grossMinor ?? 0n, row.currency) }]
          : [];
      }),
    };
  });
}

async function loadNames(
  tx: Transaction,
  connectionId: string,
  baseCurrency: string,
): Promise<Pick<ReferenceData, "baseCurrency" | "accounts" | "taxRates"> & Partial<ReferenceData>> {
  const reference = await tx.referenceSet.findUnique({ where: { connectionId } });
  return reference
    ? referenceDataSchema.parse(reference.payload)
    : { baseCurrency, accounts: [], taxRates: [] };
}

async function countWarned(tx: Transaction, runId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM planned_changes
     WHERE run_id = ${runId}::uuid AND jsonb_array_length(COALESCE(detail->'warnings', '[]'::jsonb)) > 0`;
  return Number(row?.count ?? 0n);
}

async function loadApproval(
  tx: Transaction,
  where: { readonly pairId: string; readonly runId: string },
): Promise<PreviewApproval | null> {
  const policy = await loadApprovalPolicy(tx, where.pairId);
  if (policy === null) return null;
  const rows = await tx.approval.groupBy({
    by: ["state"],
    where: { ...where, scope: "document" },
    _count: { _all: true },
  });
  const count = (state: string): number => rows.find((row) => row.state === state)?._count._all ?? 0;
  return {
    waiting: count("waiting"),
    approved: count("approved"),
    declined: count("declined"),
    waitsForAll: policy.meanwhile === "waitForAll",
    run: await runVerdict(tx, policy, where),
  };
}

/** Documents that a filed tax return speaks of already; null where nobody said what was filed, or none is. */
async function countFiled(
  tx: Transaction,
  run: { readonly id: string; readonly pairId: string },
  filedTo: string | null,
): Promise<PreviewView["filedTax"]> {
  if (filedTo === null) return null;
  const [row] = await tx.$queryRaw<{ count: bigint }[]>`
    SELECT count(*)
      FROM planned_changes p
      JOIN pairs r ON r.id = ${run.pairId}::uuid
      LEFT JOIN record_snapshots s ON s.connection_id = r.source_connection_id AND s.record_type = p.record_type
                                  AND s.external_id = p.source_external_id
     WHERE p.run_id = ${run.id}::uuid AND p.verb IN ('create', 'void')
       -- What takes others back in an undo has no record in the source, and is planned with its own date.
       AND COALESCE(s.document_date, p.detail -> 'record' ->> 'date') <= ${filedTo}
       AND EXISTS (SELECT FROM jsonb_array_elements(CASE jsonb_typeof(p.booked) WHEN 'array' THEN p.booked ELSE '[]' END) l
                    WHERE l ->> 'taxKey' IS NOT NULL)`;
  const documents = Number(row?.count ?? 0n);
  return documents === 0 ? null : { to: filedTo, documents };
}
