import pg from "pg";

/*
 * The runner's own connections. A transaction that loses against another (deadlock, serialisation), or whose connection
 * breaks before its commit, is run again from its start, so its body must have no effect outside the database. Instants travel as text in both directions, because
 * a driver's time zone must not matter.
 */

const ATTEMPTS_MAX = 5;
const LOST_RACE = new Set(["40P01", "40001"]);
const POOL_SIZE = 8;
/** The server ends what a process that was stopped in its tracks leaves open, and with it the locks. */
const SESSION_LIMITS = {
  idle_in_transaction_session_timeout: 10_000,
  lock_timeout: 20_000,
  statement_timeout: 60_000,
} as const;

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
  const pool = new pg.Pool({
    connectionString,
    max: POOL_SIZE,
    application_name: "tieout-runner",
    ...SESSION_LIMITS,
  });
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
          if (attempt === ATTEMPTS_MAX || !mayRunAgain(thrown)) throw thrown;
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
    const result = await untilCommit(client, body);
    await client.query("COMMIT");
    broken = false;
    return result;
  } catch (thrown) {
    const cause = thrown instanceof BrokenBeforeCommit ? thrown.cause : thrown;
    if (isConnectionError(cause)) throw thrown;
    broken = await client.query("ROLLBACK").then(
      () => false,
      () => true,
    );
    throw cause;
  } finally {
    client.release(broken);
  }
}

async function untilCommit<T>(client: pg.PoolClient, body: (query: Query) => Promise<T>): Promise<T> {
  try {
    await client.query("BEGIN");
    return await body(queryOn(client));
  } catch (cause) {
    throw new BrokenBeforeCommit(cause);
  }
}

/** Nothing of the transaction can have been stored. */
class BrokenBeforeCommit extends Error {
  override readonly name = "BrokenBeforeCommit";
  constructor(cause: unknown) {
    super("the transaction did not come to its commit", { cause });
  }
}

function queryOn(target: pg.Pool | pg.PoolClient): Query {
  return async (text, values) => {
    // A statement with values is a constant of this folder: each connection parses and plans it once.
    const { rows } =
      values === undefined
        ? await target.query(text)
        : await target.query({ name: statementName(text), text, values: [...values] });
    return rows;
  };
}

const statementNames = new Map<string, string>();

function statementName(text: string): string {
  const known = statementNames.get(text);
  if (known !== undefined) return known;
  const name = `runner-${statementNames.size + 1}`;
  statementNames.set(text, name);
  return name;
}

function mayRunAgain(thrown: unknown): boolean {
  if (thrown instanceof BrokenBeforeCommit) return true;
  return thrown instanceof pg.DatabaseError && LOST_RACE.has(thrown.code ?? "");
}

/** The server ended the connection (class 57P), or the socket broke, for which the driver has no code of its own. */
function isConnectionError(thrown: unknown): boolean {
  if (thrown instanceof pg.DatabaseError) return (thrown.code ?? "").startsWith("57P");
  if (!(thrown instanceof Error)) return false;
  return /^(ECONNRESET|EPIPE)$/.test(codeOf(thrown)) || thrown.message.startsWith("Connection terminated");
}

const codeOf = (error: Error) => ("code" in error ? String(error.code) : "");
