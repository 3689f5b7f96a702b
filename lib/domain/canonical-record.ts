import { z } from "zod";
import { contactSchema } from "./contact";
import {
  type AccountingDocument,
  bankTransactionSchema,
  billSchema,
  creditNoteSchema,
  DOCUMENT_TYPES,
  invoiceSchema,
  purchaseOrderSchema,
  supplierCreditSchema,
} from "./document";
import { itemSchema } from "./item";
import type { LocalDate } from "./local-date";
import { manualJournalSchema } from "./manual-journal";
import type { Money } from "./money";
import {
  allocationSchema,
  billPaymentSchema,
  overpaymentSchema,
  paymentSchema,
  settledDocument,
  supplierAllocationSchema,
  supplierOverpaymentSchema,
  usedCredit,
} from "./settlement";

/** Any record in canonical form; `recordType` tells them apart. */
export const canonicalRecordSchema = z.discriminatedUnion("recordType", [
  contactSchema,
  itemSchema,
  invoiceSchema,
  creditNoteSchema,
  allocationSchema,
  paymentSchema,
  overpaymentSchema,
  purchaseOrderSchema,
  billSchema,
  supplierCreditSchema,
  supplierAllocationSchema,
  billPaymentSchema,
  supplierOverpaymentSchema,
  bankTransactionSchema,
  manualJournalSchema,
]);
export type CanonicalRecord = z.output<typeof canonicalRecordSchema>;

export type RecordOf<T extends CanonicalRecord["recordType"]> = Extract<CanonicalRecord, { recordType: T }>;

/** True for a record with priced lines addressed to a contact. */
export const isDocument = (record: CanonicalRecord): record is AccountingDocument =>
  DOCUMENT_TYPES.some((type) => type === record.recordType);

/** True for a record that is shown still, and counts for nothing any more. */
export const isGone = (record: CanonicalRecord): boolean =>
  "status" in record && (record.status === "void" || record.status === "deleted");

/** What lists, exceptions and totals say of a record. Contacts and items carry no amount. */
export interface RecordSummary {
  readonly number: string;
  readonly label: string;
  readonly date: LocalDate | null;
  readonly amount: Money | null;
}

export function summarise(record: CanonicalRecord): RecordSummary {
  switch (record.recordType) {
    case "contact":
      return { number: "", label: record.name, date: null, amount: null };
    case "item":
      return { number: record.code, label: record.name, date: null, amount: null };
    case "invoice":
    case "creditNote":
    case "purchaseOrder":
    case "bill":
    case "supplierCredit":
    case "bankTransaction":
      return { number: record.number, label: record.contactName, date: record.date, amount: record.gross };
    case "manualJournal":
      return { number: record.number, label: record.narration, date: record.date, amount: record.total };
    case "allocation":
    case "supplierAllocation": {
      const { number } = usedCredit(record);
      return {
        number,
        label: `${number} to ${settledDocument(record).number}`,
        date: record.date,
        amount: record.amount,
      };
    }
    case "payment":
    case "billPayment": {
      const { recordType, number } = settledDocument(record);
      return {
        number: record.paymentNumber,
        label: `${record.contactName}, ${recordType} ${number}`,
        date: record.date,
        amount: record.amount,
      };
    }
    case "overpayment":
    case "supplierOverpayment":
      return {
        number: record.paymentNumber,
        label: record.contactName,
        date: record.date,
        amount: record.amount,
      };
  }
}
