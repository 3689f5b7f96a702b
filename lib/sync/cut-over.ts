import { Prisma, type Transaction } from "@/lib/db/client";
import { type CanonicalRecord, isDocument, type RecordOf, summarise } from "@/lib/domain/canonical-record";
import type { Money } from "@/lib/domain/money";
import type { CutOver, PairSettings } from "@/lib/domain/pair-settings";
import type { SyncContext } from "./sync-context";

/**
 * Which side of the cut-over a record is on, and what of it was open on that day. Only what is owed crosses the border:
 * invoices, bills and their credits. Payments, orders, journals and money on bank accounts belong to their own day.
 */
export type CarriedDocument = RecordOf<"invoice" | "creditNote" | "bill" | "supplierCredit">;

const CARRIED: ReadonlySet<string> = new Set(["invoice", "creditNote", "bill", "supplierCredit"]);

/** The cut-over that the record lies before; null where it is to be kept, or has no date. */
export function cutOverAfter(record: CanonicalRecord, { cutOver }: PairSettings): CutOver | null {
  const { date } = summarise(record);
  return cutOver !== null && date !== null && date < cutOver.date ? cutOver : null;
}

export const isCarried = (record: CanonicalRecord): record is CarriedDocument =>
  isDocument(record) && CARRIED.has(record.recordType);

const SETTLEMENTS = ["payment", "billPayment", "allocation", "supplierAllocation"];

/**
 * What was open on the day of the cut-over, by source id, for the documents of a page that are dated before it: what
 * is open now and what was settled since. A document that was settled by then is not among them.
 */
export async function loadOpenAtCutOver(
  context: Pick<SyncContext, "settings" | "source">,
  tx: Transaction,
  records: readonly CanonicalRecord[],
): Promise<ReadonlyMap<string, Money>> {
  const { cutOver } = context.settings;
  const before = records
    .filter(isCarried)
    .filter((record) => cutOverAfter(record, context.settings) !== null);
  if (cutOver === null || before.length === 0) return new Map();
  const settled = await tx.$queryRaw<{ id: string; minor: string }[]>`
    SELECT document.id, sum((s.record->'amount'->>'minor')::numeric)::text AS minor
      FROM record_snapshots s
     CROSS JOIN LATERAL (VALUES (s.record->>'invoiceId'), (s.record->>'billId'),
                                (s.record->>'creditNoteId'), (s.record->>'supplierCreditId')) AS document (id)
     WHERE s.connection_id = ${context.source.connectionId}::uuid
       AND s.record_type IN (${Prisma.join(SETTLEMENTS)})
       AND s.document_date >= ${cutOver.date}
       AND COALESCE(s.record->>'status', 'open') <> 'deleted'
       AND document.id IN (${Prisma.join(before.map((record) => record.externalId))})
     GROUP BY document.id`;
  const settledSince = new Map(settled.map((row) => [row.id, BigInt(row.minor)]));
  return new Map(
    before.flatMap((record) => {
      const minor = record.remaining.minor + (settledSince.get(record.externalId) ?? 0n);
      return minor > 0n ? [[record.externalId, { minor, currency: record.currency }] as const] : [];
    }),
  );
}
