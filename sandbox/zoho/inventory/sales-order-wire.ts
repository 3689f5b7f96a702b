/** Sales orders as Zoho Inventory answers them: full, and as a row. */
import { decimal } from "@/lib/kernel/decimal";
import type { StoredLine, StoredOrganization } from "../books/records";
import type { StoredTrade, TradeHeader } from "../books/trade/records";
import { amount, zonedTime } from "../wire/formats";
import {
  extent,
  isConfirmed,
  packageStatus,
  quantityOf,
  type SalesProgress,
  salesOrderStatus,
  salesProgress,
  totalOf,
} from "./fulfilment";
import { type Inventory, partsOf } from "./open-inventory";
import { baseRate, orderAddressWire, orderLineWire, orderWire } from "./order-wire";

const INVOICED = { none: "not_invoiced", some: "partially_invoiced", all: "invoiced" } as const;
const SHIPPED = { none: "pending", some: "partially_shipped", all: "shipped" } as const;

function statusFields(order: TradeHeader, lines: readonly StoredLine[], progress: SalesProgress) {
  const shipped = extent(lines, progress.shipped);
  const fulfilled = shipped === "all" && extent(lines, progress.delivered) === "all";
  return {
    status: salesOrderStatus(order, lines, progress),
    order_status: isConfirmed(order.state) ? "confirmed" : order.state,
    invoiced_status: INVOICED[extent(lines, progress.invoiced)],
    shipped_status: fulfilled ? "fulfilled" : SHIPPED[shipped],
  };
}

export function salesOrderRowWire(
  inventory: Inventory,
  organization: StoredOrganization,
  id: string,
  order: TradeHeader,
  lines: readonly StoredLine[],
) {
  const progress = salesProgress(inventory, id);
  const ordered = lines.reduce((sum, { quantity }) => sum.plus(quantity), decimal("0"));
  return {
    salesorder_id: id,
    customer_name: inventory.books.contacts.head(order.customerId)?.name ?? "",
    customer_id: order.customerId,
    ...statusFields(order, lines, progress),
    salesorder_number: order.number,
    reference_number: order.reference,
    date: order.date,
    shipment_date: order.deliveryDate,
    shipment_days: order.deliveryDate === "" ? 0 : daysBetween(order.date, order.deliveryDate),
    quantity: ordered.toNumber(),
    quantity_invoiced: totalOf(progress.invoiced).toNumber(),
    quantity_packed: totalOf(progress.packed).toNumber(),
    quantity_shipped: totalOf(progress.shipped).toNumber(),
    currency_code: order.currencyCode,
    total: amount(order.total),
    bcy_total: Number(decimal(order.total).times(order.exchangeRate).toDecimalPlaces(2).toFixed()),
    created_time: zonedTime(order.created, organization.timeZone),
    last_modified_time: zonedTime(order.modified, organization.timeZone),
    is_emailed: false,
    is_drop_shipment: false,
    is_backorder: false,
    sales_channel: "direct_sales",
    custom_fields: [],
  };
}

function daysBetween(first: string, second: string): number {
  return Math.round((Date.parse(second) - Date.parse(first)) / 86_400_000);
}

export function salesOrderWire(
  inventory: Inventory,
  organization: StoredOrganization,
  id: string,
  order: StoredTrade,
  lines: readonly StoredLine[],
) {
  const { books } = inventory;
  const progress = salesProgress(inventory, id);
  return {
    salesorder_id: id,
    salesorder_number: order.number,
    ...statusFields(order, lines, progress),
    ...orderWire(inventory, organization, order),
    shipment_date: order.deliveryDate,
    customer_id: order.customerId,
    customer_name: books.contacts.head(order.customerId)?.name ?? "",
    discount_amount: amount(order.discountTotal),
    discount: amount((order.discount?.value ?? "0").replace("%", "")),
    is_discount_before_tax: order.discount?.beforeTax ?? true,
    discount_type: order.discount === null ? "item_level" : "entity_level",
    delivery_method: order.shipVia,
    shipping_charge: amount(order.shippingCharge),
    adjustment: amount(order.adjustment),
    adjustment_description: order.adjustmentDescription,
    line_items: lines.map((line, index) => ({
      ...orderLineWire(inventory, line, index),
      bcy_rate: baseRate(line, order.exchangeRate),
      rate: amount(line.rate),
      quantity_invoiced: quantityOf(progress.invoiced, line.id).toNumber(),
      quantity_packed: quantityOf(progress.packed, line.id).toNumber(),
      quantity_shipped: quantityOf(progress.shipped, line.id).toNumber(),
      is_invoiced: quantityOf(progress.invoiced, line.id).greaterThanOrEqualTo(line.quantity),
    })),
    packages: packagesWire(inventory, id),
    invoices: invoicesWire(inventory, order),
    billing_address: orderAddressWire(order.billing),
    shipping_address: orderAddressWire(order.shipping),
  };
}

function packagesWire(inventory: Inventory, orderId: string): object[] {
  return partsOf(inventory, orderId).packageIds.flatMap((packageId) => {
    const parcel = inventory.packages.head(packageId);
    if (parcel === undefined) return [];
    const shipment = inventory.shipments.head(parcel.shipmentId);
    const status = packageStatus(inventory, parcel);
    return [
      {
        package_id: packageId,
        package_number: parcel.number,
        status,
        detailed_status: "",
        status_message: "",
        shipment_id: parcel.shipmentId,
        shipment_number: shipment?.number ?? "",
        shipment_status: shipment?.state ?? "",
        carrier: shipment?.deliveryMethod ?? "",
        service: "",
        tracking_number: shipment?.trackingNumber ?? "",
        shipment_date: shipment?.date ?? "",
      },
    ];
  });
}

function invoicesWire({ books }: Inventory, order: StoredTrade): object[] {
  return order.linkedIds.flatMap((invoiceId) => {
    const invoice = books.invoices.head(invoiceId);
    if (invoice === undefined) return [];
    const settled = decimal(invoice.paid).plus(invoice.credited).plus(invoice.writtenOff);
    return [
      {
        invoice_id: invoiceId,
        invoice_number: invoice.number,
        status: invoice.state,
        date: invoice.date,
        due_date: invoice.dueDate,
        total: amount(invoice.total),
        balance: decimal(invoice.total).minus(settled).toNumber(),
      },
    ];
  });
}
