/**
 * The purchase order calls, on the purchase orders of Books. A draft is issued, received and billed; `status`
 * follows from its receives and bills. An order with receives or bills can neither be cancelled nor deleted.
 */
import { decimal } from "@/lib/kernel/decimal";
import type { SandboxResponse } from "@/sandbox/kit/types";
import {
  type BooksCall,
  CODE_NOT_ALLOWED,
  listPage,
  refuse,
  refuseMissing,
  refuseValue,
  sortAsked,
  sorted,
  succeed,
  succeedWriting,
} from "../books/answers";
import { amountTest, dateTests, matching, modifiedTests, textTests } from "../books/filters";
import { parseInput } from "../books/input";
import { PURCHASE_ORDER } from "../books/orders/purchase-orders";
import type { StoredLine, StoredOrganization } from "../books/records";
import { createDocumentCalls } from "../books/trade/document-calls";
import type { DocumentKind } from "../books/trade/document-kind";
import type { StoredTrade, TradeHeader } from "../books/trade/records";
import { currencyByCode } from "../books/write-document";
import { amount, zonedTime } from "../wire/formats";
import { purchaseOrderStatus, quantityOf, receivedQuantities } from "./fulfilment";
import { type PurchaseOrderBody, purchaseOrderBody } from "./input";
import { accountNamed } from "./items";
import { type Inventory, openInventory, partsOf } from "./open-inventory";
import { baseRate, orderAddressWire, orderLineWire, orderWire } from "./order-wire";
import { receiveSummaryWire } from "./receive-wire";
import type { InventoryCall } from "./route";
import { stockItemOf } from "./stock-items";

/** The purchase order of Books, as Inventory answers it. */
const KIND: DocumentKind = {
  ...PURCHASE_ORDER,
  messages: {
    created: "Purchase Order has been created.",
    updated: "Purchase Order has been updated.",
    deleted: "The purchase order has been deleted.",
  },
  full: (call, id, order, lines) => fullWire(inventoryOf(call), call.organization, id, order, lines),
  check: (call, id, _order, lines) => refuseBelowReceived(call, id, lines),
};
const calls = createDocumentCalls(KIND);

const inventoryOf = (call: BooksCall): Inventory => openInventory(call.context, call.organizationId);

function refuseBelowReceived(
  call: BooksCall,
  id: string,
  lines: readonly StoredLine[],
): SandboxResponse | null {
  const ordered = new Map(lines.map((line) => [line.id, line.quantity]));
  for (const [lineId, received] of receivedQuantities(inventoryOf(call), id))
    if (received.greaterThan(ordered.get(lineId) ?? "0"))
      return refuse(400, CODE_NOT_ALLOWED, "The quantity cannot be less than what has been received.");
  return null;
}

export const createPurchaseOrder = (call: InventoryCall): SandboxResponse => write(call, calls.create);
export const updatePurchaseOrder = (call: InventoryCall): SandboxResponse => write(call, calls.update);

function write(call: InventoryCall, writeDocument: (call: BooksCall) => SandboxResponse): SandboxResponse {
  const body = parseInput(purchaseOrderBody, call.input);
  return body.ok
    ? writeDocument({ ...call, input: asBooksOrder(call.inventory, call.input, body.value) })
    : refuseValue(body.error);
}

const SORT_COLUMNS = [
  "created_time",
  "last_modified_time",
  "vendor_name",
  "purchaseorder_number",
  "date",
  "delivery_date",
  "total",
] as const;

export function listPurchaseOrders(call: InventoryCall): SandboxResponse {
  const { books, inventory, organization, query } = call;
  const modified = modifiedTests<TradeHeader>(call);
  if (!modified.ok) return refuseValue(modified.error);
  const sort = sortAsked(call, SORT_COLUMNS, { column: "created_time", order: "D" });
  const vendorName = ({ customerId }: TradeHeader): string => books.contacts.head(customerId)?.name ?? "";
  const columns: Record<(typeof SORT_COLUMNS)[number], (order: TradeHeader) => string | number> = {
    created_time: ({ created }) => created,
    last_modified_time: ({ modified: changed }) => changed,
    vendor_name: vendorName,
    purchaseorder_number: ({ number }) => number,
    date: ({ date }) => date,
    delivery_date: ({ deliveryDate }) => deliveryDate,
    total: ({ total }) => Number(total),
  };
  const asked = /^Status\.(\w+)$/.exec(query.get("filter_by") ?? "")?.[1]?.toLowerCase();
  const status = query.get("status") ?? (asked === "all" ? undefined : asked);
  const tests = [
    ...modified.value,
    ...textTests<TradeHeader>(call, {
      purchaseorder_number: ({ number }) => number,
      reference_number: ({ reference }) => reference,
      vendor_name: vendorName,
      vendor_id: ({ customerId }) => customerId,
    }),
    ...dateTests<TradeHeader>(call, "date", ({ date }) => date),
    ...amountTest<TradeHeader>(call, "total", ({ total }) => total),
    (id: string, order: TradeHeader) =>
      status === undefined ||
      statusOf(inventory, id, order).replaceAll("_", "") === status.replaceAll("_", ""),
  ];
  return listPage(
    call,
    {
      key: "purchaseorders",
      reportName: "Purchase Orders",
      sortColumn: sort.column,
      sortOrder: sort.order,
    },
    matching(sorted(books.purchaseOrders, sort.column, sort.order, columns[sort.column]), tests),
    (id, order) => rowWire(inventory, organization, id, order),
  );
}

function statusOf(inventory: Inventory, id: string, order: TradeHeader): string {
  const lines = inventory.books.lines.get(id) ?? [];
  return purchaseOrderStatus(order, lines, receivedQuantities(inventory, id));
}

function rowWire(inventory: Inventory, organization: StoredOrganization, id: string, order: TradeHeader) {
  const currency = currencyByCode(inventory.books, order.currencyCode);
  return {
    purchaseorder_id: id,
    vendor_id: order.customerId,
    vendor_name: inventory.books.contacts.head(order.customerId)?.name ?? "",
    status: statusOf(inventory, id, order),
    purchaseorder_number: order.number,
    reference_number: order.reference,
    date: order.date,
    delivery_date: order.deliveryDate,
    currency_id: currency.id,
    currency_code: order.currencyCode,
    price_precision: currency.precision,
    total: amount(order.total),
    custom_fields: [],
    created_time: zonedTime(order.created, organization.timeZone),
    last_modified_time: zonedTime(order.modified, organization.timeZone),
    is_drop_shipment: false,
    is_backorder: false,
    receives: partsOf(inventory, id).receiveIds.flatMap((receiveId) => {
      const receive = inventory.receives.head(receiveId);
      return receive === undefined ? [] : [{ receive_id: receiveId, receive_number: receive.number }];
    }),
  };
}

export function getPurchaseOrder(call: InventoryCall): SandboxResponse {
  const [id = ""] = call.ids;
  const order = call.books.purchaseOrders.get(id);
  return order === undefined
    ? refuseMissing(call.context, "Purchase Order")
    : succeed({ purchaseorder: KIND.full(call, id, order, call.books.lines.get(id) ?? []) });
}

function fullWire(
  inventory: Inventory,
  organization: StoredOrganization,
  id: string,
  order: StoredTrade,
  lines: readonly StoredLine[],
) {
  const received = receivedQuantities(inventory, id);
  const lineWire = (line: StoredLine, index: number) => ({
    ...orderLineWire(inventory, line, index),
    account_id: line.accountId,
    bcy_rate: baseRate(line, order.exchangeRate),
    purchase_rate: amount(line.rate),
    quantity_received: quantityOf(received, line.id).toNumber(),
  });
  return {
    purchaseorder_id: id,
    purchaseorder_number: order.number,
    status: purchaseOrderStatus(order, lines, received),
    ...orderWire(inventory, organization, order),
    expected_delivery_date: order.deliveryDate,
    delivery_date: order.deliveryDate,
    vendor_id: order.customerId,
    vendor_name: inventory.books.contacts.head(order.customerId)?.name ?? "",
    is_drop_shipment: false,
    custom_fields: [],
    line_items: lines.map(lineWire),
    billing_address: [orderAddressWire(order.billing)],
    delivery_address: [orderAddressWire(order.shipping)],
    purchasereceives: partsOf(inventory, id).receiveIds.flatMap((receiveId) => {
      const receive = inventory.receives.head(receiveId);
      return receive === undefined ? [] : [receiveSummaryWire(inventory, receiveId, receive, lines)];
    }),
    bills: billsWire(inventory, order),
  };
}

/** The bills of Books that were made from the order. */
function billsWire({ books }: Inventory, order: StoredTrade): object[] {
  return order.linkedIds.flatMap((billId) => {
    const bill = books.bills.head(billId);
    if (bill === undefined) return [];
    return [
      {
        bill_id: billId,
        bill_number: bill.number,
        status: bill.state,
        date: bill.date,
        due_date: bill.dueDate,
        total: amount(bill.total),
        balance: decimal(bill.total).minus(bill.paid).minus(bill.credited).toNumber(),
      },
    ];
  });
}

/** The order as Books takes it: `rate` for what Inventory calls purchase_rate. */
function asBooksOrder(inventory: Inventory, input: unknown, body: PurchaseOrderBody): object {
  const fields = typeof input === "object" && input !== null ? input : {};
  return {
    ...fields,
    ...(body.expected_delivery_date === undefined ? {} : { delivery_date: body.expected_delivery_date }),
    ...(body.line_items === undefined
      ? {}
      : {
          line_items: body.line_items.map((line) => {
            const stocked = stockItemOf(inventory, line.item_id ?? "");
            const rate = line.purchase_rate ?? line.rate ?? stocked?.purchaseRate;
            const account =
              line.account_id ??
              (stocked?.inventoryAccountId || undefined) ??
              accountNamed(inventory, "Cost of Goods Sold");
            return {
              ...line,
              ...(rate === undefined ? {} : { rate }),
              ...(account === "" ? {} : { account_id: account }),
            };
          }),
        }),
  };
}

export const issuePurchaseOrder = (call: InventoryCall): SandboxResponse =>
  changeState(call, "open", "Purchase Order status has been changed to Issued.");

export const cancelPurchaseOrder = (call: InventoryCall): SandboxResponse =>
  changeState(call, "cancelled", "Purchase Order status has been changed to Cancelled.");

function changeState(call: InventoryCall, state: "open" | "cancelled", message: string): SandboxResponse {
  const [id = ""] = call.ids;
  const order = call.books.purchaseOrders.get(id);
  if (order === undefined) return refuseMissing(call.context, "Purchase Order");
  if (state === "cancelled" && isProcessed(call, id, order))
    return refuse(400, CODE_NOT_ALLOWED, "Purchase orders with receives or bills cannot be cancelled.");
  call.books.purchaseOrders.put(id, { ...order, state, modified: call.books.stamp() });
  return succeedWriting({}, message);
}

const isProcessed = ({ inventory }: InventoryCall, id: string, order: StoredTrade): boolean =>
  partsOf(inventory, id).receiveIds.length > 0 || order.linkedIds.length > 0;

export function deletePurchaseOrder(call: InventoryCall): SandboxResponse {
  const [id = ""] = call.ids;
  const order = call.books.purchaseOrders.get(id);
  if (order === undefined) return refuseMissing(call.context, "Purchase Order");
  return isProcessed(call, id, order)
    ? refuse(400, CODE_NOT_ALLOWED, "Purchase orders with receives or bills cannot be deleted.")
    : calls.remove(call);
}
