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
};
