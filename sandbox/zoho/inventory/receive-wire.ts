/** Purchase receives as Zoho Inventory answers them: full, and as part of their order. */
import type { StoredLine, StoredOrganization } from "../books/records";
import { amount, zonedTime } from "../wire/formats";
import type { Inventory } from "./open-inventory";
import { orderAddressWire } from "./order-wire";
import type { StoredReceive } from "./records";

export function receiveSummaryWire(
  inventory: Inventory,
  id: string,
  receive: StoredReceive,
  orderLines: readonly StoredLine[],
) {
  return {
    receive_id: id,
    receive_number: receive.number,
    date: receive.date,
    notes: receive.notes,
    line_items: receive.lines.map((part, index) => {
      const line = orderLines.find((candidate) => candidate.id === part.orderLineId);
      const item = inventory.books.items.head(line?.itemId ?? "");
      return {
        line_item_id: part.orderLineId,
        item_id: line?.itemId ?? "",
        name: line?.name ?? item?.name ?? "",
        description: line?.description ?? "",
        item_order: index + 1,
        quantity: amount(part.quantity),
        unit: line?.unit ?? "",
      };
    }),
  };
}

export function receiveWire(
  inventory: Inventory,
  organization: StoredOrganization,
  id: string,
  receive: StoredReceive,
) {
  const { books } = inventory;
  const order = books.purchaseOrders.get(receive.purchaseOrderId);
  return {
    purchaseorder_id: receive.purchaseOrderId,
    purchaseorder_number: order?.number ?? "",
    vendor_id: order?.customerId ?? "",
    vendor_name: books.contacts.head(order?.customerId ?? "")?.name ?? "",
    contact_persons: [],
    custom_fields: [],
    ...receiveSummaryWire(inventory, id, receive, books.lines.get(receive.purchaseOrderId) ?? []),
    billing_address: [orderAddressWire(order?.billing ?? {})],
    shipping_address: [orderAddressWire(order?.shipping ?? {})],
    created_time: zonedTime(receive.created, organization.timeZone),
    last_modified_time: zonedTime(receive.modified, organization.timeZone),
  };
}
