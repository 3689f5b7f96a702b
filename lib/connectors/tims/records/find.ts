import { nameOf, readRecord, UnreadableRecord } from "@/lib/connectors/contract/unreadable";
import type { CanonicalRecord, RecordOf } from "@/lib/domain/canonical-record";
import type { TimsClient } from "../client";
import { unsupported } from "../errors";
import { CUSTOMERS, ITEMS, RECEIPTS, type Resource, VENDORS } from "../resources";
import { toReceiptRecords } from "../translate/money-moved";
import { toCustomer, toItem, toVendor } from "../translate/party";
import { wireReceiptSchema } from "../wire/money-moved";
import { wireCustomerSchema, wireItemSchema, wireVendorSchema } from "../wire/party";
import { isByOrder } from "./invoices";

/**
 * Looking records up by marker or natural key, for what may have been created already. What cannot be read is passed over:
 * the pull puts it into quarantine.
 */
export async function findRecords(
  client: TimsClient,
  sought: readonly CanonicalRecord[],
): Promise<CanonicalRecord[]> {
  const found = new Map<string, CanonicalRecord>();
  for (const record of sought)
    for (const one of await findOne(client, record)) found.set(one.externalId, one);
  return [...found.values()];
}

function findOne(client: TimsClient, record: CanonicalRecord): Promise<CanonicalRecord[]> {
  switch (record.recordType) {
    case "contact":
      return findContacts(client, record);
    case "item":
      return findItems(client, record);
    case "payment":
      return findPayments(client, record);
    default:
      throw unsupported(`look for a ${nameOf(record.recordType)}`);
  }
}

async function findContacts(client: TimsClient, contact: RecordOf<"contact">): Promise<CanonicalRecord[]> {
  const isVendor = contact.isSupplier && !contact.isCustomer;
  const resource = isVendor ? VENDORS : CUSTOMERS;
  const read = isVendor
    ? (row: unknown) => [toVendor(readRecord(wireVendorSchema, "vendor", row))]
    : (row: unknown) => [toCustomer(readRecord(wireCustomerSchema, "customer", row))];
  return [
    ...(contact.marker === "" ? [] : await query(client, resource, { externalId: contact.marker }, read)),
    ...(await query(client, resource, { name: contact.name }, read)),
  ];
}

const findItems = (client: TimsClient, { code }: RecordOf<"item">): Promise<CanonicalRecord[]> =>
  query(client, ITEMS, { sku: code }, (row) => {
    const item = toItem(readRecord(wireItemSchema, "product", row), client.settings.salesAccountFrom);
    return [{ ...item, marker: item.code }];
  });

function findPayments(
  client: TimsClient,
  { marker, invoiceId }: RecordOf<"payment">,
): Promise<CanonicalRecord[]> {
  if (marker === "") return Promise.resolve([]);
  return query(client, RECEIPTS, { externalId: marker }, (row) => {
    const { payments } = toReceiptRecords(readRecord(wireReceiptSchema, "payment", row), isByOrder(client));
    return payments.filter((payment) => payment.invoiceId === invoiceId);
  });
}

async function query(
  client: TimsClient,
  resource: Resource,
  filters: Readonly<Record<string, string>>,
  read: (row: unknown) => readonly CanonicalRecord[],
): Promise<CanonicalRecord[]> {
  const { rows } = await client.list(resource, { page: 1, filters });
  return rows.flatMap((row) => {
    try {
      return read(row);
    } catch (thrown) {
      if (thrown instanceof UnreadableRecord) return [];
      throw thrown;
    }
  });
}
