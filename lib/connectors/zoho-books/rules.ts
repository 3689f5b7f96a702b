import type { ConnectorRules } from "@/lib/connectors/contract/connector";
import { isMarkerKey } from "@/lib/connectors/contract/marker-key";
import { naturalKeyOf } from "@/lib/domain/natural-key";
import { preflight, prepare } from "./prepare";

/** Pure rules of what is written back: contacts, items and payments. What they book is the accounts' business, not Zoho's. */
export const zohoBooksRules: ConnectorRules = {
  prepare,
  isMarker: isMarkerKey,
  preflight,
  predict: () => null,
  book: () => null,
  // A call carries one record, far below any limit.
  encodedBytes: () => 0,
  naturalKey: naturalKeyOf,
  // Addresses of Zoho's web app name the data centre and the organisation, which a record alone does not.
  link: () => null,
};
