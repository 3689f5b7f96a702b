/**
 * What clients may send to Zoho Inventory. As in Books, unknown fields are let pass and a field of the wrong
 * kind is refused with code 4 and its name.
 */
import { z } from "zod";

const figure = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)]).transform(String);
const positive = figure.refine((value) => Number(value) > 0);
const id = z.union([z.string(), z.number()]).transform(String);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const code = z.union([z.string(), z.number()]).transform(String);
const text = z.string();

export const stockItemBody = z.object({
  name: text.optional(),
  item_type: z.enum(["inventory", "sales", "purchases", "sales_and_purchases"]).optional(),
  track_inventory: z.boolean().optional(),
  purchase_rate: figure.optional(),
  purchase_description: text.optional(),
  purchase_account_id: id.optional(),
  inventory_account_id: id.optional(),
  vendor_id: id.optional(),
  reorder_level: figure.optional(),
  initial_stock: figure.optional(),
  initial_stock_rate: figure.optional(),
  locations: z
    .array(z.object({ initial_stock: figure.optional(), initial_stock_rate: figure.optional() }))
    .optional(),
  upc: code.optional(),
  ean: code.optional(),
  isbn: code.optional(),
  part_number: text.optional(),
});
export type StockItemBody = z.infer<typeof stockItemBody>;

export const purchaseOrderBody = z.object({
  purchaseorder_number: text.optional(),
  vendor_id: id.optional(),
  delivery_date: z.union([date, z.literal("")]).optional(),
  expected_delivery_date: z.union([date, z.literal("")]).optional(),
  line_items: z
    .array(
      z.looseObject({
        item_id: id.optional(),
        rate: figure.optional(),
        purchase_rate: figure.optional(),
        account_id: id.optional(),
        quantity: positive.optional(),
      }),
    )
    .optional(),
});
export type PurchaseOrderBody = z.infer<typeof purchaseOrderBody>;

export const packageBody = z.object({
  package_number: text.optional(),
  date: date.optional(),
  notes: text.optional(),
  line_items: z
    .array(z.object({ line_item_id: id.optional(), so_line_item_id: id, quantity: positive }))
    .optional(),
});
export type PackageBody = z.infer<typeof packageBody>;

export const shipmentBody = z.object({
  shipment_number: text.optional(),
  date: date.optional(),
  reference_number: text.optional(),
  delivery_method: text.optional(),
  tracking_number: text.optional(),
  shipping_charge: figure.optional(),
  notes: text.optional(),
});
export type ShipmentBody = z.infer<typeof shipmentBody>;

export const receiveBody = z.object({
  receive_number: text.optional(),
  date: date.optional(),
  notes: text.optional(),
  line_items: z
    .array(z.object({ line_item_id: id.optional(), item_id: id.optional(), quantity: positive }))
    .optional(),
});
export type ReceiveBody = z.infer<typeof receiveBody>;

export const adjustmentBody = z.object({
  date: date.optional(),
  reason: text.optional(),
  description: text.optional(),
  reference_number: text.optional(),
  adjustment_type: z.enum(["quantity", "value"]).optional(),
  line_items: z
    .array(
      z.object({
        line_item_id: id.optional(),
        item_id: id,
        description: text.optional(),
        quantity_adjusted: figure.optional(),
        value_adjusted: figure.optional(),
        adjustment_account_id: id.optional(),
      }),
    )
    .optional(),
});
export type AdjustmentBody = z.infer<typeof adjustmentBody>;
