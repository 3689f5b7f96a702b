/**
 * Stock of every tracked item, computed from documents and kept until one of them changes. Zoho counts twice:
 * physical stock follows receives and shipments, accounting stock follows the invoices, bills and credits of
 * Books. Both start at the initial stock and follow adjustments. Committed is what confirmed sales orders still
 * have to ship (physical) or to invoice (accounting).
 * https://www.zoho.com/inventory/help/items/stock-tracking.html (checked 2026-11-21)
 */
import { Decimal, decimal } from "@/lib/kernel/decimal";
import { isConfirmed, quantityOf, salesProgress } from "./fulfilment";
import type { Inventory } from "./open-inventory";
import { isAnyTracked, stockItemOf } from "./stock-items";

export interface Stock {
  readonly onHand: Decimal;
  readonly actualOnHand: Decimal;
  readonly committed: Decimal;
  readonly actualCommitted: Decimal;
}

interface Movements {
  accounting: Decimal;
  physical: Decimal;
  toInvoice: Decimal;
  toShip: Decimal;
}

const kept = new WeakMap<Inventory, { version: string; byItem: ReadonlyMap<string, Movements> }>();

/** The stock of an item; null for one that is not tracked. */
export function stockOf(inventory: Inventory, itemId: string): Stock | null {
  const item = stockItemOf(inventory, itemId);
  if (item === null) return null;
  const moved = movements(inventory).get(itemId);
  const initial = decimal(item.initialStock);
  return {
    onHand: initial.plus(moved?.accounting ?? 0),
    actualOnHand: initial.plus(moved?.physical ?? 0),
    committed: moved?.toInvoice ?? new Decimal(0),
    actualCommitted: moved?.toShip ?? new Decimal(0),
  };
}

function movements(inventory: Inventory): ReadonlyMap<string, Movements> {
  const { books, packages, shipments, receives, adjustments, orderParts } = inventory;
  const version = [
    ...[packages, shipments, receives, adjustments, orderParts, books.salesOrders],
    ...[books.invoices, books.creditNotes, books.bills, books.vendorCredits],
  ]
    .map((table) => table.version)
    .join(" ")
    .concat(isAnyTracked(inventory) ? "" : " nothing tracked");
  const found = kept.get(inventory);
  if (found?.version === version) return found.byItem;
  const byItem = sumMovements(inventory);
  kept.set(inventory, { version, byItem });
  return byItem;
}

function sumMovements(inventory: Inventory): ReadonlyMap<string, Movements> {
  const byItem = new Map<string, Movements>();
  if (!isAnyTracked(inventory)) return byItem;
  const add = (itemId: string | undefined, part: keyof Movements, quantity: Decimal): void => {
    if (itemId === undefined) return;
    const item = byItem.get(itemId) ?? nothingMoved();
    item[part] = item[part].plus(quantity);
    byItem.set(itemId, item);
  };
  addAdjustments(inventory, add);
  addSalesOrders(inventory, add);
  addReceives(inventory, add);
  addBooksDocuments(inventory, add);
  return byItem;
}

type Add = (itemId: string | undefined, part: keyof Movements, quantity: Decimal) => void;

const nothingMoved = (): Movements => ({
  accounting: new Decimal(0),
  physical: new Decimal(0),
  toInvoice: new Decimal(0),
  toShip: new Decimal(0),
});

function addAdjustments({ adjustments }: Inventory, add: Add): void {
  for (const [, { type, lines }] of adjustments.heads())
    if (type === "quantity")
      for (const { itemId, adjusted } of lines) {
        add(itemId, "accounting", decimal(adjusted));
        add(itemId, "physical", decimal(adjusted));
      }
}

function addSalesOrders(inventory: Inventory, add: Add): void {
  const { books } = inventory;
  for (const [id, order] of books.salesOrders.heads()) {
    const progress = salesProgress(inventory, id);
    for (const line of books.lines.get(id) ?? []) {
      const shipped = quantityOf(progress.shipped, line.id);
      add(line.itemId, "physical", shipped.negated());
      if (!isConfirmed(order.state)) continue;
      add(line.itemId, "toShip", Decimal.max(0, decimal(line.quantity).minus(shipped)));
      const invoiced = quantityOf(progress.invoiced, line.id);
      add(line.itemId, "toInvoice", Decimal.max(0, decimal(line.quantity).minus(invoiced)));
    }
  }
}

function addReceives(inventory: Inventory, add: Add): void {
  for (const [, receive] of inventory.receives.heads()) {
    const items = new Map<string, string | undefined>(
      (inventory.books.lines.get(receive.purchaseOrderId) ?? []).map((line) => [line.id, line.itemId]),
    );
    for (const { orderLineId, quantity } of receive.lines)
      add(items.get(orderLineId), "physical", decimal(quantity));
  }
}

function addBooksDocuments({ books }: Inventory, add: Add): void {
  const kinds = [
    { heads: books.invoices.heads(), states: ["sent"], sign: -1 },
    { heads: books.creditNotes.heads(), states: ["open"], sign: 1 },
    { heads: books.bills.heads(), states: ["open"], sign: 1 },
    { heads: books.vendorCredits.heads(), states: ["open"], sign: -1 },
  ] as const;
  for (const { heads, states, sign } of kinds)
    for (const [id, { state }] of heads)
      if (states.some((counted) => counted === state))
        for (const { itemId, quantity } of books.lines.get(id) ?? [])
          add(itemId, "accounting", decimal(quantity).times(sign));
}
