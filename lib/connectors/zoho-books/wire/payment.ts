import { z } from "zod";
import {
  zohoCurrency,
  zohoDate,
  zohoDecimal,
  zohoId,
  zohoOptionalDecimal,
  zohoOptionalId,
  zohoText,
} from "./fields";

/** A row of GET /customerpayments: enough to know the payment again. */
export const paymentRowSchema = z.object({ payment_id: zohoId, payment_number: zohoText });
export type PaymentRow = z.output<typeof paymentRowSchema>;

/** The payment of GET /customerpayments/{id}. Its file leaves out payment_number, account and exchange rate. */
export const wirePaymentSchema = z.object({
  payment_id: zohoId,
  payment_number: zohoText,
  customer_id: zohoId,
  customer_name: zohoText,
  date: zohoDate,
  amount: zohoDecimal,
  unused_amount: zohoOptionalDecimal,
  amount_refunded: zohoOptionalDecimal,
  currency_code: zohoCurrency,
  exchange_rate: zohoOptionalDecimal,
  account_id: zohoOptionalId,
  reference_number: zohoText,
  /** "success" or "failure" in Zoho's file; answers name it payment_status. */
  status: zohoText,
  payment_status: zohoText,
  invoices: z
    .array(
      z.object({
        invoice_id: zohoId,
        invoice_number: zohoText,
        amount_applied: zohoDecimal,
      }),
    )
    .nullish()
    .transform((invoices) => invoices ?? []),
});
export type WirePayment = z.output<typeof wirePaymentSchema>;
