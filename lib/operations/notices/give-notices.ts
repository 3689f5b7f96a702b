import type { Transaction } from "@/lib/db/client";

/** Gives every notice that waits for a pair to a run that is about to read everything that changed. */
export async function giveNoticesToRun(
  tx: Transaction,
  pairId: string,
  runId: string,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    WITH taken AS (
      UPDATE change_notices SET state = 'taken', taken_at = ${now}, run_id = ${runId}::uuid
       WHERE pair_id = ${pairId}::uuid AND state = 'waiting'
      RETURNING inbox_message_id
    )
    UPDATE inbox_messages SET processed_at = ${now}
     WHERE processed_at IS NULL AND id IN (SELECT inbox_message_id FROM taken)`;
}
