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
  /** Makes sure of our own lock, and frees what dead processes held. True where there was something to free. */
  tend(): Promise<boolean>;
  close(): Promise<void>;
}

export interface InstanceOptions {
  readonly connectionString: string;
  readonly database: Database;
  readonly workerPool: string;
  readonly logger: RunnerLogger;
}

export async function openInstance(options: InstanceOptions): Promise<Instance> {
  let held = await announce(options);
  return {
    id: () => held.id,
    async tend() {
      if (held.isLost()) {
        options.logger.warn("the runner lost its connection to the database and announces itself anew");
        held = await announce(options);
      }
      return freeDead(options.database);
    },
    async close() {
      await held.end();
      await freeDead(options.database);
    },
  };
}

async function announce({ connectionString, workerPool, logger }: InstanceOptions) {
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
    "INSERT INTO runner.instances (worker_pool) VALUES ($1) RETURNING id",
    [workerPool],
  );
  const id = rows[0]?.id ?? 0;
  await client.query("SELECT pg_advisory_lock($1, $2)", [LOCK_CLASS, id]);
  await client.query("COMMIT");
  return { id, isLost: () => lost, end: () => client.end() };
}

/** Frees the jobs and leases of every process that no longer holds its lock. */
async function freeDead(database: Database): Promise<boolean> {
  return database.transaction(async (query) => {
    const dead = await query<{ id: number; worker_pool: string }>(
      `SELECT id, worker_pool FROM runner.instances
        WHERE pg_try_advisory_xact_lock(${LOCK_CLASS}, id) ORDER BY id`,
    );
    if (dead.length === 0) return false;
    await query("SELECT graphile_worker.force_unlock_workers($1)", [
      dead.map(({ worker_pool }) => worker_pool),
    ]);
    await query("DELETE FROM runner.instances WHERE id = ANY($1)", [dead.map(({ id }) => id)]);
    return true;
  });
}
