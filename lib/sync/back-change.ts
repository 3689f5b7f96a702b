import { Prisma, type Transaction } from "@/lib/db/client";
import { type CanonicalRecord, summarise } from "@/lib/domain/canonical-record";
import { type Problem, problem } from "@/lib/domain/problem";
import type { RecordType } from "@/lib/domain/record-type";
import { loadRefusals } from "./load-circumstances";
import type { SyncContext } from "./sync-context";

/** What every kind of planning toward the source shares: the shape of a change, and which records it passes over. */

/** A ledger record that is to change something in the source, as it was read. */
export interface BackChange {
  /** The record of the ledger. */
  readonly record: CanonicalRecord;
  /** Content hash of that version, or of the state that leads to the change. */
  readonly contentHash: string;
  readonly decision:
    | {
        readonly verb: "create" | "update" | "void";
        /** As it is sent. */
        readonly sent: CanonicalRecord;
        readonly targetId: string | null;
        readonly warnings: readonly string[];
      }
    | { readonly verb: "block"; readonly problem: Problem };
}

/** One page from behind `after`: its changes, and where the next page begins; null after the last. */
export interface BackPage {
  readonly changes: readonly BackChange[];
  readonly next: string | null;
}

/** Records of this run's plan are not planned again: for a piece that is repeated after a kill. */
export const notPlanned = (context: SyncContext): Prisma.Sql => Prisma.sql`
  NOT EXISTS (SELECT FROM planned_changes p
               WHERE p.run_id = ${context.runId}::uuid AND p.record_type = l.record_type
                 AND p.source_external_id = l.external_id)`;

export const nextOf = (rows: readonly { readonly external_id: string }[], size: number): string | null =>
  rows.length < size ? null : (rows.at(-1)?.external_id ?? null);

/** What the source refused in this very version stays an exception, and is not sent again. */
export async function withoutRefused(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  changes: readonly BackChange[],
): Promise<BackChange[]> {
  if (changes.length === 0) return [];
  const pending = changes.map((one) => ({
    snapshotId: "",
    contentHash: one.contentHash,
    record: one.record,
    overrides: [],
  }));
  const refused = await loadRefusals(context, tx, recordType, pending);
  return changes.map((change) => {
    const before = refused.get(change.record.externalId);
    return before ? { ...change, decision: { verb: "block", problem: before } } : change;
  });
}

/** A record of the ledger that the source has to be told of, or why it cannot be told. */
export const blockedBack = (record: CanonicalRecord, contentHash: string, cause: Problem): BackChange => ({
  record,
  contentHash,
  decision: { verb: "block", problem: cause },
});

export const nameTaken = (record: CanonicalRecord): Problem =>
  record.recordType === "item"
    ? problem("itemCodeUnusable", record.code)
    : problem("nameTaken", summarise(record).label);
