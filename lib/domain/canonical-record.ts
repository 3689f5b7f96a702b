import { z } from "zod";
import { contactSchema } from "./contact";
import { creditNoteSchema, invoiceSchema } from "./document";
import { itemSchema } from "./item";
import type { LocalDate } from "./local-date";
import type { Money } from "./money";
import { allocationSchema, overpaymentSchema, paymentSchema } from "./settlement";

/** Any record in canonical form; `recordType` tells them apart. */
export const canonicalRecordSchema = z.discriminatedUnion("recordType", [
  contactSchema,
  itemSchema,
  invoiceSchema,
  creditNoteSchema,
  allocationSchema,
  paymentSchema,
  overpaymentSchema,
]);
export type CanonicalRecord = z.output<typeof canonicalRecordSchema>;

export type RecordOf<T extends CanonicalRecord["recordType"]> = Extract<CanonicalRecord, { recordType: T }>;

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
      return { number: record.number, label: record.contactName, date: record.date, amount: record.gross };
    case "allocation":
      return {
        number: record.creditNoteNumber,
        label: `${record.creditNoteNumber} to ${record.invoiceNumber}`,
        date: record.date,
        amount: record.amount,
      };
    case "payment":
      return {
        number: record.paymentNumber,
        label: `${record.contactName}, invoice ${record.invoiceNumber}`,
        date: record.date,
        amount: record.amount,
      };
    case "overpayment":
      return {
        number: record.paymentNumber,
        label: record.contactName,
        date: record.date,
        amount: record.amount,
      };
  }
}
