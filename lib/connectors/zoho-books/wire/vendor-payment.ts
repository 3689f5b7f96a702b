import { z } from "zod";
import { zohoDate, zohoDecimal, zohoId, zohoOptionalDecimal, zohoOptionalId, zohoText } from "./fields";

/**
 * The payment of GET /vendorpayments/{id}. It names its currency by id alone and its bills without their numbers; `balance`
 * is what the bills and refunds leave of the amount, although Zoho's file describes it in the words of a bill.
 */
export const wireVendorPaymentSchema = z.object({
  payment_id: zohoId,
  payment_number: zohoText,
  vendor_id: zohoId,
  vendor_name: zohoText,
  date: zohoDate,
  amount: zohoDecimal,
  balance: zohoOptionalDecimal,
  currency_id: zohoOptionalId,
  currency_code: zohoText,
  exchange_rate: zohoOptionalDecimal,
  paid_through_account_id: zohoOptionalId,
  reference_number: zohoText,
  status: zohoText,
  payment_status: zohoText,
  vendorpayment_refunds: z
    .array(z.object({ amount_fcy: zohoOptionalDecimal, amount_bcy: zohoOptionalDecimal }))
    .nullish()
    .transform((refunds) => refunds ?? []),
  bills: z
    .array(z.object({ bill_id: zohoId, bill_number: zohoText, amount_applied: zohoDecimal }))
    .nullish()
    .transform((bills) => bills ?? []),
});
export type WireVendorPayment = z.output<typeof wireVendorPaymentSchema>;

/** What a row of GET /vendorpayments tells of the bills: their numbers in one text. */
export const vendorPaymentRowSchema = z.looseObject({ bill_numbers: zohoText });
