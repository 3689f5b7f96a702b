import { type PairRef, takeNotices } from "../notices/take-notices";
import { sendOutboxSoon } from "../outbox/send-outbox";
import { startByItself } from "../runs/start-by-itself";
import { getRuntime, type Runtime } from "../runtime";

/** More than these wait for the next minute. */
const PAIRS_AT_ONCE = 500;
/** A notice that waits so long has lost its event, or came while a run was at work. */
const NOTICE_OVERDUE_MS = 60_000;
/** As long as Xero itself keeps its events. */
const WEBHOOKS_KEPT_MS = 31 * 86_400_000;

/**
 * Starts a run for every pair whose time has come, in any workspace, and looks after notices that nobody took. Two at
 * once start one run a pair; a pair that cannot start does not keep the others from it. Returns how many runs it started.
 */
export async function startDueRuns(): Promise<number> {
  const runtime = await getRuntime();
  const { system } = runtime.database;
  const now = runtime.clock.now();
  const due = await system.duePairs(now, new Date(now.getTime() - NOTICE_OVERDUE_MS), PAIRS_AT_ONCE);
  let started = 0;
  const failures: unknown[] = [];
  for (const pair of due) {
    try {
      if (await startDueRun(runtime, pair)) started += 1;
    } catch (thrown) {
      runtime.logger.error({ err: thrown, pairId: pair.pairId }, "a scheduled run could not be started");
      failures.push(thrown);
    }
  }
  await system.forgetWebhooks(new Date(now.getTime() - WEBHOOKS_KEPT_MS));
  if (failures.length > 0) throw new AggregateError(failures, "some scheduled runs could not be started");
  return started;
}

async function startDueRun(runtime: Runtime, ref: PairRef): Promise<boolean> {
  const { workspaceId, pairId } = ref;
  const byTime = await runtime.database.withWorkspace(
    workspaceId,
    async (tx): Promise<"started" | "held" | "notYet"> => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`runs:${workspaceId}`}, 0))`;
      const pair = await tx.pair.findUnique({ where: { id: pairId } });
      // Another process was quicker, or a person has paused it since.
      if (!pair || (pair.state !== "live" && pair.state !== "ready")) return "held";
      if (pair.nextRunAt === null || pair.nextRunAt > runtime.clock.now()) return "notYet";
      return (await startByItself(runtime, tx, ref, "schedule")) === null ? "held" : "started";
    },
  );
  if (byTime === "notYet") return (await takeNotices(ref)) === "started";
  if (byTime === "started") await sendOutboxSoon(runtime);
  return byTime === "started";
}
