import { z } from "zod";
import {
  wireCurrency,
  wireDay,
  wireDecimal,
  wireId,
  wireOptionalDecimal,
  wireOptionalId,
  wireText,
} from "@/lib/connectors/contract/wire-values";
import { wireAppliedToBillSchema, wireAppliedToInvoiceSchema } from "./applied";
import { timsInstant } from "./fields";

/** Payments of receivables and of bills, each with the documents that it was set against. Assumed. */
const moneyFields = {
  paymentId: wireId,
  paymentNumber: wireText,
  date: wireDay,
  amount: wireDecimal,
  currency: wireCurrency,
  exchangeRate: wireOptionalDecimal,
  bankAccountCode: wireOptionalId,
  reference: wireText,
  status: z.string(),
  externalId: wireText,
  modifiedOn: timsInstant,
};
export type WireMoney = { readonly [Key in keyof typeof moneyFields]: z.output<(typeof moneyFields)[Key]> };

export const wireReceiptSchema = z.object({
  ...moneyFields,
  customerId: wireId,
  customerName: wireText,
  applications: z.array(wireAppliedToInvoiceSchema),
});
export type WireReceipt = z.output<typeof wireReceiptSchema>;

export const wireDisbursementSchema = z.object({
  ...moneyFields,
  vendorId: wireId,
  vendorName: wireText,
  applications: z.array(wireAppliedToBillSchema),
});
export type WireDisbursement = z.output<typeof wireDisbursementSchema>;
