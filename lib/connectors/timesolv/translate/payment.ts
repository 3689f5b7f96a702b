import { readMoney, unreadable } from "@/lib/connectors/contract/unreadable";
import type { CreditNote } from "@/lib/domain/document";
import { add, type Money, moneyText, negate, subtract, sum, zero } from "@/lib/domain/money";
import type { Allocation, Overpayment, Payment } from "@/lib/domain/settlement";
import { Decimal } from "@/lib/kernel/decimal";
import { withVersion } from "../digest";
import type { WirePayment } from "../wire/document";
import { bankKey, FEES } from "./account-keys";
import { toLedgerName } from "./client-name";

/**
 * A payment as one record for each invoice that it pays and one for what is left; a credit as a credit note of one line with
 * the invoices that it was set against. All throw UnreadableRecord.
 */
export interface Settlements {
  readonly payments: readonly Payment[];
  /** Of zero where nothing is left. */
  readonly overpayment: Overpayment;
}

export function toSettlements(wire: WirePayment, currency: string): Settlements {
  const { shares, rest } = split(wire, currency, "payment");
  const shared = {
    paymentNumber: wire.PaymentNumber,
    contactId: wire.ClientId,
    contactName: toLedgerName(wire.ClientName),
    date: wire.PaymentDate,
    accountKey: wire.BankAccountId === null ? null : bankKey(wire.BankAccountId),
    fxRate: null,
    reference: wire.Reference,
    status: wire.Status === "void" ? ("deleted" as const) : ("open" as const),
    marker: "",
  };
  return {
    payments: shares.map(({ invoiceId, invoiceNumber, amount }) =>
      withVersion<Omit<Payment, "version">>({
        recordType: "payment",
        externalId: `${wire.Id}:${invoiceId}`,
        invoiceId,
        invoiceNumber,
        amount,
        ...shared,
      }),
    ),
    overpayment: withVersion<Omit<Overpayment, "version">>({
      recordType: "overpayment",
      externalId: `${wire.Id}:excess`,
      amount: rest,
      ...shared,
    }),
  };
}

/** What the line of a credit says that gives no reason. */
const CREDIT_WORDS = "Credit";

export function toCredit(
  wire: WirePayment,
  currency: string,
): { note: CreditNote; allocations: readonly Allocation[] } {
  const { whole, shares, rest } = split(wire, currency, "credit note");
  const isVoid = wire.Status === "void";
  const note: Omit<CreditNote, "version"> = {
    recordType: "creditNote",
    externalId: wire.Id,
    number: wire.PaymentNumber === "" ? wire.Id : wire.PaymentNumber,
    reference: wire.Reference,
    contactId: wire.ClientId,
    contactName: toLedgerName(wire.ClientName),
    date: wire.PaymentDate,
    currency,
    fxRate: null,
    status: isVoid ? "void" : rest.minor === 0n ? "paid" : "open",
    lineAmounts: "exclusive",
    lines: [
      {
        externalId: "1",
        description: wire.Reference === "" ? CREDIT_WORDS : wire.Reference,
        quantity: new Decimal(1),
        unitPrice: new Decimal(moneyText(whole)),
        amount: whole,
        itemId: null,
        itemCode: null,
        accountKey: FEES,
        taxKey: null,
        taxRatePercent: null,
        tax: zero(currency),
        tracking: [],
      },
    ],
    net: whole,
    tax: zero(currency),
    gross: whole,
    remaining: isVoid ? zero(currency) : rest,
    marker: "",
  };
  const allocations = shares.map((share) =>
    withVersion<Omit<Allocation, "version">>({
      recordType: "allocation",
      externalId: `${wire.Id}:${share.invoiceId}`,
      creditNoteId: wire.Id,
      creditNoteNumber: note.number,
      invoiceId: share.invoiceId,
      invoiceNumber: share.invoiceNumber,
      date: share.date ?? wire.PaymentDate,
      amount: share.amount,
      marker: "",
    }),
  );
  return { note: withVersion(note), allocations: isVoid ? [] : allocations };
}

interface Share {
  readonly invoiceId: string;
  readonly invoiceNumber: string;
  readonly date: WirePayment["AppliedTo"][number]["AppliedDate"];
  readonly amount: Money;
}

function split(
  wire: WirePayment,
  currency: string,
  what: string,
): { whole: Money; shares: readonly Share[]; rest: Money } {
  const whole = readMoney(wire.Amount, currency, "Amount", what);
  if (whole.minor <= 0n) throw unreadable("Amount", what, "it is not above zero");
  // An invoice named twice is one share: a ledger sees the sum.
  const byInvoice = new Map<string, Share>();
  for (const [index, applied] of wire.AppliedTo.entries()) {
    const amount = readMoney(applied.Amount, currency, `AppliedTo.${index}.Amount`, what);
    if (amount.minor === 0n) continue;
    const before = byInvoice.get(applied.InvoiceId);
    byInvoice.set(applied.InvoiceId, {
      invoiceId: applied.InvoiceId,
      invoiceNumber: applied.InvoiceNumber,
      date: before?.date ?? applied.AppliedDate,
      amount: add(before?.amount ?? zero(currency), amount),
    });
  }
  const shares = [...byInvoice.values()];
  if (shares.some(({ amount }) => amount.minor < 0n))
    throw unreadable("AppliedTo", what, "an amount is below zero");
  const rest = subtract(
    whole,
    sum(
      shares.map(({ amount }) => amount),
      currency,
    ),
  );
  if (rest.minor < 0n)
    throw unreadable("AppliedTo", what, `${moneyText(negate(rest))} more was applied than it was of`);
  return { whole, shares, rest };
}
