import { z } from "zod";
import type { Prisma, Transaction } from "@/lib/db/client";
import { localDateSchema } from "@/lib/domain/json-edge";
import { monthOf } from "@/lib/domain/local-date";
import { RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";
import { encode, type Json } from "@/lib/kernel/json";
import type { Entry } from "@/lib/reconciliation/entry";
import { findEntryChanges } from "@/lib/reconciliation/entry-changes";

/**
 * Entries as rows, and what changed between two readings of them. A page of entries is stored in a few statements however
 * many it holds; a change of a record that was known is written down, and so is a record that appears in a closed month.
 */
export type Side = "source" | "ledger";

/** Raise it when what is kept of a record changes: the next tie-out reads everything again. */
export const ENTRY_VERSION = 1;

export interface EntryScope {
  readonly workspaceId: string;
  readonly pairId: string;
  readonly side: Side;
}

export interface StoredEntry {
  readonly entry: Entry;
  /** Content and mapping that a source entry was made of; empty on the ledger side. */
  readonly madeOf: string;
}

const minor = z.string().transform(BigInt);
const document = z.object({ id: z.string(), number: z.string() }).nullable();
const part = z.object({ key: z.string(), net: minor, roundedLines: z.number().int() });

/** The stored form of an entry. */
export const entrySchema: z.ZodType<Entry> = z.object({
  recordType: z.enum(RECORD_TYPES),
  id: z.string(),
  number: z.string(),
  label: z.string(),
  date: localDateSchema.nullable(),
  currency: z.string().nullable(),
  gross: minor,
  taxes: z.array(z.object({ ratePercent: z.string(), net: minor, tax: minor, lines: z.number().int() })),
  rounding: minor,
  standing: z.boolean(),
  marker: z.string(),
  strictKey: z.string(),
  looseKey: z.string(),
  settles: document,
  uses: document,
  contactId: z.string(),
  contactName: z.string(),
  accounts: z.array(part).nullable(),
  tracking: z.array(part).nullable(),
  fxRate: z.string().nullable(),
});

/** Stores a page of entries, and writes down what they change. */
export async function storeEntries(
  tx: Transaction,
  scope: EntryScope,
  entries: readonly StoredEntry[],
  now: Date,
): Promise<void> {
  // A page may hold a record twice; the later one is the newer one.
  const page = [...new Map(entries.map((one) => [keyOf(one.entry), one])).values()];
  if (page.length === 0) return;
  const rows = JSON.stringify(page.map(rowOf));
  await noteChanges(tx, scope, page, rows, now);
  await tx.$executeRaw`
    INSERT INTO tie_out_entries (workspace_id, pair_id, side, record_type, external_id, standing, marker, strict_key,
           loose_key, settles_id, settles_number, uses_id, uses_number, contact_id, number, twin_key, made_of, body, read_at,
           changed_at)
    SELECT ${scope.workspaceId}::uuid, ${scope.pairId}::uuid, ${scope.side}, r.record_type, r.external_id, r.standing,
           r.marker, r.strict_key, r.loose_key, r.settles_id, r.settles_number, r.uses_id, r.uses_number, r.contact_id,
           r.number, r.twin_key, r.made_of, r.body, ${now}, ${now}
      FROM jsonb_to_recordset(${rows}::jsonb) AS r (record_type text, external_id text, standing boolean, marker text,
           strict_key text, loose_key text, settles_id text, settles_number text, uses_id text, uses_number text,
           contact_id text, number text, twin_key text, made_of text, body jsonb)
        ON CONFLICT (pair_id, side, record_type, external_id) DO UPDATE
       SET standing = excluded.standing, marker = excluded.marker, strict_key = excluded.strict_key,
           loose_key = excluded.loose_key, settles_id = excluded.settles_id, settles_number = excluded.settles_number,
           uses_id = excluded.uses_id, uses_number = excluded.uses_number, contact_id = excluded.contact_id,
           number = excluded.number, twin_key = excluded.twin_key, made_of = excluded.made_of, body = excluded.body,
           read_at = excluded.read_at,
           changed_at = CASE WHEN tie_out_entries.body IS DISTINCT FROM excluded.body
                             THEN excluded.changed_at ELSE tie_out_entries.changed_at END`;
}

/** Takes entries away that their side no longer has, and writes that down. */
export async function dropEntries(
  tx: Transaction,
  scope: EntryScope,
  which: Prisma.Sql,
  now: Date,
): Promise<number> {
  return tx.$executeRaw`
    WITH gone AS (
      DELETE FROM tie_out_entries e
       WHERE e.pair_id = ${scope.pairId}::uuid AND e.side = ${scope.side} AND ${which}
      RETURNING e.record_type, e.external_id, e.number, e.standing, e.body
    )
    INSERT INTO entry_changes
           (workspace_id, pair_id, side, record_type, external_id, what, number, label, month_before, fields, noticed_at)
    SELECT ${scope.workspaceId}::uuid, ${scope.pairId}::uuid, ${scope.side}, record_type, external_id, 'gone', number,
           body ->> 'label', COALESCE(left(body ->> 'date', 7), ''), '[]'::jsonb, ${now}
      FROM gone WHERE standing`;
}

const keyOf = ({ recordType, id }: Entry): string => `${recordType}:${id}`;

/** Long names and narrations would not fit an index, and nobody reads the key. */
function rowOf({ entry, madeOf }: StoredEntry): Json {
  const isDocument = entry.taxes.length > 0;
  return {
    record_type: entry.recordType,
    external_id: entry.id,
    standing: entry.standing,
    marker: entry.marker,
    strict_key: entry.strictKey,
    loose_key: entry.looseKey,
    settles_id: entry.settles?.id ?? "",
    settles_number: entry.settles?.number ?? "",
    uses_id: entry.uses?.id ?? "",
    uses_number: entry.uses?.number ?? "",
    contact_id: entry.contactId,
    number: entry.number,
    twin_key: isDocument
      ? [entry.contactId, entry.date, entry.currency, entry.gross].map(String).join("|")
      : "",
    made_of: madeOf,
    body: encode(bodyOf(entry)),
  };
}

/** Nothing but what the schema reads again, so that equal entries are equal rows. */
function bodyOf(entry: Entry): Entry {
  const documentOf = (one: Entry["settles"]): Entry["settles"] => one && { id: one.id, number: one.number };
  return { ...entry, settles: documentOf(entry.settles), uses: documentOf(entry.uses) };
}

async function noteChanges(
  tx: Transaction,
  scope: EntryScope,
  page: readonly StoredEntry[],
  rows: string,
  now: Date,
): Promise<void> {
  const known: unknown[] = await tx.$queryRaw`
    SELECT e.record_type, e.external_id, e.made_of, e.body
      FROM jsonb_to_recordset(${rows}::jsonb) AS r (record_type text, external_id text, body jsonb)
      JOIN tie_out_entries e ON e.pair_id = ${scope.pairId}::uuid AND e.side = ${scope.side}
       AND e.record_type = r.record_type AND e.external_id = r.external_id AND e.body IS DISTINCT FROM r.body`;
  const before = new Map(
    known.map((row) => {
      const one = knownSchema.parse(row);
      return [`${one.record_type}:${one.external_id}`, one];
    }),
  );
  const changed = page.flatMap(({ entry, madeOf }) => {
    const old = before.get(keyOf(entry));
    // Another mapping makes another entry of the same record: that is no change of the record.
    if (!old || (madeOf !== "" && contentOf(old.made_of) === contentOf(madeOf))) return [];
    const fields = findEntryChanges(old.body, entry);
    if (fields.length === 0) return [];
    return [changeRow(scope, entry, "changed", old.body, encode(fields), now)];
  });
  const added = await listAdded(tx, scope, page, now);
  if (changed.length + added.length > 0) await tx.entryChange.createMany({ data: [...changed, ...added] });
}

const knownSchema = z.object({
  record_type: z.string(),
  external_id: z.string(),
  made_of: z.string(),
  body: entrySchema,
});

const contentOf = (madeOf: string): string => madeOf.split(":")[0] ?? "";

/** Records of a closed month that were not there before. */
async function listAdded(tx: Transaction, scope: EntryScope, page: readonly StoredEntry[], now: Date) {
  const closed = await tx.monthClose.findMany({
    where: { pairId: scope.pairId, reopenedAt: null },
    select: { month: true },
  });
  if (closed.length === 0) return [];
  const months = new Set(closed.map(({ month }) => month));
  const inClosed = page.filter(
    ({ entry }) => entry.standing && entry.date !== null && months.has(monthOf(entry.date)),
  );
  if (inClosed.length === 0) return [];
  const there = await tx.tieOutEntry.findMany({
    where: {
      pairId: scope.pairId,
      side: scope.side,
      externalId: { in: inClosed.map((one) => one.entry.id) },
    },
    select: { recordType: true, externalId: true },
  });
  const known = new Set(there.map((row) => `${row.recordType}:${row.externalId}`));
  return inClosed
    .filter(({ entry }) => !known.has(keyOf(entry)))
    .map(({ entry }) => changeRow(scope, entry, "added", null, [], now));
}

function changeRow(
  { workspaceId, pairId, side }: EntryScope,
  entry: Entry,
  what: "added" | "changed",
  before: Entry | null,
  fields: Json,
  noticedAt: Date,
) {
  return {
    workspaceId,
    pairId,
    side,
    recordType: entry.recordType satisfies RecordType,
    externalId: entry.id,
    what,
    number: entry.number,
    label: entry.label,
    monthBefore: before?.date ? monthOf(before.date) : "",
    monthAfter: entry.date ? monthOf(entry.date) : "",
    fields: fields ?? [],
    noticedAt,
  };
}
