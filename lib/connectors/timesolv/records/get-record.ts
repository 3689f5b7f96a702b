import { failure } from "@/lib/connectors/contract/connector-error";
import { idIn, UnreadableRecord } from "@/lib/connectors/contract/unreadable";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { RECORD_TYPE_NAMES, type RecordType } from "@/lib/domain/record-type";
import { searchAll, type TimesolvClient } from "../client";
import { unsupported } from "../errors";
import type { FirmTerms } from "../translate/invoice";
import { ID_FIELD, NO_TERMS, rowKindOf } from "./row-kinds";

/** Ids of settlements begin with the id of the row that they were read with. */
const rowIdOf = (externalId: string): string => externalId.split(":")[0] ?? externalId;

/** One record by its id, or null when there is none. An unreadable one is a wireMismatch that names the field. */
export async function getRecord(
  client: TimesolvClient,
  terms: () => Promise<FirmTerms>,
  recordType: RecordType,
  externalId: string,
): Promise<CanonicalRecord | null> {
  const kind = rowKindOf(recordType);
  if (kind === null) throw unsupported(`read a ${RECORD_TYPE_NAMES[recordType].one}`);
  const where = { ...kind.search.where, Id: rowIdOf(externalId) };
  const rows = await client.search({ ...kind.search, where }, 1);
  // A search that did not know the field would give other rows, and those are never taken for the record.
  const row = rows.find((one) => idIn(one, ID_FIELD) === where.Id);
  if (row === undefined) return null;
  try {
    const records = kind.toRecords(row, kind.isPriced ? await terms() : NO_TERMS);
    return records.find((one) => one.recordType === recordType && one.externalId === externalId) ?? null;
  } catch (thrown) {
    if (thrown instanceof UnreadableRecord) throw failure("wireMismatch", thrown.message, { cause: thrown });
    throw thrown;
  }
}

/**
 * Ids of every row, also of those that are left out: a client who became a prospect again is not gone, and the contact that
 * was made of him stays.
 */
export async function* listIds(
  client: TimesolvClient,
  recordType: RecordType,
): AsyncIterable<readonly string[]> {
  const kind = rowKindOf(recordType);
  if (kind === null || kind.recordType !== recordType)
    throw unsupported(`list every ${RECORD_TYPE_NAMES[recordType].one}`);
  for await (const rows of searchAll(client, kind.search))
    yield rows.flatMap((row) => idIn(row, ID_FIELD) ?? []);
}
