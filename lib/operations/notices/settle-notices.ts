import type { Transaction } from "@/lib/db/client";

/**
 * Ends what waits of a connection that is over: no run will take it, and whoever comes back reads what changed since.
 * A body that is about it counts as looked into.
 */
export async function settleNotices(tx: Transaction, connectionId: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    WITH settled AS (
      UPDATE change_notices SET state = 'ended', taken_at = ${now}
       WHERE connection_id = ${connectionId}::uuid AND state = 'waiting'
      RETURNING inbox_message_id
    )
    UPDATE inbox_messages SET processed_at = ${now}
     WHERE processed_at IS NULL AND id IN (SELECT inbox_message_id FROM settled)`;
}
