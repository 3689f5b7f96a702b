import type { QuarantinedRecord } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import { quarantine, UnreadableRecord } from "../wire/unreadable";

/** What reading a row gave. */
export interface Reading {
  readonly records: readonly CanonicalRecord[];
  readonly quarantined: readonly QuarantinedRecord[];
}

export const NOTHING: Reading = { records: [], quarantined: [] };

/** The records that `read` makes of a row, or the row kept aside with a sentence. Other errors pass. */
export function readOrQuarantine(
  recordType: RecordType,
  externalId: string | null,
  payload: unknown,
  read: () => readonly CanonicalRecord[],
): Reading {
  try {
    return { records: read(), quarantined: [] };
  } catch (thrown) {
    if (!(thrown instanceof UnreadableRecord)) throw thrown;
    return { records: [], quarantined: [quarantine(recordType, externalId, payload, thrown.message)] };
  }
}

export const joinReadings = (readings: readonly Reading[]): Reading => ({
  records: readings.flatMap(({ records }) => records),
  quarantined: readings.flatMap(({ quarantined }) => quarantined),
});
