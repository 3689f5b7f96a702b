/**
 * Which quantities of an order later documents have taken over: bills from purchase orders, invoices from
 * sales orders. The order keeps the sums by line, so that no write looks at all orders.
 */
import { Decimal, decimal, decimalText } from "@/lib/kernel/decimal";
import type { SandboxResponse } from "@/sandbox/kit/types";
import type { BooksCall } from "../answers";
import { refuseMissing } from "../answers";
import type { Books, Table } from "../open-books";
import type { StoredLine } from "../records";
import type { Fulfilment, StoredTrade, TradeHeader } from "../trade/records";
import { refuseBy } from "../trade/refusals";

type Orders = Table<StoredTrade, TradeHeader>;

/** Remembers which order each line belongs to, and whether the changed lines are all taken over. */
export function indexOrderLines(
  books: Books,
  orders: Orders,
  id: string,
  order: StoredTrade,
  lines: readonly StoredLine[],
  previous: readonly StoredLine[],
): void {
  const now = new Set(lines.map((line) => line.id));
  for (const line of previous) if (!now.has(line.id)) books.orderOfLine.delete(line.id);
  for (const line of lines)
    if (books.orderOfLine.get(line.id) === undefined) books.orderOfLine.put(line.id, id);
  const fulfilment = fulfilmentOf(lines, order.taken);
  if (lines.length > 0 && fulfilment !== order.fulfilment) orders.put(id, { ...order, fulfilment });
}

/** Refuses a line that names an order line which does not exist. */
export function refuseTooMuchTaken(
  call: BooksCall,
  lines: readonly StoredLine[],
  orders: Orders,
): SandboxResponse | null {
  for (const { sourceLineId } of lines) {
    if (sourceLineId === undefined) continue;
    const orderId = call.books.orderOfLine.get(sourceLineId);
    const order = orderId === undefined ? undefined : orders.head(orderId);
    if (order === undefined) return refuseMissing(call.context, "Order line");
    if (["void", "cancelled"].includes(order.state)) return refuseBy("statusNotAllowed");
  }
  return null;
}

/** Adds what a document takes over from orders and subtracts what its earlier lines did. */
export function takeOver(
  books: Books,
  orders: Orders,
  documentId: string,
  lines: readonly StoredLine[],
  previous: readonly StoredLine[],
  modified: string,
): readonly string[] {
  const changes = new Map<string, Map<string, Decimal>>();
  const note = (line: StoredLine, sign: 1 | -1): void => {
    if (line.sourceLineId === undefined) return;
    const orderId = books.orderOfLine.get(line.sourceLineId);
    if (orderId === undefined) return;
    const ofOrder = changes.get(orderId) ?? new Map<string, Decimal>();
    const sum = ofOrder.get(line.sourceLineId) ?? new Decimal(0);
    changes.set(orderId, ofOrder.set(line.sourceLineId, sum.plus(decimal(line.quantity).times(sign))));
  };
  for (const line of previous) note(line, -1);
  for (const line of lines) note(line, 1);
  const named = new Set(lines.flatMap(({ sourceLineId }) => books.orderOfLine.get(sourceLineId ?? "") ?? []));
  for (const [orderId, quantities] of changes)
    changeTaken(books, orders, orderId, documentId, quantities, named.has(orderId), modified);
  return [...named];
}

function changeTaken(
  books: Books,
  orders: Orders,
  orderId: string,
  documentId: string,
  quantities: ReadonlyMap<string, Decimal>,
  linked: boolean,
  modified: string,
): void {
  const order = orders.get(orderId);
  if (order === undefined) return;
  const taken: Record<string, string> = { ...order.taken };
  for (const [lineId, quantity] of quantities)
    taken[lineId] = decimalText(decimal(taken[lineId] ?? "0").plus(quantity));
  const others = order.linkedIds.filter((id) => id !== documentId);
  orders.put(orderId, {
    ...order,
    taken,
    fulfilment: fulfilmentOf(books.lines.get(orderId) ?? [], taken),
    linkedIds: linked ? [...others, documentId] : others,
    modified,
  });
}

/** Whether none, some or all of an order's lines are taken over. */
export function fulfilmentOf(
  lines: readonly StoredLine[],
  taken: Readonly<Record<string, string>>,
): Fulfilment {
  const left = lines.map(({ id, quantity }) => decimal(quantity).minus(taken[id] ?? "0"));
  if (lines.length > 0 && left.every((quantity) => !quantity.greaterThan(0))) return "all";
  return lines.some(({ id }) => !decimal(taken[id] ?? "0").isZero()) ? "some" : "none";
}

/** Keeps purchase orders in step with a bill. */
export function linkBill(
  books: Books,
  id: string,
  bill: StoredTrade,
  lines: readonly StoredLine[],
  previous: readonly StoredLine[],
): void {
  const orderIds = takeOver(books, books.purchaseOrders, id, lines, previous, bill.modified);
  const missing = orderIds.filter((orderId) => !bill.linkedIds.includes(orderId));
  if (missing.length > 0) books.bills.put(id, { ...bill, linkedIds: [...bill.linkedIds, ...missing] });
}
