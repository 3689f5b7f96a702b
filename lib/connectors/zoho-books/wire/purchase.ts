import { z } from "zod";
import {
  wireDate,
  wireDecimal,
  wireId,
  wireOptionalDate,
  wireText,
} from "@/lib/connectors/contract/wire-values";
import { documentFields } from "./document";

/**
 * Bills, vendor credits and purchase orders. Zoho's file of vendor credits shows the lines as one object and no tax, that
 * of purchase orders taxes as texts and no balance; answers have lists of lines.
 */
const purchaseFields = {
  vendor_id: wireId,
  vendor_name: wireText,
  is_reverse_charge_applied: z.boolean().nullish(),
  ...documentFields,
};

export const wireBillSchema = z.object({
  bill_id: wireId,
  bill_number: wireText,
  due_date: wireOptionalDate,
  balance: wireDecimal,
  ...purchaseFields,
});
export type WireBill = z.output<typeof wireBillSchema>;

export const wireVendorCreditSchema = z.object({
  vendor_credit_id: wireId,
  vendor_credit_number: wireText,
  balance: wireDecimal,
  bills_credited: z.array(z.unknown()).nullish(),
  ...purchaseFields,
});
export type WireVendorCredit = z.output<typeof wireVendorCreditSchema>;

/** One setting of a vendor credit against a bill. */
export const wireCreditedBillSchema = z.object({
  vendor_credit_bill_id: wireId,
  bill_id: wireId,
  bill_number: wireText,
  date: wireDate,
  amount: wireDecimal,
});
export type WireCreditedBill = z.output<typeof wireCreditedBillSchema>;

export const wirePurchaseOrderSchema = z.object({
  purchaseorder_id: wireId,
  purchaseorder_number: wireText,
  delivery_date: wireOptionalDate,
  ...purchaseFields,
  // Texts in Zoho's file, records in answers; tax_total says it in both.
  taxes: z.unknown().transform(() => null),
});
export type WirePurchaseOrder = z.output<typeof wirePurchaseOrderSchema>;

export type WirePurchase = WireBill | WireVendorCredit | WirePurchaseOrder;
