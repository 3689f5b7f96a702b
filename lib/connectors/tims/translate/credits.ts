import { readMoney, unreadable } from "@/lib/connectors/contract/unreadable";
import type { CreditNote, SupplierCredit } from "@/lib/domain/document";
import type { LocalDate } from "@/lib/domain/local-date";
import { type Money, moneyText, zero } from "@/lib/domain/money";
import type { Allocation, SupplierAllocation } from "@/lib/domain/settlement";
import { withVersion } from "../digest";
import { idWith, plain } from "../ids";
import type { WireCreditMemo, WireDocument, WireVendorCredit } from "../wire/document";
import { type StatusTable, sharedFields, toStatus } from "./amounts";
import { type Applied, appliedToBill, appliedToInvoice, type Share, split } from "./applied";

/**
 * Credit memos of receivables and credits of vendors, each with what TIMS says it was set against. What is left of one has
 * to be what its applications leave: a credit that was paid out in money is a person's. All throw UnreadableRecord.
 */
const STATUS: StatusTable = {
  Draft: "draft",
  PendingApproval: "submitted",
  Open: "open",
  PartiallyApplied: "open",
  Applied: "paid",
  Closed: "paid",
  Void: "void",
};

/** A credit memo, and the invoices that it was set against. A void one is set against nothing. */
export function toCreditMemo(
  wire: WireCreditMemo,
  byOrder: boolean,
): { note: CreditNote; allocations: readonly Allocation[] } {
  const applied = wire.applications.map((one) => appliedToInvoice(one, byOrder));
  const { shares, ...fields } = creditFields(wire, applied, "credit memo");
  const externalId = idWith("CM", wire.creditMemoId);
  const note: Omit<CreditNote, "version"> = {
    recordType: "creditNote",
    externalId,
    number: wire.creditMemoNumber,
    reference: wire.reference,
    contactId: idWith("C", wire.customerId),
    contactName: wire.customerName,
    ...fields,
  };
  const dateOf = datesOf(wire.applications, applied, wire.date);
  return {
    note: withVersion(wire, note),
    allocations: shares.map((share) =>
      withVersion<Omit<Allocation, "version">>(wire, {
        recordType: "allocation",
        externalId: `${externalId}:${share.id}`,
        creditNoteId: externalId,
        creditNoteNumber: note.number,
        invoiceId: share.id,
        invoiceNumber: share.number,
        date: dateOf(share),
        amount: share.amount,
        marker: "",
      }),
    ),
  };
}

/** A credit of a vendor, and the bills that it was set against. */
export function toVendorCredit(
  wire: WireVendorCredit,
  billsFrom: "bills" | "orders",
): { credit: SupplierCredit; allocations: readonly SupplierAllocation[] } {
  const applied = wire.applications.map((one) => appliedToBill(one, billsFrom));
  const { shares, ...fields } = creditFields(wire, applied, "vendor credit");
  const externalId = plain(wire.vendorCreditId);
  const credit: Omit<SupplierCredit, "version"> = {
    recordType: "supplierCredit",
    externalId,
    number: wire.creditNumber,
    reference: wire.reference,
    contactId: idWith("V", wire.vendorId),
    contactName: wire.vendorName,
    ...fields,
  };
  const dateOf = datesOf(wire.applications, applied, wire.date);
  return {
    credit: withVersion(wire, credit),
    allocations: shares.map((share) =>
      withVersion<Omit<SupplierAllocation, "version">>(wire, {
        recordType: "supplierAllocation",
        externalId: `${externalId}:${share.id}`,
        supplierCreditId: externalId,
        supplierCreditNumber: credit.number,
        billId: share.id,
        billNumber: share.number,
        date: dateOf(share),
        amount: share.amount,
        marker: "",
      }),
    ),
  };
}

function creditFields(
  wire: WireDocument & { readonly date: LocalDate; readonly balance: WireDocument["total"] },
  applied: readonly Applied[],
  what: string,
) {
  const shared = sharedFields(wire, what);
  const status = toStatus(wire.status, STATUS, what);
  if (status === "void")
    return { date: wire.date, status, remaining: zero(wire.currency), shares: [], ...shared };
  const remaining = readMoney(wire.balance, wire.currency, "balance", what);
  const { shares, rest } = split(shared.gross, applied, what);
  if (rest.minor !== remaining.minor) throw unreadable("balance", what, saidOf(rest, remaining));
  return { date: wire.date, status, remaining, shares, ...shared };
}

const saidOf = (rest: Money, remaining: Money): string =>
  `what it was set against leaves ${moneyText(rest)} of it and TIMS says ${moneyText(remaining)}; money that was paid out of it has to be entered in the accounts by hand`;

/** The first day on which something was set against the document, else the credit's own. */
function datesOf(
  wires: readonly { readonly date: LocalDate | null }[],
  applied: readonly Applied[],
  otherwise: LocalDate,
): (share: Share) => LocalDate {
  const dates = new Map<string, LocalDate>();
  for (const [index, { id }] of applied.entries()) {
    const date = wires[index]?.date ?? otherwise;
    const before = dates.get(id);
    if (before === undefined || date < before) dates.set(id, date);
  }
  return ({ id }) => dates.get(id) ?? otherwise;
}
