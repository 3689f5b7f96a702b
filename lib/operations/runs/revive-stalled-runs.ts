import type { Transaction } from "@/lib/db/client";
import { sendOutboxSoon } from "../outbox/send-outbox";
import { getRuntime, type Runtime } from "../runtime";
import type { RunRef } from "./run-context";
import { changeRunState, parseRunState, type StoredRunState } from "./run-states";

/**
 * Sees to it that no run stays at work for ever. The step runner may lose sight of one: every attempt met a worker that
 * was not there, and so did the word of its failure. Such a run is ordered anew, which is harmless where the first
 * order is alive after all: one step at a time executes in a workspace, a piece that is done says so, and what is posted
 * is posted under a lease. A run that gains nothing by this is failed, so that its owner can start again.
 */

/** More than these wait for the next minute. */
const RUNS_AT_ONCE = 200;
/** Orders without any gain; with the silence before each, about twenty minutes. */
const REVIVALS_MAX = 3;
const GIVEN_UP =
  "The run stopped: its work came to a halt and did not get on although it was started anew several times. What was posted is kept and nothing is posted twice. You can start again.";

/** The order by which a run's work begins, at the place where it stands. */
const ORDER_IN: Partial<Readonly<Record<StoredRunState, string>>> = {
  pulling: "sync/preview.requested",
  planning: "sync/preview.requested",
  applying: "sync/posting.requested",
  tyingOut: "sync/posting.requested",
};

/** Orders stalled runs anew, in any workspace, or fails them; returns how many it looked after. Two at once do it once. */
export async function reviveStalledRuns(): Promise<number> {
  const runtime = await getRuntime();
  const before = silentSince(runtime);
  const stalled = await runtime.database.system.stalledRuns(before, RUNS_AT_ONCE);
  let seenTo = 0;
  const failures: unknown[] = [];
  for (const ref of stalled) {
    try {
      if (await seeTo(runtime, ref)) seenTo += 1;
    } catch (thrown) {
      runtime.logger.error({ err: thrown, runId: ref.runId }, "a stalled run could not be started anew");
      failures.push(thrown);
    }
  }
  if (seenTo > 0) await sendOutboxSoon(runtime);
  if (failures.length > 0) throw new AggregateError(failures, "some stalled runs could not be started anew");
  return seenTo;
}

const silentSince = (runtime: Runtime): Date =>
  new Date(runtime.clock.now().getTime() - runtime.env.STALLED_MS);

async function seeTo(runtime: Runtime, { workspaceId, runId }: RunRef): Promise<boolean> {
  return runtime.database.withWorkspace(workspaceId, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`runs:${workspaceId}`}, 0))`;
    const run = await tx.syncRun.findUnique({ where: { id: runId } });
    const order = run ? ORDER_IN[parseRunState(run.state)] : undefined;
    if (!run || order === undefined) return false;
    const heardOf = [run.startedAt, run.appliedFrom, run.progressAt, run.resumesAt, run.revivedAt];
    const before = silentSince(runtime);
    // Another process was quicker, or a step was done since.
    if (heardOf.some((at) => at !== null && at >= before)) return false;
    const now = runtime.clock.now();
    const mark = await markOf(tx, runId, run.state);
    const fruitless = mark === run.revivalMark ? run.revivals : 0;
    if (fruitless >= REVIVALS_MAX) return changeRunState(tx, runId, "failed", now, GIVEN_UP);
    await tx.syncRun.update({
      where: { id: runId },
      data: { revivals: fruitless + 1, revivalMark: mark, revivedAt: now },
    });
    await tx.outboxEvent.create({ data: { workspaceId, name: order, data: { workspaceId, runId } } });
    runtime.logger.warn(
      { runId, state: run.state, revivals: fruitless + 1 },
      "a stalled run is started anew",
    );
    return true;
  });
}

/** How far a run came, as a text that differs as soon as it came any further. */
async function markOf(tx: Transaction, runId: string, state: string): Promise<string> {
  const [row] = await tx.$queryRaw<{ mark: string }[]>`
    SELECT concat_ws('/', ${state}::text, sum(read), sum(planned), sum(posted + linked + excluded + failed),
             count(source_read_at) + count(ledger_read_at) + count(planned_at) + count(applied_at) + count(caught_up_at),
             (SELECT count(resolved_at) FROM write_intents WHERE run_id = ${runId}::uuid)) AS mark
      FROM sync_passes WHERE run_id = ${runId}::uuid`;
  return row?.mark ?? state;
}
