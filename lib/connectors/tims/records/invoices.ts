import type { PullOptions } from "@/lib/connectors/contract/connector";
import type { TimsClient } from "../client";
import { idWith } from "../ids";
import { ITEMS, RECEIVABLES, type Resource, SALES_ORDERS } from "../resources";
import { compareTotals, stageOf, toOrderRecords, toReceivable } from "../translate/sales";
import {
  type ReceivableBalance,
  receivableBalanceSchema,
  type WireReceivable,
  type WireSalesOrder,
  wireReceivableSchema,
  wireSalesOrderSchema,
} from "../wire/document";
import { wireQuantitySchema } from "../wire/party";
import { idIn, readRecord, UnreadableRecord, unreadable } from "../wire/unreadable";
import type { ListKind } from "./pull-lists";
import { joinReadings, NOTHING, type Reading, readOrQuarantine } from "./reading";

/**
 * Invoices by what the owner chose at connection: orders that were shipped or completed and receivables without an order, or
 * receivables alone. Either way an order's total is compared with what was invoiced of it, and what differs is kept aside.
 */
export function invoiceLists(client: TimsClient): readonly ListKind[] {
  const receivables: ListKind = {
    resource: RECEIVABLES,
    read: (rows, options) => readReceivables(client, rows, options),
  };
  return isByOrder(client)
    ? [{ resource: SALES_ORDERS, read: (rows, options) => readOrders(client, rows, options) }, receivables]
    : [receivables];
}

export const isByOrder = (client: TimsClient): boolean => client.settings.invoicesFrom === "orders";

/** The records of one order or receivable, null without one. */
export async function getInvoice(
  client: TimsClient,
  prefix: "SO" | "AR",
  id: string,
): Promise<Reading | null> {
  const resource = prefix === "SO" ? SALES_ORDERS : RECEIVABLES;
  const row = await client.get(resource, id);
  if (row === null) return null;
  return prefix === "SO" ? readOrders(client, [row], null) : readAlone(client, [row]);
}

/** `options` null: whatever stage the order is in. */
async function readOrders(
  client: TimsClient,
  rows: readonly unknown[],
  options: PullOptions | null,
): Promise<Reading> {
  const parsed = rows.map((row) => ({ row, order: orderOrNull(row) }));
  const balances = await readBalances(
    client,
    parsed.flatMap(({ order }) => order?.invoices.map(({ invoiceId }) => invoiceId) ?? []),
  );
  const readings: Reading[] = [];
  for (const { row, order } of parsed) {
    const id = order?.salesOrderId ?? idIn(row, SALES_ORDERS.idField);
    const missing = order === null ? null : await missingStock(client, order);
    const isWanted = order === null || options === null || (await isRecord(order, options));
    if (!isWanted) continue;
    readings.push(
      readOrQuarantine("invoice", id === null ? null : idWith("SO", id), row, () => {
        const read = readRecord(wireSalesOrderSchema, "sales order", row);
        if (missing !== null) throw missing;
        return toOrderRecords(
          read,
          read.invoices.flatMap(({ invoiceId }) => balances.get(invoiceId) ?? []),
        );
      }),
    );
  }
  return joinReadings(readings);
}

function orderOrNull(row: unknown): WireSalesOrder | null {
  const parsed = wireSalesOrderSchema.safeParse(row);
  return parsed.success ? parsed.data : null;
}

/** An order is none of the books before it left; a cancelled one is where it was there before. */
async function isRecord(order: WireSalesOrder, options: PullOptions): Promise<boolean> {
  const stage = stageOrNull(order);
  if (stage !== "notYet" && stage !== "cancelled") return true;
  if (stage === "cancelled" && (order.shippedDate !== null || order.invoices.length > 0)) return true;
  const id = idWith("SO", order.salesOrderId);
  return stage === "cancelled" && (await options.knownVersions("invoice", [id])).has(id);
}

function stageOrNull(order: WireSalesOrder) {
  try {
    return stageOf(order);
  } catch (thrown) {
    if (thrown instanceof UnreadableRecord) return null;
    throw thrown;
  }
}

/**
 * Before an order that is done but has not wholly left is invoiced, what is still to be shipped has to be there. Asked for
 * such lines alone.
 */
async function missingStock(client: TimsClient, order: WireSalesOrder): Promise<UnreadableRecord | null> {
  if (stageOrNull(order) !== "invoiced") return null;
  for (const [index, { sku, quantity, shippedQuantity }] of order.lines.entries()) {
    const rest = quantity.minus(shippedQuantity ?? quantity);
    if (sku === null || !rest.isPositive() || rest.isZero()) continue;
    const answer = wireQuantitySchema.safeParse(await client.get(ITEMS, sku, "quantity"));
    const onHand = answer.success ? answer.data.quantityOnHand : null;
    if (onHand?.lessThan(rest))
      return unreadable(
        `lines.${index}.quantity`,
        "sales order",
        `${rest.toFixed()} of ${sku} are still to be shipped and ${onHand.toFixed()} are on hand, so it is not invoiced yet`,
      );
  }
  return null;
}

async function readBalances(
  client: TimsClient,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ReceivableBalance>> {
  const rows = await rowsOf(client, RECEIVABLES, ids);
  return new Map(
    rows.flatMap((row) => {
      const parsed = receivableBalanceSchema.safeParse(row);
      return parsed.success ? [[parsed.data.invoiceId, parsed.data] as const] : [];
    }),
  );
}

/** Rows by their ids, as many calls as pages. */
export async function rowsOf(
  client: TimsClient,
  resource: Resource,
  ids: readonly string[],
): Promise<unknown[]> {
  const wanted = [...new Set(ids)];
  const rows: unknown[] = [];
  for (let start = 0; start < wanted.length; start += client.settings.pageSize) {
    const chunk = wanted.slice(start, start + client.settings.pageSize);
    rows.push(...(await client.list(resource, { page: 1, filters: { ids: chunk.join(",") } })).rows);
  }
  return rows;
}

/** A receivable of an order says that the order has changed, where orders are invoices. */
async function readReceivables(
  client: TimsClient,
  rows: readonly unknown[],
  options: PullOptions,
): Promise<Reading> {
  if (!isByOrder(client)) return readAlone(client, rows);
  const orderOf = (row: unknown): string | null => idIn(row, "salesOrderId");
  const orderIds = rows.flatMap((row) => orderOf(row) ?? []);
  const orders = await rowsOf(client, SALES_ORDERS, orderIds);
  return joinReadings([
    orders.length === 0 ? NOTHING : await readOrders(client, orders, options),
    await readAlone(
      client,
      rows.filter((row) => orderOf(row) === null),
    ),
  ]);
}

/** Receivables by themselves, each compared with its order where it names one. */
async function readAlone(client: TimsClient, rows: readonly unknown[]): Promise<Reading> {
  const orders = new Map<string, WireSalesOrder>();
  const ids = rows.flatMap((row) => idIn(row, "salesOrderId") ?? []);
  for (const row of await rowsOf(client, SALES_ORDERS, ids)) {
    const order = orderOrNull(row);
    if (order !== null) orders.set(order.salesOrderId, order);
  }
  return joinReadings(
    rows.map((row) => {
      const id = idIn(row, RECEIVABLES.idField);
      return readOrQuarantine("invoice", id === null ? null : idWith("AR", id), row, () => {
        const wire: WireReceivable = readRecord(wireReceivableSchema, "invoice", row);
        const order = orders.get(wire.salesOrderId ?? "");
        // Part deliveries are invoiced in parts: the whole can be compared once all of it left.
        if (order !== undefined && wire.status !== "Void" && stageOf(order) === "invoiced")
          compareTotals(order);
        return [toReceivable(wire)];
      });
    }),
  );
}
