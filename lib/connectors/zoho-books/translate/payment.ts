import { add, type Money, negate, subtract, sum, zero } from "@/lib/domain/money";
import type { Overpayment, Payment } from "@/lib/domain/settlement";
import { Decimal } from "@/lib/kernel/decimal";
import { digest } from "../digest";
import type { WirePayment } from "../wire/payment";
import { UnreadableRecord } from "../wire/unreadable";
import { toFxRate } from "./document";
import { readMoney } from "./lines";

/**
 * A customer payment as one Payment for each invoice it settles and one Overpayment for what is left, which together
 * are exactly the money received and kept. Throws UnreadableRecord.
 */
export function toSettlements(
  wire: WirePayment,
  paymentNumber: string,
): { payments: readonly Payment[]; overpayment: Overpayment } {
  const shared = sharedFields(wire, wire.payment_number || paymentNumber);
  const payments = [...appliedByInvoice(wire).values()].map(({ invoiceNumber, invoiceId, amount }) =>
    withVersion({
      recordType: "payment" as const,
      externalId: `${wire.payment_id}:${invoiceId}`,
      invoiceId,
      invoiceNumber,
      amount,
      ...shared,
    }),
  );
  const overpayment = withVersion({
    recordType: "overpayment" as const,
    externalId: `${wire.payment_id}:excess`,
    amount: excess(wire),
    ...shared,
  });
  return { payments, overpayment };
}

const withVersion = <T extends object>(record: T): T & { version: string } => ({
  ...record,
  version: digest(record),
});

function sharedFields(wire: WirePayment, paymentNumber: string) {
  return {
    paymentNumber,
    contactId: wire.customer_id,
    contactName: wire.customer_name,
    date: wire.date,
    accountKey: wire.account_id,
    fxRate: toFxRate(wire.exchange_rate),
    reference: wire.reference_number,
    status: toStatus(wire),
    marker: "",
  };
}

const STATUS: Readonly<Record<string, "open" | "deleted">> = {
  "": "open",
  success: "open",
  paid: "open",
  failure: "deleted",
  void: "deleted",
  draft: "deleted",
};

function toStatus(wire: WirePayment): "open" | "deleted" {
  const said = [wire.status, wire.payment_status].map((status) => {
    const known = STATUS[status];
    if (known === undefined)
      throw new UnreadableRecord(
        `The field "status" of this payment cannot be read: "${status.slice(0, 40)}" is no status that Tieout knows.`,
      );
    return known;
  });
  return said.includes("deleted") ? "deleted" : "open";
}

/** An invoice named twice in one payment is one Payment: a ledger sees the sum. */
function appliedByInvoice(wire: WirePayment) {
  const byInvoice = new Map<string, { invoiceId: string; invoiceNumber: string; amount: Money }>();
  for (const [index, applied] of wire.invoices.entries()) {
    const amount = money(wire, applied.amount_applied, `invoices.${index}.amount_applied`);
    if (amount.minor === 0n) continue;
    const before = byInvoice.get(applied.invoice_id)?.amount ?? zero(wire.currency_code);
    byInvoice.set(applied.invoice_id, {
      invoiceId: applied.invoice_id,
      invoiceNumber: applied.invoice_number,
      amount: add(before, amount),
    });
  }
  return byInvoice;
}

/** What was neither applied nor given back. Refuses a payment that states another unused amount itself. */
function excess(wire: WirePayment): Money {
  const applied = sum(
    [...appliedByInvoice(wire).values()].map(({ amount }) => amount),
    wire.currency_code,
  );
  const received = money(wire, wire.amount, "amount");
  const refunded = money(wire, wire.amount_refunded ?? new Decimal(0), "amount_refunded");
  const rest = add(subtract(received, applied), negate(refunded));
  if (rest.minor < 0n)
    throw new UnreadableRecord(
      'The field "amount" of this payment cannot be read: more was applied and refunded than received.',
    );
  if (wire.unused_amount !== null && money(wire, wire.unused_amount, "unused_amount").minor !== rest.minor)
    throw new UnreadableRecord(
      'The field "unused_amount" of this payment cannot be read: it is not what the invoices leave of the amount.',
    );
  return rest;
}

const money = (wire: WirePayment, value: Decimal, field: string): Money =>
  readMoney(value, wire.currency_code, field, "payment");
