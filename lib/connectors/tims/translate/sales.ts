import { readMoney, UnreadableRecord, unreadable } from "@/lib/connectors/contract/unreadable";
import type { CreditNote, Invoice } from "@/lib/domain/document";
import type { LocalDate } from "@/lib/domain/local-date";
import { type Money, subtract, sum, zero } from "@/lib/domain/money";
import type { Allocation } from "@/lib/domain/settlement";
import { decimalText } from "@/lib/kernel/decimal";
import { withVersion } from "../digest";
import { idWith } from "../ids";
import type { ReceivableBalance, WireReceivable, WireSalesOrder } from "../wire/document";
import { type StatusTable, sharedFields, toStatus } from "./amounts";
import { dueDateOf } from "./terms";

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

/**
 * The invoice of an order, with the credit of one that was cancelled after money came in: of the whole, set against what is
 * still open of the invoice, so that what is left of it is what was paid. Where TIMS made a credit memo of the order, that one
 * stands beside the invoice, and ours comes as void for whoever has it already.
 */
export function toOrderRecords(
  order: WireSalesOrder,
  receivables: readonly ReceivableBalance[],
  creditedBy: "tieout" | "tims",
): readonly (Invoice | CreditNote | Allocation)[] {
  const stage = stageOf(order);
  const shared = sharedFields(order, ORDER);
  compareTotals(order);
  const { open, paid, isInvoiced } = stateOf(order, receivables);
  const isVoid = stage === "cancelled" && paid.minor <= 0n && creditedBy === "tieout";
  const isCredited = stage === "cancelled" && !isVoid;
  const isOurs = isCredited && creditedBy === "tieout";
  const none = zero(order.currency);
  const remaining = isVoid || isOurs ? none : isInvoiced ? open : shared.gross;
  const date = dateOf(order);
  const common = {
    externalId: idWith("SO", order.salesOrderId),
    contactId: idWith("C", order.customerId),
    contactName: order.customerName,
    reference: order.customerPo,
    ...shared,
  };
  const invoice = withVersion<Omit<Invoice, "version">>(order, {
    recordType: "invoice",
    number: order.orderNumber,
    date,
    dueDate: dueDateOf(date, order, ORDER),
    status: isVoid ? "void" : remaining.minor === 0n ? "paid" : "open",
    remaining,
    ...common,
  });
  if (!isCredited) return [invoice];
  const left = isOurs ? subtract(shared.gross, open) : none;
  const note = withVersion<Omit<CreditNote, "version">>(order, {
    recordType: "creditNote",
    number: `${order.orderNumber}-CR`,
    date: order.cancelledDate ?? date,
    status: !isOurs ? "void" : left.minor === 0n ? "paid" : "open",
    remaining: left,
    ...common,
  });
  return isOurs && open.minor > 0n ? [invoice, note, setAgainst(order, note, open)] : [invoice, note];
}

/** What TIMS has open of an order and what was paid of it, by its receivables that stand. */
function stateOf({ currency }: WireSalesOrder, receivables: readonly ReceivableBalance[]) {
  const standing = receivables.filter(({ status }) => status !== "Void");
  const total = (key: "total" | "balance") =>
    sum(
      standing.map((one) => readMoney(one[key], currency, `invoices.${key}`, ORDER)),
      currency,
    );
  const open = total("balance");
  return { open, paid: subtract(total("total"), open), isInvoiced: standing.length > 0 };
}

/** The credit of a cancelled order against its own invoice. */
const setAgainst = (order: WireSalesOrder, note: CreditNote, amount: Money): Allocation =>
  withVersion<Omit<Allocation, "version">>(order, {
    recordType: "allocation",
    externalId: `${note.externalId}:${note.externalId}`,
    ...{ creditNoteId: note.externalId, creditNoteNumber: note.number },
    ...{ invoiceId: note.externalId, invoiceNumber: order.orderNumber },
    ...{ date: note.date, amount, marker: "" },
  });

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

/** An order is invoiced on the day that it left or was done. */
function dateOf(order: WireSalesOrder): LocalDate {
  const date = order.shippedDate ?? order.completedDate ?? order.orderDate;
  if (date === null) throw unreadable("shippedDate", ORDER, "it was shipped without a date");
  return date;
}
