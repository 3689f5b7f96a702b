import type { ConnectorRules, MarkerContext } from "@/lib/connectors/contract/connector";
import { isMarkerKey, markerKey } from "@/lib/connectors/contract/marker-key";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { naturalKeyOf } from "@/lib/domain/natural-key";
import { type Problem, problem } from "@/lib/domain/problem";
import type { ReferenceData } from "@/lib/domain/reference-data";

/** Pure rules of what is written back: contacts, items and payments. What they book is the accounts' business, not TIMS'. */
export const timsRules: ConnectorRules = {
  prepare,
  isMarker: isMarkerKey,
  preflight,
  predict: () => null,
  book: () => null,
  // A call carries one record, far below any limit.
  encodedBytes: () => 0,
  naturalKey: naturalKeyOf,
  // TIMS is a program on its users' own machines as often as a web page; no address of a record is known.
  link: () => null,
};

/** Assumed: longer names are cut and said so. */
const NAME_CHARACTERS_MAX = 100;

function prepare(
  record: CanonicalRecord,
  context: MarkerContext,
): { record: CanonicalRecord; warnings: readonly string[] } {
  switch (record.recordType) {
    case "contact":
      return withName(record, markerKey(context));
    case "item":
      return withName({ ...record, name: record.name === "" ? record.code : record.name }, record.code);
    case "payment":
      return { record: { ...record, marker: markerKey(context) }, warnings: [] };
    default:
      return { record, warnings: [] };
  }
}

function withName(record: Extract<CanonicalRecord, { name: string }>, marker: string) {
  const name = record.name.replace(/\s+/g, " ").trim();
  const warnings =
    name.length > NAME_CHARACTERS_MAX
      ? [`The name is cut to ${NAME_CHARACTERS_MAX} characters: TIMS takes no more.`]
      : [];
  return { record: { ...record, name: name.slice(0, NAME_CHARACTERS_MAX).trim(), marker }, warnings };
}

function preflight(record: CanonicalRecord, { lockDate, currencies }: ReferenceData): Problem[] {
  if (record.recordType === "contact")
    return record.currency !== null && !currencies.includes(record.currency)
      ? [problem("currencyNotEnabled", record.currency)]
      : [];
  if (record.recordType !== "payment") return [];
  return lockDate !== null && record.date <= lockDate ? [problem("periodLocked", lockDate)] : [];
}
