import { z } from "zod";
import { decimalSchema, localDateSchema, moneySchema } from "./json-edge";

/**
 * How documents are settled. A source payment over several invoices is one Payment for each of them, and one
 * Overpayment for what was left: that is how the ledger keeps it, so both sides count alike.
 */

const allocationFields = {
  externalId: z.string(),
  version: z.string(),
  date: localDateSchema,
  amount: moneySchema,
  marker: z.string(),
};

/** A customer's credit note set against an invoice. */
export const allocationSchema = z.object({
  recordType: z.literal("allocation"),
  ...allocationFields,
  creditNoteId: z.string(),
  creditNoteNumber: z.string(),
  invoiceId: z.string(),
  invoiceNumber: z.string(),
});
export type Allocation = z.output<typeof allocationSchema>;

/** A supplier's credit set against a bill. */
export const supplierAllocationSchema = z.object({
  recordType: z.literal("supplierAllocation"),
  ...allocationFields,
  supplierCreditId: z.string(),
  supplierCreditNumber: z.string(),
  billId: z.string(),
  billNumber: z.string(),
});
export type SupplierAllocation = z.output<typeof supplierAllocationSchema>;

const moneyMovedFields = {
  externalId: z.string(),
  version: z.string(),
  /** The payment as it was made; several records can share it. */
  paymentNumber: z.string(),
  contactId: z.string(),
  contactName: z.string(),
  date: localDateSchema,
  amount: moneySchema,
  /** Bank or clearing account that the money reached or left. */
  accountKey: z.string().nullable(),
  fxRate: decimalSchema.nullable(),
  reference: z.string(),
  status: z.enum(["open", "deleted"]),
  marker: z.string(),
};

export const paymentSchema = z.object({
  recordType: z.literal("payment"),
  ...moneyMovedFields,
  invoiceId: z.string(),
  invoiceNumber: z.string(),
});
export type Payment = z.output<typeof paymentSchema>;

export const billPaymentSchema = z.object({
  recordType: z.literal("billPayment"),
  ...moneyMovedFields,
  billId: z.string(),
  billNumber: z.string(),
});
export type BillPayment = z.output<typeof billPaymentSchema>;

/** What a customer paid beyond invoices. */
export const overpaymentSchema = z.object({ recordType: z.literal("overpayment"), ...moneyMovedFields });
export type Overpayment = z.output<typeof overpaymentSchema>;

/** What we paid a supplier beyond bills. */
export const supplierOverpaymentSchema = z.object({
  recordType: z.literal("supplierOverpayment"),
  ...moneyMovedFields,
});
export type SupplierOverpayment = z.output<typeof supplierOverpaymentSchema>;

export type DocumentPayment = Payment | BillPayment;
export type CreditAllocation = Allocation | SupplierAllocation;
export type ExcessPayment = Overpayment | SupplierOverpayment;

/** A document that a settlement names, whichever side of the books it is on. */
export interface SettledDocument {
  readonly recordType: "invoice" | "bill" | "creditNote" | "supplierCredit";
  readonly id: string;
  readonly number: string;
}

/** The invoice or bill that a payment or allocation settles. */
export function settledDocument(settlement: DocumentPayment | CreditAllocation): SettledDocument {
  return "invoiceId" in settlement
    ? { recordType: "invoice", id: settlement.invoiceId, number: settlement.invoiceNumber }
    : { recordType: "bill", id: settlement.billId, number: settlement.billNumber };
}

/** The credit that an allocation uses. */
export function usedCredit(allocation: CreditAllocation): SettledDocument {
  return allocation.recordType === "allocation"
    ? { recordType: "creditNote", id: allocation.creditNoteId, number: allocation.creditNoteNumber }
    : {
        recordType: "supplierCredit",
        id: allocation.supplierCreditId,
        number: allocation.supplierCreditNumber,
      };
}
