import type { Prisma, Transaction } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";
import { type CanonicalRecord, canonicalRecordSchema } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import { type Agreed, advanceAgreement, agreedSchema, type Fields, fieldsOf } from "@/lib/domain/two-sided";
import type { SyncContext } from "./sync-context";

/**
 * The note of what both sides had when they last agreed, on the link of each contact and item. It moves on with every write
 * and with every look that found nothing to do; a change that has yet to go its way keeps the earlier state of its field.
 */
const TWO_SIDED: ReadonlySet<RecordType> = new Set(["contact", "item"]);
export const isTwoSided = (recordType: RecordType): boolean => TWO_SIDED.has(recordType);

export interface LinkedPair {
  readonly sourceExternalId: string;
  readonly ledgerExternalId: string;
  readonly agreed: Agreed | null;
  /** As last read; absent where that never happened. */
  readonly source: CanonicalRecord | undefined;
  readonly ledger: CanonicalRecord | undefined;
}

/** Links by their id in the source, with both records as last read. Works for a run in either direction. */
export async function loadPairs(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  sourceIds: readonly string[],
): Promise<Map<string, LinkedPair>> {
  const links = await tx.recordLink.findMany({
    where: { pairId: context.pairId, recordType, sourceExternalId: { in: [...sourceIds] } },
    select: { sourceExternalId: true, ledgerExternalId: true, agreed: true },
  });
  const states = await loadStates(context, tx, recordType, links);
  return new Map(
    links.map((link) => [
      link.sourceExternalId,
      {
        ...link,
        agreed: link.agreed === null ? null : agreedSchema.parse(link.agreed),
        source: states.source.get(link.sourceExternalId),
        ledger: states.ledger.get(link.ledgerExternalId),
      },
    ]),
  );
}

async function loadStates(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  ids: readonly { readonly sourceExternalId: string; readonly ledgerExternalId: string }[],
): Promise<{ source: Map<string, CanonicalRecord>; ledger: Map<string, CanonicalRecord> }> {
  const { source, ledger } = connectionsOf(context);
  const snapshots = await tx.recordSnapshot.findMany({
    where: { connectionId: source, recordType, externalId: { in: ids.map((one) => one.sourceExternalId) } },
    select: { externalId: true, record: true },
  });
  const records = await tx.ledgerRecord.findMany({
    where: { connectionId: ledger, recordType, externalId: { in: ids.map((one) => one.ledgerExternalId) } },
    select: { externalId: true, record: true },
  });
  const byId = (rows: readonly { externalId: string; record: unknown }[]): Map<string, CanonicalRecord> =>
    new Map(rows.map((row) => [row.externalId, canonicalRecordSchema.parse(row.record)]));
  return { source: byId(snapshots), ledger: byId(records) };
}

/** The connections of the operations system and of the accounts, whichever way the run goes. */
export function connectionsOf({ direction, source, ledger }: SyncContext): {
  source: string;
  ledger: string;
} {
  return direction === "toLedger"
    ? { source: source.connectionId, ledger: ledger.connectionId }
    : { source: ledger.connectionId, ledger: source.connectionId };
}

/** Notes what both sides say now on links that needed no write; a link without a note yet begins with it. */
export async function noteAgreement(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  sourceIds: readonly string[],
): Promise<void> {
  if (!isTwoSided(recordType)) return;
  for (const pair of (await loadPairs(context, tx, recordType, sourceIds)).values()) {
    if (pair.source === undefined || pair.ledger === undefined) continue;
    const agreed = advanceAgreement(pair.agreed, fieldsOf(pair.source), fieldsOf(pair.ledger));
    if (pair.agreed !== null && JSON.stringify(agreed) === JSON.stringify(pair.agreed)) continue;
    await tx.recordLink.updateMany({
      where: { pairId: context.pairId, recordType, sourceExternalId: pair.sourceExternalId },
      data: { agreed: toInputJson(agreed) },
    });
  }
}

export interface LandedWrite {
  readonly sourceExternalId: string;
  readonly ledgerExternalId: string;
  readonly sent: CanonicalRecord;
  readonly answered: CanonicalRecord;
}

/**
 * The agreement after writes that landed, by id in the source: the written side as it answered, the other one as last read.
 * A field counts as written where what was sent is not what that side had before.
 */
export async function agreedAfterWrites(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  landed: readonly LandedWrite[],
): Promise<Map<string, Prisma.InputJsonValue>> {
  if (!isTwoSided(recordType)) return new Map();
  const sourceIds = landed.map((one) => one.sourceExternalId);
  const pairs = await loadPairs(context, tx, recordType, sourceIds);
  const states = await loadStates(context, tx, recordType, landed);
  return new Map(
    landed.map(({ sourceExternalId, ledgerExternalId, sent, answered }) => {
      const before = pairs.get(sourceExternalId)?.agreed ?? null;
      const source = states.source.get(sourceExternalId);
      const ledger = states.ledger.get(ledgerExternalId);
      const isBack = context.direction === "toSource";
      const written = changedFields(isBack ? source : ledger, sent);
      const now = {
        source: fieldsOf(isBack ? answered : (source ?? sent)),
        ledger: fieldsOf(isBack ? (ledger ?? sent) : answered),
      };
      return [sourceExternalId, toInputJson(advanceAgreement(before, now.source, now.ledger, written))];
    }),
  );
}

function changedFields(before: CanonicalRecord | undefined, sent: CanonicalRecord): string[] {
  const old: Fields = before === undefined ? {} : fieldsOf(before);
  return Object.entries(fieldsOf(sent)).flatMap(([field, value]) => (old[field] === value ? [] : [field]));
}
