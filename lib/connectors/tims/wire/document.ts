import { z } from "zod";
import {
  wireCurrency,
  wireDay,
  wireDecimal,
  wireId,
  wireOptionalDay,
  wireOptionalDecimal,
  wireOptionalId,
  wireText,
} from "@/lib/connectors/contract/wire-values";
import { wireAppliedToBillSchema, wireAppliedToInvoiceSchema } from "./applied";
import { timsDimensions, timsInstant } from "./fields";

/** Orders, receivables, bills and purchase orders: the addresses of the first two are known, their fields assumed. */
export const wireLineSchema = z.object({
  lineId: wireOptionalId,
  sku: wireOptionalId,
  description: wireText,
  quantity: wireDecimal,
  shippedQuantity: wireOptionalDecimal,
  unitPrice: wireDecimal,
  amount: wireDecimal,
  taxCode: wireOptionalId,
  taxRate: wireOptionalDecimal,
  taxAmount: wireOptionalDecimal,
  accountCode: wireOptionalId,
  dimensions: timsDimensions,
});
export type WireLine = z.output<typeof wireLineSchema>;

const documentFields = {
  status: z.string(),
  currency: wireCurrency,
  exchangeRate: wireOptionalDecimal,
  lines: z.array(wireLineSchema),
  subtotal: wireDecimal,
  taxTotal: wireDecimal,
  total: wireDecimal,
  reference: wireText,
  modifiedOn: timsInstant,
};
export type WireDocument = {
  readonly [Key in keyof typeof documentFields]: z.output<(typeof documentFields)[Key]>;
};

const customerFields = { customerId: wireId, customerName: wireText };
const vendorFields = { vendorId: wireId, vendorName: wireText };

export const wireSalesOrderSchema = z.object({
  salesOrderId: wireId,
  orderNumber: wireId,
  customerPo: wireText,
  orderDate: wireOptionalDay,
  shippedDate: wireOptionalDay,
  completedDate: wireOptionalDay,
  cancelledDate: wireOptionalDay,
  paymentTermsDays: wireOptionalDecimal,
  paymentTerms: wireText,
  /** What TIMS invoiced of it. */
  invoices: z
    .array(z.looseObject({ invoiceId: wireId, invoiceNumber: wireText, total: wireDecimal }))
    .nullish()
    .transform((list) => list ?? []),
  ...customerFields,
  ...documentFields,
});
export type WireSalesOrder = z.output<typeof wireSalesOrderSchema>;

export const wireReceivableSchema = z.object({
  invoiceId: wireId,
  invoiceNumber: wireId,
  salesOrderId: wireOptionalId,
  date: wireDay,
  dueDate: wireOptionalDay,
  balance: wireDecimal,
  ...customerFields,
  ...documentFields,
});
export type WireReceivable = z.output<typeof wireReceivableSchema>;

/** What an order needs of its receivables: they may differ from it in every other field. */
export const receivableBalanceSchema = z.looseObject({
  invoiceId: wireId,
  status: z.string(),
  total: wireDecimal,
  balance: wireDecimal,
});
export type ReceivableBalance = z.output<typeof receivableBalanceSchema>;

/** What a purchase order needs of its bills. */
export const billBalanceSchema = z.looseObject({
  billId: wireId,
  status: z.string(),
  total: wireDecimal,
  balance: wireDecimal,
});
export type BillBalance = z.output<typeof billBalanceSchema>;

export const wireBillSchema = z.object({
  billId: wireId,
  billNumber: wireText,
  purchaseOrderId: wireOptionalId,
  date: wireDay,
  dueDate: wireOptionalDay,
  balance: wireDecimal,
  ...vendorFields,
  ...documentFields,
});
export type WireBill = z.output<typeof wireBillSchema>;

const creditFields = { date: wireDay, balance: wireDecimal };

export const wireCreditMemoSchema = z.object({
  creditMemoId: wireId,
  creditMemoNumber: wireId,
  /** The order that it takes back, where it is of one. */
  salesOrderId: wireOptionalId,
  applications: z
    .array(wireAppliedToInvoiceSchema)
    .nullish()
    .transform((list) => list ?? []),
  ...creditFields,
  ...customerFields,
  ...documentFields,
});
export type WireCreditMemo = z.output<typeof wireCreditMemoSchema>;

/** What an order needs of the memos that credit it. */
export const creditMemoStateSchema = z.looseObject({ status: z.string(), salesOrderId: wireOptionalId });

export const wireVendorCreditSchema = z.object({
  vendorCreditId: wireId,
  creditNumber: wireText,
  applications: z
    .array(wireAppliedToBillSchema)
    .nullish()
    .transform((list) => list ?? []),
  ...creditFields,
  ...vendorFields,
  ...documentFields,
});
export type WireVendorCredit = z.output<typeof wireVendorCreditSchema>;

export const wirePurchaseOrderSchema = z.object({
  purchaseOrderId: wireId,
  orderNumber: wireId,
  orderDate: wireDay,
  expectedDate: wireOptionalDay,
  receivedDate: wireOptionalDay,
  paymentTermsDays: wireOptionalDecimal,
  paymentTerms: wireText,
  /** What the vendor billed of it. */
  bills: z
    .array(z.looseObject({ billId: wireId, billNumber: wireText, total: wireDecimal }))
    .nullish()
    .transform((list) => list ?? []),
  ...vendorFields,
  ...documentFields,
});
export type WirePurchaseOrder = z.output<typeof wirePurchaseOrderSchema>;
