import { z } from "zod";
import {
  timsCurrency,
  timsDate,
  timsDecimal,
  timsId,
  timsInstant,
  timsOptionalDecimal,
  timsOptionalId,
  timsText,
} from "./fields";

/** Payments of receivables and of bills, each with the documents that it was set against. Assumed. */
const moneyFields = {
  paymentId: timsId,
  paymentNumber: timsText,
  date: timsDate,
  amount: timsDecimal,
  currency: timsCurrency,
  exchangeRate: timsOptionalDecimal,
  bankAccountCode: timsOptionalId,
  reference: timsText,
  status: z.string(),
  externalId: timsText,
  modifiedOn: timsInstant,
};
export type WireMoney = { readonly [Key in keyof typeof moneyFields]: z.output<(typeof moneyFields)[Key]> };

export const wireReceiptSchema = z.object({
  ...moneyFields,
  customerId: timsId,
  customerName: timsText,
  applications: z.array(
    z.object({
      invoiceId: timsId,
      invoiceNumber: timsText,
      salesOrderId: timsOptionalId,
      orderNumber: timsText,
      amount: timsDecimal,
    }),
  ),
});
export type WireReceipt = z.output<typeof wireReceiptSchema>;

export const wireDisbursementSchema = z.object({
  ...moneyFields,
  vendorId: timsId,
  vendorName: timsText,
  applications: z.array(
    z.object({
      billId: timsId,
      billNumber: timsText,
      purchaseOrderId: timsOptionalId,
      orderNumber: timsText,
      amount: timsDecimal,
    }),
  ),
});
export type WireDisbursement = z.output<typeof wireDisbursementSchema>;
