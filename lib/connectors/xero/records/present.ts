import type { WriteElement } from "@/lib/connectors/contract/connector";
import { type CanonicalRecord, isDocument } from "@/lib/domain/canonical-record";
import type { AccountingDocument } from "@/lib/domain/document";
import type { ManualJournal } from "@/lib/domain/manual-journal";
import * as calls from "../calls";
import type { SdkCall } from "../client";
import { wireMismatch } from "../errors";
import { anyOf, guid, inBatches } from "../where";
import { readList } from "../wire/envelope";
import { getRecord } from "./get";
import type { ConnectedXero } from "./organisation-facts";
import { isOwnType, READABLE, type Readable, readerOf } from "./readable";

/** What is changed or taken back has lines and a status, which have to be known first. */
export type Changeable = AccountingDocument | ManualJournal;
export type ChangeableType = Changeable["recordType"];
export type Present = ReadonlyMap<string, Changeable>;

/** The records as they stand in Xero now, by id; what Xero has not is missing. */
export async function readPresent(
  client: ConnectedXero,
  type: ChangeableType,
  elements: readonly WriteElement[],
): Promise<Present> {
  const ids = [...new Set(elements.flatMap(({ externalId }) => externalId ?? []))];
  const records =
    type === "purchaseOrder" ? await getEach(client, type, ids) : await listOf(client, type, ids);
  return new Map(records.filter(isChangeable).map((record) => [record.externalId, record]));
}

const isChangeable = (record: CanonicalRecord): record is Changeable =>
  isDocument(record) || record.recordType === "manualJournal";

/** Orders can be listed by nothing that names them. */
async function getEach(
  client: ConnectedXero,
  type: ChangeableType,
  ids: readonly string[],
): Promise<CanonicalRecord[]> {
  const found: CanonicalRecord[] = [];
  for (const id of ids) {
    const record = await getRecord(client, type, id);
    if (record !== null) found.push(record);
  }
  return found;
}

async function listOf(
  client: ConnectedXero,
  type: ChangeableType,
  ids: readonly string[],
): Promise<CanonicalRecord[]> {
  const readable = READABLE[type];
  const readElement = await readerOf(client, readable);
  const found: CanonicalRecord[] = [];
  for (const call of listsOf(readable, ids)) {
    const list = readList(await client.read(call), readable.plural);
    if (list === null) throw wireMismatch(`it has no ${readable.plural}`);
    for (const element of list.elements) {
      if (!isOwnType(readable, element)) continue;
      const read = readElement(element);
      if (!read.ok) throw wireMismatch(read.error);
      found.push(read.value[0]);
    }
  }
  return found;
}

/** Invoices have a parameter for ids, everything else goes by a filter. */
function listsOf(readable: Readable, ids: readonly string[]): SdkCall[] {
  const page = { page: 1, pageSize: readable.pageSize ?? 1 };
  if (readable.plural === "Invoices")
    return inBatches(ids, ",").map((batch) => calls.listInvoices({ ids: batch, ...page }));
  return anyOf(ids.map((id) => `${readable.idField}==${guid(id)}`)).map((where) =>
    readable.list({ where, ...page }),
  );
}
