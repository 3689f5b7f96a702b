import { z } from "zod";
import { type Reading, readOrQuarantine, readRecord } from "@/lib/connectors/contract/unreadable";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { getOrNull, type ZohoClient } from "../client";
import { toAllocation, toCreditNote, toInvoice } from "../translate/document";
import { toBill, toPurchaseOrder, toSupplierAllocation, toSupplierCredit } from "../translate/purchase";
import { ORDER_STATUS, type StatusTable } from "../translate/version";
import {
  type WireCreditNote,
  wireCreditedInvoiceSchema,
  wireCreditNoteSchema,
  wireInvoiceSchema,
} from "../wire/document";
import { readList } from "../wire/list";
import {
  wireBillSchema,
  wireCreditedBillSchema,
  wirePurchaseOrderSchema,
  wireVendorCreditSchema,
} from "../wire/purchase";

/** The kinds of document: their addresses, and how one of them is read whole. */
export interface DocumentKind {
  readonly recordType: "invoice" | "creditNote" | "purchaseOrder" | "bill" | "supplierCredit";
  readonly path: string;
  readonly listKey: string;
  readonly idField: string;
  /** Absent: that of invoices. */
  readonly statuses?: StatusTable;
  /** Null when there is none of that id any more. */
  readOne(client: ZohoClient, id: string): Promise<Reading | null>;
}

export const INVOICES: DocumentKind = {
  recordType: "invoice",
  path: "/invoices",
  listKey: "invoices",
  idField: "invoice_id",
  async readOne(client, id) {
    const body = await getOrNull(client, `/invoices/${encodeURIComponent(id)}`);
    if (body === null) return null;
    return readOrQuarantine("invoice", id, body.invoice, () => [
      toInvoice(readRecord(wireInvoiceSchema, "invoice", body.invoice)),
    ]);
  },
};

/** A credit note comes with the invoices that it was set against. */
export const CREDIT_NOTES: DocumentKind = {
  recordType: "creditNote",
  path: "/creditnotes",
  listKey: "creditnotes",
  idField: "creditnote_id",
  async readOne(client, id) {
    const body = await getOrNull(client, `/creditnotes/${encodeURIComponent(id)}`);
    if (body === null) return null;
    const payload = body.creditnote;
    const parsed = wireCreditNoteSchema.safeParse(payload);
    const credited = parsed.success ? await readCredited(client, parsed.data) : [];
    return readOrQuarantine("creditNote", id, payload, () => {
      const note = readRecord(wireCreditNoteSchema, "credit note", payload);
      const allocations = credited.map((row) =>
        toAllocation(note, readRecord(wireCreditedInvoiceSchema, "credit note", row)),
      );
      const records: CanonicalRecord[] = [toCreditNote(note), ...allocations];
      return records;
    });
  },
};

export const BILLS: DocumentKind = {
  recordType: "bill",
  path: "/bills",
  listKey: "bills",
  idField: "bill_id",
  async readOne(client, id) {
    const body = await getOrNull(client, `/bills/${encodeURIComponent(id)}`);
    if (body === null) return null;
    return readOrQuarantine("bill", id, body.bill, () => [
      toBill(readRecord(wireBillSchema, "bill", body.bill)),
    ]);
  },
};

/** A vendor credit comes with the bills that it was set against. */
export const VENDOR_CREDITS: DocumentKind = {
  recordType: "supplierCredit",
  path: "/vendorcredits",
  listKey: "vendorcredits",
  idField: "vendor_credit_id",
  async readOne(client, id) {
    const body = await getOrNull(client, `/vendorcredits/${encodeURIComponent(id)}`);
    if (body === null) return null;
    const payload = body.vendor_credit;
    const parsed = wireVendorCreditSchema.safeParse(payload);
    const credited = parsed.success
      ? (parsed.data.bills_credited ?? (await readCreditedBills(client, id)))
      : [];
    return readOrQuarantine("supplierCredit", id, payload, () => {
      const credit = readRecord(wireVendorCreditSchema, "supplier credit", payload);
      const allocations = credited.map((row) =>
        toSupplierAllocation(credit, readRecord(wireCreditedBillSchema, "supplier credit", row)),
      );
      const records: CanonicalRecord[] = [toSupplierCredit(credit), ...allocations];
      return records;
    });
  },
};

export const PURCHASE_ORDERS: DocumentKind = {
  recordType: "purchaseOrder",
  path: "/purchaseorders",
  listKey: "purchaseorders",
  idField: "purchaseorder_id",
  statuses: ORDER_STATUS,
  async readOne(client, id) {
    const body = await getOrNull(client, `/purchaseorders/${encodeURIComponent(id)}`);
    if (body === null) return null;
    return readOrQuarantine("purchaseOrder", id, body.purchaseorder, () => [
      toPurchaseOrder(readRecord(wirePurchaseOrderSchema, "purchase order", body.purchaseorder)),
    ]);
  },
};

const creditedListSchema = z.looseObject({ invoices_credited: z.array(z.unknown()) });

/**
 * The note's settings against invoices. Answers carry them whole; where only the form of Zoho's file is there (no id,
 * no date) they cost one more call.
 */
async function readCredited(client: ZohoClient, note: WireCreditNote): Promise<readonly unknown[]> {
  if (Array.isArray(note.invoices_credited)) return note.invoices_credited;
  if ((note.invoices ?? []).length === 0) return [];
  const { body } = await client.get(`/creditnotes/${encodeURIComponent(note.creditnote_id)}/invoices`);
  const list = creditedListSchema.safeParse(body);
  // Left as they are, so that the note is kept aside with the field named.
  return list.success ? list.data.invoices_credited : (note.invoices ?? []);
}

/** Should the credit itself not tell them: they have an address of their own. */
async function readCreditedBills(client: ZohoClient, creditId: string): Promise<readonly unknown[]> {
  const answer = await client.get(`/vendorcredits/${encodeURIComponent(creditId)}/bills`);
  return readList(answer, ["bills_credited"]).rows;
}
