import { z } from "zod";
import { decimalSchema, localDateSchema, moneySchema } from "./json-edge";

/**
 * How documents are settled. A source payment over several invoices is one Payment for each of them, and one
 * Overpayment for what was left: that is how the ledger keeps it, so both sides count alike.
 */

export const allocationSchema = z.object({
  recordType: z.literal("allocation"),
  externalId: z.string(),
  version: z.string(),
  creditNoteId: z.string(),
  creditNoteNumber: z.string(),
  invoiceId: z.string(),
  invoiceNumber: z.string(),
  date: localDateSchema,
  amount: moneySchema,
  marker: z.string(),
});
export type Allocation = z.output<typeof allocationSchema>;

export const paymentSchema = z.object({
  recordType: z.literal("payment"),
  externalId: z.string(),
  version: z.string(),
  /** The payment as the customer made it; several Payments can share it. */
  paymentNumber: z.string(),
  invoiceId: z.string(),
  invoiceNumber: z.string(),
  contactId: z.string(),
  contactName: z.string(),
  date: localDateSchema,
  amount: moneySchema,
  /** Bank or clearing account that received the money. */
  accountKey: z.string().nullable(),
  fxRate: decimalSchema.nullable(),
  reference: z.string(),
  status: z.enum(["open", "deleted"]),
  marker: z.string(),
});
export type Payment = z.output<typeof paymentSchema>;

export const overpaymentSchema = z.object({
  recordType: z.literal("overpayment"),
  externalId: z.string(),
  version: z.string(),
  paymentNumber: z.string(),
  contactId: z.string(),
  contactName: z.string(),
  date: localDateSchema,
  amount: moneySchema,
  accountKey: z.string().nullable(),
  fxRate: decimalSchema.nullable(),
  reference: z.string(),
  status: z.enum(["open", "deleted"]),
  marker: z.string(),
});
export type Overpayment = z.output<typeof overpaymentSchema>;
