import { z } from "zod";
import { Prisma, type Transaction } from "@/lib/db/client";
import { type CanonicalRecord, canonicalRecordSchema } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import { asTakenBack } from "@/lib/domain/reversal";
import type { LooseKeys } from "@/lib/matching/loose-keys";
import type { SyncContext } from "./sync-context";

/** What a source record is looked up by among the ledger's. */
export interface Sought extends LooseKeys {
  readonly naturalKey: string;
  readonly marker: string;
  /** Lower case, empty where there is none. */
  readonly email: string;
  /** Ids in the ledger of what a person said to be this record. */
  readonly saidToBe: readonly string[];
}

/** Ledger records that a source record could be. */
export interface Candidates {
  /** With its natural key, e-mail or marker, or named by a person. */
  readonly equal: readonly CanonicalRecord[];
  /** Under another number or name; only those that are not plainly some other source record. */
  readonly near: readonly CanonicalRecord[];
  /** The app that posted a candidate, by its id, where it is known. */
  readonly postedFrom: ReadonlyMap<string, string>;
  /** Ids of candidates that a document of its own took back: given as void, though the ledger shows them standing. */
  readonly takenBack: ReadonlySet<string>;
}

export const NOTHING_SOUGHT: Sought = {
  naturalKey: "",
  marker: "",
  email: "",
  looseKey: "",
  twinKey: "",
  saidToBe: [],
};

const rowSchema = z.object({
  external_id: z.string(),
  natural_key: z.string(),
  marker: z.string(),
  email: z.string(),
  loose_key: z.string(),
  twin_key: z.string(),
  posted_from: z.string(),
  taken_back: z.boolean(),
  record: canonicalRecordSchema,
});
type Row = z.output<typeof rowSchema>;

/**
 * Ledger records that a page of source records could be. Those that another source record is linked to, now or in
 * this plan, are no candidates: two equal payments are two payments.
 */
export async function loadCandidates(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  sought: readonly Sought[],
): Promise<(one: Sought) => Candidates> {
  const keysOf = (key: (one: Sought) => string): string[] => filled(sought.map(key));
  const rows: unknown[] = await tx.$queryRaw`
    SELECT l.external_id, l.natural_key, l.marker, lower(COALESCE(l.record->>'email', '')) AS email,
           l.loose_key, l.twin_key, l.posted_from, l.record,
           EXISTS (SELECT 1 FROM reversals r
                     JOIN ledger_records b ON b.connection_id = l.connection_id AND b.record_type = r.by_record_type
                                          AND b.external_id = r.by_external_id
                    WHERE r.pair_id = ${context.pairId}::uuid AND r.record_type = l.record_type
                      AND r.ledger_external_id = l.external_id AND r.state = 'complete'
                      AND COALESCE(b.record->>'status', 'open') NOT IN ('void', 'deleted')) AS taken_back
      FROM ledger_records l
     WHERE l.connection_id = ${context.ledger.connectionId}::uuid
       AND l.record_type = ${recordType}
       AND (l.natural_key IN (${Prisma.join(keysOf((one) => one.naturalKey))})
            OR l.marker IN (${Prisma.join(keysOf((one) => one.marker))})
            OR l.loose_key IN (${Prisma.join(keysOf((one) => one.looseKey))})
            OR l.twin_key IN (${Prisma.join(keysOf((one) => one.twinKey))})
            OR l.external_id IN (${Prisma.join(filled(sought.flatMap((one) => one.saidToBe)))})
            ${recordType === "contact" ? Prisma.sql`OR lower(l.record->>'email') IN (${Prisma.join(keysOf((one) => one.email))})` : Prisma.empty})
       AND NOT EXISTS (SELECT 1 FROM record_links k
                        WHERE k.pair_id = ${context.pairId}::uuid AND k.record_type = l.record_type
                          AND k.ledger_external_id = l.external_id)
       AND NOT EXISTS (SELECT 1 FROM planned_changes p
                        WHERE p.run_id = ${context.runId}::uuid AND p.record_type = l.record_type
                          AND p.verb = 'link' AND p.ledger_external_id = l.external_id)
     ORDER BY l.external_id`;
  const parsed = rows
    .map((row) => rowSchema.parse(row))
    .map((row) => (row.taken_back ? { ...row, record: asTakenBack(row.record) } : row));
  const soughtElsewhere = await namesInSource(context, tx, recordType, sought, parsed);
  const spelledElsewhere = new Set(sought.map((other) => other.looseKey).filter((key) => key !== ""));
  return (one) => {
    const equal = parsed.filter((row) => isEqual(row, one));
    const near = parsed.filter(
      (row) =>
        !equal.includes(row) &&
        isNear(row, one) &&
        !soughtElsewhere.has(row.natural_key) &&
        // Another spelling of another one's number is that one's.
        (row.loose_key === one.looseKey || !spelledElsewhere.has(row.loose_key)),
    );
    return {
      equal: equal.map((row) => row.record),
      near: near.map((row) => row.record),
      takenBack: new Set(equal.flatMap((row) => (row.taken_back ? [row.external_id] : []))),
      postedFrom: new Map([...equal, ...near].map((row) => [row.external_id, row.posted_from])),
    };
  };
}

const isEqual = (row: Row, one: Sought): boolean =>
  (one.naturalKey !== "" && row.natural_key === one.naturalKey) ||
  (one.marker !== "" && row.marker === one.marker) ||
  (one.email !== "" && row.email === one.email) ||
  one.saidToBe.includes(row.external_id);

const isNear = (row: Row, one: Sought): boolean =>
  (one.looseKey !== "" && row.loose_key === one.looseKey) ||
  (one.twinKey !== "" && row.twin_key === one.twinKey);

/**
 * Natural keys of ledger records that are, to the letter, those of other source records: what bears the very number
 * of one is that one, and no question about a second.
 */
async function namesInSource(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  sought: readonly Sought[],
  rows: readonly Row[],
): Promise<ReadonlySet<string>> {
  const known = new Set(sought.map((one) => one.naturalKey).filter((key) => key !== ""));
  const others = rows.filter((row) => !known.has(row.natural_key));
  const numbers = others.flatMap(({ record }) =>
    "number" in record && record.number !== "" ? [record.number] : [],
  );
  const names = others.flatMap(({ record }) => (record.recordType === "contact" ? [record.name] : []));
  if (numbers.length === 0 && names.length === 0) return known;
  const found = await tx.recordSnapshot.findMany({
    where: {
      connectionId: context.source.connectionId,
      recordType,
      ...(recordType === "contact"
        ? { label: { in: names, mode: "insensitive" } }
        : { number: { in: numbers } }),
    },
    select: { number: true, label: true },
  });
  const inSource = new Set(
    found.map((row) => (recordType === "contact" ? row.label.toLowerCase() : row.number)),
  );
  for (const { natural_key, record } of others) {
    const name =
      record.recordType === "contact" ? record.name.toLowerCase() : "number" in record ? record.number : "";
    if (inSource.has(name)) known.add(natural_key);
  }
  return known;
}

/** SQL's IN takes no empty list; a text that no record has stands in for one. */
const filled = (texts: readonly string[]): string[] => {
  const some = [...new Set(texts.filter((text) => text !== ""))];
  return some.length > 0 ? some : ["\u0001"];
};
