import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { RecordOverride } from "@/lib/domain/record-override";

/** A source record that waits for its planned change: new, changed, or an exception still. */
export interface PendingRecord {
  readonly snapshotId: string;
  readonly contentHash: string;
  /** Under the number and date that were chosen for it; the hash speaks of what the source says. */
  readonly record: CanonicalRecord;
  /** The source was found to have it no more. */
  readonly hasVanished?: boolean;
  /** What a person chose for this record alone. */
  readonly overrides: readonly RecordOverride[];
}
