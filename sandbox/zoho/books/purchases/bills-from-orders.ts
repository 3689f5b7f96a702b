/** GET /bills/editpage/frompurchaseorders: the bill that purchase orders would become, not yet written. */

import { decimal, decimalText } from "@/lib/kernel/decimal";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { type BooksCall, refuseMissing, refuseValue, succeed } from "../answers";
import { daysAfter, today } from "../trade/document-input";
import type { StoredTrade } from "../trade/records";
import { refuseBy } from "../trade/refusals";
import { composeDocument } from "../write-document";
import { billWire } from "./bills";

/** What is left of the orders, as lines that name the order's lines. */
export function previewBillFromOrders(call: BooksCall): SandboxResponse {
  const { books } = call;
  const orderIds = (call.query.get("purchaseorder_ids") ?? "").split(",").filter((id) => id !== "");
  if (orderIds.length === 0) return refuseValue("purchaseorder_ids");
  const orders: StoredTrade[] = [];
  for (const id of orderIds) {
    const order = books.purchaseOrders.get(id);
    if (order === undefined) return refuseMissing(call.context, "Purchase order");
    if (order.state === "cancelled") return refuseBy("statusNotAllowed");
    orders.push(order);
  }
  const [first] = orders;
  if (first === undefined) return refuseValue("purchaseorder_ids");
  if (orders.some((order) => order.customerId !== first.customerId))
    return refuseMissing(call.context, "Vendor");
  const date = today(call);
  const sources = orderIds.flatMap((id, index) =>
    (books.lines.get(id) ?? []).map((line) => {
      const { id: sourceLineId, itemTotal: _total, discountAmount: _discount, ...kept } = line;
      const left = decimal(line.quantity).minus(orders[index]?.taken[line.id] ?? "0");
      // The lines of a bill that is not written have no ids yet.
      return { ...kept, id: "", sourceLineId, quantity: decimalText(left) };
    }),
  );
  const lines = sources.filter(({ quantity }) => decimal(quantity).greaterThan(0));
  const now = books.stamp();
  const composed = composeDocument(books, { ...first, number: "", date, lines }, first.taxRounding, {
    created: now,
    modified: now,
  });
  const bill: StoredTrade = {
    ...first,
    ...composed.document,
    state: "draft",
    dueDate: daysAfter(date, first.paymentTerms),
    linkedIds: orderIds,
    ...{ paid: "0", credited: "0", refunded: "0", settlementIds: [] },
  };
  return succeed({ purchaseorder_ids: orderIds, bill: billWire(call, "", bill, composed.lines) });
}
