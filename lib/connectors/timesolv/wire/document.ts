import { z } from "zod";
import {
  wireDay,
  wireDecimal,
  wireId,
  wireOptionalDay,
  wireOptionalId,
  wireText,
} from "@/lib/connectors/contract/wire-values";

/** Rows of invoiceSearch and paymentSearch. Both searches and every name in them are our own assumption. */

export const wireInvoiceSchema = z.object({
  Id: wireId,
  InvoiceNumber: z.union([z.string().trim().min(1), z.number().transform(String)]),
  ClientId: wireId,
  ClientName: wireText,
  InvoiceDate: wireDay,
  DueDate: wireOptionalDay,
  Status: z
    .string()
    .transform((text) => text.trim().toLowerCase())
    .pipe(z.enum(["draft", "final", "sent", "paid", "void"])),
  TaxTotal: wireDecimal,
  Total: wireDecimal,
  Balance: wireDecimal,
  Lines: z
    .array(
      z.object({
        LineType: z
          .string()
          .transform((text) => text.trim().toLowerCase())
          .pipe(z.enum(["fee", "expense", "interest"])),
        Description: wireText,
        Quantity: wireDecimal,
        Rate: wireDecimal,
        Amount: wireDecimal,
        ExpenseCode: wireText,
        TaxRateId: wireOptionalId,
        TaxAmount: wireDecimal,
      }),
    )
    .min(1),
});
export type WireInvoice = z.output<typeof wireInvoiceSchema>;
export type WireLine = WireInvoice["Lines"][number];

export const wirePaymentSchema = z.object({
  Id: wireId,
  PaymentNumber: wireText,
  PaymentType: z
    .string()
    .transform((text) => text.trim().toLowerCase())
    .pipe(z.enum(["payment", "credit"])),
  ClientId: wireId,
  ClientName: wireText,
  PaymentDate: wireDay,
  Amount: wireDecimal,
  BankAccountId: wireOptionalId,
  Reference: wireText,
  Status: z
    .string()
    .transform((text) => text.trim().toLowerCase())
    .pipe(z.enum(["posted", "void"])),
  AppliedTo: z
    .array(
      z.object({
        InvoiceId: wireId,
        InvoiceNumber: wireText,
        Amount: wireDecimal,
        AppliedDate: wireOptionalDay,
      }),
    )
    .nullish()
    .transform((applied) => applied ?? []),
});
export type WirePayment = z.output<typeof wirePaymentSchema>;
