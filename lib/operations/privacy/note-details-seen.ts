import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/client";
import { type Looker, seesPersonalDetails } from "@/lib/domain/personal-details";

export interface SeenRecord {
  readonly recordType: string;
  readonly externalId: string;
}

/**
 * Notes in the audit trail that somebody saw the details of people, in the transaction that reads them. A person is noted
 * once a day for each of their records, and what a page shows is one line with its list, so that the chain is not flooded.
 * Who sees them masked has seen nothing.
 */
export async function noteDetailsSeen(
  tx: Transaction,
  reader: Looker & { readonly workspaceId: string; readonly userId: string },
  shown: readonly SeenRecord[],
  now: Date,
): Promise<void> {
  if (shown.length === 0 || !seesPersonalDetails(reader)) return;
  const { workspaceId, userId } = reader;
  const day = now.toISOString().slice(0, 10);
  const records = JSON.stringify(shown.map(({ recordType, externalId }) => ({ recordType, externalId })));
  const fresh = await tx.$queryRaw<SeenRecord[]>`
    INSERT INTO detail_reads (workspace_id, user_id, day, record_type, external_id)
    SELECT DISTINCT ${workspaceId}::uuid, ${userId}::uuid, ${day}::date, r."recordType", r."externalId"
      FROM jsonb_to_recordset(${records}::jsonb) AS r("recordType" text, "externalId" text)
    ON CONFLICT DO NOTHING
    RETURNING record_type AS "recordType", external_id AS "externalId"`;
  const [first] = fresh;
  if (!first) return;
  await tx.$executeRaw`
    DELETE FROM detail_reads
     WHERE workspace_id = ${workspaceId}::uuid AND user_id = ${userId}::uuid AND day < ${day}::date`;
  const names = fresh.map(({ recordType, externalId }) => `${recordType}:${externalId}`).sort();
  await recordEvent(tx, {
    workspaceId,
    actorUserId: userId,
    action: "details.seen",
    subject: names.length === 1 ? `${first.recordType}:${first.externalId}` : workspaceId,
    after: { records: names },
    at: now,
  });
}
