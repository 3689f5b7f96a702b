/**
 * Items. Names are unique, SKUs where there is one; an item that is only bought needs a purchase rate and
 * account, one that is only sold a rate. An item that a transaction names cannot be deleted. There is no
 * modified-since filter. https://www.zoho.com/books/api/v3/items/ (checked 2026-11-21)
 */
import { z } from "zod";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SandboxResponse } from "@/sandbox/kit/types";
import {
  type BooksCall,
  CODE_TOO_LONG,
  listPage,
  refuse,
  refuseMissing,
  refuseNotAllowed,
  refuseTaken,
  refuseValue,
  sortAsked,
  sorted,
  succeed,
  succeedWriting,
} from "../answers";
import { salesAccountId } from "../document-input";
import { amountRangeTests, matching, searchTests, statusTests, textTests } from "../filters";
import { idsBy, isTaken } from "../indexes";
import { figure, id, parseInput, text } from "../input";
import type { Books } from "../open-books";
import type { StoredItem } from "../records";
import { type CustomFieldsBody, customFieldsBody, identifyByField, writeCustomFields } from "./custom-fields";
import { itemRowWire, itemWire } from "./item-wire";
import { isItemUsed } from "./uses";

const NAME_CHARACTERS_MAX = 100;
const DESCRIPTION_CHARACTERS_MAX = 2_000;

const itemBody = z.object({
  name: text.optional(),
  rate: figure.optional(),
  description: text.max(DESCRIPTION_CHARACTERS_MAX).optional(),
  sku: text.optional(),
  unit: text.optional(),
  tax_id: id.optional(),
  account_id: id.optional(),
  product_type: z.enum(["goods", "service", "digital_service"]).optional(),
  item_type: z.enum(["sales", "purchases", "sales_and_purchases", "inventory"]).optional(),
  purchase_rate: figure.or(z.literal("")).optional(),
  purchase_description: text.optional(),
  purchase_account_id: id.optional(),
  inventory_account_id: id.optional(),
  vendor_id: id.optional(),
  reorder_level: figure.or(z.literal("")).optional(),
  initial_stock: figure.or(z.literal("")).optional(),
  initial_stock_rate: figure.or(z.literal("")).optional(),
  is_taxable: z.boolean().optional(),
  custom_fields: customFieldsBody.optional(),
});
export type ItemBody = z.infer<typeof itemBody>;

export function listItems(call: BooksCall): SandboxResponse {
  const { books } = call;
  const sort = sortAsked(call, ["name", "rate", "tax_name"], { column: "name", order: "A" });
  const taxName = ({ taxId }: StoredItem): string => books.taxes.head(taxId)?.name ?? "";
  const columns = {
    name: ({ name }: StoredItem) => name.toLowerCase(),
    rate: ({ rate }: StoredItem) => Number(rate),
    tax_name: taxName,
  };
  const tests = [
    ...textTests<StoredItem>(call, {
      name: ({ name }) => name,
      description: ({ description }) => description,
      tax_id: ({ taxId }) => taxId,
      tax_name: taxName,
      account_id: ({ accountId }) => accountId,
      is_taxable: ({ taxable }) => String(taxable ?? true),
    }),
    ...amountRangeTests<StoredItem>(call, "rate", ({ rate }) => rate),
    ...searchTests<StoredItem>(call, ({ name, description }) => [name, description]),
    ...statusTests<StoredItem>(call, ({ active }) => active),
  ];
  return listPage(
    call,
    {
      key: "items",
      reportName: "Items",
      sortColumn: sort.column,
      sortOrder: sort.order,
      withoutFilter: true,
    },
    matching(sorted<StoredItem>(books.items, sort.column, sort.order, columns[sort.column]), tests),
    (itemId, item) => itemRowWire(call, itemId, item),
  );
}

/** GET /itemdetails?item_ids= */
export function listItemDetails(call: BooksCall): SandboxResponse {
  const asked = (call.query.get("item_ids") ?? "").split(",").filter((itemId) => itemId !== "");
  if (asked.length === 0) return refuseValue("item_ids");
  const found = asked.flatMap((itemId) => {
    const item = call.books.items.get(itemId);
    return item === undefined ? [] : [[itemId, item] as const];
  });
  return listPage(
    call,
    { key: "items", reportName: "Items", sortColumn: "name", sortOrder: "A", withoutFilter: true },
    found,
    (itemId, item) => itemRowWire(call, itemId, item),
  );
}

export function getItem(call: BooksCall): SandboxResponse {
  const [itemId = ""] = call.ids;
  const item = call.books.items.get(itemId);
  if (item === undefined) return refuseMissing(call.context, "Item");
  return succeed({ item: itemWire(call, itemId, item) });
}

export function createItem(call: BooksCall): SandboxResponse {
  const body = parseInput(itemBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  return writeItem(call, call.books.nextId(), body.value, null);
}

export function updateItem(call: BooksCall): SandboxResponse {
  const [itemId = ""] = call.ids;
  const previous = call.books.items.get(itemId);
  if (previous === undefined) return refuseMissing(call.context, "Item");
  const body = parseInput(itemBody, call.input);
  return body.ok ? writeItem(call, itemId, body.value, previous) : refuseValue(body.error);
}

/** PUT /items with the headers that name a unique custom field. */
export function updateItemByField(call: BooksCall): SandboxResponse {
  const identified = identifyByField(call, "item", call.books.items);
  if (!identified.ok) return identified.error;
  const body = parseInput(itemBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const { recordId, field } = identified.value;
  const previous = recordId === null ? null : (call.books.items.get(recordId) ?? null);
  return writeItem(call, recordId ?? call.books.nextId(), withField(body.value, field), previous);
}

const withField = (body: ItemBody, field: CustomFieldsBody[number]): ItemBody => ({
  ...body,
  custom_fields: [...(body.custom_fields ?? []), field],
});

function writeItem(
  call: BooksCall,
  itemId: string,
  body: ItemBody,
  previous: StoredItem | null,
): SandboxResponse {
  const { books } = call;
  const item = composeItem(books, itemId, body, previous);
  if (!item.ok) return item.error;
  const custom = writeCustomFields(
    books,
    "item",
    books.items,
    previous === null ? null : itemId,
    body.custom_fields,
    previous?.customFields,
  );
  if (!custom.ok) return custom.error;
  const stored = { ...item.value, ...(custom.value === undefined ? {} : { customFields: custom.value }) };
  books.items.put(itemId, stored);
  const shown = { item: itemWire(call, itemId, stored) };
  return previous === null
    ? succeedWriting(shown, "The item has been added.", 201)
    : succeedWriting(shown, "Item details have been saved.");
}

const nameKey = ({ name }: StoredItem): string => name.toLowerCase();
const skuKey = ({ sku }: StoredItem): string => sku.toLowerCase();

function composeItem(
  books: Books,
  itemId: string,
  body: ItemBody,
  previous: StoredItem | null,
): Result<StoredItem, SandboxResponse> {
  const known = previous === null ? null : itemId;
  const name = (body.name ?? previous?.name ?? "").trim();
  if (name === "") return err(refuseValue("name"));
  if (name.length > NAME_CHARACTERS_MAX && name !== previous?.name)
    return err(refuse(400, CODE_TOO_LONG, "Please ensure that the name has less than 100 characters."));
  const sku = body.sku ?? previous?.sku ?? "";
  if (isTaken(idsBy(books.items, "name", nameKey, name.toLowerCase()), known))
    return err(refuseTaken(`Item with the name ${name} already exists.`));
  if (sku !== "" && isTaken(idsBy(books.items, "sku", skuKey, sku.toLowerCase()), known))
    return err(refuseTaken(`Item with the SKU ${sku} already exists.`));
  const wrong = wrongReference(books, body);
  if (wrong !== null) return err(refuseValue(wrong));
  const itemType = body.item_type ?? previous?.itemType ?? "sales";
  const isBought = itemType === "purchases" || itemType === "sales_and_purchases";
  const purchaseRate = body.purchase_rate ?? previous?.purchaseRate ?? "";
  if (isBought && purchaseRate === "" && previous === null) return err(refuseValue("purchase_rate"));
  const rate = body.rate ?? previous?.rate;
  const now = books.stamp();
  return ok({
    ...previous,
    name,
    sku,
    description: body.description ?? previous?.description ?? "",
    rate: rate ?? "0",
    unit: body.unit ?? previous?.unit ?? "",
    active: previous?.active ?? true,
    taxId: body.tax_id ?? previous?.taxId ?? "",
    accountId: body.account_id ?? previous?.accountId ?? salesAccountId(books),
    productType:
      body.product_type === "digital_service"
        ? "service"
        : (body.product_type ?? previous?.productType ?? "goods"),
    itemType,
    purchaseRate: purchaseRate === "" ? "0" : purchaseRate,
    purchaseDescription: body.purchase_description ?? previous?.purchaseDescription ?? "",
    purchaseAccountId:
      body.purchase_account_id ??
      previous?.purchaseAccountId ??
      (isBought || itemType === "inventory" ? accountOfType(books, "cost_of_goods_sold") : ""),
    inventoryAccountId: body.inventory_account_id ?? previous?.inventoryAccountId ?? "",
    vendorId: body.vendor_id ?? previous?.vendorId ?? "",
    reorderLevel: body.reorder_level ?? previous?.reorderLevel ?? "",
    ...openingStock(body),
    taxable: body.is_taxable ?? previous?.taxable ?? true,
    created: previous?.created ?? now,
    modified: now,
  });
}

/** What a client sends of the opening stock; "" is no figure. */
function openingStock({ initial_stock: stock, initial_stock_rate: rate }: ItemBody) {
  return {
    ...(stock === undefined || stock === "" ? {} : { initialStock: stock }),
    ...(rate === undefined || rate === "" ? {} : { initialStockRate: rate }),
  };
}

/** The first field that names a record which the organisation lacks. */
function wrongReference(books: Books, body: ItemBody): string | null {
  const references = [
    ["tax_id", body.tax_id, books.taxes],
    ["account_id", body.account_id, books.accounts],
    ["purchase_account_id", body.purchase_account_id, books.accounts],
    ["inventory_account_id", body.inventory_account_id, books.accounts],
    ["vendor_id", body.vendor_id, books.contacts],
  ] as const;
  for (const [field, asked, table] of references)
    if (asked !== undefined && asked.trim() !== "" && table.head(asked) === undefined) return field;
  return null;
}

function accountOfType(books: Books, type: string): string {
  const [found = ""] = idsBy(books.accounts, "type", (account) => account.type, type);
  return found;
}

export const activateItem = (call: BooksCall): SandboxResponse =>
  setItemActive(call, true, "The item has been marked as active.");

export const deactivateItem = (call: BooksCall): SandboxResponse =>
  setItemActive(call, false, "The item has been marked as inactive.");

function setItemActive(call: BooksCall, active: boolean, message: string): SandboxResponse {
  const [itemId = ""] = call.ids;
  const item = call.books.items.get(itemId);
  if (item === undefined) return refuseMissing(call.context, "Item");
  call.books.items.put(itemId, { ...item, active, modified: call.books.stamp() });
  return succeedWriting({}, message);
}

export function deleteItem(call: BooksCall): SandboxResponse {
  const [itemId = ""] = call.ids;
  if (call.books.items.head(itemId) === undefined) return refuseMissing(call.context, "Item");
  if (isItemUsed(call.books, itemId))
    return refuseNotAllowed("Items that are used in transactions cannot be deleted. Mark them as inactive.");
  call.books.items.delete(itemId);
  return succeedWriting({}, "The item has been deleted.");
}

/** PUT /item/{id}/customfields; the body is the bare list. */
export function updateItemFields(call: BooksCall): SandboxResponse {
  const [itemId = ""] = call.ids;
  const item = call.books.items.get(itemId);
  if (item === undefined) return refuseMissing(call.context, "Item");
  const body = parseInput(customFieldsBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const { books } = call;
  const custom = writeCustomFields(books, "item", books.items, itemId, body.value, item.customFields);
  if (!custom.ok) return custom.error;
  books.items.put(itemId, { ...item, customFields: custom.value ?? {}, modified: books.stamp() });
  return succeedWriting({}, "Custom Fields Updated Successfully");
}
