import type { Bill, PurchaseOrder } from "@/lib/domain/document";
import { zero } from "@/lib/domain/money";
import { digest } from "../digest";
import { idWith, plain } from "../ids";
import type { WireBill, WirePurchaseOrder } from "../wire/document";
import { readMoney, type StatusTable, sharedFields, toStatus } from "./amounts";

/** Vendors' bills and purchase orders. All throw UnreadableRecord. */
const BILL_STATUS: StatusTable = {
  Draft: "draft",
  PendingApproval: "submitted",
  Open: "open",
  PartiallyPaid: "open",
  Paid: "paid",
  Closed: "paid",
  Void: "void",
};

/** An order is open until it is billed, whatever was received of it. */
const ORDER_STATUS: StatusTable = {
  Draft: "draft",
  PendingApproval: "submitted",
  Open: "open",
  Released: "open",
  PartiallyReceived: "open",
  Received: "open",
  PartiallyBilled: "open",
  Billed: "paid",
  Closed: "paid",
  Cancelled: "void",
};

export function toBill(wire: WireBill): Bill {
  const bill: Omit<Bill, "version"> = {
    recordType: "bill",
    externalId: plain(wire.billId),
    number: wire.billNumber,
    reference: wire.reference,
    contactId: idWith("V", wire.vendorId),
    contactName: wire.vendorName,
    date: wire.date,
    dueDate: wire.dueDate,
    status: toStatus(wire.status, BILL_STATUS, "bill"),
    remaining: readMoney(wire.balance, wire.currency, "balance", "bill"),
    ...sharedFields(wire, "bill"),
  };
  return { ...bill, version: `${wire.modifiedOn} ${digest(bill)}` };
}

export function toPurchaseOrder(wire: WirePurchaseOrder): PurchaseOrder {
  const order: Omit<PurchaseOrder, "version"> = {
    recordType: "purchaseOrder",
    externalId: plain(wire.purchaseOrderId),
    number: wire.orderNumber,
    reference: wire.reference,
    contactId: idWith("V", wire.vendorId),
    contactName: wire.vendorName,
    date: wire.orderDate,
    deliveryDate: wire.expectedDate,
    status: toStatus(wire.status, ORDER_STATUS, "purchase order"),
    remaining: zero(wire.currency),
    ...sharedFields(wire, "purchase order"),
  };
  return { ...order, version: `${wire.modifiedOn} ${digest(order)}` };
}
