import type { CanonicalRecord } from "@/lib/domain/canonical-record";

/** A source record that waits for its planned change: new, changed, or an exception still. */
export interface PendingRecord {
  readonly snapshotId: string;
  readonly contentHash: string;
  readonly record: CanonicalRecord;
}
