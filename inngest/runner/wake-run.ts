import type { Query } from "./database";

/*
 * How a run gets a driver: a job in graphile-worker's queue, at most one a run. Where a driver already holds the run it
 * is told to look again instead. Both are written in the transaction that changes the run, and the driver lets go of a
 * run only where it was not told, so that no change is overlooked.
 */

/** Every crash of a process uses up an attempt of the job; the tables, not this counter, decide what is left to do. */
const JOB_ATTEMPTS_MAX = 30_000;

export type JobName = "drive" | "cron" | "debounce" | "deadline";

/** Adds or moves the job of that key; `delayMs` counts from the database's now. */
export async function addJob(
  query: Query,
  name: JobName,
  key: string,
  payload: Readonly<Record<string, unknown>>,
  delayMs = 0,
): Promise<void> {
  await query(
    `SELECT graphile_worker.add_job($1, payload := $2::json, job_key := $3, max_attempts := ${JOB_ATTEMPTS_MAX},
       run_at := now() + make_interval(secs => $4))`,
    [name, JSON.stringify(payload), jobKey(name, key), Math.max(0, delayMs) / 1000],
  );
}

/** Makes sure that somebody looks at the run soon. The epoch stands for "at once", whatever the clock says. */
export async function wakeRun(query: Query, touched: Set<string>, runId: string): Promise<void> {
  const rows = await query<{ lease: string | null }>(
    `UPDATE runner.runs
        SET poked = lease IS NOT NULL, next_due_at = CASE WHEN lease IS NULL THEN to_timestamp(0) END
      WHERE id = $1 AND ended_at IS NULL RETURNING lease`,
    [runId],
  );
  const run = rows[0];
  if (!run) return;
  touched.add(runId);
  if (run.lease === null) await addJob(query, "drive", runId, { runId });
}

const KEY_MAX = 500;

function jobKey(name: JobName, key: string): string {
  return `${name}:${key}`.slice(0, KEY_MAX);
}
