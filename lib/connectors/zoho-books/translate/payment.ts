import { readMoney, UnreadableRecord } from "@/lib/connectors/contract/unreadable";
import { add, type Money, negate, subtract, sum, zero } from "@/lib/domain/money";
import type {
  BillPayment,
  DocumentPayment,
  ExcessPayment,
  Overpayment,
  Payment,
  SupplierOverpayment,
} from "@/lib/domain/settlement";
import { Decimal } from "@/lib/kernel/decimal";
import { digest } from "../digest";
import { splitReference } from "../marker";
import type { WirePayment } from "../wire/payment";
import type { WireVendorPayment } from "../wire/vendor-payment";
import { toFxRate } from "./document";

/**
 * A payment as one record for each document that it settles and one for what is left, which together are exactly the
 * money that was moved and kept. All throw UnreadableRecord.
 */
export interface Settlements<
  Share extends DocumentPayment = DocumentPayment,
  Excess extends ExcessPayment = ExcessPayment,
> {
  readonly payments: readonly Share[];
  /** Of zero where nothing is left. */
  readonly overpayment: Excess;
}

/** A customer payment over invoices. */
export function toSettlements(wire: WirePayment, paymentNumber: string): Settlements<Payment, Overpayment> {
  const shared = {
    ...sharedFields(wire, wire.payment_number || paymentNumber),
    contactId: wire.customer_id,
    contactName: wire.customer_name,
    accountKey: wire.account_id,
  };
  const { shares, excess } = split(fromCustomer(wire));
  return {
    payments: shares.map(({ documentId, number, amount }) =>
      withVersion<Omit<Payment, "version">>({
        recordType: "payment",
        externalId: `${wire.payment_id}:${documentId}`,
        invoiceId: documentId,
        invoiceNumber: number,
        amount,
        ...shared,
      }),
    ),
    overpayment: withVersion<Omit<Overpayment, "version">>({
      recordType: "overpayment",
      externalId: `${wire.payment_id}:excess`,
      amount: excess,
      ...shared,
    }),
  };
}

/** A vendor payment over bills. `currency` is the code of its currency_id, `billNumbers` by bill. */
export function toSupplierSettlements(
  wire: WireVendorPayment,
  { currency, billNumbers }: { currency: string; billNumbers: ReadonlyMap<string, string> },
): Settlements<BillPayment, SupplierOverpayment> {
  const shared = {
    ...sharedFields(wire, wire.payment_number),
    contactId: wire.vendor_id,
    contactName: wire.vendor_name,
    accountKey: wire.paid_through_account_id,
  };
  const { shares, excess } = split(fromVendor(wire, currency));
  return {
    payments: shares.map(({ documentId, amount }) =>
      withVersion<Omit<BillPayment, "version">>({
        recordType: "billPayment",
        externalId: `${wire.payment_id}:${documentId}`,
        billId: documentId,
        billNumber: billNumbers.get(documentId) ?? "",
        amount,
        ...shared,
      }),
    ),
    overpayment: withVersion<Omit<SupplierOverpayment, "version">>({
      recordType: "supplierOverpayment",
      externalId: `${wire.payment_id}:excess`,
      amount: excess,
      ...shared,
    }),
  };
}

const withVersion = <T extends object>(record: T): T & { version: string } => ({
  ...record,
  version: digest(record),
});

function sharedFields(wire: WirePayment | WireVendorPayment, paymentNumber: string) {
  const reference = splitReference(wire.reference_number);
  return {
    paymentNumber,
    date: wire.date,
    fxRate: toFxRate(wire.exchange_rate),
    reference: reference.text,
    status: toStatus(wire),
    marker: reference.key,
  };
}

/** The amounts of a payment, whichever way the money went. */
interface MoneyMoved {
  readonly currency: string;
  readonly amount: Decimal;
  readonly refunded: Decimal;
  /** What the vendor itself says is left, and in which field; null where it does not. */
  readonly stated: { readonly field: string; readonly amount: Decimal } | null;
  readonly documents: "invoices" | "bills";
  readonly applied: readonly { readonly id: string; readonly number: string; readonly amount: Decimal }[];
}

const fromCustomer = (wire: WirePayment): MoneyMoved => ({
  currency: wire.currency_code,
  amount: wire.amount,
  refunded: wire.amount_refunded ?? new Decimal(0),
  stated: wire.unused_amount === null ? null : { field: "unused_amount", amount: wire.unused_amount },
  documents: "invoices",
  applied: wire.invoices.map(({ invoice_id, invoice_number, amount_applied }) => ({
    id: invoice_id,
    number: invoice_number,
    amount: amount_applied,
  })),
});

const fromVendor = (wire: WireVendorPayment, currency: string): MoneyMoved => ({
  currency,
  amount: wire.amount,
  refunded: wire.vendorpayment_refunds.reduce(
    (total, { amount_fcy, amount_bcy }) => total.plus(amount_fcy ?? amount_bcy ?? 0),
    new Decimal(0),
  ),
  stated: wire.balance === null ? null : { field: "balance", amount: wire.balance },
  documents: "bills",
  applied: wire.bills.map(({ bill_id, amount_applied }) => ({
    id: bill_id,
    number: "",
    amount: amount_applied,
  })),
});

const STATUS: Readonly<Record<string, "open" | "deleted">> = {
  "": "open",
  success: "open",
  paid: "open",
  failure: "deleted",
  void: "deleted",
  draft: "deleted",
};

function toStatus(wire: { readonly status: string; readonly payment_status: string }): "open" | "deleted" {
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

interface Share {
  readonly documentId: string;
  readonly number: string;
  readonly amount: Money;
}

/** Refuses a payment whose parts exceed it, or that states another rest itself. */
function split(moved: MoneyMoved): { shares: readonly Share[]; excess: Money } {
  const money = (value: Decimal, field: string): Money => readMoney(value, moved.currency, field, "payment");
  const shares = sharesOf(moved, money);
  const whole = money(moved.amount, "amount");
  const applied = sum(
    shares.map(({ amount }) => amount),
    moved.currency,
  );
  const excess = add(subtract(whole, applied), negate(money(moved.refunded, "amount_refunded")));
  if (excess.minor < 0n)
    throw new UnreadableRecord(
      'The field "amount" of this payment cannot be read: more was applied and refunded than it was of.',
    );
  const { stated } = moved;
  if (stated !== null && money(stated.amount, stated.field).minor !== excess.minor)
    throw new UnreadableRecord(
      `The field "${stated.field}" of this payment cannot be read: it is not what the ${moved.documents} leave of the amount.`,
    );
  return { shares, excess };
}

/** A document named twice in one payment is one share: a ledger sees the sum. */
function sharesOf(moved: MoneyMoved, money: (value: Decimal, field: string) => Money): Share[] {
  const byDocument = new Map<string, Share>();
  for (const [index, { id, number, amount: value }] of moved.applied.entries()) {
    const amount = money(value, `${moved.documents}.${index}.amount_applied`);
    if (amount.minor === 0n) continue;
    const before = byDocument.get(id)?.amount ?? zero(moved.currency);
    byDocument.set(id, { documentId: id, number, amount: add(before, amount) });
  }
  return [...byDocument.values()];
}
