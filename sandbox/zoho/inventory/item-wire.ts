/**
 * Items as Zoho Inventory answers them. Live answers carry the six stock figures as numbers; the OpenAPI file
 * has three of them as text in `locations`. Both are given here. Accounting figures have plain names, physical
 * ones begin with "actual_".
 */
import type { StoredItem, StoredOrganization } from "../books/records";
import { amount, zonedTime } from "../wire/formats";
import type { Inventory } from "./open-inventory";
import { type Stock, stockOf } from "./stock";
import { stockItemOf } from "./stock-items";

/** The one location of the organisation, as its OpenAPI file names it. */
export const PRIMARY_LOCATION = { location_id: "480211000000000077", location_name: "Head Office" } as const;

export function inventoryItemRowWire(
  inventory: Inventory,
  organization: StoredOrganization,
  id: string,
  item: StoredItem,
) {
  const stockItem = stockItemOf(inventory, id);
  const tax = inventory.books.taxes.head(item.taxId);
  const stock = stockOf(inventory, id);
  return {
    group_id: "",
    group_name: "",
    item_id: id,
    name: item.name,
    status: item.active ? "active" : "inactive",
    source: "user",
    is_linked_with_zohocrm: false,
    item_type: stockItem === null ? (item.itemType ?? "sales") : "inventory",
    description: item.description,
    rate: amount(item.rate),
    is_taxable: true,
    tax_id: item.taxId,
    tax_name: tax?.name ?? "",
    tax_percentage: amount(tax?.percentage ?? "0"),
    purchase_description: stockItem?.purchaseDescription ?? item.purchaseDescription ?? "",
    purchase_rate: amount(stockItem?.purchaseRate ?? item.purchaseRate ?? "0"),
    is_combo_product: false,
    product_type: item.productType,
    ...(stockItem === null || stockItem.reorderLevel === ""
      ? {}
      : { reorder_level: amount(stockItem.reorderLevel) }),
    sku: item.sku,
    upc: stockItem?.upc ?? "",
    ean: stockItem?.ean ?? "",
    isbn: stockItem?.isbn ?? "",
    part_number: stockItem?.partNumber ?? "",
    image_name: "",
    image_type: "",
    created_time: zonedTime(item.created, organization.timeZone),
    last_modified_time: zonedTime(item.modified, organization.timeZone),
    custom_fields: [],
    track_inventory: stock !== null,
    ...(stock === null ? {} : { ...stockFigures(stock), locations: [locationWire(stock)] }),
  };
}

export function inventoryItemWire(
  inventory: Inventory,
  organization: StoredOrganization,
  id: string,
  item: StoredItem,
) {
  const { books } = inventory;
  const stockItem = stockItemOf(inventory, id);
  // What rows have and the full item has not.
  const {
    is_linked_with_zohocrm: _linked,
    is_combo_product: _combo,
    ...row
  } = inventoryItemRowWire(inventory, organization, id, item);
  return {
    ...row,
    unit: item.unit,
    tax_type: "tax",
    account_name: books.accounts.head(item.accountId)?.name ?? "",
    purchase_account_id: stockItem?.purchaseAccountId ?? "",
    purchase_account_name: books.accounts.head(stockItem?.purchaseAccountId ?? "")?.name ?? "",
    inventory_account_id: stockItem?.inventoryAccountId ?? "",
    vendor_id: stockItem?.vendorId ?? "",
    vendor_name: books.contacts.head(stockItem?.vendorId ?? "")?.name ?? "",
    pricebook_rate: amount(item.rate),
    image_id: "",
    item_tax_preferences: [],
    ...(stockItem === null
      ? {}
      : {
          initial_stock: amount(stockItem.initialStock),
          initial_stock_rate: amount(stockItem.initialStockRate),
        }),
  };
}

function stockFigures(stock: Stock) {
  return {
    stock_on_hand: stock.onHand.toNumber(),
    available_stock: stock.onHand.toNumber(),
    actual_available_stock: stock.actualOnHand.toNumber(),
    committed_stock: stock.committed.toNumber(),
    actual_committed_stock: stock.actualCommitted.toNumber(),
    available_for_sale_stock: stock.onHand.minus(stock.committed).toNumber(),
    actual_available_for_sale_stock: stock.actualOnHand.minus(stock.actualCommitted).toNumber(),
  };
}

function locationWire(stock: Stock) {
  return {
    ...PRIMARY_LOCATION,
    status: "active",
    is_primary: true,
    location_stock_on_hand: stock.onHand.toFixed(),
    location_available_stock: stock.onHand.toFixed(),
    location_actual_available_stock: stock.actualOnHand.toFixed(),
  };
}
