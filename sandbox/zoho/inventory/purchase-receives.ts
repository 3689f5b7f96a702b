/**
 * The purchase receive calls: goods of an issued purchase order that have come in. No line can be received
 * beyond what was ordered. `line_item_id` names the order's line, which `item_id` may name where it is alone.
 */
import { decimal } from "@/lib/kernel/decimal";
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
import { isConfirmed, quantityOf, receivedQuantities } from "./fulfilment";
import { type ReceiveBody, receiveBody } from "./input";
import { nextNumber } from "./numbers";
import { changeParts } from "./open-inventory";
import { receiveWire } from "./receive-wire";
import type { PartOfLine, StoredReceive } from "./records";
import type { InventoryCall } from "./route";

export function listReceives(call: InventoryCall): SandboxResponse {
  const { inventory } = call;
  const tests = [
    ...textTests<StoredReceive>(call, {
      receive_number: ({ number }) => number,
      purchaseorder_id: ({ purchaseOrderId }) => purchaseOrderId,
    }),
    ...dateTests<StoredReceive>(call, "date", ({ date }) => date),
  ];
  return listPage(
    call,
    {
      key: "purchasereceives",
      reportName: "Purchase Receives",
      sortColumn: "created_time",
      sortOrder: "D",
    },
    matching(
      sorted(inventory.receives, "created_time", "D", ({ created }) => created),
      tests,
    ),
    (id, receive) => {
      const { line_items, contact_persons, billing_address, shipping_address, custom_fields, ...row } =
        receiveWire(inventory, call.organization, id, receive);
      return { ...row, quantity: line_items.reduce((sum, { quantity }) => sum + quantity, 0) };
    },
  );
}

export function getReceive(call: InventoryCall): SandboxResponse {
  const [id = ""] = call.ids;
  const receive = call.inventory.receives.get(id);
  return receive === undefined
    ? refuseMissing(call.context, "Purchase Receive")
    : succeed(shown(call, id, receive));
}

const shown = (call: InventoryCall, id: string, receive: StoredReceive) => ({
  purchasereceive: receiveWire(call.inventory, call.organization, id, receive),
});

/** POST /purchasereceives?purchaseorder_id=1 */
export function createReceive(call: InventoryCall): SandboxResponse {
  const { inventory, books } = call;
  const orderId = call.query.get("purchaseorder_id") ?? "";
  if (orderId === "") return refuseValue("purchaseorder_id");
  const order = books.purchaseOrders.head(orderId);
  if (order === undefined) return refuseMissing(call.context, "Purchase Order");
  if (!isConfirmed(order.state))
    return refuse(400, CODE_NOT_ALLOWED, "Only issued purchase orders can be received.");
  const body = parseInput(receiveBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const number = body.value.receive_number ?? nextNumber(inventory.receives, "PR-");
  if (inventory.receives.find(number) !== null)
    return refuse(400, CODE_DUPLICATE, `Purchase Receive ${number} already exists.`);
  const lines = readLines(call, orderId, body.value, null);
  if (!lines.ok) return lines.error;
  const id = books.nextId();
  const now = books.stamp();
  const receive: StoredReceive = {
    number,
    purchaseOrderId: orderId,
    date: body.value.date ?? zonedDate(call.context.clock.now(), call.organization.timeZone),
    notes: body.value.notes ?? "",
    lines: lines.value,
    created: now,
    modified: now,
  };
  inventory.receives.put(id, receive);
  changeParts(inventory, orderId, ({ receiveIds }) => ({ receiveIds: [...receiveIds, id] }));
  return succeedWriting(shown(call, id, receive), "The purchase receive has been created.", 201);
}

export function updateReceive(call: InventoryCall): SandboxResponse {
  const [id = ""] = call.ids;
  const { inventory } = call;
  const previous = inventory.receives.get(id);
  if (previous === undefined) return refuseMissing(call.context, "Purchase Receive");
  const body = parseInput(receiveBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const number = body.value.receive_number ?? previous.number;
  if (![null, id].includes(inventory.receives.find(number)))
    return refuse(400, CODE_DUPLICATE, `Purchase Receive ${number} already exists.`);
  const lines =
    body.value.line_items === undefined
      ? ok(previous.lines)
      : readLines(call, previous.purchaseOrderId, body.value, previous);
  if (!lines.ok) return lines.error;
  const receive: StoredReceive = {
    ...previous,
    number,
    date: body.value.date ?? previous.date,
    notes: body.value.notes ?? previous.notes,
    lines: lines.value,
    modified: call.books.stamp(),
  };
  inventory.receives.put(id, receive);
  return succeedWriting(shown(call, id, receive), "The purchase receive has been updated.");
}

function readLines(
  call: InventoryCall,
  orderId: string,
  body: ReceiveBody,
  previous: StoredReceive | null,
): Result<readonly PartOfLine[], SandboxResponse> {
  const orderLines = call.books.lines.get(orderId) ?? [];
  const received = receivedQuantities(call.inventory, orderId);
  const parts: PartOfLine[] = [];
  if ((body.line_items ?? []).length === 0) return err(refuseValue("line_items"));
  for (const { line_item_id, item_id, quantity } of body.line_items ?? []) {
    const line =
      orderLines.find((candidate) => candidate.id === line_item_id) ??
      orderLines.find((candidate) => line_item_id === undefined && candidate.itemId === item_id);
    if (line === undefined) return err(refuseValue("line_item_id"));
    const own = previous?.lines.find(({ orderLineId }) => orderLineId === line.id)?.quantity ?? "0";
    const asked = parts
      .filter(({ orderLineId }) => orderLineId === line.id)
      .reduce((sum, part) => sum.plus(part.quantity), decimal(quantity));
    if (quantityOf(received, line.id).minus(own).plus(asked).greaterThan(line.quantity))
      return err(
        refuse(400, CODE_NOT_ALLOWED, "The quantity received cannot be more than the quantity ordered."),
      );
    parts.push({ id: call.books.nextId(), orderLineId: line.id, quantity });
  }
  return ok(parts);
}

export function deleteReceive(call: InventoryCall): SandboxResponse {
  const [id = ""] = call.ids;
  const { inventory } = call;
  const receive = inventory.receives.get(id);
  if (receive === undefined) return refuseMissing(call.context, "Purchase Receive");
  changeParts(inventory, receive.purchaseOrderId, ({ receiveIds }) => ({
    receiveIds: receiveIds.filter((receiveId) => receiveId !== id),
  }));
  inventory.receives.delete(id);
  return succeedWriting({}, "The purchase receive has been deleted.");
}
