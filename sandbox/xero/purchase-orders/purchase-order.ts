/** Purchase orders as they are kept. They post nothing: no journal, no stock, no lock date concerns them. */
import type { Books } from "../books";
import { noted } from "../paperwork/noted";
import { perBooks } from "../per-books";
import type { DocumentCore, Kept } from "../records";
import type { Table } from "../table";
import { isNumberFree } from "../write/invoices";

export type PurchaseOrderStatus = "DRAFT" | "SUBMITTED" | "AUTHORISED" | "BILLED" | "DELETED";

export interface PurchaseOrder extends DocumentCore {
  readonly status: PurchaseOrderStatus;
  readonly number: string;
  readonly deliveryDate: string | null;
  readonly expectedArrivalDate: string | null;
  readonly deliveryAddress: string | null;
  readonly attentionTo: string | null;
  readonly telephone: string | null;
  readonly deliveryInstructions: string | null;
  readonly brandingThemeId: string | null;
  readonly sentToContact: boolean;
  readonly totalDiscount: string;
}

export type PurchaseOrderHead = Pick<Kept, "createdMs" | "updatedMs"> &
  Pick<
    PurchaseOrder,
    | "status"
    | "number"
    | "reference"
    | "contactId"
    | "date"
    | "deliveryDate"
    | "expectedArrivalDate"
    | "currency"
    | "total"
    | "sentToContact"
    | "byApp"
  >;

export const purchaseOrders = perBooks<Table<PurchaseOrder, PurchaseOrderHead, "number">>((books) =>
  noted(
    () => books,
    books.table("purchaseOrders", purchaseOrderHead, {
      number: (head: PurchaseOrderHead) => head.number.toLowerCase(),
    }),
  ),
);

/** The order of a number; one whose number may be given again is not looked at. */
export function findOrderByNumber(books: Books, number: string): string | undefined {
  const table = purchaseOrders(books);
  for (const id of table.by("number", number.toLowerCase()))
    if (table.head(id)?.status !== "DELETED" || !isNumberFree(books, "DELETED")) return id;
  return undefined;
}

function purchaseOrderHead(order: PurchaseOrder): PurchaseOrderHead {
  return {
    createdMs: order.createdMs,
    updatedMs: order.updatedMs,
    status: order.status,
    number: order.number,
    reference: order.reference,
    contactId: order.contactId,
    date: order.date,
    deliveryDate: order.deliveryDate,
    expectedArrivalDate: order.expectedArrivalDate,
    currency: order.currency,
    total: order.total,
    sentToContact: order.sentToContact,
    byApp: order.byApp,
  };
}
