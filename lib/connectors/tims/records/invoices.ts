import type { PullOptions } from "@/lib/connectors/contract/connector";
import {
  idIn,
  joinReadings,
  NOTHING,
  type Reading,
  readOrQuarantine,
  readRecord,
  UnreadableRecord,
  unreadable,
} from "@/lib/connectors/contract/unreadable";
import { isGone } from "@/lib/domain/canonical-record";
import type { TimsClient } from "../client";
import { idWith } from "../ids";
import { CREDIT_MEMOS, ITEMS, RECEIVABLES, SALES_ORDERS } from "../resources";
import { toCreditMemo } from "../translate/credits";
import { compareTotals, stageOf, toOrderRecords, toReceivable } from "../translate/sales";
import {
  creditMemoStateSchema,
  receivableBalanceSchema,
  type WireReceivable,
  type WireSalesOrder,
  wireCreditMemoSchema,
  wireReceivableSchema,
  wireSalesOrderSchema,
} from "../wire/document";
import { wireQuantitySchema } from "../wire/party";
import { readLineAccounts } from "./categories";
import type { ListKind } from "./pull-lists";
import { readableRowsOf, rowsOf } from "./rows-of";

/**
 * Invoices by what the owner chose at connection: orders that were shipped or completed and receivables without an order, or
 * receivables alone. Either way an order's total is compared with what was invoiced of it, and what differs is kept aside.
 */
export function invoiceLists(client: TimsClient): readonly ListKind[] {
  const receivables: ListKind = {
    resource: RECEIVABLES,
    read: (rows, options) => readReceivables(client, rows, options),
  };
  const creditMemos: ListKind = {
    resource: CREDIT_MEMOS,
    read: (rows, options) => readCreditMemos(client, rows, options),
  };
  return isByOrder(client)
    ? [
        { resource: SALES_ORDERS, read: (rows, options) => readOrders(client, rows, options) },
        receivables,
        creditMemos,
      ]
    : [receivables, creditMemos];
}

export const isByOrder = (client: TimsClient): boolean => client.settings.invoicesFrom === "orders";

const RESOURCE_OF = { SO: SALES_ORDERS, AR: RECEIVABLES, CM: CREDIT_MEMOS } as const;

/** The records of one order, receivable or credit memo, null without one. */
export async function getInvoice(
  client: TimsClient,
  prefix: keyof typeof RESOURCE_OF,
  id: string,
): Promise<Reading | null> {
  const row = await client.get(RESOURCE_OF[prefix], id);
  if (row === null) return null;
  if (prefix === "CM") return readMemosAlone(client, [row]);
  return prefix === "SO" ? readOrders(client, [row], null) : readAlone(client, [row]);
}

/** `options` null: whatever stage the order is in. */
async function readOrders(
  client: TimsClient,
  rows: readonly unknown[],
  options: PullOptions | null,
): Promise<Reading> {
  const parsed = rows.map((row) => ({ row, order: orderOrNull(row) }));
  const balances = await readableRowsOf(
    client,
    RECEIVABLES,
    receivableBalanceSchema,
    parsed.flatMap(({ order }) => order?.invoices.map(({ invoiceId }) => invoiceId) ?? []),
  );
  const withAccounts = await readLineAccounts(client, rows);
  const readings: Reading[] = [];
  for (const { row, order } of parsed) {
    const id = order?.salesOrderId ?? idIn(row, SALES_ORDERS.idField);
    const missing = order === null ? null : await missingStock(client, order);
    const isWanted = order === null || options === null || (await isRecord(order, options));
    if (!isWanted) continue;
    const creditedBy = order !== null && (await hasCreditMemo(client, order)) ? "tims" : "tieout";
    const reading = readOrQuarantine("invoice", id === null ? null : idWith("SO", id), row, () => {
      const read = readRecord(wireSalesOrderSchema, "sales order", row);
      if (missing !== null) throw missing;
      return toOrderRecords(
        withAccounts(read),
        read.invoices.flatMap(({ invoiceId }) => balances.get(invoiceId) ?? []),
        creditedBy,
      );
    });
    readings.push(await withoutUnknownVoids(reading, options));
  }
  return joinReadings(readings);
}

/** Whether TIMS itself credited an order that was cancelled; asked for such orders alone. */
async function hasCreditMemo(client: TimsClient, order: WireSalesOrder): Promise<boolean> {
  if (stageOrNull(order) !== "cancelled" || order.invoices.length === 0) return false;
  const filters = { salesOrderId: order.salesOrderId };
  const { rows } = await client.list(CREDIT_MEMOS, { page: 1, filters });
  return rows.some((row) => {
    const memo = creditMemoStateSchema.safeParse(row);
    return memo.success && memo.data.status !== "Void" && memo.data.salesOrderId === order.salesOrderId;
  });
}

/** A credit of ours that gave way to one of TIMS is news to none but those who have it. */
async function withoutUnknownVoids(reading: Reading, options: PullOptions | null): Promise<Reading> {
  const gone = reading.records.find((record) => record.recordType === "creditNote" && isGone(record));
  if (gone === undefined || options === null) return reading;
  const known = await options.knownVersions("creditNote", [gone.externalId]);
  return known.has(gone.externalId)
    ? reading
    : { ...reading, records: reading.records.filter((record) => record !== gone) };
}

/** A credit memo of an order says that the order's credit is TIMS' own from now on. */
async function readCreditMemos(
  client: TimsClient,
  rows: readonly unknown[],
  options: PullOptions,
): Promise<Reading> {
  const orderIds = isByOrder(client) ? rows.flatMap((row) => idIn(row, "salesOrderId") ?? []) : [];
  const orders = await rowsOf(client, SALES_ORDERS, orderIds);
  return joinReadings([
    orders.length === 0 ? NOTHING : await readOrders(client, orders, options),
    await readMemosAlone(client, rows),
  ]);
}

async function readMemosAlone(client: TimsClient, rows: readonly unknown[]): Promise<Reading> {
  const withAccounts = await readLineAccounts(client, rows);
  return joinReadings(
    rows.map((row) => {
      const id = idIn(row, CREDIT_MEMOS.idField);
      return readOrQuarantine("creditNote", id === null ? null : idWith("CM", id), row, () => {
        const wire = readRecord(wireCreditMemoSchema, "credit memo", row);
        const { note, allocations } = toCreditMemo(withAccounts(wire), isByOrder(client));
        return [note, ...allocations];
      });
    }),
  );
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
  const ids = rows.flatMap((row) => idIn(row, "salesOrderId") ?? []);
  const orders = await readableRowsOf(client, SALES_ORDERS, wireSalesOrderSchema, ids);
  const withAccounts = await readLineAccounts(client, rows);
  return joinReadings(
    rows.map((row) => {
      const id = idIn(row, RECEIVABLES.idField);
      return readOrQuarantine("invoice", id === null ? null : idWith("AR", id), row, () => {
        const wire: WireReceivable = readRecord(wireReceivableSchema, "invoice", row);
        const order = orders.get(wire.salesOrderId ?? "");
        // Part deliveries are invoiced in parts: the whole can be compared once all of it left.
        if (order !== undefined && wire.status !== "Void" && stageOf(order) === "invoiced")
          compareTotals(order);
        return [toReceivable(withAccounts(wire))];
      });
    }),
  );
}
