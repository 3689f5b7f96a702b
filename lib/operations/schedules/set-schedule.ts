import { recordEvent } from "@/lib/audit/record-event";
import { toInputJson } from "@/lib/db/input-json";
import { nextRunAfter, type Schedule, scheduleSchema } from "@/lib/domain/schedule";
import type { ScheduleChoice } from "@/lib/domain/views/schedule-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { openConnection } from "../connections/open-connection";
import { getRuntime, type Runtime } from "../runtime";
import { loadPair, loadPairIn } from "../setup/load-pair";
import { scheduleOf } from "./schedule-of-pair";

/** Where no system names a time zone: a clock that is the same everywhere, and shown beside the hour. */
const FALLBACK_ZONE = "UTC";

/** Stores when the pair looks for changes by itself. It counts from now on; a run at work goes on. */
export async function setSchedule(
  access: WorkspaceAccess,
  choice: ScheduleChoice,
): Promise<Result<{ nextRunAt: string | null }, { message: string }>> {
  const runtime = await getRuntime();
  const { workspaceId } = access;
  const pair = await loadPair(runtime, workspaceId);
  if (!pair || pair.state === "setup") return err({ message: "Finish the set-up first." });
  const zone = choice.mode === "dailyAt" ? await readTimeZone(runtime, workspaceId, pair) : FALLBACK_ZONE;
  const schedule: Schedule =
    choice.mode === "dailyAt" ? scheduleSchema.parse({ ...choice, timeZone: zone }) : { mode: choice.mode };
  const now = runtime.clock.now();
  const nextRunAt = nextRunAfter(schedule, now);
  return runtime.database.withWorkspace(
    workspaceId,
    async (tx): Promise<Result<{ nextRunAt: string | null }, { message: string }>> => {
      const present = await loadPairIn(tx);
      if (present?.id !== pair.id) return err({ message: "The connections have changed. Try again." });
      await tx.pair.update({
        where: { id: pair.id },
        data: { schedule: toInputJson(schedule), nextRunAt, failedRuns: 0 },
      });
      await recordEvent(tx, {
        workspaceId,
        actorUserId: access.userId,
        action: "schedule.changed",
        subject: pair.id,
        before: scheduleOf(present),
        after: schedule,
        at: now,
      });
      return ok({ nextRunAt: nextRunAt?.toISOString() ?? null });
    },
  );
}

/** The organisation's own time zone: the source's, whose day the documents are dated by, else the ledger's. */
async function readTimeZone(
  runtime: Runtime,
  workspaceId: string,
  pair: { readonly sourceConnectionId: string; readonly ledgerConnectionId: string },
): Promise<string> {
  for (const connectionId of [pair.sourceConnectionId, pair.ledgerConnectionId]) {
    const { connector } = await openConnection(runtime, workspaceId, connectionId);
    const { timeZone } = await connector.probe();
    if (timeZone !== null && scheduleSchema.safeParse({ mode: "dailyAt", hour: 0, timeZone }).success)
      return timeZone;
  }
  return FALLBACK_ZONE;
}
