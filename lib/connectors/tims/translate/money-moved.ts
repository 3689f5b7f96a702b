import { add, type Money, subtract, sum, zero } from "@/lib/domain/money";
import type {
  BillPayment,
  DocumentPayment,
  ExcessPayment,
  Overpayment,
  Payment,
  SupplierOverpayment,
} from "@/lib/domain/settlement";
import type { Decimal } from "@/lib/kernel/decimal";
import { digest } from "../digest";
import { billIdOf, idWith, plain } from "../ids";
import { keyIn } from "../marker";
import type { WireDisbursement, WireMoney, WireReceipt } from "../wire/money-moved";
import { unreadable } from "../wire/unreadable";
import { readMoney, toFxRate } from "./amounts";

/**
 * A payment as one record for each document that it settles and one for what is left, which together are exactly the money
 * that was moved. All throw UnreadableRecord.
 */
export interface Settlements<
  Share extends DocumentPayment = DocumentPayment,
  Excess extends ExcessPayment = ExcessPayment,
> {
  readonly payments: readonly Share[];
  /** Of zero where nothing is left. */
  readonly excess: Excess;
}

/** `byOrder`: the invoice of an order bears the order's id and number. */
export function toReceiptRecords(wire: WireReceipt, byOrder: boolean): Settlements<Payment, Overpayment> {
  const shared = sharedFields(wire);
  const party = { contactId: idWith("C", wire.customerId), contactName: wire.customerName };
  const { shares, rest } = split(
    wire,
    wire.applications.map(({ invoiceId, invoiceNumber, salesOrderId, orderNumber, amount }) =>
      byOrder && salesOrderId !== null
        ? { id: idWith("SO", salesOrderId), number: orderNumber, amount }
        : { id: idWith("AR", invoiceId), number: invoiceNumber, amount },
    ),
  );
  return {
    payments: shares.map(({ id, number, amount }) =>
      withVersion<Omit<Payment, "version">>(wire, {
        recordType: "payment",
        externalId: `${plain(wire.paymentId)}:${id}`,
        ...{ invoiceId: id, invoiceNumber: number, amount },
        ...party,
        ...shared,
      }),
    ),
    excess: withVersion<Omit<Overpayment, "version">>(wire, {
      recordType: "overpayment",
      externalId: `${plain(wire.paymentId)}:excess`,
      amount: rest,
      ...party,
      ...shared,
    }),
  };
}

/** `billsFrom`: the bill of an order bears the order's id and number. */
export function toDisbursementRecords(
  wire: WireDisbursement,
  billsFrom: "bills" | "orders",
): Settlements<BillPayment, SupplierOverpayment> {
  const shared = sharedFields(wire);
  const party = { contactId: idWith("V", wire.vendorId), contactName: wire.vendorName };
  const { shares, rest } = split(
    wire,
    wire.applications.map(({ billId, billNumber, purchaseOrderId, orderNumber, amount }) =>
      billsFrom === "orders" && purchaseOrderId !== null
        ? { id: idWith("PO", purchaseOrderId), number: orderNumber, amount }
        : { id: billIdOf(billId, billsFrom), number: billNumber, amount },
    ),
  );
  return {
    payments: shares.map(({ id, number, amount }) =>
      withVersion<Omit<BillPayment, "version">>(wire, {
        recordType: "billPayment",
        externalId: `${plain(wire.paymentId)}:${id}`,
        ...{ billId: id, billNumber: number, amount },
        ...party,
        ...shared,
      }),
    ),
    excess: withVersion<Omit<SupplierOverpayment, "version">>(wire, {
      recordType: "supplierOverpayment",
      externalId: `${plain(wire.paymentId)}:excess`,
      amount: rest,
      ...party,
      ...shared,
    }),
  };
}

/** An excess that was stored before and is used up now is passed on as deleted; one that never was is no record. */
export function recordsOf(
  { payments, excess }: Settlements,
  knownExcess: boolean,
): (DocumentPayment | ExcessPayment)[] {
  if (excess.amount.minor !== 0n) return [...payments, excess];
  return knownExcess ? [...payments, { ...excess, status: "deleted" }] : [...payments];
}

const withVersion = <T extends object>({ modifiedOn }: WireMoney, record: T): T & { version: string } => ({
  ...record,
  version: `${modifiedOn} ${digest(record)}`,
});

const STATUS: Readonly<Record<string, "open" | "deleted">> = {
  Posted: "open",
  Cleared: "open",
  Void: "deleted",
  Reversed: "deleted",
  Draft: "deleted",
};

function sharedFields(wire: WireMoney) {
  const status = Object.hasOwn(STATUS, wire.status) ? STATUS[wire.status] : undefined;
  if (status === undefined)
    throw unreadable("status", "payment", `"${wire.status.slice(0, 40)}" is no status that Tieout knows`);
  return {
    paymentNumber: wire.paymentNumber,
    date: wire.date,
    accountKey: wire.bankAccountCode,
    fxRate: toFxRate(wire.exchangeRate),
    reference: wire.reference,
    status,
    marker: keyIn(wire.externalId),
  };
}

interface Share {
  readonly id: string;
  readonly number: string;
  readonly amount: Money;
}

/** Refuses a payment whose parts exceed it. A document named twice is one share: a ledger sees the sum. */
function split(
  wire: WireMoney,
  applied: readonly { readonly id: string; readonly number: string; readonly amount: Decimal }[],
): { shares: readonly Share[]; rest: Money } {
  const shares = new Map<string, Share>();
  for (const [index, { id, number, amount: value }] of applied.entries()) {
    const amount = readMoney(value, wire.currency, `applications.${index}.amount`, "payment");
    if (amount.minor === 0n) continue;
    shares.set(id, { id, number, amount: add(shares.get(id)?.amount ?? zero(wire.currency), amount) });
  }
  const list = [...shares.values()];
  const whole = readMoney(wire.amount, wire.currency, "amount", "payment");
  const rest = subtract(
    whole,
    sum(
      list.map(({ amount }) => amount),
      wire.currency,
    ),
  );
  if (rest.minor < 0n) throw unreadable("amount", "payment", "more was applied than it was of");
  return { shares: list, rest };
}
