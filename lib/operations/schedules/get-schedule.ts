import type { ScheduleView } from "@/lib/domain/views/schedule-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { namesOfPair } from "../exceptions/describe-exception";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";
import { scheduleOf } from "./schedule-of-pair";

/** When the pair looks for changes by itself; null before there is a pair whose set-up is confirmed. */
export async function getSchedule(access: WorkspaceAccess): Promise<ScheduleView | null> {
  const runtime = await getRuntime();
  return runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    if (!pair || pair.state === "setup") return null;
    const names = namesOfPair(runtime, pair);
    const live = await tx.flow.count({ where: { pairId: pair.id, state: "live" } });
    const schedule = scheduleOf(pair);
    const isPaused = pair.state === "paused";
    return {
      sourceName: names.source,
      ledgerName: names.ledger,
      schedule,
      isPaused,
      isLive: live > 0,
      timeZone: schedule.mode === "dailyAt" ? schedule.timeZone : null,
      nextRunAt: isPaused ? null : (pair.nextRunAt?.toISOString() ?? null),
      failedRuns: pair.failedRuns,
      noticesWaiting: await tx.changeNotice.count({ where: { pairId: pair.id, state: "waiting" } }),
    };
  });
}
