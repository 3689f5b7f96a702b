import pg from "pg";
import { getRuntime } from "@/lib/operations/runtime";

/**
 * Looks at a run's state and nothing else of it, since a trial looks often; what waits for hours is woken on one session,
 * opened anew when the server was away.
 */
export interface Watch {
  /** State of a run as it is stored, and why it failed; throws while the database is away. */
  stateOf(
    workspaceId: string,
    runId: string,
  ): Promise<{ readonly state: string; readonly failure: string | null } | null>;
  /** The run to the source that began when this one ended; null where none did. */
  followingBack(workspaceId: string, runId: string): Promise<{ readonly id: string } | null>;
  /** A vendor that asks for a minute, or an hour, is waited for by a durable sleep: that time passes at once. */
  skipLongSleeps(): Promise<void>;
  close(): Promise<void>;
}

const LONG = "2 seconds";

export function watchRuns(ownerUrl: string): Watch {
  let session: pg.Client | null = null;

  async function query(text: string): Promise<void> {
    if (session === null) {
      const client = new pg.Client({ connectionString: ownerUrl, application_name: "chaos" });
      client.on("error", () => {});
      client.on("end", () => {
        if (session === client) session = null;
      });
      await client.connect();
      session = client;
    }
    const used = session;
    try {
      await used.query(text);
    } catch (thrown) {
      if (session === used) session = null;
      await used.end().catch(() => {});
      throw thrown;
    }
  }

  return {
    async stateOf(workspaceId, runId) {
      const { database } = await getRuntime();
      return database.withWorkspace(workspaceId, (tx) =>
        tx.syncRun.findUnique({ where: { id: runId }, select: { state: true, failure: true } }),
      );
    },
    async followingBack(workspaceId, runId) {
      const { database } = await getRuntime();
      return database.withWorkspace(workspaceId, async (tx) => {
        const { startedAt } = await tx.syncRun.findUniqueOrThrow({ where: { id: runId } });
        return tx.syncRun.findFirst({
          where: { direction: "toSource", startedAt: { gte: startedAt } },
          orderBy: { startedAt: "desc" },
          select: { id: true },
        });
      });
    },
    async skipLongSleeps() {
      await query(
        `WITH woken AS (
           UPDATE runner.steps SET due_at = now() WHERE status <> 'done' AND due_at > now() + interval '${LONG}' RETURNING run_id)
         UPDATE runner.runs SET next_due_at = now() WHERE ended_at IS NULL AND lease IS NULL AND next_due_at > now() + interval '${LONG}'`,
      );
    },
    async close() {
      await session?.end();
    },
  };
}
