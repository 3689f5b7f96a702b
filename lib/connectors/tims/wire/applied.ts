import { z } from "zod";
import {
  wireDecimal,
  wireId,
  wireOptionalDay,
  wireOptionalId,
  wireText,
} from "@/lib/connectors/contract/wire-values";

/** A part of a payment or credit that was set against a document. A credit's parts may have a day of their own. Assumed. */
const appliedFields = { orderNumber: wireText, date: wireOptionalDay, amount: wireDecimal };

export const wireAppliedToInvoiceSchema = z.object({
  invoiceId: wireId,
  invoiceNumber: wireText,
  salesOrderId: wireOptionalId,
  ...appliedFields,
});
export type WireAppliedToInvoice = z.output<typeof wireAppliedToInvoiceSchema>;

export const wireAppliedToBillSchema = z.object({
  billId: wireId,
  billNumber: wireText,
  purchaseOrderId: wireOptionalId,
  ...appliedFields,
});
export type WireAppliedToBill = z.output<typeof wireAppliedToBillSchema>;
