import { Prisma, type Transaction } from "@/lib/db/client";
import type { SettledState } from "@/lib/domain/booking";
import { type CanonicalRecord, canonicalRecordSchema, isDocument } from "@/lib/domain/canonical-record";
import type { AccountingDocument } from "@/lib/domain/document";
import { isZero, type Money, subtract, sum } from "@/lib/domain/money";
import { type SettledDocument, settledDocument, usedCredit } from "@/lib/domain/settlement";
import type { SyncContext } from "./sync-context";

/**
 * The documents that a page of source settlements settles, under their source ids: amount, rate, and every settlement
 * before this page, in the ledger or planned in this run. Earlier settlements matter in a foreign currency alone, so only
 * there are they looked up. A document that is in the ledger counts as the ledger has it.
 */
export async function loadSettledStates(
  context: SyncContext,
  tx: Transaction,
  records: readonly CanonicalRecord[],
  baseCurrency: string,
): Promise<SettledState[]> {
  const wanted = distinct(records.flatMap(documentsOf));
  const states: SettledState[] = [];
  for (const recordType of new Set(wanted.map((one) => one.recordType))) {
    const ids = wanted.filter((one) => one.recordType === recordType).map(({ id }) => id);
    const documents = await loadDocuments(context, tx, recordType, ids);
    const foreign = [...documents].filter(([, { record }]) => record.currency !== baseCurrency);
    const earlier = await loadEarlier(context, tx, recordType, new Map(foreign));
    for (const [id, { record }] of documents)
      states.push({
        recordType,
        id,
        gross: record.gross,
        fxRate: record.fxRate,
        earlier: earlier.get(id) ?? [],
      });
  }
  return states;
}

/** The documents that a settlement names; none for any other record. */
export function documentsOf(record: CanonicalRecord): SettledDocument[] {
  switch (record.recordType) {
    case "payment":
    case "billPayment":
      return [settledDocument(record)];
    case "allocation":
    case "supplierAllocation":
      return [settledDocument(record), usedCredit(record)];
    default:
      return [];
  }
}

function distinct(documents: readonly SettledDocument[]): SettledDocument[] {
  return [...new Map(documents.map((one) => [`${one.recordType}:${one.id}`, one])).values()];
}

interface KnownDocument {
  readonly record: AccountingDocument;
  /** Null while it is only planned. */
  readonly ledgerId: string | null;
}

async function loadDocuments(
  context: SyncContext,
  tx: Transaction,
  recordType: SettledDocument["recordType"],
  ids: readonly string[],
): Promise<Map<string, KnownDocument>> {
  const snapshots = await tx.recordSnapshot.findMany({
    where: { connectionId: context.source.connectionId, recordType, externalId: { in: [...ids] } },
    select: { externalId: true, record: true },
  });
  const links = await tx.recordLink.findMany({
    where: { pairId: context.pairId, recordType, sourceExternalId: { in: [...ids] } },
    select: { sourceExternalId: true, ledgerExternalId: true },
  });
  const planned = await tx.plannedChange.findMany({
    where: { runId: context.runId, recordType, verb: "link", sourceExternalId: { in: [...ids] } },
    select: { sourceExternalId: true, ledgerExternalId: true },
  });
  const ledgerIdOf = new Map(
    [...planned, ...links].map((row) => [row.sourceExternalId, row.ledgerExternalId ?? ""]),
  );
  const inLedger = await tx.ledgerRecord.findMany({
    where: {
      connectionId: context.ledger.connectionId,
      recordType,
      externalId: { in: [...ledgerIdOf.values()] },
    },
    select: { externalId: true, record: true },
  });
  const ledgerRecordOf = new Map(
    inLedger.map((row) => [row.externalId, canonicalRecordSchema.parse(row.record)]),
  );
  const known = new Map<string, KnownDocument>();
  for (const row of snapshots) {
    const ledgerId = ledgerIdOf.get(row.externalId) ?? null;
    const shown = ledgerId === null ? undefined : ledgerRecordOf.get(ledgerId);
    const record = shown ?? canonicalRecordSchema.parse(row.record);
    if (isDocument(record)) known.set(row.externalId, { record, ledgerId });
  }
  return known;
}

/** The column in which settlements name a document of this type. */
const KEY_OF: Readonly<Record<SettledDocument["recordType"], Prisma.Sql>> = {
  invoice: Prisma.sql`r.settled_id`,
  bill: Prisma.sql`r.settled_id`,
  creditNote: Prisma.sql`r.used_id`,
  supplierCredit: Prisma.sql`r.used_id`,
};
const NAMED_IN: Readonly<Record<SettledDocument["recordType"], readonly string[]>> = {
  invoice: ["allocation", "payment"],
  bill: ["supplierAllocation", "billPayment"],
  creditNote: ["allocation"],
  supplierCredit: ["supplierAllocation"],
};

async function loadEarlier(
  context: SyncContext,
  tx: Transaction,
  recordType: SettledDocument["recordType"],
  documents: ReadonlyMap<string, KnownDocument>,
): Promise<Map<string, Money[]>> {
  const earlier = new Map<string, Money[]>();
  if (documents.size === 0) return earlier;
  const key = KEY_OF[recordType];
  const types = Prisma.join([...NAMED_IN[recordType]]);
  const planned = await tx.$queryRaw<{ document: string; minor: string; currency: string }[]>`
    SELECT ${key} AS document, r.record -> 'amount' ->> 'minor' AS minor,
           r.record -> 'amount' ->> 'currency' AS currency
      FROM record_snapshots r
      JOIN planned_changes p ON p.run_id = ${context.runId}::uuid AND p.record_type = r.record_type
                            AND p.source_external_id = r.external_id AND p.verb = 'create'
     WHERE r.connection_id = ${context.source.connectionId}::uuid AND r.record_type IN (${types})
       AND ${key} IN (${Prisma.join([...documents.keys()])})`;
  const sourceIdOf = new Map([...documents].map(([id, { ledgerId }]) => [ledgerId ?? "", id]));
  sourceIdOf.delete("");
  const posted =
    sourceIdOf.size === 0
      ? []
      : await tx.$queryRaw<{ document: string; minor: string; currency: string }[]>`
    SELECT ${key} AS document, r.record -> 'amount' ->> 'minor' AS minor,
           r.record -> 'amount' ->> 'currency' AS currency
      FROM ledger_records r
     WHERE r.connection_id = ${context.ledger.connectionId}::uuid AND r.record_type IN (${types})
       AND ${key} IN (${Prisma.join([...sourceIdOf.keys()])})
       AND COALESCE(r.record ->> 'status', 'open') <> 'deleted'`;
  const put = (id: string, minor: string, currency: string): void => {
    earlier.set(id, [...(earlier.get(id) ?? []), { minor: BigInt(minor), currency }]);
  };
  for (const row of posted) put(sourceIdOf.get(row.document) ?? "", row.minor, row.currency);
  for (const [id, document] of documents) addUnread(earlier, id, document);
  for (const row of planned) put(row.document, row.minor, row.currency);
  return earlier;
}

/** What the ledger took off a document by means that are not read (a credit that somebody set against it by hand). */
function addUnread(earlier: Map<string, Money[]>, id: string, { record, ledgerId }: KnownDocument): void {
  if (ledgerId === null) return;
  const known = earlier.get(id) ?? [];
  const settled = subtract(record.gross, record.remaining);
  const unread = subtract(settled, sum(known, record.currency));
  if (!isZero(unread) && unread.minor > 0n) earlier.set(id, [...known, unread]);
}
