import { failure } from "@/lib/connectors/contract/connector-error";
import { type Reading, UnreadableRecord } from "@/lib/connectors/contract/unreadable";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import type { TimsClient } from "../client";
import { parentOf, splitId, theirs } from "../ids";
import { getBill } from "./bills";
import { getInvoice, isByOrder } from "./invoices";
import { type IsBank, PLAIN_LISTS, type PlainList } from "./lists";

/** Settlements' rests come with their payments. */
const CARRIER: Readonly<Partial<Record<RecordType, RecordType>>> = {
  overpayment: "payment",
  supplierOverpayment: "billPayment",
  supplierAllocation: "supplierCredit",
};

/** One record of any type by its id; null when there is none. An unreadable one is a wireMismatch that names the field. */
export async function getRecord(
  client: TimsClient,
  recordType: RecordType,
  externalId: string,
  banks: IsBank,
): Promise<CanonicalRecord | null> {
  try {
    const records = await recordsAround(client, recordType, externalId, banks);
    return (
      records.find((record) => record.recordType === recordType && record.externalId === externalId) ?? null
    );
  } catch (thrown) {
    if (thrown instanceof UnreadableRecord) throw failure("wireMismatch", thrown.message, { cause: thrown });
    throw thrown;
  }
}

async function recordsAround(
  client: TimsClient,
  recordType: RecordType,
  externalId: string,
  banks: IsBank,
): Promise<readonly CanonicalRecord[]> {
  if (recordType === "invoice" || recordType === "creditNote" || recordType === "allocation") {
    const split = splitId(parentOf(externalId));
    if (split === null) return [];
    if (split.prefix !== "SO" && split.prefix !== "AR" && split.prefix !== "CM") return [];
    return recordsIn(await getInvoice(client, split.prefix, split.id));
  }
  if (recordType === "bill") {
    const split = client.settings.billsFrom === "orders" ? splitId(externalId) : null;
    const isOrder = split?.prefix === "PO";
    const reading = await getBill(client, isOrder ? "PO" : "AP", split?.id ?? theirs(externalId));
    return recordsIn(reading);
  }
  const found = listOf(CARRIER[recordType] ?? recordType, parentOf(externalId));
  if (found === null) return [];
  const row = await client.get(found.list.resource, found.id);
  if (row === null) return [];
  const isBank = found.list.prefix === "GL" ? await banks() : () => false;
  const { billsFrom, salesAccountFrom } = client.settings;
  return found.list.toRecords(row, {
    isBank,
    billsFrom,
    salesAccountFrom,
    byOrder: isByOrder(client),
    knownExcess: () => false,
  });
}

function recordsIn(reading: Reading | null): readonly CanonicalRecord[] {
  const [kept] = reading?.quarantined ?? [];
  if (kept !== undefined) throw new UnreadableRecord(kept.problem);
  return reading?.records ?? [];
}

function listOf(recordType: RecordType, externalId: string): { list: PlainList; id: string } | null {
  const lists = PLAIN_LISTS[recordType] ?? [];
  const [only] = lists;
  if (only?.prefix === null) return { list: only, id: theirs(externalId) };
  const split = splitId(externalId);
  const list = lists.find(({ prefix }) => prefix === split?.prefix);
  return list === undefined || split === null ? null : { list, id: split.id };
}
