import type { Database } from "@/lib/db/client";
import type { WaitingOn } from "./setup-questions";

/**
 * The source accounts and taxes that the set-up must ask about, whatever the source says of them: those that open
 * exceptions wait on, and those chosen before, whose answer would be lost if they were not asked about again.
 */
export async function loadWaitingOn(
  database: Database,
  workspaceId: string,
  pair: { readonly id: string; readonly sourceConnectionId: string },
  /** So many of the records that wait are looked at; all unless said otherwise. */
  recordsMax: number | null = null,
): Promise<WaitingOn> {
  const rows = await database.withWorkspace(
    workspaceId,
    (tx) => tx.$queryRaw<{ kind: string; key: string | null }[]>`
      WITH waiting AS (
        SELECT line
          FROM (SELECT record FROM record_snapshots
                 WHERE connection_id = ${pair.sourceConnectionId}::uuid AND disposition = 'exception'
                   AND disposition_reason IN ('accountNotMapped', 'taxNotMapped')
                 LIMIT ${recordsMax}::bigint) s, jsonb_array_elements(s.record->'lines') AS line)
      SELECT 'account' AS kind, line->>'accountKey' AS key FROM waiting
      UNION SELECT 'tax', line->>'taxKey' FROM waiting
      UNION SELECT 'paymentAccount', COALESCE(record->>'bankAccountKey', record->>'accountKey') FROM record_snapshots
             WHERE connection_id = ${pair.sourceConnectionId}::uuid AND disposition = 'exception'
               AND disposition_reason = 'paymentAccountNotMapped'
      UNION SELECT kind, split_part(source_key, '@', 1) FROM value_maps
             WHERE pair_id = ${pair.id}::uuid AND kind IN ('account', 'tax', 'paymentAccount') AND target_key IS NOT NULL`,
  );
  const keysOf = (kind: string): ReadonlySet<string> =>
    new Set(rows.flatMap((row) => (row.kind === kind && row.key !== null ? [row.key] : [])));
  return {
    accounts: keysOf("account"),
    taxes: keysOf("tax"),
    paymentAccounts: keysOf("paymentAccount"),
  };
}
