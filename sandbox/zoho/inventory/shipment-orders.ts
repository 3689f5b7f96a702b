/**
 * The shipment order calls: packages of one sales order that leave together. Making one ships its packages,
 * deleting it takes them back, "delivered" is the end. Shipping is what lowers physical stock.
 */
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SandboxResponse } from "@/sandbox/kit/types";
import {
  CODE_DUPLICATE,
  CODE_NOT_ALLOWED,
  listPage,
  refuse,
  refuseMissing,
  refuseValue,
  sorted,
  succeed,
  succeedWriting,
} from "../books/answers";
import { dateTests, matching, textTests } from "../books/filters";
import { parseInput } from "../books/input";
import { zonedDate } from "../wire/formats";
import { type ShipmentBody, shipmentBody } from "./input";
import { nextNumber } from "./numbers";
import { shipmentWire } from "./package-wire";
import type { StoredShipment } from "./records";
import type { InventoryCall } from "./route";

export function listShipments(call: InventoryCall): SandboxResponse {
  const { inventory } = call;
  const tests = [
    ...textTests<StoredShipment>(call, {
      shipment_number: ({ number }) => number,
      salesorder_id: ({ salesOrderId }) => salesOrderId,
      status: ({ state }) => state,
    }),
    ...dateTests<StoredShipment>(call, "date", ({ date }) => date),
  ];
  return listPage(
    call,
    { key: "shipmentorders", reportName: "Shipment Orders", sortColumn: "created_time", sortOrder: "D" },
    matching(
      sorted(inventory.shipments, "created_time", "D", ({ created }) => created),
      tests,
    ),
    (id, shipment) => {
      const { line_items, taxes, billing_address, shipping_address, ...row } = shipmentWire(
        inventory,
        call.organization,
        id,
        shipment,
      );
      return row;
    },
  );
}

export function getShipment(call: InventoryCall): SandboxResponse {
  const [id = ""] = call.ids;
  const shipment = call.inventory.shipments.get(id);
  return shipment === undefined
    ? refuseMissing(call.context, "Shipment Order")
    : succeed(shown(call, id, shipment));
}

const shown = (call: InventoryCall, id: string, shipment: StoredShipment) => ({
  shipment_order: shipmentWire(call.inventory, call.organization, id, shipment),
});

/** POST /shipmentorders?package_ids=1,2&salesorder_id=3 */
export function createShipment(call: InventoryCall): SandboxResponse {
  const { inventory, books } = call;
  const body = parseInput(shipmentBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const packages = readPackages(call, null);
  if (!packages.ok) return packages.error;
  if (body.value.delivery_method === undefined) return refuseValue("delivery_method");
  const number = body.value.shipment_number ?? nextNumber(inventory.shipments, "SHP-");
  if (inventory.shipments.find(number) !== null)
    return refuse(400, CODE_DUPLICATE, `Shipment Order ${number} already exists.`);
  const id = books.nextId();
  const now = books.stamp();
  const shipment: StoredShipment = {
    ...packages.value,
    ...fieldsOf(call, body.value, null),
    number,
    state: "shipped",
    created: now,
    modified: now,
  };
  inventory.shipments.put(id, shipment);
  setShipment(call, shipment.packageIds, id, now);
  return succeedWriting(shown(call, id, shipment), "Shipment Order has been created.", 201);
}

export function updateShipment(call: InventoryCall): SandboxResponse {
  const [id = ""] = call.ids;
  const { inventory, books } = call;
  const previous = inventory.shipments.get(id);
  if (previous === undefined) return refuseMissing(call.context, "Shipment Order");
  const body = parseInput(shipmentBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const packages = call.query.has("package_ids")
    ? readPackages(call, id)
    : ok({ salesOrderId: previous.salesOrderId, packageIds: previous.packageIds });
  if (!packages.ok) return packages.error;
  const number = body.value.shipment_number ?? previous.number;
  if (![null, id].includes(inventory.shipments.find(number)))
    return refuse(400, CODE_DUPLICATE, `Shipment Order ${number} already exists.`);
  const now = books.stamp();
  const shipment: StoredShipment = {
    ...previous,
    ...packages.value,
    ...fieldsOf(call, body.value, previous),
    number,
    modified: now,
  };
  setShipment(call, previous.packageIds, "", now);
  inventory.shipments.put(id, shipment);
  setShipment(call, shipment.packageIds, id, now);
  return succeedWriting(shown(call, id, shipment), "Shipment Order has been updated.");
}

function fieldsOf(call: InventoryCall, body: ShipmentBody, previous: StoredShipment | null) {
  const today = zonedDate(call.context.clock.now(), call.organization.timeZone);
  return {
    date: body.date ?? previous?.date ?? today,
    reference: body.reference_number ?? previous?.reference ?? "",
    deliveryMethod: body.delivery_method ?? previous?.deliveryMethod ?? "",
    trackingNumber: body.tracking_number ?? previous?.trackingNumber ?? "",
    shippingCharge: body.shipping_charge ?? previous?.shippingCharge ?? "0",
    notes: body.notes ?? previous?.notes ?? "",
  };
}

/** The packages that the query names: of one sales order, and in no other shipment than `own`. */
function readPackages(
  call: InventoryCall,
  own: string | null,
): Result<{ salesOrderId: string; packageIds: readonly string[] }, SandboxResponse> {
  const packageIds = (call.query.get("package_ids") ?? "").split(",").filter((id) => id !== "");
  if (packageIds.length === 0) return err(refuseValue("package_ids"));
  let salesOrderId = call.query.get("salesorder_id");
  for (const packageId of packageIds) {
    const parcel = call.inventory.packages.head(packageId);
    if (parcel === undefined) return err(refuseMissing(call.context, "Package"));
    salesOrderId ??= parcel.salesOrderId;
    if (parcel.salesOrderId !== salesOrderId) return err(refuseValue("salesorder_id"));
    if (parcel.shipmentId !== "" && parcel.shipmentId !== own)
      return err(refuse(400, CODE_NOT_ALLOWED, "The package has been shipped already."));
  }
  return ok({ salesOrderId: salesOrderId ?? "", packageIds });
}

function setShipment(
  { inventory }: InventoryCall,
  packageIds: readonly string[],
  shipmentId: string,
  modified: string,
): void {
  for (const packageId of packageIds) {
    const parcel = inventory.packages.get(packageId);
    if (parcel !== undefined) inventory.packages.put(packageId, { ...parcel, shipmentId, modified });
  }
}

export function markDelivered(call: InventoryCall): SandboxResponse {
  const [id = ""] = call.ids;
  const shipment = call.inventory.shipments.get(id);
  if (shipment === undefined) return refuseMissing(call.context, "Shipment Order");
  call.inventory.shipments.put(id, { ...shipment, state: "delivered", modified: call.books.stamp() });
  return succeedWriting({}, "Shipment Order status has been changed to Delivered.");
}

export function deleteShipment(call: InventoryCall): SandboxResponse {
  const [id = ""] = call.ids;
  const shipment = call.inventory.shipments.get(id);
  if (shipment === undefined) return refuseMissing(call.context, "Shipment Order");
  if (shipment.state === "delivered")
    return refuse(400, CODE_NOT_ALLOWED, "Delivered shipment orders cannot be deleted.");
  setShipment(call, shipment.packageIds, "", call.books.stamp());
  call.inventory.shipments.delete(id);
  return succeedWriting({}, "Shipment Order has been deleted.");
}
