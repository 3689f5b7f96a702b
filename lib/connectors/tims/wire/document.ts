import { z } from "zod";
import {
  timsCurrency,
  timsDate,
  timsDecimal,
  timsDimensions,
  timsId,
  timsInstant,
  timsOptionalDate,
  timsOptionalDecimal,
  timsOptionalId,
  timsText,
} from "./fields";

/** Orders, receivables, bills and purchase orders: the addresses of the first two are known, their fields assumed. */
export const wireLineSchema = z.object({
  lineId: timsOptionalId,
  sku: timsOptionalId,
  description: timsText,
  quantity: timsDecimal,
  shippedQuantity: timsOptionalDecimal,
  unitPrice: timsDecimal,
  amount: timsDecimal,
  taxCode: timsOptionalId,
  taxRate: timsOptionalDecimal,
  taxAmount: timsOptionalDecimal,
  accountCode: timsOptionalId,
  dimensions: timsDimensions,
});
export type WireLine = z.output<typeof wireLineSchema>;

const documentFields = {
  status: z.string(),
  currency: timsCurrency,
  exchangeRate: timsOptionalDecimal,
  lines: z.array(wireLineSchema),
  subtotal: timsDecimal,
  taxTotal: timsDecimal,
  total: timsDecimal,
  reference: timsText,
  modifiedOn: timsInstant,
};
export type WireDocument = {
  readonly [Key in keyof typeof documentFields]: z.output<(typeof documentFields)[Key]>;
};

const customerFields = { customerId: timsId, customerName: timsText };
const vendorFields = { vendorId: timsId, vendorName: timsText };

export const wireSalesOrderSchema = z.object({
  salesOrderId: timsId,
  orderNumber: timsId,
  customerPo: timsText,
  orderDate: timsOptionalDate,
  shippedDate: timsOptionalDate,
  completedDate: timsOptionalDate,
  cancelledDate: timsOptionalDate,
  paymentTermsDays: timsOptionalDecimal,
  /** What TIMS invoiced of it. */
  invoices: z
    .array(z.looseObject({ invoiceId: timsId, invoiceNumber: timsText, total: timsDecimal }))
    .nullish()
    .transform((list) => list ?? []),
  ...customerFields,
  ...documentFields,
});
export type WireSalesOrder = z.output<typeof wireSalesOrderSchema>;

export const wireReceivableSchema = z.object({
  invoiceId: timsId,
  invoiceNumber: timsId,
  salesOrderId: timsOptionalId,
  date: timsDate,
  dueDate: timsOptionalDate,
  balance: timsDecimal,
  ...customerFields,
  ...documentFields,
});
export type WireReceivable = z.output<typeof wireReceivableSchema>;

/** What an order needs of its receivables: they may differ from it in every other field. */
export const receivableBalanceSchema = z.looseObject({
  invoiceId: timsId,
  status: z.string(),
  total: timsDecimal,
  balance: timsDecimal,
});
export type ReceivableBalance = z.output<typeof receivableBalanceSchema>;

/** What a purchase order needs of its bills. */
export const billBalanceSchema = z.looseObject({
  billId: timsId,
  status: z.string(),
  total: timsDecimal,
  balance: timsDecimal,
});
export type BillBalance = z.output<typeof billBalanceSchema>;

export const wireBillSchema = z.object({
  billId: timsId,
  billNumber: timsText,
  purchaseOrderId: timsOptionalId,
  date: timsDate,
  dueDate: timsOptionalDate,
  balance: timsDecimal,
  ...vendorFields,
  ...documentFields,
});
export type WireBill = z.output<typeof wireBillSchema>;

export const wirePurchaseOrderSchema = z.object({
  purchaseOrderId: timsId,
  orderNumber: timsId,
  orderDate: timsDate,
  expectedDate: timsOptionalDate,
  receivedDate: timsOptionalDate,
  paymentTermsDays: timsOptionalDecimal,
  /** What the vendor billed of it. */
  bills: z
    .array(z.looseObject({ billId: timsId, billNumber: timsText, total: timsDecimal }))
    .nullish()
    .transform((list) => list ?? []),
  ...vendorFields,
  ...documentFields,
});
export type WirePurchaseOrder = z.output<typeof wirePurchaseOrderSchema>;
