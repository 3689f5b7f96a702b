import { namedError } from "./app-answers";
import { canonicalJson, parseJson } from "./canonical-json";
import type { RunnerContext, Work } from "./context";
import { endRun } from "./end-run";
import { startRun } from "./start-run";
import { addJob } from "./wake-run";
import { inWork } from "./work";

/*
 * What happens at a time of its own: a cron trigger, the end of a debounce, a run's deadline. Each reads its row under a
 * lock and does nothing where the row says otherwise, so that a job that runs twice or too late does no harm.
 */

/** Starts the run of a cron trigger and schedules the next one. After a long stop it starts one run, not all missed. */
export async function fireCron(runner: RunnerContext, functionId: string, cron: string): Promise<void> {
  await inWork(runner, async (work) => {
    const rows = await work.query<{ next_at: Date }>(
      "SELECT next_at FROM runner.crons WHERE function_id = $1 AND cron = $2 FOR UPDATE",
      [functionId, cron],
    );
    const row = rows[0];
    const definition = work.definitions.get(functionId);
    const trigger = definition?.crons.find((known) => known.cron === cron);
    if (!row || !definition || !trigger) return;
    const now = work.clock.now();
    const isDue = row.next_at <= now;
    if (isDue) await startRun(work, definition, cronEvent(work, cron));
    const next = isDue ? trigger.schedule.next(now) : row.next_at;
    if (!next) return;
    await work.query("UPDATE runner.crons SET next_at = $3 WHERE function_id = $1 AND cron = $2", [
      functionId,
      cron,
      next.toISOString(),
    ]);
    const delayMs = next.getTime() - now.getTime();
    await addJob(work.query, "cron", `${functionId}:${cron}`, { functionId, cron }, delayMs);
  });
}

function cronEvent(work: Work, cron: string) {
  const internalId = work.ids.next();
  const ts = work.clock.now().getTime();
  const json = { id: internalId, name: "inngest/scheduled.timer", ts, data: { cron } };
  const text = canonicalJson(json);
  return { internalId, name: json.name, text, json: parseJson(text) };
}

/** Starts the run that was held back, with the last event, unless a newer one came. */
export async function fireDebounce(
  runner: RunnerContext,
  functionId: string,
  key: string,
  version: number,
): Promise<void> {
  await inWork(runner, async (work) => {
    const rows = await work.query<{ event: unknown; event_id: string }>(
      `DELETE FROM runner.debounces WHERE function_id = $1 AND key = $2 AND version = $3
        RETURNING event, event_id`,
      [functionId, key, version],
    );
    const definition = work.definitions.get(functionId);
    if (!rows[0] || !definition) return;
    const text = canonicalJson(rows[0].event);
    await startRun(work, definition, { internalId: rows[0].event_id, name: "", text, json: rows[0].event });
  });
}

/** Cancels a run that has not begun, or not ended, in time. */
export async function fireDeadline(runner: RunnerContext, runId: string): Promise<void> {
  await inWork(runner, async (work) => {
    const rows = await work.query<{ start_deadline: Date | null; finish_deadline: Date | null }>(
      "SELECT start_deadline, finish_deadline FROM runner.runs WHERE id = $1 AND ended_at IS NULL",
      [runId],
    );
    const deadline = rows[0]?.finish_deadline ?? rows[0]?.start_deadline;
    if (!rows[0] || !deadline) return;
    const leftMs = deadline.getTime() - work.clock.now().getTime();
    if (leftMs > 0) return addJob(work.query, "deadline", runId, { runId }, leftMs);
    const message = rows[0].finish_deadline ? "the run did not end in time" : "the run did not begin in time";
    await endRun(work, runId, { status: "cancelled", error: namedError("Timeout", message) });
  });
}
