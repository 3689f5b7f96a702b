import { z } from "zod";
import { nameOf, readRecord, UnreadableRecord } from "@/lib/connectors/contract/unreadable";
import { wireId, wireText } from "@/lib/connectors/contract/wire-values";
import type { CanonicalRecord, RecordOf } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import type { ZohoClient } from "../client";
import { unsupported } from "../errors";
import { joinReference, keyIn } from "../marker";
import { toContact } from "../translate/contact";
import { toItem } from "../translate/item";
import { toSettlements } from "../translate/payment";
import { wireContactSchema } from "../wire/contact";
import { wireItemSchema } from "../wire/item";
import { ROWS_A_PAGE, readList } from "../wire/list";
import { wirePaymentSchema } from "../wire/payment";

/**
 * Looking records up by marker or natural key, for what may have been created already. A row tells an id alone; marker and
 * details are read from the record itself. What cannot be read is passed over: the pull puts it into quarantine.
 */
export async function findRecords(
  client: ZohoClient,
  recordType: RecordType,
  sought: readonly CanonicalRecord[],
): Promise<CanonicalRecord[]> {
  const found = new Map<string, CanonicalRecord>();
  for (const record of sought)
    for (const one of await findOne(client, recordType, record)) found.set(one.externalId, one);
  return [...found.values()];
}

function findOne(client: ZohoClient, recordType: RecordType, record: CanonicalRecord) {
  if (record.recordType === "contact") return findContacts(client, record);
  if (record.recordType === "item") return findItems(client, record);
  if (record.recordType === "payment") return findPayments(client, record);
  throw unsupported(`look for a ${nameOf(recordType)}`);
}

async function findContacts(
  client: ZohoClient,
  { marker, name }: RecordOf<"contact">,
): Promise<CanonicalRecord[]> {
  const queries: Readonly<Record<string, string>>[] = [
    ...(marker === "" ? [] : [{ search_text: marker }]),
    { contact_name: name },
  ];
  const rowSchema = z.looseObject({ contact_id: wireId });
  const ids = new Set<string>();
  for (const query of queries)
    for (const row of await listRows(client, "/contacts", ["contacts"], {
      ...query,
      filter_by: "Status.All",
    })) {
      const parsed = rowSchema.safeParse(row);
      if (parsed.success) ids.add(parsed.data.contact_id);
    }
  return readEach(ids, async (id) => {
    const { body } = await client.get(`/contacts/${encodeURIComponent(id)}`);
    const notes = z.looseObject({ notes: wireText }).safeParse(body.contact);
    const contact = toContact(readRecord(wireContactSchema, "contact", body.contact));
    return [{ ...contact, marker: notes.success ? keyIn(notes.data.notes) : "" }];
  });
}

/** Zoho searches items by name and description alone, so those of the name and those of the SKU have both to be asked for. */
async function findItems(client: ZohoClient, { code, name }: RecordOf<"item">): Promise<CanonicalRecord[]> {
  const rows = await listRows(client, "/items", ["items"], { name, filter_by: "Status.All" });
  const items = rows.flatMap((row) => {
    const parsed = wireItemSchema.safeParse(row);
    return parsed.success ? [toItem(parsed.data)] : [];
  });
  return items
    .filter((item) => item.code.toLowerCase() === code.toLowerCase())
    .map((item) => ({ ...item, marker: item.code }));
}

async function findPayments(
  client: ZohoClient,
  { marker, reference, invoiceId }: RecordOf<"payment">,
): Promise<CanonicalRecord[]> {
  const query = { reference_number: joinReference(reference, marker) };
  const rowSchema = z.looseObject({ payment_id: wireId });
  const rows = await listRows(client, "/customerpayments", ["customerpayments", "customer_payments"], query);
  const ids = rows.flatMap((row) => {
    const parsed = rowSchema.safeParse(row);
    return parsed.success ? [parsed.data.payment_id] : [];
  });
  return readEach(ids, async (id) => {
    const { body } = await client.get(`/customerpayments/${encodeURIComponent(id)}`);
    const { payments } = toSettlements(readRecord(wirePaymentSchema, "payment", body.payment), "");
    return payments.filter((payment) => payment.invoiceId === invoiceId);
  });
}

async function readEach(
  ids: Iterable<string>,
  read: (id: string) => Promise<CanonicalRecord[]>,
): Promise<CanonicalRecord[]> {
  const records: CanonicalRecord[] = [];
  for (const id of ids) {
    try {
      records.push(...(await read(id)));
    } catch (thrown) {
      if (!(thrown instanceof UnreadableRecord)) throw thrown;
    }
  }
  return records;
}

async function listRows(
  client: ZohoClient,
  path: string,
  keys: readonly string[],
  query: Readonly<Record<string, string>>,
): Promise<unknown[]> {
  const rows: unknown[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await client.get(path, { ...query, page: String(page), per_page: String(ROWS_A_PAGE) });
    const list = readList(answer, keys);
    rows.push(...list.rows);
    if (!list.hasMore) return rows;
  }
}
