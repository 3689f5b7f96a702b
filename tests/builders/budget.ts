import pg from "pg";
import { createDatabase, type Database, type Transaction } from "@/lib/db/client";
import type { PermitAnswer } from "@/lib/quota/budget";
import { createTestDatabase } from "@/tests/setup/database";

/*
 * A call budget in a real database whose time a test can let pass: every stored instant is moved back, which is what
 * waiting looks like from inside.
 */

const WORKSPACE = "00000000-0000-4000-8000-0000000000a1";

export interface Limits {
  readonly minuteLimit: number;
  readonly dayLimit: number;
  readonly concurrencyLimit: number;
}

export interface BudgetWorld {
  readonly database: Database;
  /** A new connection with a budget of its own; its id. */
  addConnection(limits?: Partial<Limits>): Promise<string>;
  letPass(milliseconds: number): Promise<void>;
  /** Gives connections the limit of one app of their own. */
  shareApp(connectionIds: readonly string[], appMinuteLimit: number): Promise<void>;
  meterOf(connectionId: string): Promise<{ calls: number; singleCalls: number; bytesReceived: bigint }>;
  /** What `read` finds of a connection's budget now. */
  paceOf<T>(
    connectionId: string,
    read: (tx: Transaction, connectionId: string, now: Date) => Promise<T>,
  ): Promise<T>;
  /** The database's clock plus all that was let pass, in milliseconds. */
  now(): Promise<number>;
  end(): Promise<void>;
}

export async function createBudgetWorld(): Promise<BudgetWorld> {
  const urls = await createTestDatabase();
  const database = createDatabase(urls);
  const owner = new pg.Client({ connectionString: urls.ownerUrl });
  await owner.connect();
  await database.withWorkspace(WORKSPACE, (tx) =>
    tx.workspace.create({ data: { id: WORKSPACE, slug: "budget", name: "Budget" } }),
  );
  let passedMs = 0;
  let connections = 0;
  return {
    database,
    async addConnection(limits) {
      connections += 1;
      const connectionId = `00000000-0000-4000-8000-${String(connections).padStart(12, "0")}`;
      await database.withWorkspace(WORKSPACE, (tx) =>
        tx.quotaBudget.create({
          data: {
            connectionId,
            workspaceId: WORKSPACE,
            dayStartedAt: new Date(),
            ...{ minuteLimit: 60, dayLimit: 1000, concurrencyLimit: 5, ...limits },
          },
        }),
      );
      return connectionId;
    },
    async letPass(milliseconds) {
      passedMs += milliseconds;
      const back = `- make_interval(secs => ${milliseconds / 1000})`;
      await database.withWorkspace(WORKSPACE, async (tx) => {
        await tx.$executeRawUnsafe(
          `UPDATE quota_calls SET granted_at = granted_at ${back}, expires_at = expires_at ${back}, completed_at = completed_at ${back}`,
        );
        await tx.$executeRawUnsafe(
          `UPDATE quota_budgets SET day_started_at = day_started_at ${back}, blocked_until = blocked_until ${back},
             person_seen_at = person_seen_at ${back}, live_seen_at = live_seen_at ${back},
             person_waits_until = person_waits_until ${back}, live_waits_until = live_waits_until ${back},
             paced_until = paced_until ${back}`,
        );
      });
      await owner.query(`UPDATE quota_apps SET seen_at = seen_at ${back}`);
    },
    async shareApp(connectionIds, appMinuteLimit) {
      await database.withWorkspace(WORKSPACE, (tx) =>
        tx.quotaBudget.updateMany({
          where: { connectionId: { in: [...connectionIds] } },
          data: { appKey: connectionIds.join(" "), appMinuteLimit },
        }),
      );
    },
    async meterOf(connectionId) {
      const day = await database.withWorkspace(WORKSPACE, (tx) =>
        tx.quotaMeter.findFirstOrThrow({ where: { connectionId } }),
      );
      return { calls: day.calls, singleCalls: day.singleCalls, bytesReceived: day.bytesReceived };
    },
    paceOf: (connectionId, read) =>
      database.withWorkspace(WORKSPACE, (tx) => read(tx, connectionId, new Date())),
    async now() {
      const { rows } = await owner.query<{ ms: string }>(
        "SELECT extract(epoch FROM clock_timestamp()) * 1000 AS ms",
      );
      return Number(rows[0]?.ms) + passedMs;
    },
    async end() {
      await owner.end();
      await database.disconnect();
      await urls.drop();
    },
  };
}

export function granted(answer: PermitAnswer): Extract<PermitAnswer, { granted: true }>["permit"] {
  if (!answer.granted) throw new Error(`no permit for ${answer.retryAfterMs} ms`);
  return answer.permit;
}
