/**
 * The sales order calls, on the sales orders of Books. A draft is confirmed, packed, shipped and invoiced; how far
 * it is follows from its packages, shipments and invoices. An order with packages or invoices can neither be
 * voided nor deleted, and its lines cannot shrink below what was packed or invoiced.
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
import { SALES_ORDER } from "../books/orders/sales-orders";
import type { StoredLine } from "../books/records";
import { createDocumentCalls } from "../books/trade/document-calls";
import type { DocumentKind } from "../books/trade/document-kind";
import type { TradeHeader } from "../books/trade/records";
import { quantityOf, salesOrderStatus, salesProgress } from "./fulfilment";
import { openInventory } from "./open-inventory";
import type { InventoryCall } from "./route";
import { salesOrderRowWire, salesOrderWire } from "./sales-order-wire";

/** The sales order of Books, as Inventory answers it. */
const KIND: DocumentKind = {
  ...SALES_ORDER,
  messages: {
    created: "Sales Order has been created.",
    updated: "Sales Order has been updated.",
    deleted: "Sales Order has been deleted.",
  },
  full: (call, id, order, lines) => salesOrderWire(inventoryOf(call), call.organization, id, order, lines),
  check: (call, id, _order, lines) =>
    isBelowDone(call, id, lines)
      ? refuse(
          400,
          CODE_NOT_ALLOWED,
          "The quantity of a line cannot be less than what has been packed or invoiced.",
        )
      : null,
};
const calls = createDocumentCalls(KIND);

const inventoryOf = (call: BooksCall) => openInventory(call.context, call.organizationId);

function isBelowDone(call: BooksCall, id: string, lines: readonly StoredLine[]): boolean {
  const { packed, invoiced } = salesProgress(inventoryOf(call), id);
  const kept = new Map(lines.map((line) => [line.id, decimal(line.quantity)]));
  return [...packed, ...invoiced].some(([lineId, done]) =>
    done.greaterThan(kept.get(lineId) ?? decimal("0")),
  );
}

export const createSalesOrder = (call: InventoryCall): SandboxResponse => calls.create(call);
export const updateSalesOrder = (call: InventoryCall): SandboxResponse => calls.update(call);

const SORT_COLUMNS = [
  "created_time",
  "last_modified_time",
  "customer_name",
  "salesorder_number",
  "date",
  "shipment_date",
  "total",
] as const;

export function listSalesOrders(call: InventoryCall): SandboxResponse {
  const { books, inventory, organization, query } = call;
  const modified = modifiedTests<TradeHeader>(call);
  if (!modified.ok) return refuseValue(modified.error);
  const sort = sortAsked(call, SORT_COLUMNS, { column: "created_time", order: "D" });
  const customerName = ({ customerId }: TradeHeader): string => books.contacts.head(customerId)?.name ?? "";
  const columns: Record<(typeof SORT_COLUMNS)[number], (order: TradeHeader) => string | number> = {
    created_time: ({ created }) => created,
    last_modified_time: ({ modified: changed }) => changed,
    customer_name: customerName,
    salesorder_number: ({ number }) => number,
    date: ({ date }) => date,
    shipment_date: ({ deliveryDate }) => deliveryDate,
    total: ({ total }) => Number(total),
  };
  const asked = /^Status\.(\w+)$/.exec(query.get("filter_by") ?? "")?.[1]?.toLowerCase();
  const status = query.get("status") ?? (asked === "all" ? undefined : asked);
  const tests = [
    ...modified.value,
    ...textTests<TradeHeader>(call, {
      salesorder_number: ({ number }) => number,
      reference_number: ({ reference }) => reference,
      customer_name: customerName,
      customer_id: ({ customerId }) => customerId,
    }),
    ...dateTests<TradeHeader>(call, "date", ({ date }) => date),
    ...dateTests<TradeHeader>(call, "shipment_date", ({ deliveryDate }) => deliveryDate),
    ...amountTest<TradeHeader>(call, "total", ({ total }) => total),
    (id: string, order: TradeHeader) => status === undefined || hasStatus(call, id, order, status),
  ];
  return listPage(
    call,
    { key: "salesorders", reportName: "Sales Orders", sortColumn: sort.column, sortOrder: sort.order },
    matching(sorted(books.salesOrders, sort.column, sort.order, columns[sort.column]), tests),
    (id, order) => salesOrderRowWire(inventory, organization, id, order, books.lines.get(id) ?? []),
  );
}

function hasStatus(call: InventoryCall, id: string, order: TradeHeader, asked: string): boolean {
  const progress = salesProgress(call.inventory, id);
  const status = salesOrderStatus(order, call.books.lines.get(id) ?? [], progress);
  return status.replaceAll("_", "") === asked.replaceAll("_", "");
}

export function getSalesOrder(call: InventoryCall): SandboxResponse {
  const [id = ""] = call.ids;
  const order = call.books.salesOrders.get(id);
  return order === undefined
    ? refuseMissing(call.context, "Sales order")
    : succeed({ salesorder: KIND.full(call, id, order, call.books.lines.get(id) ?? []) });
}

export function confirmSalesOrder(call: InventoryCall): SandboxResponse {
  const [id = ""] = call.ids;
  const refused = confirm(call, id);
  return refused ?? succeedWriting({}, "Sales Order status has been changed to Confirmed.");
}

/** POST /salesorders/status/confirmed?salesorder_ids=1,2 */
export function confirmSalesOrders(call: InventoryCall): SandboxResponse {
  const ids = idsAsked(call);
  if (ids.length === 0) return refuseValue("salesorder_ids");
  const done: string[] = [];
  const failed: string[] = [];
  for (const id of ids) (confirm(call, id) === null ? done : failed).push(id);
  return succeedWriting(
    {
      data: {
        email_success_info: [{ code: 0, message: "", ids: done }],
        email_error_info: failed.length === 0 ? [] : [{ ids: failed }],
      },
    },
    "Sales Orders have been marked as Confirmed.",
  );
}

function confirm(call: InventoryCall, id: string): SandboxResponse | null {
  const order = call.books.salesOrders.get(id);
  if (order === undefined) return refuseMissing(call.context, "Sales order");
  if (order.state === "void") return refuse(400, CODE_NOT_ALLOWED, "A void sales order cannot be confirmed.");
  call.books.salesOrders.put(id, { ...order, state: "open", modified: call.books.stamp() });
  return null;
}

export function voidSalesOrder(call: InventoryCall): SandboxResponse {
  const [id = ""] = call.ids;
  const order = call.books.salesOrders.get(id);
  if (order === undefined) return refuseMissing(call.context, "Sales order");
  if (isFulfilling(call, id))
    return refuse(400, CODE_NOT_ALLOWED, "Sales orders with packages or invoices cannot be voided.");
  call.books.salesOrders.put(id, { ...order, state: "void", modified: call.books.stamp() });
  return succeedWriting({}, "Sales Order status has been changed to Void.");
}

function isFulfilling(call: InventoryCall, id: string): boolean {
  const { packed, invoiced } = salesProgress(call.inventory, id);
  return (call.books.lines.get(id) ?? []).some(
    (line) => !quantityOf(packed, line.id).isZero() || !quantityOf(invoiced, line.id).isZero(),
  );
}

export function deleteSalesOrder(call: InventoryCall): SandboxResponse {
  const [id = ""] = call.ids;
  return refusal(call, id) ?? calls.remove(call);
}

/** DELETE /salesorders?salesorder_ids=1,2: all or none. */
export function deleteSalesOrders(call: InventoryCall): SandboxResponse {
  const ids = idsAsked(call);
  if (ids.length === 0) return refuseValue("salesorder_ids");
  for (const id of ids) {
    const refused = refusal(call, id);
    if (refused !== null) return refused;
  }
  for (const id of ids) calls.remove({ ...call, ids: [id] });
  return succeedWriting({ data: [] }, "Sales Orders have been deleted.");
}

function refusal(call: InventoryCall, id: string): SandboxResponse | null {
  if (call.books.salesOrders.head(id) === undefined) return refuseMissing(call.context, "Sales order");
  return isFulfilling(call, id)
    ? refuse(400, CODE_NOT_ALLOWED, "Sales orders with packages or invoices cannot be deleted.")
    : null;
}

const idsAsked = (call: InventoryCall): string[] =>
  (call.query.get("salesorder_ids") ?? "").split(",").filter((id) => id !== "");
