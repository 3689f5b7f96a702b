import pg from "pg";

/*
 * The runner's own connections. A transaction that loses against another (deadlock, serialisation) is run again from
 * its start, so its body must have no effect outside the database. Instants travel as text in both directions, because
 * a driver's time zone must not matter.
 */

const ATTEMPTS_MAX = 5;
const LOST_RACE = new Set(["40P01", "40001"]);
const POOL_SIZE = 8;

export type Query = <Row extends pg.QueryResultRow>(
  text: string,
  values?: readonly unknown[],
) => Promise<Row[]>;

export interface Database {
  readonly query: Query;
  /** Runs the body in one transaction, again where it lost a race. Rejects with what the body threw. */
  transaction<T>(body: (query: Query) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export function openDatabase(connectionString: string, onIdleError: (error: Error) => void): Database {
  const pool = new pg.Pool({ connectionString, max: POOL_SIZE, application_name: "tieout-runner" });
  pool.on("error", onIdleError);
  // One in use that breaks rejects its query; without a handler it would also end the process.
  pool.on("connect", (client) => client.on("error", () => {}));
  return {
    query: queryOn(pool),
    async transaction(body) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once(pool, body);
        } catch (thrown) {
          if (attempt === ATTEMPTS_MAX || !isLostRace(thrown)) throw thrown;
        }
      }
    },
    close: () => pool.end(),
  };
}

async function once<T>(pool: pg.Pool, body: (query: Query) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query("BEGIN");
    const result = await body(queryOn(client)).catch(async (thrown: unknown) => {
      await client.query("ROLLBACK");
      broken = false;
      throw thrown;
    });
    await client.query("COMMIT");
    broken = false;
    return result;
  } finally {
    client.release(broken);
  }
}

function queryOn(target: pg.Pool | pg.PoolClient): Query {
  return async (text, values) => {
    const { rows } = await target.query(text, values === undefined ? undefined : [...values]);
    return rows;
  };
}

function isLostRace(thrown: unknown): boolean {
  return thrown instanceof pg.DatabaseError && LOST_RACE.has(thrown.code ?? "");
}
