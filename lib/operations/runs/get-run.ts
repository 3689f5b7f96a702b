import { z } from "zod";
import type { ConnectorManifest } from "@/lib/connectors/contract/manifest";
import type { Transaction } from "@/lib/db/client";
import { RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";
import { type ReferenceData, referenceDataSchema } from "@/lib/domain/reference-data";
import type { RunKind, RunLogLine, RunPassView, RunView } from "@/lib/domain/views/run-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { definitionOf, getRuntime } from "../runtime";
import { reportUndo } from "./describe-undo";
import { isLarge, keepFigures } from "./keep-figures";
import { parseRunState, type StoredRunState, WORKING_STATES } from "./run-states";

const LATEST_LINES = 50;
const uuidSchema = z.uuid();

/** A run as its page polls it; null where the workspace has none of that id. */
export async function getRun(access: WorkspaceAccess, runId: string): Promise<RunView | null> {
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
    const rows = await tx.syncPass.findMany({ where: { runId }, orderBy: { position: "asc" } });
    const passes = rows.map(toPassView);
    const state = parseRunState(run.state);
    const { manifest, rules } = definitionOf(runtime, target.connectorId);
    return {
      runId,
      kind: kindOf(run),
      state: state === "superseded" ? "failed" : state,
      headline:
        waitHeadline(run, state, runtime.clock.now()) ??
        (run.cancelledAt === null
          ? headlineOf(kindOf(run), state, passes, target.tenantName)
          : cancelledHeadline(state, passes, target.tenantName)),
      startedAt: run.startedAt.toISOString(),
      finishedAt: run.finishedAt?.toISOString() ?? null,
      failure:
        state === "superseded" && run.cancelledAt === null ? "A newer preview took its place." : run.failure,
      isCancelled: run.cancelledAt !== null,
      passes,
      secondsLeft: secondsLeft(state, passes, run, runtime.clock.now()),
      calls: await keepCalls(tx, { ...run, state }, manifest, runtime.clock.now()),
      report: await reportUndo(
        tx,
        { ...run, ledgerConnectionId: pair.ledgerConnectionId },
        pair.ledger.tenantName,
        await loadYearEnd(tx, pair.ledgerConnectionId),
      ),
      latest: await loadLatest(tx, runId, kindOf(run), rules.link),
    };
  });
}

/** Shorter waits are part of working; this long one is a limit of the vendor's minute or day. */
const WAIT_TOLD_MS = 2 * 60_000;

/** Says until when a run waits for a vendor that takes no more calls; null while it works. */
function waitHeadline(
  run: { readonly resumesAt: Date | null; readonly cancelledAt: Date | null },
  state: StoredRunState,
  now: Date,
): string | null {
  const waits = run.resumesAt !== null && run.resumesAt.getTime() - now.getTime() > WAIT_TOLD_MS;
  if (!waits || run.cancelledAt !== null || !WORKING_STATES.includes(state)) return null;
  const at = run.resumesAt.toISOString();
  return `The vendor takes no more calls for now. It goes on by itself on ${at.slice(0, 10)} at ${at.slice(11, 16)} (UTC); nothing is lost.`;
}

/** Field by field: what the page polls holds nothing that it does not show. */
function toPassView(row: Omit<RunPassView, "recordType"> & { readonly recordType: string }): RunPassView {
  const { read, readTotal, toPost, posted, linked, excluded, failed } = row;
  return {
    recordType: parseRecordType(row.recordType),
    read,
    readTotal,
    toPost,
    posted,
    linked,
    excluded,
    failed,
  };
}

export function parseRecordType(text: string): RecordType {
  const recordType = RECORD_TYPES.find((one) => one === text);
  if (!recordType) throw new Error(`no record type "${text}"`);
  return recordType;
}

const sum = (passes: readonly RunPassView[], part: (pass: RunPassView) => number): number =>
  passes.reduce((total, pass) => total + part(pass), 0);

export const kindOf = (run: { readonly undoesRunId: string | null }): RunKind =>
  run.undoesRunId === null ? "post" : "undo";

function headlineOf(
  kind: RunKind,
  state: StoredRunState,
  passes: readonly RunPassView[],
  ledgerName: string,
): string {
  if (kind === "undo") return undoHeadlineOf(state, passes, ledgerName);
  const posted = sum(passes, (pass) => pass.posted).toLocaleString("en-GB");
  const toPost = sum(passes, (pass) => pass.toPost).toLocaleString("en-GB");
  switch (state) {
    case "pulling":
      return `Reading both systems: ${sum(passes, (pass) => pass.read).toLocaleString("en-GB")} records so far. Nothing is posted.`;
    case "planning":
      return "Working out what has to be done. Nothing is posted.";
    case "previewed":
      return `Ready: ${toPost} records to post to ${ledgerName}. Nothing is posted until you start.`;
    case "applying":
      return `Posting to ${ledgerName}: ${posted} of ${toPost} records.`;
    case "tyingOut":
      return "Posted. Now both systems are compared, record by record.";
    case "finished":
      return `Done: ${posted} records posted to ${ledgerName}.`;
    case "failed":
    case "superseded":
      return "This run stopped.";
  }
}

/** What a person stopped says how far it came; what was sent is compared all the same. */
function cancelledHeadline(
  state: StoredRunState,
  passes: readonly RunPassView[],
  ledgerName: string,
): string {
  const done = sum(passes, (pass) => pass.posted).toLocaleString("en-GB");
  const all = sum(passes, (pass) => pass.toPost).toLocaleString("en-GB");
  switch (state) {
    case "applying":
      return "Stopping: the batch that is on its way is finished, and no other is sent.";
    case "tyingOut":
      return "Stopped. Now both systems are compared, record by record.";
    case "finished":
      return `Stopped: ${done} of ${all} records were written to ${ledgerName}. The rest is planned anew.`;
    default:
      return "Stopped. Nothing was posted.";
  }
}

function undoHeadlineOf(state: StoredRunState, passes: readonly RunPassView[], ledgerName: string): string {
  const done = sum(passes, (pass) => pass.posted).toLocaleString("en-GB");
  const all = sum(passes, (pass) => pass.toPost).toLocaleString("en-GB");
  switch (state) {
    case "pulling":
    case "planning":
      return `Looking at what ${ledgerName} has now. Nothing is changed.`;
    case "previewed":
      return `Ready: ${all} records to take out of ${ledgerName}. Nothing is changed until you start.`;
    case "applying":
      return `Taking back from ${ledgerName}: ${done} of ${all} records.`;
    case "tyingOut":
      return "Taken back. Now both systems are compared, record by record.";
    case "finished":
      return `Done: ${done} records taken out of ${ledgerName}.`;
    case "failed":
    case "superseded":
      return "This undo stopped. What was taken back stays so; undo again to go on.";
  }
}

/** From the pace so far: what is left of the part that is going on now. Null until there is a pace. */
function secondsLeft(
  state: StoredRunState,
  passes: readonly RunPassView[],
  run: { startedAt: Date; appliedFrom: Date | null },
  now: Date,
): number | null {
  const isApplying = state === "applying";
  if (!isApplying && state !== "pulling") return null;
  // Where the source has not said how many there are, any time would be a guess.
  if (!isApplying && passes.some((pass) => pass.read > 0 && pass.readTotal === null)) return null;
  const done = sum(passes, (pass) => (isApplying ? pass.posted + pass.failed : pass.read));
  const all = sum(passes, (pass) => (isApplying ? pass.toPost + pass.failed : (pass.readTotal ?? pass.read)));
  const began = isApplying ? (run.appliedFrom ?? run.startedAt) : run.startedAt;
  const seconds = (now.getTime() - began.getTime()) / 1000;
  return done === 0 || seconds <= 0 ? null : Math.max(0, Math.ceil(((all - done) * seconds) / done));
}

const callsSchema = z.object({ ledgerWrites: z.number(), oneByOneWrites: z.number() });
/** While a large run is at work its calls are counted so often. */
const CALLS_AGE_MS = 15_000;

async function keepCalls(
  tx: Transaction,
  run: { readonly id: string; readonly workspaceId: string; readonly state: StoredRunState },
  manifest: ConnectorManifest,
  now: Date,
): Promise<RunView["calls"]> {
  const count = () => countCalls(tx, run.id, manifest);
  if (!(await isLarge(tx, run.id))) return count();
  const hasEnded = run.state === "finished" || run.state === "failed" || run.state === "superseded";
  return keepFigures(
    tx,
    {
      workspaceId: run.workspaceId,
      runId: run.id,
      name: hasEnded ? "calls" : "callsSoFar",
      schema: callsSchema,
      now,
      ageMsMax: hasEnded ? null : CALLS_AGE_MS,
    },
    count,
  );
}

async function countCalls(
  tx: Transaction,
  runId: string,
  { capabilities }: ConnectorManifest,
): Promise<RunView["calls"]> {
  const voidedOneByOne = RECORD_TYPES.filter((type) => capabilities[type].oneByOne?.void !== undefined);
  const [row] = await tx.$queryRaw<{ calls: bigint; records: bigint }[]>`
    -- The allocations of one credit note are a call of their own, whatever batch they were claimed in.
    SELECT count(DISTINCT (call_key, payload->>'creditNoteId',
                           CASE WHEN verb = 'void' AND record_type = ANY(${voidedOneByOne}) THEN id END))
             FILTER (WHERE call_key IS NOT NULL) AS calls,
           count(*) FILTER (WHERE call_key IS NOT NULL) AS records
      FROM write_intents WHERE run_id = ${runId}::uuid`;
  return { ledgerWrites: Number(row?.calls ?? 0n), oneByOneWrites: Number(row?.records ?? 0n) };
}

/** When the ledger's financial year ends, as it was read last. */
async function loadYearEnd(
  tx: Transaction,
  connectionId: string,
): Promise<Partial<Pick<ReferenceData, "yearEnd">>> {
  const row = await tx.referenceSet.findUnique({ where: { connectionId }, select: { payload: true } });
  const read = referenceDataSchema.pick({ yearEnd: true }).safeParse(row?.payload);
  return read.success ? read.data : {};
}

async function loadLatest(
  tx: Transaction,
  runId: string,
  kind: RunKind,
  link: (recordType: RecordType, externalId: string) => string | null,
): Promise<RunLogLine[]> {
  const rows = await tx.$queryRaw<
    {
      resolved_at: Date;
      record_type: string;
      state: string;
      verb: string;
      ledger_external_id: string | null;
      number: string;
      label: string;
    }[]
  >`
    SELECT w.resolved_at, w.record_type, w.state, w.verb, w.ledger_external_id, p.number, p.label
      FROM write_intents w
      JOIN planned_changes p ON p.run_id = w.run_id AND p.record_type = w.record_type AND p.source_external_id = w.source_external_id
     WHERE w.run_id = ${runId}::uuid AND w.state IN ('applied', 'rejected')
     ORDER BY w.resolved_at DESC, w.sequence DESC LIMIT ${LATEST_LINES}`;
  return rows.map((row) => {
    const recordType = parseRecordType(row.record_type);
    return {
      at: row.resolved_at.toISOString(),
      recordType,
      number: row.number,
      label: row.label,
      outcome:
        row.state !== "applied" ? "refused" : kind === "undo" && row.verb === "void" ? "takenBack" : "posted",
      link: row.ledger_external_id === null ? null : link(recordType, row.ledger_external_id),
    };
  });
}
