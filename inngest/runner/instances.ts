import pg from "pg";
import type { RunnerLogger } from "./context";
import type { Database } from "./database";

/*
 * Which runner processes are alive. Each holds an advisory lock on a connection of its own for as long as it lives: a
 * killed process loses its connection, and with it the lock, at once, while a slow one keeps it. No clock decides.
 * What a dead process held (jobs, leases, room under concurrency limits) is freed by whoever notices first.
 */

const LOCK_CLASS = 7465;

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
  { connectionString, logger }: InstanceOptions,
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
  return { id, isLost: () => lost, end: () => client.end() };
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
