/**
 * Items as Zoho Inventory has them: those of Books, and for the ones whose stock is tracked (item_type
 * "inventory") what was bought, at which rate, and how many there are. A tracked item has a purchase and an
 * inventory account; an item that a document uses cannot be deleted.
 */
import { z } from "zod";
import type { SandboxResponse } from "@/sandbox/kit/types";
import {
  CODE_DUPLICATE,
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
import { matching, modifiedTests, textTests } from "../books/filters";
import { parseInput } from "../books/input";
import type { StoredItem } from "../books/records";
import * as bookItems from "../books/settings/items";
import { type StockItemBody, stockItemBody } from "./input";
import { inventoryItemRowWire, inventoryItemWire } from "./item-wire";
import type { Inventory } from "./open-inventory";
import type { StoredStockItem } from "./records";
import type { InventoryCall } from "./route";
import { stockOf } from "./stock";
import { stockItemOf } from "./stock-items";

const SORT_COLUMNS = ["name", "sku", "rate", "created_time", "last_modified_time"] as const;

export function listItems(call: InventoryCall): SandboxResponse {
  const { books, inventory } = call;
  const modified = modifiedTests<StoredItem>(call);
  if (!modified.ok) return refuseValue(modified.error);
  const sort = sortAsked(call, SORT_COLUMNS, { column: "name", order: "A" });
  const columns: Record<(typeof SORT_COLUMNS)[number], (item: StoredItem) => string | number> = {
    name: ({ name }) => name.toLowerCase(),
    sku: ({ sku }) => sku,
    rate: ({ rate }) => Number(rate),
    created_time: ({ created }) => created,
    last_modified_time: ({ modified: changed }) => changed,
  };
  const searched = call.query.get("search_text")?.toLowerCase();
  const tests = [
    ...modified.value,
    ...textTests<StoredItem>(call, {
      name: ({ name }) => name,
      sku: ({ sku }) => sku,
      description: ({ description }) => description,
      status: ({ active }) => (active ? "active" : "inactive"),
    }),
    filterTest(call),
    (_id: string, { name, sku }: StoredItem) =>
      searched === undefined || `${name} ${sku}`.toLowerCase().includes(searched),
  ];
  return listPage(
    call,
    { key: "items", reportName: "Items", sortColumn: sort.column, sortOrder: sort.order },
    matching(sorted(books.items, sort.column, sort.order, columns[sort.column]), tests),
    (id, item) => inventoryItemRowWire(inventory, call.organization, id, item),
  );
}

function filterTest({ inventory, query }: InventoryCall): (id: string, item: StoredItem) => boolean {
  switch (query.get("filter_by")) {
    case "Status.Active":
      return (_id, { active }) => active;
    case "Status.Inactive":
      return (_id, { active }) => !active;
    case "Status.Lowstock":
      return (id) => {
        const stock = stockOf(inventory, id);
        const level = stockItemOf(inventory, id)?.reorderLevel ?? "";
        return stock !== null && level !== "" && stock.onHand.lessThanOrEqualTo(level);
      };
    case "ItemType.Inventory":
      return (id) => stockItemOf(inventory, id) !== null;
    case "ItemType.NonInventory":
      return (id) => stockItemOf(inventory, id) === null;
    default:
      return () => true;
  }
}

export function getItem(call: InventoryCall): SandboxResponse {
  const [id = ""] = call.ids;
  const item = call.books.items.get(id);
  return item === undefined ? refuseMissing(call.context, "Item") : succeed({ item: shown(call, id, item) });
}

const shown = (call: InventoryCall, id: string, item: StoredItem) =>
  inventoryItemWire(call.inventory, call.organization, id, item);

/** GET /itemdetails?item_ids=1,2 */
export function listItemDetails(call: InventoryCall): SandboxResponse {
  const asked = (call.query.get("item_ids") ?? "").split(",").filter((id) => id !== "");
  if (asked.length === 0) return refuseValue("item_ids");
  const items: object[] = [];
  for (const id of asked) {
    const item = call.books.items.get(id);
    if (item !== undefined) items.push(shown(call, id, item));
  }
  return succeed({ items });
}

export function createItem(call: InventoryCall): SandboxResponse {
  const body = parseInput(stockItemBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const sku = skuOf(call.input);
  if (sku !== "" && skuTaken(call, sku, null))
    return refuse(400, CODE_DUPLICATE, `Item with the SKU ${sku} already exists.`);
  const stock = isTracked(body.value) ? stockItem(call, body.value, null) : null;
  if (stock !== null && "refused" in stock) return stock.refused;
  const made = bookItems.createItem(call);
  const id = answeredId(made, "item", "item_id");
  if (id === null) return made;
  if (stock !== null) call.inventory.stockItems.put(id, stock.value);
  return written(call, id, "The item has been added.", 201);
}

export function updateItem(call: InventoryCall): SandboxResponse {
  const [id = ""] = call.ids;
  if (call.books.items.head(id) === undefined) return refuseMissing(call.context, "Item");
  const body = parseInput(stockItemBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const sku = skuOf(call.input);
  if (sku !== "" && skuTaken(call, sku, id))
    return refuse(400, CODE_DUPLICATE, `Item with the SKU ${sku} already exists.`);
  const previous = stockItemOf(call.inventory, id);
  const tracked = previous !== null || isTracked(body.value);
  const stock = tracked ? stockItem(call, body.value, previous) : null;
  if (stock !== null && "refused" in stock) return stock.refused;
  const saved = bookItems.updateItem(call);
  if (saved.status !== 200) return saved;
  if (stock !== null) call.inventory.stockItems.put(id, stock.value);
  return written(call, id, "Item details have been saved.", 200);
}

const anyObject = z.record(z.string(), z.unknown());

/** The id in a record that Books has just made; null when it refused. */
export function answeredId(response: SandboxResponse, wrapper: string, idName: string): string | null {
  if (response.status >= 300) return null;
  const answer = anyObject.safeParse(JSON.parse((response.body ?? "").toString()));
  const record = anyObject.safeParse(answer.data?.[wrapper]);
  const id = record.data?.[idName];
  return typeof id === "string" ? id : null;
}

function written(call: InventoryCall, id: string, message: string, status: number): SandboxResponse {
  const item = call.books.items.get(id);
  return succeedWriting(item === undefined ? {} : { item: shown(call, id, item) }, message, status);
}

const isTracked = (body: StockItemBody): boolean =>
  body.item_type === "inventory" || body.track_inventory === true;

function skuOf(input: unknown): string {
  return typeof input === "object" && input !== null && "sku" in input && typeof input.sku === "string"
    ? input.sku
    : "";
}

function skuTaken(call: InventoryCall, sku: string, own: string | null): boolean {
  for (const [id, item] of call.books.items.heads())
    if (id !== own && item.sku.toLowerCase() === sku.toLowerCase()) return true;
  return false;
}

function stockItem(
  call: InventoryCall,
  body: StockItemBody,
  previous: StoredStockItem | null,
): { readonly value: StoredStockItem } | { readonly refused: SandboxResponse } {
  const { books, inventory } = call;
  for (const [field, id, table] of [
    ["purchase_account_id", body.purchase_account_id, books.accounts],
    ["inventory_account_id", body.inventory_account_id, books.accounts],
    ["vendor_id", body.vendor_id, books.contacts],
  ] as const)
    if (id !== undefined && id !== "" && table.head(id) === undefined) return { refused: refuseValue(field) };
  const [place] = body.locations ?? [];
  return {
    value: {
      purchaseRate: body.purchase_rate ?? previous?.purchaseRate ?? "0",
      purchaseDescription: body.purchase_description ?? previous?.purchaseDescription ?? "",
      purchaseAccountId:
        body.purchase_account_id ??
        previous?.purchaseAccountId ??
        accountNamed(inventory, "Cost of Goods Sold"),
      inventoryAccountId:
        body.inventory_account_id ??
        previous?.inventoryAccountId ??
        accountNamed(inventory, "Inventory Asset"),
      vendorId: body.vendor_id ?? previous?.vendorId ?? "",
      reorderLevel: body.reorder_level ?? previous?.reorderLevel ?? "",
      initialStock: body.initial_stock ?? place?.initial_stock ?? previous?.initialStock ?? "0",
      initialStockRate:
        body.initial_stock_rate ?? place?.initial_stock_rate ?? previous?.initialStockRate ?? "0",
      upc: body.upc ?? previous?.upc ?? "",
      ean: body.ean ?? previous?.ean ?? "",
      isbn: body.isbn ?? previous?.isbn ?? "",
      partNumber: body.part_number ?? previous?.partNumber ?? "",
    },
  };
}

/** The account of a name; "" where the chart has none. */
export function accountNamed({ books }: Inventory, name: string): string {
  for (const [id, account] of books.accounts.heads()) if (account.name === name) return id;
  return "";
}

export function deleteItem(call: InventoryCall): SandboxResponse {
  const [id = ""] = call.ids;
  const { books, inventory } = call;
  if (books.items.head(id) === undefined) return refuseMissing(call.context, "Item");
  if (isUsed(inventory, id))
    return refuse(
      400,
      CODE_NOT_ALLOWED,
      "Items that are part of a transaction cannot be deleted. Mark the item as inactive instead.",
    );
  books.items.delete(id);
  inventory.stockItems.delete(id);
  return succeedWriting({}, "The item has been deleted.");
}

function isUsed({ books, adjustments }: Inventory, itemId: string): boolean {
  for (const [, { lines }] of adjustments.heads())
    if (lines.some((line) => line.itemId === itemId)) return true;
  for (const [documentId] of books.lines.heads())
    if (books.lines.get(documentId)?.some((line) => line.itemId === itemId)) return true;
  return false;
}
