import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import { wireMismatch } from "../errors";
import { readList } from "../wire/envelope";
import type { ConnectedXero } from "./organisation-facts";
import { carrierType, isAllocationType, isOwnType, READABLE, readerOf } from "./readable";

/** One record by its id in Xero; null when Xero has none of that type. An allocation is read out of its credit. */
export async function getRecord(
  client: ConnectedXero,
  recordType: RecordType,
  externalId: string,
): Promise<CanonicalRecord | null> {
  const readable = READABLE[carrierType(recordType)];
  const [endpointId = ""] = isAllocationType(recordType) ? externalId.split("/") : [externalId];
  if (endpointId === "") return null;
  let body: unknown;
  try {
    body = await client.read(readable.get(endpointId));
  } catch (thrown) {
    if (thrown instanceof ConnectorError && thrown.kind === "notFound") return null;
    throw thrown;
  }
  const list = readList(body, readable.plural);
  if (list === null) throw wireMismatch(`it has no ${readable.plural}`);
  const element = list.elements[0];
  if (element === undefined || !isOwnType(readable, element)) return null;
  const read = (await readerOf(client, readable))(element);
  if (!read.ok) throw wireMismatch(read.error);
  return (
    read.value.find((record) => record.recordType === recordType && record.externalId === externalId) ?? null
  );
}
