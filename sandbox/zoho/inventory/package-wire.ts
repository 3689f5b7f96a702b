/** Packages and shipment orders as Zoho Inventory answers them. */
import { decimal } from "@/lib/kernel/decimal";
import type { StoredOrganization } from "../books/records";
import { amount, zonedTime } from "../wire/formats";
import { packageStatus } from "./fulfilment";
import type { Inventory } from "./open-inventory";
import { baseRate, orderAddressWire, orderLineWire, orderWire } from "./order-wire";
import type { StoredPackage, StoredShipment } from "./records";

export function packageRowWire(
  inventory: Inventory,
  organization: StoredOrganization,
  id: string,
  parcel: StoredPackage,
) {
  const order = inventory.books.salesOrders.get(parcel.salesOrderId);
  const customer = inventory.books.contacts.head(order?.customerId ?? "");
  const total = parcel.lines.reduce((sum, { quantity }) => sum.plus(quantity), decimal("0"));
  return {
    created_time: zonedTime(parcel.created, organization.timeZone),
    customer_id: order?.customerId ?? "",
    customer_name: customer?.name ?? "",
    date: parcel.date,
    email: customer?.email ?? "",
    is_emailed: false,
    last_modified_time: zonedTime(parcel.modified, organization.timeZone),
    mobile: customer?.mobile ?? "",
    notes: parcel.notes,
    package_id: id,
    package_number: parcel.number,
    phone: customer?.phone ?? "",
    salesorder_id: parcel.salesOrderId,
    salesorder_number: order?.number ?? "",
    template_name: "Standard Template",
    template_type: "standard",
    total_quantity: total.toFixed(),
    custom_fields: [],
    shipment_order_status: packageStatus(inventory, parcel),
  };
}

export function packageWire(
  inventory: Inventory,
  organization: StoredOrganization,
  id: string,
  parcel: StoredPackage,
) {
  const { books } = inventory;
  const order = inventory.books.salesOrders.get(parcel.salesOrderId);
  const shipment = inventory.shipments.head(parcel.shipmentId);
  const orderLines = books.lines.get(parcel.salesOrderId) ?? [];
  return {
    ...packageRowWire(inventory, organization, id, parcel),
    contact_persons: [],
    billing_address: { ...orderAddressWire(order?.billing ?? {}), phone: order?.billing.phone ?? "" },
    shipping_address: { ...orderAddressWire(order?.shipping ?? {}), phone: order?.shipping.phone ?? "" },
    line_items: parcel.lines.map((part) => {
      const line = orderLines.find((candidate) => candidate.id === part.orderLineId);
      const item = books.items.head(line?.itemId ?? "");
      return {
        line_item_id: part.id,
        so_line_item_id: part.orderLineId,
        item_id: line?.itemId ?? "",
        name: line?.name ?? item?.name ?? "",
        description: line?.description ?? "",
        sku: item?.sku ?? "",
        quantity: amount(part.quantity),
        unit: line?.unit ?? "",
        is_invoiced: false,
        item_custom_fields: [],
      };
    }),
    ...(shipment === undefined
      ? {}
      : {
          shipment_order: {
            carrier: shipment.deliveryMethod,
            delivery_method: shipment.deliveryMethod,
            detailed_status: "",
            notes: shipment.notes,
            service: "",
            shipment_id: parcel.shipmentId,
            shipment_number: shipment.number,
            shipment_rate: amount(shipment.shippingCharge),
            shipping_date: shipment.date,
            status: shipment.state,
            tracking_number: shipment.trackingNumber,
          },
        }),
  };
}

export function shipmentWire(
  inventory: Inventory,
  organization: StoredOrganization,
  id: string,
  shipment: StoredShipment,
) {
  const { books } = inventory;
  const order = books.salesOrders.get(shipment.salesOrderId);
  const lines = books.lines.get(shipment.salesOrderId) ?? [];
  const packed = new Set(
    shipment.packageIds.flatMap((packageId) =>
      (inventory.packages.head(packageId)?.lines ?? []).map(({ orderLineId }) => orderLineId),
    ),
  );
  const { location_id, location_name, terms, ...figures } =
    order === undefined
      ? { ...emptyFigures }
      : { ...emptyFigures, ...orderWire(inventory, organization, order) };
  return {
    ...figures,
    salesorder_id: shipment.salesOrderId,
    salesorder_number: order?.number ?? "",
    shipment_id: id,
    shipment_number: shipment.number,
    date: shipment.date,
    status: shipment.state,
    detailed_status: "",
    status_message: "",
    carrier: shipment.deliveryMethod,
    service: "",
    reference_number: shipment.reference,
    customer_id: order?.customerId ?? "",
    customer_name: books.contacts.head(order?.customerId ?? "")?.name ?? "",
    delivery_method: shipment.deliveryMethod,
    tracking_number: shipment.trackingNumber,
    line_items: lines
      .filter((line) => packed.has(line.id))
      .map((line, index) => {
        const {
          quantity,
          location_id: _id,
          location_name: _name,
          ...wire
        } = orderLineWire(inventory, line, index);
        return { ...wire, rate: amount(line.rate), bcy_rate: baseRate(line, order?.exchangeRate ?? "1") };
      }),
    shipping_charge: amount(shipment.shippingCharge),
    is_emailed: false,
    billing_address: [orderAddressWire(order?.billing ?? {})],
    shipping_address: [orderAddressWire(order?.shipping ?? {})],
    notes: shipment.notes,
    custom_fields: [],
    created_time: zonedTime(shipment.created, organization.timeZone),
    last_modified_time: zonedTime(shipment.modified, organization.timeZone),
  };
}

/** What a shipment does not take from its order. */
const emptyFigures = { location_id: "", location_name: "", terms: "" };
