/** Calls on /PurchaseOrders. A list is always paged, a hundred at a time when nothing else is asked. */
import { notFound, type Wire, type XeroAnswer } from "../answer";
import { answerRecords, bodyOf, firstId, summarizesErrors, writeOptions, type XeroCall } from "../api/call";
import { getPdf, wantsPdf } from "../paperwork/printed";
import type { FieldValue } from "../read/field-order";
import { listPage, queryText } from "../read/list";
import { writeBatch } from "../write/batch";
import { readElement, readElements } from "../write/input";
import { dayParameter, pagedRequest } from "./list-parameters";
import { presentPurchaseOrder } from "./present-order";
import { findOrderByNumber, type PurchaseOrderHead, purchaseOrders } from "./purchase-order";
import { purchaseOrderInput, writePurchaseOrder } from "./write-order";

export function listPurchaseOrders(call: XeroCall): XeroAnswer {
  const { books, request } = call;
  const status = queryText(request, "Status")?.toUpperCase() ?? null;
  const from = dayParameter(request, "DateFrom");
  const to = dayParameter(request, "DateTo");
  const page = listPage<PurchaseOrderHead>(books, pagedRequest(request), {
    paged: true,
    heads: () => purchaseOrders(books).heads(),
    filters: [
      (_, head) => status === null || head.status === status,
      (_, head) => from === null || head.date >= from,
      (_, head) => to === null || head.date <= to,
    ],
    field: (id, head, path) => orderFields(call, id, head)[path],
  });
  const shown = page.ids.map((id) => shownOrder(call, id, false));
  return answerRecords(call, "PurchaseOrders", shown, { pagination: page.pagination });
}

export function getPurchaseOrder(call: XeroCall): XeroAnswer {
  if (wantsPdf(call)) return getPdf({ ...call, ids: [askedOrder(call)] }, "Purchase Order");
  return answerRecords(call, "PurchaseOrders", [shownOrder(call, askedOrder(call), true)]);
}

/** The id of the order that the path names by id or number; 404 without one. */
export function askedOrder(call: XeroCall): string {
  const asked = firstId(call);
  const id =
    purchaseOrders(call.books).head(asked) === undefined ? findOrderByNumber(call.books, asked) : asked;
  if (id === undefined) throw notFound();
  return id;
}

export function writePurchaseOrders(call: XeroCall, mayUpdate: boolean): XeroAnswer {
  const { books } = call;
  const options = writeOptions(call, mayUpdate);
  return writeBatch(books, readElements(bodyOf(call), "PurchaseOrders"), {
    plural: "PurchaseOrders",
    idField: "PurchaseOrderID",
    summarizeErrors: summarizesErrors(call),
    apply: (element) => writePurchaseOrder(books, readElement(element, purchaseOrderInput), options),
    present: (id) => shownOrder(call, id, true),
  });
}

function shownOrder({ books }: XeroCall, id: string, isSingle: boolean): Wire {
  const order = purchaseOrders(books).get(id);
  return order === undefined ? {} : presentPurchaseOrder(books, order, isSingle);
}

function orderFields(
  { books }: XeroCall,
  id: string,
  head: PurchaseOrderHead,
): Readonly<Record<string, FieldValue>> {
  return {
    purchaseorderid: id,
    purchaseordernumber: head.number,
    status: head.status,
    reference: head.reference,
    date: dayValue(head.date),
    deliverydate: dayValue(head.deliveryDate),
    expectedarrivaldate: dayValue(head.expectedArrivalDate),
    currencycode: head.currency,
    total: { amount: head.total },
    senttocontact: head.sentToContact,
    updateddateutc: new Date(head.updatedMs),
    "contact.contactid": head.contactId,
    "contact.name": books.contacts.head(head.contactId)?.name ?? null,
  };
}

function dayValue(day: string | null): Date | null {
  return day === null ? null : new Date(`${day}T00:00:00Z`);
}
