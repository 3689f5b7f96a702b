import { readRecord } from "@/lib/connectors/contract/unreadable";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import type { Search } from "../client";
import { toContact } from "../translate/contact";
import { type FirmTerms, toInvoice } from "../translate/invoice";
import { toCredit, toSettlements } from "../translate/payment";
import { wireClientSchema } from "../wire/client";
import { wireInvoiceSchema, wirePaymentSchema } from "../wire/document";

/** Every row of every search names itself by it. */
export const ID_FIELD = "Id";

/** Stands in where no amount is read. */
export const NO_TERMS: FirmTerms = { currency: "", taxRates: [] };

/** A search of TimeSolv and what its rows are in the canonical domain. */
export interface RowKind {
  readonly recordType: RecordType;
  readonly search: Search;
  /** Whether currency and taxes of the firm are needed to read a row. */
  readonly isPriced: boolean;
  /** Every record that a row stands for; none for one that is left out. Throws UnreadableRecord. */
  toRecords(payload: unknown, terms: FirmTerms): readonly CanonicalRecord[];
  /** Records that a row no longer stands for, were they stored once: they are passed on as deleted. */
  formerRecords?(payload: unknown, terms: FirmTerms): readonly CanonicalRecord[];
}

const CLIENTS: RowKind = {
  recordType: "contact",
  search: { operation: "clientSearch", list: "Clients" },
  isPriced: false,
  toRecords(payload) {
    const contact = toContact(readRecord(wireClientSchema, "contact", payload));
    return contact === null ? [] : [contact];
  },
};

const INVOICES: RowKind = {
  recordType: "invoice",
  search: { operation: "invoiceSearch", list: "Invoices" },
  isPriced: true,
  toRecords: (payload, terms) => [toInvoice(readRecord(wireInvoiceSchema, "invoice", payload), terms)],
};

const PAYMENTS: RowKind = {
  recordType: "payment",
  search: { operation: "paymentSearch", list: "Payments", where: { PaymentType: "Payment" } },
  isPriced: true,
  toRecords(payload, { currency }) {
    const { payments, overpayment } = toSettlements(
      readRecord(wirePaymentSchema, "payment", payload),
      currency,
    );
    return overpayment.amount.minor === 0n ? payments : [...payments, overpayment];
  },
  formerRecords(payload, { currency }) {
    const { overpayment } = toSettlements(readRecord(wirePaymentSchema, "payment", payload), currency);
    return overpayment.amount.minor === 0n ? [{ ...overpayment, status: "deleted" }] : [];
  },
};

const CREDITS: RowKind = {
  recordType: "creditNote",
  search: { operation: "paymentSearch", list: "Payments", where: { PaymentType: "Credit" } },
  isPriced: true,
  toRecords(payload, { currency }) {
    const { note, allocations } = toCredit(readRecord(wirePaymentSchema, "credit note", payload), currency);
    return [note, ...allocations];
  },
};

/** What a record type is read by; null where TimeSolv has nothing of the kind. */
export function rowKindOf(recordType: RecordType): RowKind | null {
  switch (recordType) {
    case "contact":
      return CLIENTS;
    case "invoice":
      return INVOICES;
    case "payment":
    case "overpayment":
      return PAYMENTS;
    case "creditNote":
    case "allocation":
      return CREDITS;
    default:
      return null;
  }
}
