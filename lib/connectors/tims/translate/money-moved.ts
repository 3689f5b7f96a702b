import { readMoney, unreadable } from "@/lib/connectors/contract/unreadable";
import type {
  BillPayment,
  DocumentPayment,
  ExcessPayment,
  Overpayment,
  Payment,
  SupplierOverpayment,
} from "@/lib/domain/settlement";
import { withVersion } from "../digest";
import { idWith, plain } from "../ids";
import { keyIn } from "../marker";
import type { WireDisbursement, WireMoney, WireReceipt } from "../wire/money-moved";
import { toFxRate } from "./amounts";
import { type Applied, appliedToBill, appliedToInvoice, split } from "./applied";

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
  const { shares, rest } = splitMoney(
    wire,
    wire.applications.map((one) => appliedToInvoice(one, byOrder)),
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
  const { shares, rest } = splitMoney(
    wire,
    wire.applications.map((one) => appliedToBill(one, billsFrom)),
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

/** Refuses a payment whose parts exceed it. */
function splitMoney(wire: WireMoney, applied: readonly Applied[]) {
  const parts = split(readMoney(wire.amount, wire.currency, "amount", "payment"), applied, "payment");
  if (parts.rest.minor < 0n) throw unreadable("amount", "payment", "more was applied than it was of");
  return parts;
}
