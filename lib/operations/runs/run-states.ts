import { recordEvent } from "@/lib/audit/record-event";
import type { ConnectorManifest } from "@/lib/connectors/contract/manifest";
import type { Transaction } from "@/lib/db/client";
import { pairSettingsSchema } from "@/lib/domain/pair-settings";
import { RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";
import { DIRECTIONS, type Direction } from "@/lib/domain/two-sided";
import type { RunState } from "@/lib/domain/views/run-view";
import { invariant } from "@/lib/kernel/invariant";
import type { SyncContext } from "@/lib/sync/sync-context";
import { giveNoticesToRun } from "../notices/give-notices";
import { definitionOf, type Runtime } from "../runtime";
import { planNextRun } from "./plan-next-run";

/** Which state a run may pass to. A step that is repeated finds the state it wanted and changes nothing. */
const ALLOWED: Readonly<Record<StoredRunState, readonly StoredRunState[]>> = {
  pulling: ["planning", "failed", "superseded"],
  // Straight to the end where there is nothing to do.
  planning: ["previewed", "finished", "failed", "superseded"],
  previewed: ["applying", "superseded", "failed"],
  applying: ["tyingOut", "failed"],
  tyingOut: ["finished", "failed"],
  finished: [],
  failed: [],
  superseded: [],
};
export type StoredRunState = RunState | "superseded";

/** Who started a run: a person's press, the pair's schedule, or a vendor's word that something changed. */
export type RunTrigger = "person" | "schedule" | "notice";

/** States in which work is going on by itself. */
export const WORKING_STATES: readonly StoredRunState[] = ["pulling", "planning", "applying", "tyingOut"];
export const PREPARING_STATES: readonly StoredRunState[] = ["pulling", "planning"];
export const POSTING_STATES: readonly StoredRunState[] = ["applying", "tyingOut"];

export async function setRunState(context: SyncContext, state: StoredRunState): Promise<void> {
  await context.database.withWorkspace(context.workspaceId, (tx) =>
    changeRunState(tx, context.runId, state, context.clock.now()),
  );
}

/** Throws where the change is not allowed; repeating the present state is fine. Returns true when it changed. */
export async function changeRunState(
  tx: Transaction,
  runId: string,
  state: StoredRunState,
  now: Date,
  failure: string | null = null,
): Promise<boolean> {
  const run = await tx.syncRun.findUnique({ where: { id: runId } });
  invariant(run, `no run ${runId}`);
  const present = parseRunState(run.state);
  if (present === state) return false;
  invariant(ALLOWED[present].includes(state), `a run that is ${present} cannot become ${state}`);
  const { count } = await tx.syncRun.updateMany({
    where: { id: runId, state: present },
    data: {
      state,
      failure,
      ...(state === "applying" ? { appliedFrom: now } : {}),
      ...(state === "finished" || state === "failed" ? { finishedAt: now } : {}),
    },
  });
  if (count === 1 && (state === "finished" || state === "failed")) await planNextRun(tx, run, state, now);
  return count === 1;
}

export function parseRunState(text: string): StoredRunState {
  const state = (Object.keys(ALLOWED) as StoredRunState[]).find((one) => one === text);
  invariant(state, `no run state "${text}"`);
  return state;
}

export function parseRunTrigger(text: string): RunTrigger {
  invariant(text === "person" || text === "schedule" || text === "notice", `no run trigger "${text}"`);
  return text;
}

export function parseDirection(text: string): Direction {
  const direction = DIRECTIONS.find((one) => one === text);
  invariant(direction, `no direction "${text}"`);
  return direction;
}

/** Makes a run with a pass for each record type, and the event that starts its work, in one transaction. */
export async function createRun(
  runtime: Runtime,
  tx: Transaction,
  request: {
    workspaceId: string;
    pairId: string;
    userId: string | null;
    trigger: RunTrigger;
    /** Of a run whose postings are to be taken back. */
    undoesRunId?: string;
    /** Of an undo: also what lies in closed periods, by documents of its own. */
    takesLocked?: boolean;
    /** Which side it writes to; the ledger, unless said otherwise. */
    direction?: Direction;
  },
): Promise<string> {
  const runId = runtime.ids.next();
  const { workspaceId, pairId } = request;
  const pair = await tx.pair.findUniqueOrThrow({
    where: { id: pairId },
    select: { settings: true, source: { select: { connectorId: true } } },
  });
  const { capabilities } = definitionOf(runtime, pair.source.connectorId).manifest;
  await tx.syncRun.create({
    data: {
      id: runId,
      workspaceId,
      pairId,
      trigger: request.trigger,
      state: "pulling",
      undoesRunId: request.undoesRunId ?? null,
      takesLocked: request.takesLocked ?? false,
      direction: request.direction ?? "toLedger",
      startedByUserId: request.userId,
      settingsVersion: pairSettingsSchema.parse(pair.settings).version,
      startedAt: runtime.clock.now(),
    },
  });
  await tx.syncPass.createMany({
    data: (await listTypes(tx, request, capabilities)).map((recordType, position) => ({
      workspaceId,
      runId,
      recordType,
      position,
    })),
  });
  await tx.outboxEvent.create({
    data: { workspaceId, name: "sync/preview.requested", data: { workspaceId, runId } },
  });
  // It reads everything that changed, so whatever notices wait are answered by it; an undo reads no source, and a run back
  // may go by what the run before it read.
  if (request.undoesRunId === undefined && request.direction !== "toSource")
    await giveNoticesToRun(tx, pairId, runId, runtime.clock.now());
  // A look that starts by itself changes nothing: the audit trail has it when it posts.
  if (request.trigger === "person")
    await recordEvent(tx, {
      workspaceId,
      actorUserId: request.userId,
      action: request.undoesRunId === undefined ? "run.started" : "undo.started",
      subject: runId,
      ...(request.takesLocked === true ? { after: { closedPeriods: "by documents of their own" } } : {}),
      at: runtime.clock.now(),
    });
  return runId;
}

/** What the owner keeps in step and the source has at all; an undo goes over what its run went over, whatever was switched off since. */
async function listTypes(
  tx: Transaction,
  {
    pairId,
    undoesRunId,
    direction = "toLedger",
  }: { readonly pairId: string; readonly undoesRunId?: string; readonly direction?: Direction },
  capabilities: ConnectorManifest["capabilities"],
): Promise<RecordType[]> {
  const rows: readonly { recordType: string }[] =
    undoesRunId === undefined
      ? await tx.flow.findMany({
          where: { pairId, direction: { in: [...new Set(["toLedger", direction])] }, state: { not: "off" } },
        })
      : await tx.syncPass.findMany({ where: { runId: undoesRunId } });
  return RECORD_TYPES.filter(
    (type) => capabilities[type].read !== "none" && rows.some((row) => row.recordType === type),
  );
}
