import { idIn, nameOf } from "@/lib/connectors/contract/unreadable";
import type { RecordType } from "@/lib/domain/record-type";
import type { ZohoClient } from "../client";
import { unsupported } from "../errors";
import { ROWS_A_PAGE, readList } from "../wire/list";

interface Listed {
  readonly path: string;
  readonly keys: readonly string[];
  readonly idField: string;
  readonly query?: Readonly<Record<string, string>>;
}

/** Inactive contacts and items are listed only when they are asked for. */
const ALL = { filter_by: "Status.All" };

const LISTED: Readonly<Partial<Record<RecordType, Listed>>> = {
  contact: { path: "/contacts", keys: ["contacts"], idField: "contact_id", query: ALL },
  item: { path: "/items", keys: ["items"], idField: "item_id", query: ALL },
  invoice: { path: "/invoices", keys: ["invoices"], idField: "invoice_id" },
  creditNote: { path: "/creditnotes", keys: ["creditnotes"], idField: "creditnote_id" },
  payment: {
    path: "/customerpayments",
    keys: ["customerpayments", "customer_payments"],
    idField: "payment_id",
  },
  purchaseOrder: { path: "/purchaseorders", keys: ["purchaseorders"], idField: "purchaseorder_id" },
  bill: { path: "/bills", keys: ["bills"], idField: "bill_id" },
  supplierCredit: { path: "/vendorcredits", keys: ["vendorcredits"], idField: "vendor_credit_id" },
  billPayment: { path: "/vendorpayments", keys: ["vendorpayments"], idField: "payment_id" },
  bankTransaction: { path: "/expenses", keys: ["expenses"], idField: "expense_id" },
  manualJournal: { path: "/journals", keys: ["journals"], idField: "journal_id" },
};

/**
 * The ids of a list, a page at a time: deleted records are in no list of Zoho's and in no filter by time. A payment is one
 * id here and several records in ours, whose ids begin with it.
 */
export async function* listIds(client: ZohoClient, recordType: RecordType): AsyncIterable<readonly string[]> {
  const listed = LISTED[recordType];
  if (listed === undefined) throw unsupported(`list every ${nameOf(recordType)}`);
  for (let page = 1; ; page += 1) {
    const answer = await client.get(listed.path, {
      ...listed.query,
      page: String(page),
      per_page: String(ROWS_A_PAGE),
    });
    const list = readList(answer, listed.keys);
    yield list.rows.flatMap((row) => idIn(row, listed.idField) ?? []);
    if (!list.hasMore) return;
  }
}
