/**
 * How far orders are packed, shipped, received and invoiced: sums over the packages, shipments, receives and
 * invoices of one order, made anew at each look.
 */
import { Decimal, decimal } from "@/lib/kernel/decimal";
import type { StoredLine } from "../books/records";
import type { StoredTrade, TradeHeader, TradeState } from "../books/trade/records";
import { type Inventory, partsOf } from "./open-inventory";
import type { PartOfLine, StoredPackage } from "./records";

export type Quantities = ReadonlyMap<string, Decimal>;

export interface SalesProgress {
  readonly packed: Quantities;
  readonly shipped: Quantities;
  readonly delivered: Quantities;
  readonly invoiced: Quantities;
}

/** Quantities by order line. */
export function salesProgress(inventory: Inventory, orderId: string): SalesProgress {
  const packed = new Map<string, Decimal>();
  const shipped = new Map<string, Decimal>();
  const delivered = new Map<string, Decimal>();
  for (const id of partsOf(inventory, orderId).packageIds) {
    const parcel = inventory.packages.head(id);
    if (parcel === undefined) continue;
    addLines(packed, parcel.lines);
    const status = packageStatus(inventory, parcel);
    if (status !== "not_shipped") addLines(shipped, parcel.lines);
    if (status === "delivered") addLines(delivered, parcel.lines);
  }
  return { packed, shipped, delivered, invoiced: takenOver(inventory.books.salesOrders.get(orderId)) };
}

/** What invoices or bills of Books took over from an order, by its lines. */
export const takenOver = (order: StoredTrade | undefined): Quantities =>
  new Map(Object.entries(order?.taken ?? {}).map(([lineId, quantity]) => [lineId, decimal(quantity)]));

export function packageStatus(
  inventory: Inventory,
  parcel: StoredPackage,
): "not_shipped" | "shipped" | "delivered" {
  return inventory.shipments.head(parcel.shipmentId)?.state ?? "not_shipped";
}

export function receivedQuantities(inventory: Inventory, orderId: string): Quantities {
  const received = new Map<string, Decimal>();
  for (const id of partsOf(inventory, orderId).receiveIds)
    addLines(received, inventory.receives.head(id)?.lines ?? []);
  return received;
}

function addLines(sums: Map<string, Decimal>, lines: readonly PartOfLine[]): void {
  for (const { orderLineId, quantity } of lines)
    sums.set(orderLineId, decimal(quantity).plus(sums.get(orderLineId) ?? 0));
}

export const quantityOf = (quantities: Quantities, lineId: string): Decimal =>
  quantities.get(lineId) ?? new Decimal(0);

/** Whether none, some or all of what was ordered is among the quantities. */
export function extent(lines: readonly StoredLine[], quantities: Quantities): "none" | "some" | "all" {
  const sums = lines.map(({ id, quantity }) => ({
    ordered: decimal(quantity),
    done: quantityOf(quantities, id),
  }));
  if (sums.every(({ done }) => done.isZero())) return "none";
  return sums.every(({ done, ordered }) => done.greaterThanOrEqualTo(ordered)) ? "all" : "some";
}

/** The sum over all lines. */
export function totalOf(quantities: Quantities): Decimal {
  let total = new Decimal(0);
  for (const quantity of quantities.values()) total = total.plus(quantity);
  return total;
}

/** Books and Inventory name two states of an order differently. */
export const isConfirmed = (state: TradeState): boolean => state === "open" || state === "approved";

/** draft, confirmed, partially_shipped, shipped, fulfilled or void, as a sales order's `status`. */
export function salesOrderStatus(
  { state }: Pick<TradeHeader, "state">,
  lines: readonly StoredLine[],
  progress: SalesProgress,
): string {
  if (!isConfirmed(state)) return state;
  const shipped = extent(lines, progress.shipped);
  if (shipped === "none") return "confirmed";
  if (shipped === "some") return "partially_shipped";
  return extent(lines, progress.delivered) === "all" ? "fulfilled" : "shipped";
}

/** draft, issued, partially_received, received, billed or cancelled, as a purchase order's `status`. */
export function purchaseOrderStatus(
  { state, fulfilment }: Pick<TradeHeader, "state" | "fulfilment">,
  lines: readonly StoredLine[],
  received: Quantities,
): string {
  if (!isConfirmed(state)) return state;
  const words = { none: "issued", some: "partially_received", all: "received" } as const;
  const extentWord = words[extent(lines, received)];
  return extentWord !== "partially_received" && fulfilment === "all" ? "billed" : extentWord;
}
