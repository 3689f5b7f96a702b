import type { PullOptions } from "@/lib/connectors/contract/connector";
import {
  idIn,
  joinReadings,
  NOTHING,
  type Reading,
  readOrQuarantine,
  readRecord,
  UnreadableRecord,
} from "@/lib/connectors/contract/unreadable";
import type { TimsClient } from "../client";
import { billIdOf, idWith } from "../ids";
import { BILLS, PURCHASE_ORDERS } from "../resources";
import { purchaseStageOf, toBill, toOrderBill } from "../translate/purchases";
import {
  billBalanceSchema,
  type WirePurchaseOrder,
  wireBillSchema,
  wirePurchaseOrderSchema,
} from "../wire/document";
import type { ListKind } from "./pull-lists";
import { readableRowsOf, rowsOf } from "./rows-of";

/**
 * Bills by what the owner chose at connection: vendors' bills alone, or purchase orders that were received and bills without
 * an order. In the second case an order's total is compared with what the vendor billed of it, and what differs is kept aside.
 */
export function billLists(client: TimsClient): readonly ListKind[] {
  const { billsFrom } = client.settings;
  if (billsFrom === "bills") return [{ resource: BILLS, read: async (rows) => readAlone(client, rows) }];
  return [
    { resource: PURCHASE_ORDERS, read: (rows, options) => readOrders(client, rows, options) },
    { resource: BILLS, read: (rows, options) => readBills(client, rows, options) },
  ];
}

/** The records of one order or bill, null without one. */
export async function getBill(client: TimsClient, prefix: "PO" | "AP", id: string): Promise<Reading | null> {
  const row = await client.get(prefix === "PO" ? PURCHASE_ORDERS : BILLS, id);
  if (row === null) return null;
  return prefix === "PO" ? readOrders(client, [row], null) : readAlone(client, [row]);
}

/** `options` null: whatever stage the order is in. */
async function readOrders(
  client: TimsClient,
  rows: readonly unknown[],
  options: PullOptions | null,
): Promise<Reading> {
  const parsed = rows.map((row) => ({ row, order: orderOrNull(row) }));
  const billIds = parsed.flatMap(({ order }) => order?.bills.map(({ billId }) => billId) ?? []);
  const balances = await readableRowsOf(client, BILLS, billBalanceSchema, billIds);
  const readings: Reading[] = [];
  for (const { row, order } of parsed) {
    if (order !== null && options !== null && !(await isRecord(order, options))) continue;
    const id = order?.purchaseOrderId ?? idIn(row, PURCHASE_ORDERS.idField);
    readings.push(
      readOrQuarantine("bill", id === null ? null : idWith("PO", id), row, () => {
        const read = readRecord(wirePurchaseOrderSchema, "purchase order", row);
        return [
          toOrderBill(
            read,
            read.bills.flatMap(({ billId }) => balances.get(billId) ?? []),
          ),
        ];
      }),
    );
  }
  return joinReadings(readings);
}

function orderOrNull(row: unknown): WirePurchaseOrder | null {
  const parsed = wirePurchaseOrderSchema.safeParse(row);
  return parsed.success ? parsed.data : null;
}

/** An order is none of the books before it was received; a cancelled one is where it was there before. */
async function isRecord(order: WirePurchaseOrder, options: PullOptions): Promise<boolean> {
  const stage = stageOrNull(order);
  if (stage !== "cancelled") return stage !== "notYet";
  const id = idWith("PO", order.purchaseOrderId);
  return (await options.knownVersions("bill", [id])).has(id);
}

function stageOrNull(order: WirePurchaseOrder) {
  try {
    return purchaseStageOf(order);
  } catch (thrown) {
    if (thrown instanceof UnreadableRecord) return null;
    throw thrown;
  }
}

/** A bill of an order says that the order has changed. */
async function readBills(
  client: TimsClient,
  rows: readonly unknown[],
  options: PullOptions,
): Promise<Reading> {
  const orderOf = (row: unknown): string | null => idIn(row, "purchaseOrderId");
  const orders = await rowsOf(
    client,
    PURCHASE_ORDERS,
    rows.flatMap((row) => orderOf(row) ?? []),
  );
  return joinReadings([
    orders.length === 0 ? NOTHING : await readOrders(client, orders, options),
    readAlone(
      client,
      rows.filter((row) => orderOf(row) === null),
    ),
  ]);
}

function readAlone({ settings: { billsFrom } }: TimsClient, rows: readonly unknown[]): Reading {
  return joinReadings(
    rows.map((row) => {
      const id = idIn(row, BILLS.idField);
      return readOrQuarantine("bill", id === null ? null : billIdOf(id, billsFrom), row, () => [
        toBill(readRecord(wireBillSchema, "bill", row), billsFrom),
      ]);
    }),
  );
}
