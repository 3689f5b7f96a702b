import { z } from "zod";
import {
  wireCurrency,
  wireDate,
  wireDecimal,
  wireId,
  wireOptionalDecimal,
  wireOptionalId,
  wireText,
} from "@/lib/connectors/contract/wire-values";

/** A row of GET /customerpayments: enough to know the payment again. */
export const paymentRowSchema = z.object({ payment_id: wireId, payment_number: wireText });
export type PaymentRow = z.output<typeof paymentRowSchema>;

/** The payment of GET /customerpayments/{id}. Its file leaves out payment_number, account and exchange rate. */
export const wirePaymentSchema = z.object({
  payment_id: wireId,
  payment_number: wireText,
  customer_id: wireId,
  customer_name: wireText,
  date: wireDate,
  amount: wireDecimal,
  unused_amount: wireOptionalDecimal,
  amount_refunded: wireOptionalDecimal,
  currency_code: wireCurrency,
  exchange_rate: wireOptionalDecimal,
  account_id: wireOptionalId,
  reference_number: wireText,
  /** "success" or "failure" in Zoho's file; answers name it payment_status. */
  status: wireText,
  payment_status: wireText,
  invoices: z
    .array(
      z.object({
        invoice_id: wireId,
        invoice_number: wireText,
        amount_applied: wireDecimal,
      }),
    )
    .nullish()
    .transform((invoices) => invoices ?? []),
});
export type WirePayment = z.output<typeof wirePaymentSchema>;
