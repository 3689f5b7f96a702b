/**
 * The package calls: parts of a confirmed sales order, made ready. No line can be packed beyond what was
 * ordered; a package is shipped by a shipment order and can then neither be edited nor deleted.
 */
import { Decimal, decimal } from "@/lib/kernel/decimal";
import { err, ok, type Result } from "@/lib/kernel/result";
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
import { dateTests, matching, modifiedTests, textTests } from "../books/filters";
import { parseInput } from "../books/input";
import { zonedDate } from "../wire/formats";
import { isConfirmed, packageStatus, quantityOf, salesProgress } from "./fulfilment";
import { type PackageBody, packageBody } from "./input";
import { nextNumber } from "./numbers";
import { changeParts } from "./open-inventory";
import { packageRowWire, packageWire } from "./package-wire";
import type { PartOfLine, StoredPackage } from "./records";
import type { InventoryCall } from "./route";

const SORT_COLUMNS = ["created_time", "last_modified_time", "package_number", "date"] as const;

export function listPackages(call: InventoryCall): SandboxResponse {
  const { books, inventory, query } = call;
  const modified = modifiedTests<StoredPackage>(call);
  if (!modified.ok) return refuseValue(modified.error);
  const sort = sortAsked(call, SORT_COLUMNS, { column: "created_time", order: "D" });
  const columns: Record<(typeof SORT_COLUMNS)[number], (parcel: StoredPackage) => string> = {
    created_time: ({ created }) => created,
    last_modified_time: ({ modified: changed }) => changed,
    package_number: ({ number }) => number,
    date: ({ date }) => date,
  };
  const orderOf = ({ salesOrderId }: StoredPackage) => books.salesOrders.head(salesOrderId);
  const asked = /^Status\.(\w+)$/.exec(query.get("filter_by") ?? "")?.[1]?.toLowerCase();
  const status = query.get("status") ?? (asked === "all" ? undefined : asked);
  const tests = [
    ...modified.value,
    ...textTests<StoredPackage>(call, {
      packing_number: ({ number }) => number,
      package_number: ({ number }) => number,
      salesorder_id: ({ salesOrderId }) => salesOrderId,
      salesorder_number: (parcel) => orderOf(parcel)?.number ?? "",
      customer_id: (parcel) => orderOf(parcel)?.customerId ?? "",
      customer_name: (parcel) => books.contacts.head(orderOf(parcel)?.customerId ?? "")?.name ?? "",
      delivery_method: (parcel) => inventory.shipments.head(parcel.shipmentId)?.deliveryMethod ?? "",
    }),
    ...dateTests<StoredPackage>(call, "date", ({ date }) => date),
    ...dateTests<StoredPackage>(
      call,
      "shipment_date",
      ({ shipmentId }) => inventory.shipments.head(shipmentId)?.date ?? "",
    ),
    (_id: string, parcel: StoredPackage) =>
      status === undefined ||
      packageStatus(inventory, parcel).replaceAll("_", "") === status.replaceAll("_", ""),
  ];
  return listPage(
    call,
    { key: "packages", reportName: "Packages", sortColumn: sort.column, sortOrder: sort.order },
    matching(sorted(inventory.packages, sort.column, sort.order, columns[sort.column]), tests),
    (id, parcel) => packageRowWire(inventory, call.organization, id, parcel),
  );
}

export function getPackage(call: InventoryCall): SandboxResponse {
  const [id = ""] = call.ids;
  const parcel = call.inventory.packages.get(id);
  return parcel === undefined ? refuseMissing(call.context, "Package") : succeed(shown(call, id, parcel));
}

const shown = (call: InventoryCall, id: string, parcel: StoredPackage) => ({
  package: packageWire(call.inventory, call.organization, id, parcel),
});

/** POST /packages?salesorder_id=1 */
export function createPackage(call: InventoryCall): SandboxResponse {
  const { inventory, books } = call;
  const orderId = call.query.get("salesorder_id") ?? "";
  if (orderId === "") return refuseValue("salesorder_id");
  const order = books.salesOrders.head(orderId);
  if (order === undefined) return refuseMissing(call.context, "Sales order");
  if (!isConfirmed(order.state))
    return refuse(400, CODE_NOT_ALLOWED, "Packages can be created for confirmed sales orders only.");
  const body = parseInput(packageBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const number = body.value.package_number ?? nextNumber(inventory.packages, "PKG-");
  if (inventory.packages.find(number) !== null)
    return refuse(400, CODE_DUPLICATE, `Package ${number} already exists.`);
  const lines = readLines(call, orderId, body.value, null);
  if (!lines.ok) return lines.error;
  const id = books.nextId();
  const now = books.stamp();
  const parcel: StoredPackage = {
    number,
    salesOrderId: orderId,
    date: body.value.date ?? zonedDate(call.context.clock.now(), call.organization.timeZone),
    notes: body.value.notes ?? "",
    lines: lines.value,
    shipmentId: "",
    created: now,
    modified: now,
  };
  inventory.packages.put(id, parcel);
  changeParts(inventory, orderId, ({ packageIds }) => ({ packageIds: [...packageIds, id] }));
  return succeedWriting(shown(call, id, parcel), "Package has been created.", 201);
}

export function updatePackage(call: InventoryCall): SandboxResponse {
  const [id = ""] = call.ids;
  const { inventory } = call;
  const previous = inventory.packages.get(id);
  if (previous === undefined) return refuseMissing(call.context, "Package");
  const body = parseInput(packageBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  if (packageStatus(inventory, previous) !== "not_shipped")
    return refuse(400, CODE_NOT_ALLOWED, "Packages that have been shipped cannot be edited.");
  const number = body.value.package_number ?? previous.number;
  if (![null, id].includes(inventory.packages.find(number)))
    return refuse(400, CODE_DUPLICATE, `Package ${number} already exists.`);
  const lines =
    body.value.line_items === undefined
      ? ok(previous.lines)
      : readLines(call, previous.salesOrderId, body.value, previous);
  if (!lines.ok) return lines.error;
  const parcel: StoredPackage = {
    ...previous,
    number,
    date: body.value.date ?? previous.date,
    notes: body.value.notes ?? previous.notes,
    lines: lines.value,
    modified: call.books.stamp(),
  };
  inventory.packages.put(id, parcel);
  return succeedWriting(shown(call, id, parcel), "Package has been updated.");
}

function readLines(
  call: InventoryCall,
  orderId: string,
  body: PackageBody,
  previous: StoredPackage | null,
): Result<readonly PartOfLine[], SandboxResponse> {
  const orderLines = call.books.lines.get(orderId) ?? [];
  const { packed } = salesProgress(call.inventory, orderId);
  const parts: PartOfLine[] = [];
  if ((body.line_items ?? []).length === 0) return err(refuseValue("line_items"));
  const asked = new Map<string, Decimal>();
  for (const { line_item_id, so_line_item_id, quantity } of body.line_items ?? []) {
    const line = orderLines.find((candidate) => candidate.id === so_line_item_id);
    if (line === undefined) return err(refuseValue("so_line_item_id"));
    const own = previous?.lines.find(({ orderLineId }) => orderLineId === line.id)?.quantity ?? "0";
    const sum = decimal(quantity).plus(asked.get(line.id) ?? new Decimal(0));
    asked.set(line.id, sum);
    if (quantityOf(packed, line.id).minus(own).plus(sum).greaterThan(line.quantity))
      return err(
        refuse(400, CODE_NOT_ALLOWED, "The quantity packed cannot be more than the quantity ordered."),
      );
    parts.push({ id: line_item_id ?? call.books.nextId(), orderLineId: line.id, quantity });
  }
  return ok(parts);
}

export function deletePackage(call: InventoryCall): SandboxResponse {
  const [id = ""] = call.ids;
  const { inventory } = call;
  const parcel = inventory.packages.get(id);
  if (parcel === undefined) return refuseMissing(call.context, "Package");
  if (packageStatus(inventory, parcel) !== "not_shipped")
    return refuse(400, CODE_NOT_ALLOWED, "Packages that have been shipped cannot be deleted.");
  changeParts(inventory, parcel.salesOrderId, ({ packageIds }) => ({
    packageIds: packageIds.filter((packageId) => packageId !== id),
  }));
  inventory.packages.delete(id);
  return succeedWriting({}, "Package has been deleted.");
}
