/**
 * Items as Zoho Books answers them. The OpenAPI file leaves out what live answers are seen to have (account,
 * purchase side, times) and has the tax's percentage as text; a switch chooses.
 */
import { openInventory } from "../../inventory/open-inventory";
import { stockOf } from "../../inventory/stock";
import { stockItemOf } from "../../inventory/stock-items";
import { amount, zonedTime } from "../../wire/formats";
import { type BooksCall, isLive } from "../answers";
import type { StoredItem } from "../records";
import { customFieldIdsWire } from "./custom-fields";

export function itemRowWire(call: BooksCall, id: string, item: StoredItem) {
  return {
    ...commonWire(call, id, item),
    custom_fields: customFieldIdsWire(call.books, "item", item.customFields),
  };
}

export function itemWire(call: BooksCall, id: string, item: StoredItem) {
  const common = commonWire(call, id, item);
  return isLive(call)
    ? { ...common, custom_fields: customFieldIdsWire(call.books, "item", item.customFields) }
    : common;
}

function commonWire(call: BooksCall, id: string, item: StoredItem) {
  const tax = call.books.taxes.head(item.taxId);
  const live = isLive(call);
  const percentage = tax?.percentage ?? "0";
  return {
    item_id: id,
    name: item.name,
    status: item.active ? "active" : "inactive",
    description: item.description,
    rate: amount(item.rate),
    unit: item.unit,
    tax_id: item.taxId,
    purchase_tax_rule_id: "",
    sales_tax_rule_id: "",
    tax_name: tax?.name ?? "",
    tax_percentage: live ? amount(percentage) : `${percentage}%`,
    tax_type: tax?.type ?? "tax",
    sku: item.sku,
    product_type: item.productType,
    ...(live ? liveWire(call, id, item) : {}),
  };
}

function liveWire(call: BooksCall, itemId: string, item: StoredItem) {
  const { books, organization } = call;
  return {
    item_name: item.name,
    item_type: item.itemType ?? "sales",
    is_taxable: item.taxable ?? true,
    account_id: item.accountId,
    account_name: books.accounts.head(item.accountId)?.name ?? "",
    purchase_rate: amount(item.purchaseRate ?? "0"),
    purchase_description: item.purchaseDescription ?? "",
    purchase_account_id: item.purchaseAccountId ?? "",
    purchase_account_name: books.accounts.head(item.purchaseAccountId ?? "")?.name ?? "",
    inventory_account_id: item.inventoryAccountId ?? "",
    vendor_id: item.vendorId ?? "",
    reorder_level: item.reorderLevel ?? "",
    ...stockWire(call, itemId),
    tags: [],
    created_time: zonedTime(item.created, organization.timeZone),
    last_modified_time: zonedTime(item.modified, organization.timeZone),
  };
}

/** A tracked item shows its stock in Books as in Inventory; another one has none. */
function stockWire({ context, organizationId }: BooksCall, itemId: string) {
  const inventory = openInventory(context, organizationId);
  const kept = stockItemOf(inventory, itemId);
  const stock = stockOf(inventory, itemId);
  if (kept === null || stock === null) return {};
  return {
    track_inventory: true,
    initial_stock: amount(kept.initialStock),
    initial_stock_rate: amount(kept.initialStockRate),
    stock_on_hand: stock.onHand.toNumber(),
    available_stock: stock.onHand.toNumber(),
    actual_available_stock: stock.actualOnHand.toNumber(),
  };
}
