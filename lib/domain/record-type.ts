/**
 * The kinds of record that Tieout keeps in step, in the order in which references need them: a later kind
 * may point to an earlier one, never the reverse.
 */
export const RECORD_TYPES = [
  "contact",
  "item",
  "invoice",
  "creditNote",
  "allocation",
  "payment",
  "overpayment",
  "purchaseOrder",
  "bill",
  "supplierCredit",
  "supplierAllocation",
  "billPayment",
  "supplierOverpayment",
  "bankTransaction",
  "manualJournal",
] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

/** Names as an owner reads them: singular, plural. */
export const RECORD_TYPE_NAMES: Readonly<
  Record<RecordType, { readonly one: string; readonly many: string }>
> = {
  contact: { one: "contact", many: "contacts" },
  item: { one: "item", many: "items" },
  invoice: { one: "invoice", many: "invoices" },
  creditNote: { one: "credit note", many: "credit notes" },
  allocation: { one: "credit allocation", many: "credit allocations" },
  payment: { one: "payment", many: "payments" },
  overpayment: { one: "overpayment", many: "overpayments" },
  purchaseOrder: { one: "purchase order", many: "purchase orders" },
  bill: { one: "bill", many: "bills" },
  supplierCredit: { one: "supplier credit", many: "supplier credits" },
  supplierAllocation: { one: "supplier credit allocation", many: "supplier credit allocations" },
  billPayment: { one: "bill payment", many: "bill payments" },
  supplierOverpayment: { one: "supplier overpayment", many: "supplier overpayments" },
  bankTransaction: { one: "bank transaction", many: "bank transactions" },
  manualJournal: { one: "manual journal", many: "manual journals" },
};

/** What an owner switches on or off as one: each type is in exactly one group. `parties` is always on. */
export const RECORD_GROUPS = {
  parties: ["contact", "item"],
  sales: ["invoice", "creditNote", "allocation", "payment", "overpayment"],
  purchaseOrders: ["purchaseOrder"],
  purchases: ["bill", "supplierCredit", "supplierAllocation", "billPayment", "supplierOverpayment"],
  bank: ["bankTransaction"],
  journals: ["manualJournal"],
} as const satisfies Readonly<Record<string, readonly RecordType[]>>;
export type RecordGroup = keyof typeof RECORD_GROUPS;
