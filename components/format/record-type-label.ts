import { RECORD_TYPE_NAMES, type RecordType } from "@/lib/domain/record-type";
import { formatCount } from "./format-amount";

/** "Credit notes", for the start of a line. */
export function recordTypeTitle(recordType: RecordType): string {
  const { many } = RECORD_TYPE_NAMES[recordType];
  return many.charAt(0).toUpperCase() + many.slice(1);
}

/** "1 invoice", "1,204 invoices". */
export function countRecords(count: number, recordType: RecordType): string {
  const { one, many } = RECORD_TYPE_NAMES[recordType];
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
