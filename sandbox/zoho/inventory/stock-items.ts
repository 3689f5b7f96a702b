/**
 * What Inventory keeps of a tracked item, joined with what Books keeps of it. An item is tracked when Books has it
 * as item_type "inventory", or when Inventory holds a record of its own for it.
 */
import type { Inventory } from "./open-inventory";
import type { StoredStockItem } from "./records";

const NOTHING: StoredStockItem = {
  ...{ purchaseRate: "0", purchaseDescription: "", purchaseAccountId: "", inventoryAccountId: "" },
  ...{ vendorId: "", reorderLevel: "", initialStock: "0", initialStockRate: "0" },
  ...{ upc: "", ean: "", isbn: "", partNumber: "" },
};

/** null for an item that is not tracked. */
export function stockItemOf(inventory: Inventory, itemId: string): StoredStockItem | null {
  const record = inventory.stockItems.head(itemId);
  const item = inventory.books.items.head(itemId);
  if (item === undefined || (record === undefined && item.itemType !== "inventory")) return null;
  const known = record ?? NOTHING;
  return {
    ...known,
    purchaseRate: item.purchaseRate ?? known.purchaseRate,
    purchaseDescription: item.purchaseDescription ?? known.purchaseDescription,
    purchaseAccountId: item.purchaseAccountId || known.purchaseAccountId,
    inventoryAccountId: item.inventoryAccountId || known.inventoryAccountId,
    vendorId: item.vendorId ?? known.vendorId,
    reorderLevel: item.reorderLevel ?? known.reorderLevel,
    initialStock: item.initialStock ?? known.initialStock,
    initialStockRate: item.initialStockRate ?? known.initialStockRate,
  };
}

/** Whether any item is tracked; without one nothing needs to be counted. */
export function isAnyTracked({ stockItems, books }: Inventory): boolean {
  if (stockItems.size > 0) return true;
  for (const [, item] of books.items.heads()) if (item.itemType === "inventory") return true;
  return false;
}
