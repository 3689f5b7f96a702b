import { recordEvent } from "@/lib/audit/record-event";
import type { AnyConnectorDefinition } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import { pairSettingsSchema } from "@/lib/domain/pair-settings";
import { DONE, type Progress } from "@/lib/domain/progress";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import type { ReferenceData } from "@/lib/domain/reference-data";
import { invariant } from "@/lib/kernel/invariant";
import { exchangeMaps } from "@/lib/mapping/exchange-maps";
import { buildValueMaps, type ValueMaps } from "@/lib/mapping/value-maps";
import type { Lane } from "@/lib/quota/budget";
import type { Rulebook } from "@/lib/sync/decision";
import { type EngineSide, exchangeSides, type SyncContext } from "@/lib/sync/sync-context";
import { redact } from "@/lib/telemetry/redact";
import { AS_STORED, loadReference } from "../connections/load-reference";
import { findConnection, openFound } from "../connections/open-connection";
import { noteLedgerPage } from "../reconciliation/note-ledger-page";
import { ratesOf } from "../reconciliation/tax-rates";
import { getRuntime, type Runtime } from "../runtime";
import { loadFlowRules } from "./load-flow-rules";
import { notePause, noteStep, whileHeard } from "./note-progress";
import {
  parseDirection,
  parseRunState,
  parseRunTrigger,
  type RunTrigger,
  type StoredRunState,
} from "./run-states";

/** Names a run for a step: ids alone, since step data is stored and logged. */
export interface RunRef {
  readonly workspaceId: string;
  readonly runId: string;
}

/** How long one step works before it hands back: well below any host's limit on a request. */
export const STEP_BUDGET_MS = 15_000;

export interface RunContext {
  readonly runtime: Runtime;
  readonly context: SyncContext;
  readonly until: Date;
  readonly trigger: RunTrigger;
  /** As it was when this piece of work began. */
  readonly state: StoredRunState;
  /** A change that a vendor told of goes before back-fill. */
  readonly lane: Lane;
  /** The confirmed maps and the ledger's reference data as read in this run. */
  rulebook(): Promise<Rulebook>;
}

/** Opens both connections of a run and does one piece of work with them. A connection that ended is marked as such. */
export async function withRun<T>(
  ref: RunRef,
  work: (run: RunContext) => Promise<T>,
  options: { permitWaitMaxMs?: number } = {},
): Promise<T> {
  const runtime = await getRuntime();
  const { run, pair, recordTypes, ...found } = await loadRun(runtime, ref);
  const settings = pairSettingsSchema.parse(pair.settings);
  const fence = { until: null };
  const trigger = parseRunTrigger(run.trigger);
  const state = parseRunState(run.state);
  const lane = trigger === "notice" ? "live" : "backfill";
  const openSide = (
    row: Awaited<ReturnType<typeof findConnection>>,
  ): EngineSide & { definition: AnyConnectorDefinition } => {
    const { connector, definition } = openFound(runtime, row, { fence, lane, ...options });
    return {
      connectionId: row.id,
      connector,
      manifest: definition.manifest,
      rules: definition.rules,
      definition,
    };
  };
  const ledger = openSide(found.ledger);
  const source = openSide(found.source);
  const referenceOf = rememberReferences(runtime, ref.workspaceId);
  const context: SyncContext = {
    database: runtime.database,
    workspaceId: ref.workspaceId,
    runId: ref.runId,
    undoesRunId: run.undoesRunId,
    takesLocked: run.takesLocked,
    pairId: pair.id,
    settings,
    recordTypes,
    direction: parseDirection(run.direction),
    source,
    ledger,
    clock: runtime.clock,
    ids: runtime.ids,
    origin: runtime.env.APP_ORIGIN,
    isPostingOff: runtime.env.TIEOUT_POSTING === "off",
    settleMs: runtime.env.SETTLE_MS,
    leaseMs: runtime.env.LEASE_MS,
    fence,
    redact,
    onPageRead: async (connectionId, records) => {
      if (connectionId !== ledger.connectionId) return null;
      const reference = await referenceOf(ledger.connectionId);
      return (tx) => noteLedgerPage(context, tx, records, ratesOf(reference), runtime.clock.now());
    },
  };
  try {
    const until = new Date(runtime.clock.now().getTime() + STEP_BUDGET_MS);
    const rulebook = () => loadRulebook(context, referenceOf);
    const result = await whileHeard(runtime, ref, () =>
      work({ runtime, context, until, trigger, state, lane, rulebook }),
    );
    await noteStep(runtime, ref, result);
    return result;
  } catch (thrown) {
    if (thrown instanceof ConnectorError && thrown.retryAfterMs !== null)
      await notePause(runtime, ref, thrown.retryAfterMs);
    if (thrown instanceof ConnectorError && (thrown.kind === "authExpired" || thrown.kind === "permission")) {
      await markReconnectNeeded(runtime, context, thrown);
    }
    if (thrown instanceof ConnectorError) throw thrown;
    // Step errors end up in front of the run's owner, so what only we can read goes to the log alone.
    runtime.logger.error({ err: thrown, runId: ref.runId }, "a step of a run failed unexpectedly");
    throw new Error("Something unexpected happened on our side.", { cause: thrown });
  }
}

/** The same for a piece of work that belongs to some states of a run: in any other there is nothing to do any more. */
export function withRunIn(
  states: readonly StoredRunState[],
  ref: RunRef,
  work: (run: RunContext) => Promise<Progress>,
): Promise<Progress> {
  return withRun(ref, async (run) => (states.includes(run.state) ? work(run) : DONE));
}

/** All that says what a run is about, in one look. */
async function loadRun(runtime: Runtime, { workspaceId, runId }: RunRef) {
  return runtime.database.withWorkspace(workspaceId, async (tx) => {
    const run = await tx.syncRun.findUnique({ where: { id: runId } });
    invariant(run, `no run ${runId}`);
    const pair = await tx.pair.findUnique({ where: { id: run.pairId } });
    invariant(pair, `no pair ${run.pairId}`);
    const passes = await tx.syncPass.findMany({ where: { runId }, select: { recordType: true } });
    return {
      run,
      pair,
      recordTypes: RECORD_TYPES.filter((type) => passes.some((pass) => pass.recordType === type)),
      ledger: await findConnection(tx, pair.ledgerConnectionId),
      source: await findConnection(tx, pair.sourceConnectionId),
    };
  });
}

type ReferenceOf = (connectionId: string) => Promise<ReferenceData>;

/** Reference data as stored, fetched once for a piece of work: it goes by the same from its first page to its last. */
function rememberReferences(runtime: Runtime, workspaceId: string): ReferenceOf {
  const known = new Map<string, Promise<ReferenceData>>();
  return (connectionId) => {
    const loading = known.get(connectionId) ?? loadReference(runtime, workspaceId, connectionId, AS_STORED);
    known.set(connectionId, loading);
    return loading;
  };
}

async function loadRulebook(context: SyncContext, referenceOf: ReferenceOf): Promise<Rulebook> {
  const ledger = await referenceOf(context.ledger.connectionId);
  const source = await referenceOf(context.source.connectionId);
  const { rows, flowRules } = await context.database.withWorkspace(context.workspaceId, async (tx) => ({
    rows: await tx.valueMap.findMany({ where: { pairId: context.pairId } }),
    flowRules: await loadFlowRules(tx, context.pairId),
  }));
  const maps = buildValueMaps(rows, context.settings.documentStatus ?? "draft", ledger, source);
  const book = rulebookOf(context, maps, ledger, flowRules);
  if (context.direction === "toLedger") return book;
  return rulebookOf(exchangeSides(context), exchangeMaps(maps, source, ledger), source, flowRules);
}

/** The rules by which a run writes to `context.ledger`, whichever system that is. */
function rulebookOf(
  context: SyncContext,
  maps: ValueMaps,
  ledger: ReferenceData,
  flowRules: Rulebook["flowRules"],
): Rulebook {
  const { manifest, rules } = context.ledger;
  return {
    settings: context.settings,
    maps,
    ledger,
    rules,
    ...(flowRules === undefined ? {} : { flowRules }),
    writable: (recordType, verb) => manifest.capabilities[recordType].write.includes(verb),
    markerOf: (sourceExternalId) => ({ origin: context.origin, pairId: context.pairId, sourceExternalId }),
  };
}

/**
 * Asks which side really ended: the error does not say, and a person must be shown the right button. Where both still
 * let us in, it was one thing that the person who connected may not do, and the error names the system.
 */
async function markReconnectNeeded(
  runtime: Runtime,
  context: SyncContext,
  refused: ConnectorError,
): Promise<void> {
  const sides = [context.ledger, context.source];
  const probed = await Promise.all(
    sides.map((side) =>
      side.connector.probe().then(
        () => null,
        (thrown: unknown) => (thrown instanceof ConnectorError && thrown.retry === "never" ? thrown : null),
      ),
    ),
  );
  const isStillIn = probed.every((ended) => ended === null);
  for (const [index, side] of sides.entries()) {
    const isLacking =
      isStillIn && refused.kind === "permission" && refused.message.includes(side.manifest.label);
    const ended = probed[index] ?? (isLacking ? refused : null);
    if (!ended) continue;
    const { label } = side.manifest;
    await runtime.database.withWorkspace(context.workspaceId, async (tx) => {
      await tx.connection.update({
        where: { id: side.connectionId },
        data: {
          status: "reconnectNeeded",
          statusReason: isLacking
            ? `The person who connected ${label} may not do there what is to be posted. Connect again as somebody who may, an adviser for example.`
            : `${label} no longer lets Tieout in. Connect again to go on.`,
        },
      });
      await recordEvent(tx, {
        workspaceId: context.workspaceId,
        actorUserId: null,
        action: "connection.ended",
        subject: side.connectionId,
        after: { kind: ended.kind },
        at: runtime.clock.now(),
      });
    });
  }
}
