import type { CreditNote, Invoice } from "@/lib/domain/document";
import type { LocalDate } from "@/lib/domain/local-date";
import { subtract, sum, zero } from "@/lib/domain/money";
import { decimalText } from "@/lib/kernel/decimal";
import { digest } from "../digest";
import { idWith } from "../ids";
import type { ReceivableBalance, WireReceivable, WireSalesOrder } from "../wire/document";
import { UnreadableRecord, unreadable } from "../wire/unreadable";
import { dueAfter, readMoney, type StatusTable, sharedFields, toStatus } from "./amounts";

/**
 * Sales orders and receivables as invoices. An order is an invoice once it was shipped or completed; its number and date
 * are the order's own, so that what TIMS invoices later changes nothing that is posted already, and what is open of it is
 * what TIMS has open. A cancelled order voids its invoice; where money was received, a credit note of the whole stands
 * against it instead. All throw UnreadableRecord.
 */
const ORDER = "sales order";
const RECEIVABLE = "invoice";

/** What an order is to the books. */
export type OrderStage = "notYet" | "invoiced" | "cancelled";

const STAGES: Readonly<Record<string, OrderStage>> = {
  Quote: "notYet",
  Draft: "notYet",
  Open: "notYet",
  Allocated: "notYet",
  Released: "notYet",
  Backordered: "notYet",
  PartiallyShipped: "notYet",
  Shipped: "invoiced",
  Completed: "invoiced",
  Invoiced: "invoiced",
  Closed: "invoiced",
  Cancelled: "cancelled",
};

export function stageOf({ status }: Pick<WireSalesOrder, "status">): OrderStage {
  const stage = Object.hasOwn(STAGES, status) ? STAGES[status] : undefined;
  if (stage === undefined)
    throw unreadable("status", ORDER, `"${status.slice(0, 40)}" is no status that Tieout knows`);
  return stage;
}

/** The invoice of an order, with the credit note of one that was cancelled after money came in. */
export function toOrderRecords(
  order: WireSalesOrder,
  receivables: readonly ReceivableBalance[],
): readonly (Invoice | CreditNote)[] {
  const stage = stageOf(order);
  const shared = sharedFields(order, ORDER);
  compareTotals(order);
  const standing = receivables.filter(({ status }) => status !== "Void");
  const money = (value: ReceivableBalance["total"], field: string) =>
    readMoney(value, order.currency, field, ORDER);
  const open = sum(
    standing.map(({ balance }) => money(balance, "invoices.balance")),
    order.currency,
  );
  const invoiced = sum(
    standing.map(({ total }) => money(total, "invoices.total")),
    order.currency,
  );
  const paid = subtract(invoiced, open);
  const isVoid = stage === "cancelled" && paid.minor <= 0n;
  const remaining = isVoid ? zero(order.currency) : standing.length === 0 ? shared.gross : open;
  const date = dateOf(order);
  const common = {
    contactId: idWith("C", order.customerId),
    contactName: order.customerName,
    reference: order.customerPo,
    ...shared,
  };
  const invoice = withVersion<Omit<Invoice, "version">>(order, {
    recordType: "invoice",
    externalId: idWith("SO", order.salesOrderId),
    number: order.orderNumber,
    date,
    dueDate: dueAfter(date, order.paymentTermsDays),
    status: isVoid ? "void" : remaining.minor === 0n ? "paid" : "open",
    remaining,
    ...common,
  });
  if (stage !== "cancelled" || isVoid) return [invoice];
  const credit = withVersion<Omit<CreditNote, "version">>(order, {
    recordType: "creditNote",
    externalId: idWith("SO", order.salesOrderId),
    number: `${order.orderNumber}-CR`,
    date: order.cancelledDate ?? date,
    status: "open",
    remaining: shared.gross,
    ...common,
  });
  return [invoice, credit];
}

/** What was invoiced of an order has to be what was ordered, before any of it is posted. */
export function compareTotals({
  invoices,
  total,
  currency,
  orderNumber,
}: Pick<WireSalesOrder, "invoices" | "total" | "currency" | "orderNumber">): void {
  if (invoices.length === 0) return;
  const invoiced = invoices.reduce((whole, invoice) => whole.plus(invoice.total), total.minus(total));
  if (invoiced.equals(total)) return;
  const numbers = invoices.map(({ invoiceNumber }) => invoiceNumber).join(", ");
  throw new UnreadableRecord(
    `The field "total" needs a look: sales order ${orderNumber} comes to ${decimalText(total)} ${currency}, and what TIMS invoiced of it (${numbers}) to ${decimalText(invoiced)}. Put right whichever is wrong.`,
  );
}

const RECEIVABLE_STATUS: StatusTable = {
  Draft: "draft",
  Pending: "submitted",
  Open: "open",
  PartiallyPaid: "open",
  Paid: "paid",
  Closed: "paid",
  Void: "void",
};

/** An invoice of accounts receivable by itself. */
export function toReceivable(wire: WireReceivable): Invoice {
  const shared = sharedFields(wire, RECEIVABLE);
  return withVersion<Omit<Invoice, "version">>(wire, {
    recordType: "invoice",
    externalId: idWith("AR", wire.invoiceId),
    number: wire.invoiceNumber,
    reference: wire.reference,
    contactId: idWith("C", wire.customerId),
    contactName: wire.customerName,
    date: wire.date,
    dueDate: wire.dueDate,
    status: toStatus(wire.status, RECEIVABLE_STATUS, RECEIVABLE),
    remaining: readMoney(wire.balance, wire.currency, "balance", RECEIVABLE),
    ...shared,
  });
}

const withVersion = <T extends object>(
  { modifiedOn }: { readonly modifiedOn: string },
  record: T,
): T & { version: string } => ({ ...record, version: `${modifiedOn} ${digest(record)}` });

/** An order is invoiced on the day that it left or was done. */
function dateOf(order: WireSalesOrder): LocalDate {
  const date = order.shippedDate ?? order.completedDate ?? order.orderDate;
  if (date === null) throw unreadable("shippedDate", ORDER, "it was shipped without a date");
  return date;
}
