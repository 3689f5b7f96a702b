import { z } from "zod";
import { Prisma, type Transaction } from "@/lib/db/client";
import { type CanonicalRecord, canonicalRecordSchema } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import type { SyncContext } from "./sync-context";

/** What a source record is looked up by among the ledger's. */
export interface Sought {
  readonly naturalKey: string;
  readonly marker: string;
  /** Lower case, empty where there is none. */
  readonly email: string;
}

const rowSchema = z.object({
  natural_key: z.string(),
  marker: z.string(),
  email: z.string(),
  record: canonicalRecordSchema,
});

/**
 * Ledger records that a page of source records could be. Those that another source record is linked to, now or in
 * this plan, are no candidates: two equal payments are two payments.
 */
export async function loadCandidates(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  sought: readonly Sought[],
): Promise<(one: Sought) => CanonicalRecord[]> {
  const keys = filled(sought.map((one) => one.naturalKey));
  const markers = filled(sought.map((one) => one.marker));
  const emails = filled(sought.map((one) => one.email));
  const rows: unknown[] = await tx.$queryRaw`
    SELECT l.natural_key, l.marker, lower(COALESCE(l.record->>'email', '')) AS email, l.record
      FROM ledger_records l
     WHERE l.connection_id = ${context.ledger.connectionId}::uuid
       AND l.record_type = ${recordType}
       AND (l.natural_key IN (${Prisma.join(keys)}) OR l.marker IN (${Prisma.join(markers)})
            ${recordType === "contact" ? Prisma.sql`OR lower(l.record->>'email') IN (${Prisma.join(emails)})` : Prisma.empty})
       AND NOT EXISTS (SELECT 1 FROM record_links k
                        WHERE k.pair_id = ${context.pairId}::uuid AND k.record_type = l.record_type
                          AND k.ledger_external_id = l.external_id)
       AND NOT EXISTS (SELECT 1 FROM planned_changes p
                        WHERE p.run_id = ${context.runId}::uuid AND p.record_type = l.record_type
                          AND p.verb = 'link' AND p.ledger_external_id = l.external_id)
     ORDER BY l.external_id`;
  const parsed = rows.map((row) => rowSchema.parse(row));
  return (one) =>
    parsed
      .filter(
        (row) =>
          row.natural_key === one.naturalKey ||
          (one.marker !== "" && row.marker === one.marker) ||
          (one.email !== "" && row.email === one.email),
      )
      .map((row) => row.record);
}

/** SQL's IN takes no empty list; a text that no record has stands in for one. */
const filled = (texts: readonly string[]): string[] => {
  const some = [...new Set(texts.filter((text) => text !== ""))];
  return some.length > 0 ? some : ["\u0001"];
};
