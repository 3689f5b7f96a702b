import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import type { Database } from "./database";

/*
 * Runs as Inngest's REST API shows them (GET /v1/runs/{id}, GET /v1/events/{id}/runs), so that the parity suite reads
 * both servers the same way.
 */

const STATUS_WORDS = {
  queued: "Running",
  running: "Running",
  completed: "Completed",
  failed: "Failed",
  cancelled: "Cancelled",
} as const;

const rowSchema = z
  .object({
    id: z.string(),
    function_id: z.string(),
    event_id: z.string().nullable(),
    status: z.enum(["queued", "running", "completed", "failed", "cancelled"]),
    output: z.unknown(),
    error: z.unknown(),
    created_at: z.date(),
    started_at: z.date().nullable(),
    ended_at: z.date().nullable(),
  })
  .transform((row) => ({
    run_id: row.id,
    function_id: row.function_id,
    event_id: row.event_id,
    status: STATUS_WORDS[row.status],
    /** The function's result, or the error of a run that failed or was cancelled. */
    output: row.status === "completed" ? row.output : row.error,
    created_at: row.created_at.toISOString(),
    run_started_at: row.started_at?.toISOString() ?? null,
    ended_at: row.ended_at?.toISOString() ?? null,
  }));

export type RunView = z.output<typeof rowSchema>;

const COLUMNS = "id, function_id, event_id, status, output, error, created_at, started_at, ended_at";

/** One run, or undefined. */
export async function findRun(database: Database, runId: string): Promise<RunView | undefined> {
  const rows = await database.query(`SELECT ${COLUMNS} FROM runner.runs WHERE id = $1`, [runId]);
  return rows.map((row) => rowSchema.parse(row))[0];
}

/** The runs that an event started, oldest first. */
export async function listRunsOfEvent(database: Database, eventId: string): Promise<RunView[]> {
  const rows = await database.query(`SELECT ${COLUMNS} FROM runner.runs WHERE event_id = $1 ORDER BY seq`, [
    eventId,
  ]);
  return rows.map((row) => rowSchema.parse(row));
}

/** The newest runs of a function, newest first. */
export async function listRunsOfFunction(
  database: Database,
  functionId: string,
  count: number,
): Promise<RunView[]> {
  const rows = await database.query(
    `SELECT ${COLUMNS} FROM runner.runs WHERE function_id = $1 ORDER BY seq DESC LIMIT $2`,
    [functionId, count],
  );
  return rows.map((row) => rowSchema.parse(row));
}

const WAIT_POLL_MS = 20;

/** Waits until the run has ended; rejects with its state after the time-out. */
export async function waitForRun(database: Database, runId: string, timeoutMs: number): Promise<RunView> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const run = await findRun(database, runId);
    if (run && run.status !== "Running") return run;
    if (Date.now() > deadline) throw new Error(`run ${runId} has not ended after ${timeoutMs} ms`);
    await delay(WAIT_POLL_MS);
  }
}
