import { AsyncLocalStorage } from "node:async_hooks";
import type { SqlDriverAdapter, SqlDriverAdapterFactory, Transaction } from "@prisma/driver-adapter-utils";

/**
 * Makes each transaction see its workspace before Prisma gets it. Asked for through Prisma's own client, that one statement
 * costs more than beginning and committing together; below it, it is one short exchange with the server.
 */
const SEE_WORKSPACE = "SELECT set_config('app.workspace_id', $1, true)";
const TEXT = { scalarType: "string", arity: "scalar" } as const;

export interface WorkspaceAdapter {
  readonly factory: SqlDriverAdapterFactory;
  /** Transactions that begin inside `work` see this workspace alone; with null they see none. */
  seeing<T>(workspaceId: string | null, work: () => Promise<T>): Promise<T>;
}

export function createWorkspaceAdapter(inner: SqlDriverAdapterFactory): WorkspaceAdapter {
  const seen = new AsyncLocalStorage<string | null>();
  return {
    factory: {
      provider: inner.provider,
      adapterName: inner.adapterName,
      connect: async () => beginWith(await inner.connect(), () => seen.getStore() ?? null),
    },
    seeing: (workspaceId, work) => seen.run(workspaceId, work),
  };
}

function beginWith(adapter: SqlDriverAdapter, workspaceOf: () => string | null): SqlDriverAdapter {
  const begin = adapter.startTransaction.bind(adapter);
  adapter.startTransaction = async (isolationLevel) => {
    const workspaceId = workspaceOf();
    const transaction = await begin(isolationLevel);
    if (workspaceId !== null) await show(transaction, workspaceId);
    return transaction;
  };
  return adapter;
}

async function show(transaction: Transaction, workspaceId: string): Promise<void> {
  try {
    await transaction.executeRaw({ sql: SEE_WORKSPACE, args: [workspaceId], argTypes: [TEXT] });
  } catch (thrown) {
    // Prisma never sees this transaction, so its connection is given back here; the server forgets what it began.
    await transaction.executeRaw({ sql: "ROLLBACK", args: [], argTypes: [] }).catch(() => {});
    await transaction.rollback();
    throw thrown;
  }
}
