import type { WriteVerb } from "@/lib/connectors/contract/manifest";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";

/** A write intent that one worker holds: the record is exactly what is sent. */
export interface ClaimedIntent {
  readonly id: string;
  /** Of the call that it was claimed for. A worker that comes back late finds another one and leaves it alone. */
  readonly callKey: string | null;
  readonly sourceExternalId: string;
  readonly sourceHash: string;
  readonly verb: WriteVerb;
  readonly ledgerExternalId: string | null;
  readonly record: CanonicalRecord;
  /** How often it was sent, this time included. */
  readonly attempts: number;
}

/** A write that the other side has done. */
export interface Landed {
  readonly intent: ClaimedIntent;
  readonly externalId: string;
  readonly code: string;
  /** As the ledger answered it. */
  readonly answered: CanonicalRecord;
}
