import { z } from "zod";
import type { Transaction } from "@/lib/db/client";
import { type CanonicalRecord, canonicalRecordSchema } from "@/lib/domain/canonical-record";
import type { LocalDate } from "@/lib/domain/local-date";
import type { RecordType } from "@/lib/domain/record-type";
import {
  isReversible,
  type ReversedBy,
  type Reversible,
  reversalId,
  reversalNumber,
  reverseRecord,
} from "@/lib/domain/reversal";
import type { Rulebook } from "./decision";
import type { SyncContext } from "./sync-context";

/**
 * What the ledger has already of the documents that are to take others back: those that an earlier undo left behind halfway,
 * or that a restored backup knows nothing of, are found by their marker; and numbers that were given are not asked for.
 */

/** What is asked of a kind of record in the closed period. */
export interface Asked {
  readonly recordType: RecordType;
  readonly how: ReversedBy;
  readonly lockDate: LocalDate;
  readonly day: LocalDate;
  readonly rulebook: Rulebook;
}

/** A record in the closed period, as the plan of the undo has it. */
export const lockedSchema = z.object({
  id: z.string(),
  source_external_id: z.string(),
  ledger_external_id: z.string(),
  number: z.string(),
  label: z.string(),
  reason: z.string(),
  base_minor: z.bigint().nullable(),
  /** What settles it and goes in this run. */
  going: z.string().transform(BigInt),
  record: canonicalRecordSchema,
});
export type Locked = z.output<typeof lockedSchema>;

/** An opposite document that is in the ledger already, and how much of it is set against its record. */
export interface Existing {
  readonly externalId: string;
  readonly number: string;
  readonly total: bigint;
  readonly allocated: bigint;
  readonly allocationExternalId: string | null;
}

/** By the marker that the opposite document of each would bear. */
export async function loadKnown(
  context: SyncContext,
  tx: Transaction,
  { recordType, how, day, rulebook }: Asked,
  page: readonly Locked[],
): Promise<ReadonlyMap<string, Existing>> {
  const idOf = new Map(
    page.flatMap(({ ledger_external_id: id, record }): [string, string][] => {
      if (!isReversible(record)) return [];
      const where = rulebook.markerOf(reversalId(recordType, id));
      return [[rulebook.rules.prepare(reverseRecord(record, day, ""), where).record.marker, id]];
    }),
  );
  const allocation = how.allocation ?? "allocation";
  const rows = await tx.$queryRaw<
    {
      marker: string;
      external_id: string;
      record: unknown;
      allocated: string;
      allocation_external_id: string | null;
    }[]
  >`
    SELECT b.marker, b.external_id, b.record, a.allocated, a.allocation_external_id
      FROM ledger_records b
     CROSS JOIN LATERAL (
       SELECT COALESCE(sum((a.record -> 'amount' ->> 'minor')::numeric), 0)::text AS allocated,
              min(a.external_id) AS allocation_external_id
         FROM ledger_records a
        WHERE a.connection_id = b.connection_id AND a.record_type = ${allocation}
          AND b.external_id IN (a.record ->> ${CREDIT_KEY[allocation]}, a.record ->> ${DEBT_KEY[allocation]})) a
     WHERE b.connection_id = ${context.ledger.connectionId}::uuid AND b.record_type = ${how.by}
       AND b.marker = ANY (${[...idOf.keys()]})
       AND COALESCE(b.record ->> 'status', 'open') NOT IN ('void', 'deleted')`;
  return new Map(
    rows.flatMap((row): [string, Existing][] => {
      const record = canonicalRecordSchema.parse(row.record);
      const id = idOf.get(row.marker);
      if (id === undefined || !isReversible(record)) return [];
      const existing = {
        ...{ externalId: row.external_id, number: record.number, total: totalOf(record) },
        ...{ allocated: BigInt(row.allocated), allocationExternalId: row.allocation_external_id },
      };
      return [[id, existing]];
    }),
  );
}

const CREDIT_KEY = { allocation: "creditNoteId", supplierAllocation: "supplierCreditId" } as const;
const DEBT_KEY = { allocation: "invoiceId", supplierAllocation: "billId" } as const;

const SUFFIXES = 20;

/** The first number of that kind that the ledger has not given yet. */
export function freeNumber(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let turn = 2; turn <= SUFFIXES; turn += 1)
    if (!taken.has(`${wanted}-${turn}`)) return `${wanted}-${turn}`;
  return `${wanted}-${SUFFIXES + 1}`;
}

/** Of the numbers that the opposite documents could have, those that the ledger has given before. */
export async function loadNumbers(
  context: SyncContext,
  tx: Transaction,
  by: RecordType,
  page: readonly Locked[],
  shown: ReadonlyMap<string, CanonicalRecord>,
): Promise<ReadonlySet<string>> {
  const wanted = page.flatMap(({ ledger_external_id: id }) => {
    const record = shown.get(id);
    if (record === undefined || !isReversible(record)) return [];
    const first = reversalNumber(record);
    return [first, ...Array.from({ length: SUFFIXES - 1 }, (_, index) => `${first}-${index + 2}`)];
  });
  const rows = await tx.$queryRaw<{ number: string }[]>`
    SELECT record ->> 'number' AS number FROM ledger_records
     WHERE connection_id = ${context.ledger.connectionId}::uuid AND record_type = ${by}
       AND natural_key = ANY (${wanted})`;
  return new Set(rows.map((row) => row.number));
}

/** What the two have to agree in. */
export const totalOf = (record: Reversible): bigint =>
  record.recordType === "manualJournal" ? record.total.minor : record.gross.minor;
