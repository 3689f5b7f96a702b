/** The collections of the simulated Zoho Inventory, beside those of Books. Nothing here knows HTTP. */
import { type Books, openTable, type Table } from "../books/open-books";
import { indexed, productTables, type TextIndex } from "../product-tables";
import type * as Stored from "./records";

export interface Inventory {
  readonly books: Books;
  readonly stockItems: Table<Stored.StoredStockItem, Stored.StoredStockItem>;
  readonly orderParts: Table<Stored.StoredOrderParts, Stored.StoredOrderParts>;
  readonly packages: Table<Stored.StoredPackage, Stored.StoredPackage> & TextIndex;
  readonly shipments: Table<Stored.StoredShipment, Stored.StoredShipment> & TextIndex;
  readonly receives: Table<Stored.StoredReceive, Stored.StoredReceive> & TextIndex;
  readonly adjustments: Table<Stored.StoredAdjustment, Stored.StoredAdjustment>;
}

/** The Inventory of a context; the same object at each call. */
export const openInventory = productTables((context, books): Inventory => {
  const whole = <Body>(name: string): Table<Body, Body> =>
    openTable(context, `inventory-${name}`, (body: Body) => body);
  const numbered = <Body extends { readonly number: string }>(name: string) =>
    indexed(whole<Body>(name), ({ number }) => number);
  return {
    books,
    stockItems: whole("stock-items"),
    orderParts: whole("order-parts"),
    packages: numbered("packages"),
    shipments: numbered("shipments"),
    receives: numbered("receives"),
    adjustments: whole("adjustments"),
  };
});

const NO_PARTS: Stored.StoredOrderParts = { packageIds: [], receiveIds: [] };

/** What hangs on an order. */
export const partsOf = (inventory: Inventory, orderId: string): Stored.StoredOrderParts =>
  inventory.orderParts.head(orderId) ?? NO_PARTS;

/** Changes what hangs on an order. */
export function changeParts(
  inventory: Inventory,
  orderId: string,
  change: (parts: Stored.StoredOrderParts) => Partial<Stored.StoredOrderParts>,
): void {
  const parts = partsOf(inventory, orderId);
  inventory.orderParts.put(orderId, { ...parts, ...change(parts) });
}
