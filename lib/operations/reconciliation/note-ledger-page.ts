import { Prisma, type Transaction } from "@/lib/db/client";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import type { Decimal } from "@/lib/kernel/decimal";
import { buildEntry } from "@/lib/reconciliation/build-entry";
import { codingOf } from "@/lib/reconciliation/coding";
import type { EngineSide, SyncContext } from "@/lib/sync/sync-context";
import { dropEntries, type StoredEntry, storeEntries } from "./entry-rows";

/**
 * Keeps what a page of the ledger said, as GET gave it: the next tie-out need not read it again. Whoever reads the ledger
 * for whatever purpose passes by here, so a change that a person makes there is known with the next poll or notice.
 */
type Read = Pick<SyncContext, "workspaceId" | "pairId" | "origin"> & {
  readonly ledger: Pick<EngineSide, "rules" | "manifest">;
};

export async function noteLedgerPage(
  context: Read,
  tx: Transaction,
  records: readonly CanonicalRecord[],
  rates: ReadonlyMap<string, Decimal>,
  now: Date,
): Promise<void> {
  const { manifest } = context.ledger;
  const scope = scopeOf(context);
  const entries = records.map((record) => entryOf(context, record, rates));
  for (const dependent of RECORD_TYPES) {
    const { read } = manifest.capabilities[dependent];
    if (typeof read === "string") continue;
    const carriers = records.filter((record) => record.recordType === read.with).map((one) => one.externalId);
    if (carriers.length === 0) continue;
    // A credit comes with everything that was set against it: what was taken off is shown nowhere.
    const present = records.filter((record) => record.recordType === dependent).map((one) => one.externalId);
    const which = Prisma.sql`e.record_type = ${dependent} AND e.uses_id = ANY(${carriers}) AND e.external_id <> ALL(${present})`;
    await dropEntries(tx, scope, which, now);
  }
  await storeEntries(tx, scope, entries, now);
}

/** Keeps what GET gave of one record, without the dependents that a list would bring along; true where it stands. */
export async function noteLedgerRecord(
  context: Read,
  tx: Transaction,
  record: CanonicalRecord,
  rates: ReadonlyMap<string, Decimal>,
  now: Date,
): Promise<boolean> {
  const stored = entryOf(context, record, rates);
  await storeEntries(tx, scopeOf(context), [stored], now);
  return stored.entry.standing;
}

const scopeOf = ({ workspaceId, pairId }: Read) => ({ workspaceId, pairId, side: "ledger" }) as const;

function entryOf(context: Read, record: CanonicalRecord, rates: ReadonlyMap<string, Decimal>): StoredEntry {
  const marker = context.ledger.rules.isMarker(record.marker, context) ? record.marker : "";
  return { entry: buildEntry(record, marker, rates, codingOf(record, rates)), madeOf: "" };
}
