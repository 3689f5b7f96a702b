import { z } from "zod";
import { wireDay, wireInstant, wireNumber, wireText } from "./values";

/** Payments of invoices and bills, and bank transactions that are overpayments: those without their line. */

const accountRef = z.object({ AccountID: z.string().nullish(), Code: z.string().nullish() });

export const paymentWire = z.object({
  PaymentID: z.string(),
  Date: wireDay,
  Amount: wireNumber,
  CurrencyRate: wireNumber.nullish(),
  Reference: wireText,
  Status: z.enum(["AUTHORISED", "DELETED"]),
  Account: accountRef.nullish(),
  Invoice: z.object({
    InvoiceID: z.string(),
    InvoiceNumber: wireText,
    CurrencyCode: z.string(),
    Contact: z
      .object({ ContactID: wireText, Name: wireText })
      .nullish()
      .transform((contact) => contact ?? { ContactID: "", Name: "" }),
  }),
  UpdatedDateUTC: wireInstant,
});
export type PaymentWire = z.output<typeof paymentWire>;

export const excessWire = z.object({
  BankTransactionID: z.string(),
  Contact: z.object({ ContactID: z.string(), Name: wireText }),
  BankAccount: accountRef,
  Date: wireDay,
  Total: wireNumber,
  CurrencyCode: z.string(),
  CurrencyRate: wireNumber.nullish(),
  Reference: wireText,
  Url: wireText,
  Status: z.enum(["AUTHORISED", "DELETED", "VOIDED"]),
  UpdatedDateUTC: wireInstant,
});
export type ExcessWire = z.output<typeof excessWire>;
