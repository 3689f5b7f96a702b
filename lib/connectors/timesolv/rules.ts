import type { ConnectorRules } from "@/lib/connectors/contract/connector";
import { naturalKeyOf } from "@/lib/domain/natural-key";

/** Pure rules of a source that nothing is ever written to: what its records are found by, and nothing else. */
export const timesolvRules: ConnectorRules = {
  prepare: (record) => ({ record, warnings: [] }),
  isMarker: () => false,
  preflight: () => [],
  predict: () => null,
  book: () => null,
  encodedBytes: () => 0,
  naturalKey: naturalKeyOf,
  // Addresses of TimeSolv's web app are not known to name a record.
  link: () => null,
};
