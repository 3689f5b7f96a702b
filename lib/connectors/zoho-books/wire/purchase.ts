import { z } from "zod";
import { documentFields } from "./document";
import { zohoDate, zohoDecimal, zohoId, zohoOptionalDate, zohoText } from "./fields";

/**
 * Bills, vendor credits and purchase orders. Zoho's file of vendor credits shows the lines as one object and no tax, that
 * of purchase orders taxes as texts and no balance; answers have lists of lines.
 */
const purchaseFields = {
  vendor_id: zohoId,
  vendor_name: zohoText,
  is_reverse_charge_applied: z.boolean().nullish(),
  ...documentFields,
};

export const wireBillSchema = z.object({
  bill_id: zohoId,
  bill_number: zohoText,
  due_date: zohoOptionalDate,
  balance: zohoDecimal,
  ...purchaseFields,
});
export type WireBill = z.output<typeof wireBillSchema>;

export const wireVendorCreditSchema = z.object({
  vendor_credit_id: zohoId,
  vendor_credit_number: zohoText,
  balance: zohoDecimal,
  bills_credited: z.array(z.unknown()).nullish(),
  ...purchaseFields,
});
export type WireVendorCredit = z.output<typeof wireVendorCreditSchema>;

/** One setting of a vendor credit against a bill. */
export const wireCreditedBillSchema = z.object({
  vendor_credit_bill_id: zohoId,
  bill_id: zohoId,
  bill_number: zohoText,
  date: zohoDate,
  amount: zohoDecimal,
});
export type WireCreditedBill = z.output<typeof wireCreditedBillSchema>;

export const wirePurchaseOrderSchema = z.object({
  purchaseorder_id: zohoId,
  purchaseorder_number: zohoText,
  delivery_date: zohoOptionalDate,
  ...purchaseFields,
  // Texts in Zoho's file, records in answers; tax_total says it in both.
  taxes: z.unknown().transform(() => null),
});
export type WirePurchaseOrder = z.output<typeof wirePurchaseOrderSchema>;

export type WirePurchase = WireBill | WireVendorCredit | WirePurchaseOrder;
