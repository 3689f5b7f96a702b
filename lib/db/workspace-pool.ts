import { AsyncLocalStorage } from "node:async_hooks";
import pg from "pg";

/**
 * Connections on which a transaction sees its workspace from its first statement on: the begin that Prisma sends goes out
 * together with the setting that row-level security reads. As a statement of its own, through Prisma or beside it, the
 * setting would be a sixth of all exchanges with the server.
 */
export interface WorkspacePool {
  readonly pool: pg.Pool;
  /** Transactions that begin inside `work` see this workspace alone; with null they see none. */
  seeing<T>(workspaceId: string | null, work: () => Promise<T>): Promise<T>;
}

export function createWorkspacePool(config: pg.PoolConfig): WorkspacePool {
  const seen = new AsyncLocalStorage<string | null>();
  const pool = new pg.Pool(config);
  pool.on("connect", (client) => {
    const query = client.query;
    const queryInWorkspace = (first: unknown, ...rest: readonly unknown[]): unknown =>
      Reflect.apply(query, client, [beginIn(seen.getStore() ?? null, first), ...rest]);
    Object.defineProperty(client, "query", { value: queryInWorkspace });
  });
  return { pool, seeing: (workspaceId, work) => seen.run(workspaceId, work) };
}

function beginIn(workspaceId: string | null, query: unknown): unknown {
  const isBegin = typeof query === "object" && query !== null && "text" in query && query.text === "BEGIN";
  if (!isBegin || workspaceId === null) return query;
  const seeWorkspace = `SELECT set_config('app.workspace_id', ${pg.escapeLiteral(workspaceId)}, true)`;
  return { ...query, text: `BEGIN; ${seeWorkspace}` };
}
