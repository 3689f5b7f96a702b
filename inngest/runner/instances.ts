import pg from "pg";
import type { RunnerLogger } from "./context";
import type { Database } from "./database";

/*
 * Which runner processes are alive. Each holds an advisory lock on a connection of its own for as long as it lives: a
 * killed process loses its connection, and with it the lock, at once, while a slow one keeps it. One that hangs or was
 * stopped in its tracks keeps its connection too, so every process shows itself on it every few seconds, and one that has
 * not for minutes has it ended by another: then it is as dead as a killed one, and what it still writes under its leases
 * when it wakes up is refused. What a dead process held (jobs, leases, room under concurrency limits) is freed by
 * whoever notices first.
 */

const LOCK_CLASS = 7465;
/** Far beyond what a busy machine makes of a process that is merely slow. */
const SILENT_AFTER_MS = 120_000;
const SIGNS_BEFORE_SILENT = 10;

export interface Instance {
  id(): number;
  /** Makes sure of our own lock, and frees what dead processes held. */
  tend(): Promise<void>;
  /** From now on jobs are locked under this name; what was locked under the last one is free. */
  lockJobsAs(workerPool: string): Promise<void>;
  close(): Promise<void>;
}

export interface InstanceOptions {
  readonly connectionString: string;
  readonly database: Database;
  readonly workerPool: string;
  readonly logger: RunnerLogger;
  /** After this long without a sign a process is taken for hung. */
  readonly silentAfterMs?: number;
}

interface Held {
  readonly id: number;
  isLost(): boolean;
  end(): Promise<void>;
}

export async function openInstance(options: InstanceOptions): Promise<Instance> {
  const { database, logger } = options;
  let workerPool = options.workerPool;
  let held = await announce(options, workerPool, undefined);
  return {
    id: () => held.id,
    async tend() {
      if (held.isLost()) {
        logger.warn("the runner lost its connection to the database and announces itself anew");
        held = await announce(options, workerPool, held.id);
      }
      await endHung(options);
      await freeDead(database);
    },
    async lockJobsAs(next) {
      const last = workerPool;
      workerPool = next;
      await database.query("UPDATE runner.instances SET worker_pool = $2 WHERE id = $1", [held.id, next]);
      await database.query("SELECT graphile_worker.force_unlock_workers($1)", [[last]]);
    },
    async close() {
      await held.end();
      await freeDead(database);
    },
  };
}

/** With an id of before, the process stays who it was, so that its leases stay its own. */
async function announce(
  { connectionString, logger, silentAfterMs = SILENT_AFTER_MS }: InstanceOptions,
  workerPool: string,
  before: number | undefined,
): Promise<Held> {
  const client = new pg.Client({ connectionString, application_name: "tieout-runner-alive" });
  let lost = false;
  client.on("error", (error) => {
    lost = true;
    logger.warn("the connection that shows the runner alive broke", { error: error.message });
  });
  client.on("end", () => {
    lost = true;
  });
  await client.connect();
  // Locked before it can be seen, so that nobody finds it unlocked and takes it for dead.
  await client.query("BEGIN");
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO runner.instances (id, worker_pool) OVERRIDING SYSTEM VALUE
     VALUES (coalesce($2, nextval(pg_get_serial_sequence('runner.instances', 'id'))), $1)
       ON CONFLICT (id) DO UPDATE SET worker_pool = excluded.worker_pool RETURNING id`,
    [workerPool, before ?? null],
  );
  const id = rows[0]?.id ?? 0;
  await client.query("SELECT pg_advisory_lock($1, $2)", [LOCK_CLASS, id]);
  await client.query("COMMIT");
  const signing = setInterval(() => {
    client.query("SELECT 1").catch(() => {
      lost = true;
    });
  }, silentAfterMs / SIGNS_BEFORE_SILENT);
  signing.unref();
  client.once("end", () => clearInterval(signing));
  return { id, isLost: () => lost, end: () => client.end() };
}

/** Ends the connections that show a process alive which has not shown itself for long; a role may end its own. */
async function endHung({
  database,
  logger,
  silentAfterMs = SILENT_AFTER_MS,
}: InstanceOptions): Promise<void> {
  const ended = await database.query<{ id: number }>(
    `SELECT locks.objid::int AS id, pg_terminate_backend(activity.pid)
       FROM pg_locks AS locks JOIN pg_stat_activity AS activity ON activity.pid = locks.pid
      WHERE locks.locktype = 'advisory' AND locks.granted AND locks.classid = ${LOCK_CLASS} AND locks.objsubid = 2
        AND locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND activity.state_change < clock_timestamp() - make_interval(secs => $1::float8 / 1000)`,
    [silentAfterMs],
  );
  for (const { id } of ended) logger.warn("a runner that hangs is taken for dead", { instance: id });
}

/** Frees the jobs and leases of every process that no longer holds its lock. */
async function freeDead(database: Database): Promise<void> {
  await database.transaction(async (query) => {
    const dead = await query<{ id: number; worker_pool: string }>(
      `SELECT id, worker_pool FROM runner.instances
        WHERE pg_try_advisory_xact_lock(${LOCK_CLASS}, id) ORDER BY id`,
    );
    if (dead.length === 0) return;
    await query("SELECT graphile_worker.force_unlock_workers($1)", [
      dead.map(({ worker_pool }) => worker_pool),
    ]);
    await query("DELETE FROM runner.instances WHERE id = ANY($1)", [dead.map(({ id }) => id)]);
  });
}
