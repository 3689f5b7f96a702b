import { z } from "zod";
import {
  wireDate,
  wireDecimal,
  wireId,
  wireOptionalDecimal,
  wireOptionalId,
  wireText,
} from "@/lib/connectors/contract/wire-values";

/**
 * The payment of GET /vendorpayments/{id}. It names its currency by id alone and its bills without their numbers; `balance`
 * is what the bills and refunds leave of the amount, although Zoho's file describes it in the words of a bill.
 */
export const wireVendorPaymentSchema = z.object({
  payment_id: wireId,
  payment_number: wireText,
  vendor_id: wireId,
  vendor_name: wireText,
  date: wireDate,
  amount: wireDecimal,
  balance: wireOptionalDecimal,
  currency_id: wireOptionalId,
  currency_code: wireText,
  exchange_rate: wireOptionalDecimal,
  paid_through_account_id: wireOptionalId,
  reference_number: wireText,
  status: wireText,
  payment_status: wireText,
  vendorpayment_refunds: z
    .array(z.object({ amount_fcy: wireOptionalDecimal, amount_bcy: wireOptionalDecimal }))
    .nullish()
    .transform((refunds) => refunds ?? []),
  bills: z
    .array(z.object({ bill_id: wireId, bill_number: wireText, amount_applied: wireDecimal }))
    .nullish()
    .transform((bills) => bills ?? []),
});
export type WireVendorPayment = z.output<typeof wireVendorPaymentSchema>;

/** What a row of GET /vendorpayments tells of the bills: their numbers in one text. */
export const vendorPaymentRowSchema = z.looseObject({ bill_numbers: wireText });
