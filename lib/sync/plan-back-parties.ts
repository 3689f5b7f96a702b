import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";
import { type CanonicalRecord, canonicalRecordSchema } from "@/lib/domain/canonical-record";
import { isErased } from "@/lib/domain/erased-person";
import { nameSimilarity, SIMILARITY_WITH_SAME_EMAIL } from "@/lib/domain/name-similarity";
import type { RecordType } from "@/lib/domain/record-type";
import { advanceAgreement, agreedSchema, compareSides, fieldsOf, withFieldsOf } from "@/lib/domain/two-sided";
import type { ReferenceState, References } from "@/lib/mapping/references";
import {
  type BackChange,
  type BackPage,
  blockedBack,
  nameTaken,
  nextOf,
  notPlanned,
  withoutRefused,
} from "./back-change";
import { decideWrite } from "./decide-change";
import type { Rulebook } from "./decision";
import { ASK_ALWAYS } from "./flow-rules";
import type { SyncContext } from "./sync-context";

/**
 * Contacts and items of the ledger that are new there, or were changed there since both sides last agreed. One that the
 * source has under the same name, code or e-mail is never made a second time; conflicts are the other direction's to show.
 */
export async function planPartiesBack(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  rulebook: Rulebook,
  { after, size }: { readonly after: string; readonly size: number },
): Promise<BackPage> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT l.external_id, l.content_hash, l.marker, l.record, k.id AS link_id, k.source_external_id, k.agreed,
           s.record AS here
      FROM ledger_records l
      LEFT JOIN record_links k ON k.pair_id = ${context.pairId}::uuid AND k.record_type = l.record_type
                              AND k.ledger_external_id = l.external_id
      LEFT JOIN record_snapshots s ON s.connection_id = ${context.ledger.connectionId}::uuid
                                  AND s.record_type = l.record_type AND s.external_id = k.source_external_id
                                  AND s.gone_at IS NULL
     WHERE l.connection_id = ${context.source.connectionId}::uuid AND l.record_type = ${recordType}
       AND l.external_id > ${after}
       AND CASE WHEN k.id IS NULL THEN (l.record ->> 'active')::boolean
                ELSE k.ledger_hash IS DISTINCT FROM l.content_hash END
       AND ${notPlanned(context)}
     ORDER BY l.external_id LIMIT ${size}`;
  const read = rows.map((row) => ({ row, record: canonicalRecordSchema.parse(row.record) }));
  const twins = await loadTwins(
    context,
    tx,
    recordType,
    read.flatMap(({ row, record }) => (row.link_id === null ? [record] : [])),
  );
  const changes: BackChange[] = [];
  for (const { row, record } of read) {
    const change =
      row.link_id === null
        ? decideNew(context, row, record, twins(record), rulebook)
        : await decideChanged(tx, { ...row, link_id: row.link_id }, record, rulebook);
    if (change) changes.push(change);
  }
  return { changes: await withoutRefused(context, tx, recordType, changes), next: nextOf(rows, size) };
}

interface Row {
  readonly external_id: string;
  readonly content_hash: string;
  readonly marker: string;
  readonly record: unknown;
  readonly link_id: string | null;
  readonly source_external_id: string | null;
  readonly agreed: unknown;
  readonly here: unknown;
}

/** A record of the source that looks like one of the ledger, and whether it stands for another one there. */
interface Twin {
  readonly isLinked: boolean;
}

function decideNew(
  context: SyncContext,
  row: Row,
  record: CanonicalRecord,
  twin: Twin | null,
  rulebook: Rulebook,
): BackChange | null {
  if (isErased(record)) return null;
  const isOurs = record.recordType === "contact" && context.source.rules.isMarker(row.marker, context);
  // What bears our marker came from the source; what the source has alike is matched by the other direction.
  if (isOurs || (twin !== null && !twin.isLinked)) return null;
  if (twin !== null) return blockedBack(record, row.content_hash, nameTaken(record));
  const decision = decideWrite(record, "create", null, NO_REFERENCES, rulebook);
  if (decision.verb === "block") return blockedBack(record, row.content_hash, decision.problem);
  if (!("record" in decision)) return null;
  const { record: sent, warnings } = decision;
  return {
    record,
    contentHash: row.content_hash,
    decision: { verb: "create", sent, targetId: null, warnings },
  };
}

async function decideChanged(
  tx: Transaction,
  row: Row & { readonly link_id: string },
  record: CanonicalRecord,
  rulebook: Rulebook,
): Promise<BackChange | null> {
  // Deleted in the source, or never read: there is nothing to compare with.
  if (row.here === null || row.source_external_id === null) return null;
  const here = canonicalRecordSchema.parse(row.here);
  if (isErased(record) || isErased(here)) return null;
  const agreed = row.agreed === null ? null : agreedSchema.parse(row.agreed);
  const { conflictRule } = rulebook.flowRules?.(record.recordType) ?? ASK_ALWAYS;
  const sides = compareSides(agreed, here, record, conflictRule);
  if (sides.disputed.length > 0) return null;
  if (sides.toSource.length === 0) {
    const next = advanceAgreement(agreed, fieldsOf(here), fieldsOf(record));
    await tx.recordLink.update({
      where: { id: row.link_id },
      data: { ledgerHash: row.content_hash, agreed: toInputJson(next) },
    });
    return null;
  }
  const wanted = { ...withFieldsOf(here, record, sides.toSource), marker: "" };
  const { record: sent, warnings } = rulebook.rules.prepare(wanted, rulebook.markerOf(record.externalId));
  const [refused] = rulebook.rules.preflight(sent, rulebook.ledger);
  if (refused) return blockedBack(record, row.content_hash, refused);
  const { source_external_id: targetId } = row;
  return { record, contentHash: row.content_hash, decision: { verb: "update", sent, targetId, warnings } };
}

/** Records of the source with the same name, code or e-mail, whether they are linked or not. */
async function loadTwins(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  records: readonly CanonicalRecord[],
): Promise<(record: CanonicalRecord) => Twin | null> {
  const keys = [...new Set(records.flatMap(keysOf))];
  if (keys.length === 0) return () => null;
  const rows = await tx.$queryRaw<{ record: unknown; is_linked: boolean }[]>`
    SELECT s.record, EXISTS (SELECT FROM record_links k
                              WHERE k.pair_id = ${context.pairId}::uuid AND k.record_type = s.record_type
                                AND k.source_external_id = s.external_id) AS is_linked
      FROM record_snapshots s
     WHERE s.connection_id = ${context.ledger.connectionId}::uuid AND s.record_type = ${recordType}
       AND s.gone_at IS NULL
       AND (${plain(Prisma.sql`s.label`)} IN (${Prisma.join(keys)})
            OR ${plain(Prisma.sql`s.number`)} IN (${Prisma.join(keys)})
            OR ${plain(Prisma.sql`COALESCE(s.record ->> 'email', '')`)} IN (${Prisma.join(keys)}))`;
  const known = rows.map((row) => ({
    record: canonicalRecordSchema.parse(row.record),
    isLinked: row.is_linked,
  }));
  return (record) => known.find((one) => isTwin(record, one.record)) ?? null;
}

const plain = (text: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`lower(btrim(regexp_replace(${text}, '\\s+', ' ', 'g')))`;

const plainText = (text: string): string => text.replace(/\s+/g, " ").trim().toLowerCase();

function keysOf(record: CanonicalRecord): string[] {
  const texts =
    record.recordType === "contact"
      ? [record.name, record.email]
      : record.recordType === "item"
        ? [record.code, record.name]
        : [];
  return texts.map(plainText).filter((text) => text !== "");
}

function isTwin(record: CanonicalRecord, here: CanonicalRecord): boolean {
  if (record.recordType === "contact" && here.recordType === "contact") {
    if (plainText(record.name) === plainText(here.name)) return true;
    const isSameAddress = record.email !== "" && plainText(record.email) === plainText(here.email);
    return isSameAddress && nameSimilarity(record.name, here.name) >= SIMILARITY_WITH_SAME_EMAIL;
  }
  if (record.recordType === "item" && here.recordType === "item")
    return (
      plainText(record.code) === plainText(here.code) ||
      // The source keeps names unique as well.
      plainText(record.name === "" ? record.code : record.name) === plainText(here.name)
    );
  return false;
}

const ABSENT: ReferenceState = { state: "absent" };

/** Contacts and items point to nothing. */
const NO_REFERENCES: References = {
  contact: () => ABSENT,
  item: () => ABSENT,
  invoice: () => ABSENT,
  creditNote: () => ABSENT,
  bill: () => ABSENT,
  supplierCredit: () => ABSENT,
};
