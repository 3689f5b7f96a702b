import { recordEvent } from "@/lib/audit/record-event";
import type { ConnectorDefinition } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import { pairSettingsSchema } from "@/lib/domain/pair-settings";
import { invariant } from "@/lib/kernel/invariant";
import { buildValueMaps } from "@/lib/mapping/value-maps";
import type { Lane } from "@/lib/quota/budget";
import type { Rulebook } from "@/lib/sync/decide-change";
import type { EngineSide, SyncContext } from "@/lib/sync/sync-context";
import { AS_STORED, loadReference } from "../connections/load-reference";
import { openConnection } from "../connections/open-connection";
import { getRuntime, type Runtime } from "../runtime";
import { parseRunTrigger, type RunTrigger } from "./run-states";

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
  const run = await runtime.database.withWorkspace(ref.workspaceId, (tx) =>
    tx.syncRun.findUnique({ where: { id: ref.runId } }),
  );
  invariant(run, `no run ${ref.runId}`);
  const pair = await runtime.database.withWorkspace(ref.workspaceId, (tx) =>
    tx.pair.findUnique({ where: { id: run.pairId } }),
  );
  invariant(pair, `no pair ${run.pairId}`);
  const settings = pairSettingsSchema.parse(pair.settings);
  const fence = { until: null };
  const trigger = parseRunTrigger(run.trigger);
  const lane = trigger === "notice" ? "live" : "backfill";
  const openSide = async (
    connectionId: string,
  ): Promise<EngineSide & { definition: ConnectorDefinition }> => {
    const { connector, definition } = await openConnection(runtime, ref.workspaceId, connectionId, {
      fence,
      lane,
      ...options,
    });
    return { connectionId, connector, manifest: definition.manifest, rules: definition.rules, definition };
  };
  const ledger = await openSide(pair.ledgerConnectionId);
  const source = await openSide(pair.sourceConnectionId);
  const context: SyncContext = {
    database: runtime.database,
    workspaceId: ref.workspaceId,
    runId: ref.runId,
    undoesRunId: run.undoesRunId,
    pairId: pair.id,
    settings,
    source,
    ledger,
    clock: runtime.clock,
    ids: runtime.ids,
    origin: runtime.env.APP_ORIGIN,
    settleMs: runtime.env.SETTLE_MS,
    leaseMs: runtime.env.LEASE_MS,
    fence,
  };
  try {
    return await work({
      runtime,
      context,
      until: new Date(runtime.clock.now().getTime() + STEP_BUDGET_MS),
      trigger,
      lane,
      rulebook: () => loadRulebook(runtime, context),
    });
  } catch (thrown) {
    if (thrown instanceof ConnectorError && (thrown.kind === "authExpired" || thrown.kind === "permission")) {
      await markReconnectNeeded(runtime, context);
    }
    if (thrown instanceof ConnectorError) throw thrown;
    // Step errors end up in front of the run's owner, so what only we can read goes to the log alone.
    runtime.logger.error({ err: thrown, runId: ref.runId }, "a step of a run failed unexpectedly");
    throw new Error("Something unexpected happened on our side.", { cause: thrown });
  }
}

async function loadRulebook(runtime: Runtime, context: SyncContext): Promise<Rulebook> {
  const ledger = await loadReference(runtime, context.workspaceId, context.ledger.connectionId, AS_STORED);
  const rows = await runtime.database.withWorkspace(context.workspaceId, (tx) =>
    tx.valueMap.findMany({ where: { pairId: context.pairId } }),
  );
  return {
    settings: context.settings,
    maps: buildValueMaps(rows, context.settings.documentStatus ?? "draft", ledger),
    ledger,
    rules: context.ledger.rules,
    writable: (recordType, verb) => context.ledger.manifest.capabilities[recordType].write.includes(verb),
    markerOf: (sourceExternalId) => ({ origin: context.origin, pairId: context.pairId, sourceExternalId }),
  };
}

/** Asks which side really ended: the error does not say, and a person must be shown the right button. */
async function markReconnectNeeded(runtime: Runtime, context: SyncContext): Promise<void> {
  for (const side of [context.ledger, context.source]) {
    const ended = await side.connector.probe().then(
      () => null,
      (thrown: unknown) => (thrown instanceof ConnectorError && thrown.retry === "never" ? thrown : null),
    );
    if (!ended) continue;
    await runtime.database.withWorkspace(context.workspaceId, async (tx) => {
      await tx.connection.update({
        where: { id: side.connectionId },
        data: {
          status: "reconnectNeeded",
          statusReason: `${side.manifest.label} no longer lets Tieout in. Connect again to go on.`,
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
