import type { RunnerContext } from "./context";
import type { Query } from "./database";
import { addJob, type JobName, wakeRun } from "./wake-run";

/*
 * The tables say what is due and the queue's jobs are only the prompt way to it. The sweep adds a job wherever a row is
 * due and no job is there to see to it: after a crash between two statements, after a job that failed, or when a test
 * moves the clock. It also forgets what is old.
 */

const ROWS_MAX = 200;
const DAY_MS = 86_400_000;

export async function sweep(runner: RunnerContext): Promise<void> {
  const now = runner.clock.now().toISOString();
  const touched = new Set<string>();
  await runner.database.transaction(async (query) => {
    for (const runId of await orphanRuns(query, runner, now)) await addJob(query, "drive", runId, { runId });
    for (const runId of await firstBlocked(query)) await wakeRun(query, touched, runId);
    for (const job of await dueJobs(query, now)) await addJob(query, job.name, job.key, job.payload);
  });
  for (const runId of touched) runner.active.get(runId)?.poke();
}

/** Runs that are due without a job, or whose driver is gone: with its process, or by an error in this one. */
async function orphanRuns(query: Query, runner: RunnerContext, now: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `SELECT id FROM runner.runs
      WHERE ended_at IS NULL
        AND ((lease IS NULL AND next_due_at <= $1)
             OR (lease_instance = $2 AND NOT (id = ANY($3)))
             OR (lease IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM runner.instances WHERE instances.id = runs.lease_instance)))
        AND NOT EXISTS (SELECT 1 FROM graphile_worker.jobs
                         WHERE jobs.key = 'drive:' || runs.id AND jobs.run_at <= now() + interval '1 second')
      ORDER BY id LIMIT ${ROWS_MAX}`,
    [now, runner.instanceId(), [...runner.active.keys()]],
  );
  return rows.map(({ id }) => id);
}

/** The first in line for each key: where its waking was lost, nobody would ever pass. */
async function firstBlocked(query: Query): Promise<string[]> {
  const rows = await query<{ run_id: string }>(
    `SELECT first.run_id FROM (SELECT DISTINCT ON (key) key, run_id FROM runner.blocked ORDER BY key, seq) AS first
      WHERE NOT EXISTS (SELECT 1 FROM runner.slots WHERE slots.key = first.key)
        AND NOT EXISTS (SELECT 1 FROM graphile_worker.jobs WHERE jobs.key = 'drive:' || first.run_id)
      ORDER BY first.run_id LIMIT ${ROWS_MAX}`,
  );
  return rows.map(({ run_id }) => run_id);
}

interface DueJob {
  readonly name: JobName;
  readonly key: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly [column: string]: unknown;
}

async function dueJobs(query: Query, now: string): Promise<DueJob[]> {
  return query<DueJob>(
    `SELECT * FROM (
       SELECT 'cron' AS name, function_id || ':' || cron AS key,
              json_build_object('functionId', function_id, 'cron', cron) AS payload
         FROM runner.crons WHERE next_at <= $1
       UNION ALL
       SELECT 'debounce', function_id || ':' || key,
              json_build_object('functionId', function_id, 'key', key, 'version', version)
         FROM runner.debounces WHERE due_at <= $1
       UNION ALL
       SELECT 'deadline', id, json_build_object('runId', id)
         FROM runner.runs WHERE ended_at IS NULL AND coalesce(finish_deadline, start_deadline) <= $1
     ) AS due
      WHERE NOT EXISTS (SELECT 1 FROM graphile_worker.jobs
                         WHERE jobs.key = left(due.name || ':' || due.key, 500)
                           AND jobs.run_at <= now() + interval '1 second')
      LIMIT ${ROWS_MAX}`,
    [now],
  );
}

/** Deletes ended runs, events and keys that are older than the retention. */
export async function forgetOld(runner: RunnerContext, retentionDays: number): Promise<void> {
  const now = runner.clock.now().getTime();
  const before = new Date(now - retentionDays * DAY_MS).toISOString();
  await runner.database.query("DELETE FROM runner.runs WHERE ended_at < $1", [before]);
  await runner.database.query("DELETE FROM runner.events WHERE received_at < $1", [before]);
  await runner.database.query("DELETE FROM runner.used_keys WHERE expires_at < $1", [
    new Date(now).toISOString(),
  ]);
}
