/**
 * The second position of the switch "zoho.inventory-answers": an answer as Zoho Inventory's OpenAPI file
 * describes it. That file has ids as integers, other names of the wrapping key, a package as a list, and lacks
 * the stock and progress fields that live answers carry.
 */
import { jsonAnswer } from "@/sandbox/kit/answers";
import type { SandboxResponse } from "@/sandbox/kit/types";

const LIVE_ONLY = new Set([
  ...["stock_on_hand", "available_stock", "actual_available_stock", "committed_stock"],
  ...["actual_committed_stock", "available_for_sale_stock", "actual_available_for_sale_stock"],
  ...["track_inventory", "initial_stock", "initial_stock_rate", "can_be_sold", "can_be_purchased"],
  ...["order_status", "invoiced_status", "shipped_status", "received_status", "paid_status"],
  ...["page_context", "quantity_delivered", "shipment_order_status", "quantity_cancelled"],
]);

/** Names in integer form in the file; every other id is text there too. */
const INTEGERS = new Set([
  ...["item_id", "tax_id", "line_item_id", "so_line_item_id", "account_id", "purchase_account_id"],
  ...["inventory_account_id", "adjustment_account_id", "vendor_id", "customer_id", "currency_id"],
  ...["salesorder_id", "purchaseorder_id", "package_id", "shipment_id", "receive_id", "reason_id"],
  ...["inventory_adjustment_id", "invoice_id", "upc", "ean", "image_id", "salesorder_item_id"],
]);

/** The answer in the described form; answers of other kinds than JSON stay. */
export function asDescribed(method: string, operation: string, response: SandboxResponse): SandboxResponse {
  const text = (response.body ?? "").toString();
  if (response.status >= 300 || text === "") return response;
  const parsed: unknown = JSON.parse(text, dropLiveOnly);
  if (typeof parsed !== "object" || parsed === null) return response;
  const renamed = Object.fromEntries(
    Object.entries(parsed).map(([name, value]) => wrapping(method, operation, name, value)),
  );
  const headers = response.headers ?? {};
  return { ...jsonAnswer(response.status, renamed), headers, body: withNumbers(JSON.stringify(renamed)) };
}

function dropLiveOnly(name: string, value: unknown): unknown {
  if (LIVE_ONLY.has(name)) return undefined;
  return INTEGERS.has(name) && value === "" ? undefined : value;
}

function wrapping(method: string, operation: string, name: string, value: unknown): [string, unknown] {
  if (name === "item") return ["item", without(value, ...TIMES)];
  if (name === "items" && operation === "/itemdetails" && Array.isArray(value))
    return ["items", value.map((item) => without(item, ...TIMES))];
  if (name === "salesorder" && method === "POST")
    return ["sales_order", without(value, "packages", "invoices")];
  if (name === "salesorder" && method === "PUT") return ["sales_order", value];
  if (name === "purchaseorder") return ["purchase_order", value];
  if (name === "purchasereceive") return ["purchase_receive", value];
  if (name === "package") return ["package", [value]];
  if (name === "packages" && operation === "/packages") return ["packagea", value];
  if (name === "shipment_order" && method === "PUT") return ["shipmentorder", value];
  return [name, value];
}

const TIMES = ["created_time", "last_modified_time"] as const;

function without(value: unknown, ...names: readonly string[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

/** Ids have more digits than a JavaScript number holds, so they are turned in the text. */
function withNumbers(json: string): string {
  return json.replaceAll(/"([a-z_]+)":"(\d+)"/g, (whole, name: string, digits: string) =>
    INTEGERS.has(name) ? `"${name}":${digits}` : whole,
  );
}
