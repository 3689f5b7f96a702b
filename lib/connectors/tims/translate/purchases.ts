import { readMoney, UnreadableRecord, unreadable } from "@/lib/connectors/contract/unreadable";
import type { Bill, PurchaseOrder } from "@/lib/domain/document";
import { subtract, sum, zero } from "@/lib/domain/money";
import { decimalText } from "@/lib/kernel/decimal";
import { digest } from "../digest";
import { billIdOf, idWith, plain } from "../ids";
import type { BillBalance, WireBill, WirePurchaseOrder } from "../wire/document";
import { type StatusTable, sharedFields, toStatus } from "./amounts";
import { dueDateOf } from "./terms";

/**
 * Vendors' bills and purchase orders. Where its owner chose so, an order is a bill once it was received; its number and date
 * are the order's own, so that what the vendor bills later changes nothing that is posted already. All throw UnreadableRecord.
 */
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

/** What an order is to the books where orders are bills. */
export type PurchaseStage = "notYet" | "billed" | "cancelled";

const STAGES: Readonly<Record<string, PurchaseStage>> = {
  Draft: "notYet",
  PendingApproval: "notYet",
  Open: "notYet",
  Released: "notYet",
  PartiallyReceived: "notYet",
  Received: "billed",
  PartiallyBilled: "billed",
  Billed: "billed",
  Closed: "billed",
  Cancelled: "cancelled",
};

export function purchaseStageOf({ status }: Pick<WirePurchaseOrder, "status">): PurchaseStage {
  const stage = Object.hasOwn(STAGES, status) ? STAGES[status] : undefined;
  if (stage === undefined)
    throw unreadable("status", ORDER, `"${status.slice(0, 40)}" is no status that Tieout knows`);
  return stage;
}

/** The bill of an order that was received, open for what its vendor's bills have open; void where it was cancelled. */
export function toOrderBill(order: WirePurchaseOrder, balances: readonly BillBalance[]): Bill {
  const stage = purchaseStageOf(order);
  const shared = sharedFields(order, ORDER);
  const standing = balances.filter(({ status }) => status !== "Void");
  const total = (key: "total" | "balance") =>
    sum(
      standing.map((bill) => readMoney(bill[key], order.currency, `bills.${key}`, ORDER)),
      order.currency,
    );
  compareWithBills(order);
  const isVoid = stage === "cancelled";
  if (isVoid && subtract(total("total"), total("balance")).minor !== 0n)
    throw unreadable(
      "status",
      ORDER,
      "it was cancelled after money was paid on it; settle that with the vendor first",
    );
  const remaining = isVoid ? zero(order.currency) : standing.length === 0 ? shared.gross : total("balance");
  const date = order.receivedDate ?? order.orderDate;
  const bill: Omit<Bill, "version"> = {
    recordType: "bill",
    externalId: idWith("PO", order.purchaseOrderId),
    number: order.orderNumber,
    reference: order.reference,
    contactId: idWith("V", order.vendorId),
    contactName: order.vendorName,
    date,
    dueDate: dueDateOf(date, order, ORDER),
    status: isVoid ? "void" : remaining.minor === 0n ? "paid" : "open",
    remaining,
    ...shared,
  };
  return { ...bill, version: `${order.modifiedOn} ${digest(bill)}` };
}

/** What the vendor billed of a whole order has to be what was ordered, before any of it is posted. */
function compareWithBills({ bills, total, currency, orderNumber, status }: WirePurchaseOrder): void {
  if (bills.length === 0 || status === "PartiallyBilled") return;
  const billed = bills.reduce((whole, bill) => whole.plus(bill.total), total.minus(total));
  if (billed.equals(total)) return;
  const numbers = bills.map(({ billNumber }) => billNumber).join(", ");
  throw new UnreadableRecord(
    `The field "total" needs a look: purchase order ${orderNumber} comes to ${decimalText(total)} ${currency}, and what the vendor billed of it (${numbers}) to ${decimalText(billed)}. Put right whichever is wrong.`,
  );
}

const ORDER = "purchase order";

/** A vendor's bill by itself. `billsFrom` decides its id alone. */
export function toBill(wire: WireBill, billsFrom: "bills" | "orders"): Bill {
  const bill: Omit<Bill, "version"> = {
    recordType: "bill",
    externalId: billIdOf(wire.billId, billsFrom),
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
