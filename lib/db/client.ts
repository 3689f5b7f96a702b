import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { type Prisma, PrismaClient } from "./generated/client";
import { nameStatement } from "./statement-names";
import { createSystemFunctions, type SystemFunctions } from "./system";
import { createWorkspacePool } from "./workspace-pool";

/*
 * The only door to the database. Whatever belongs to a workspace is reached inside withWorkspace: row-level security
 * then shows and takes the rows of that workspace alone, also to a query that forgot to ask for it. Nothing here
 * knows what the tables mean.
 */

export { Prisma } from "./generated/client";

/** A Prisma client inside one transaction. */
export type Transaction = Prisma.TransactionClient;

export interface TransactionOptions {
  /** How long the transaction may take before it is rolled back; 30 s by default. */
  readonly timeoutMs?: number;
}

export interface Database {
  /**
   * Runs `work` in one transaction that sees a single workspace, and commits when it resolves. Law: no HTTP call
   * inside; load, end the transaction, call, open another one. Throws when no connection is free for 10 s.
   */
  withWorkspace<T>(
    workspaceId: string,
    work: (tx: Transaction) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T>;
  /**
   * The same without a workspace, for the tables that have none: users, what they sign in with, sessions, limits of
   * attempts and the inbox. Every other table looks empty and takes no row.
   */
  withoutWorkspace<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** What may be asked across workspaces. */
  readonly system: SystemFunctions;
  /** Closes every connection; the database object is useless afterwards. */
  disconnect(): Promise<void>;
}

export interface DatabaseOptions {
  /** Address under role tieout_app. */
  readonly appUrl: string;
  /** Address under role tieout_system. */
  readonly systemUrl: string;
  /** Connections at once under role tieout_app: 10 for web and for steps. */
  readonly appConnectionsMax?: number;
  readonly systemConnectionsMax?: number;
}

const APP_CONNECTIONS_MAX = 10;
/** Every call to a vendor asks for its permit here, five at once a connection. */
const SYSTEM_CONNECTIONS_MAX = 5;
const TRANSACTION_TIMEOUT_MS = 30_000;
const CONNECTION_WAIT_MS = 10_000;

/**
 * What the server itself ends, since a program that was stopped in its tracks ends nothing. A transaction that falls
 * silent lets go of its locks while those who wait for them still do; a statement outlives the longest transaction of
 * this module, so that the server never ends one that somebody waits for.
 */
const SESSION_LIMITS = {
  idle_in_transaction_session_timeout: 10_000,
  lock_timeout: 20_000,
  statement_timeout: 60_000,
} as const;

/** A prepared statement is planned for the values of each call: a workspace of ten rows and one of a million need other plans. */
const PLANNED_FOR_ITS_VALUES = "-c plan_cache_mode=force_custom_plan";

/** Connects at the first query, not before. */
export function createDatabase(options: DatabaseOptions): Database {
  const { pool, seeing } = createWorkspacePool({
    connectionString: options.appUrl,
    max: options.appConnectionsMax ?? APP_CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECTION_WAIT_MS,
    options: PLANNED_FOR_ITS_VALUES,
    ...SESSION_LIMITS,
  });
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: nameStatement, disposeExternalPool: true }),
    transactionOptions: { timeout: TRANSACTION_TIMEOUT_MS, maxWait: CONNECTION_WAIT_MS },
  });
  const systemPool = new pg.Pool({
    connectionString: options.systemUrl,
    max: options.systemConnectionsMax ?? SYSTEM_CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECTION_WAIT_MS,
    ...SESSION_LIMITS,
  });
  // A server that restarts ends idle connections; the pool replaces them, and a query under way fails by itself.
  systemPool.on("error", () => {});

  return {
    withWorkspace: (workspaceId, work, { timeoutMs } = {}) =>
      seeing(workspaceId, () => prisma.$transaction(work, { timeout: timeoutMs ?? TRANSACTION_TIMEOUT_MS })),
    withoutWorkspace: (work, { timeoutMs } = {}) =>
      seeing(null, () => prisma.$transaction(work, { timeout: timeoutMs ?? TRANSACTION_TIMEOUT_MS })),
    system: createSystemFunctions(systemPool),
    async disconnect() {
      await prisma.$disconnect();
      await systemPool.end();
    },
  };
}
