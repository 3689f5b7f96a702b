/** Invoices, bills, credit notes and purchase orders. A bill has its number where an invoice has one, and no reference. */
import type { Books } from "@/sandbox/xero/books";
import type { Column, Kind } from "../kinds";
import { textAt } from "../wire";
import { editAct, payAct, statusAct } from "./xero-acts";
import {
  addressed,
  CONTACT,
  CURRENCY,
  DATE,
  dayField,
  documentActs,
  isOpen,
  LINE_COLUMNS,
  STATUS,
  SUMS,
  searchField,
  TOTAL,
  textField,
  UPDATED,
} from "./xero-columns";
import { pagedList, whereContains, wholeList } from "./xero-lists";
import { attachmentAnswer, journalSections, paperworkSections, settlementSections } from "./xero-sections";

/** Whether a filter by type would leave nothing out: with a million derived sales invoices it would read them all. */
function isAllOf(books: Books, type: "ACCREC" | "ACCPAY"): boolean {
  if (type === "ACCPAY" || books.invoices.derived === null) return false;
  for (const [, head] of books.invoices.writtenHeads()) if (head.type !== type) return false;
  return true;
}

export function invoiceKind(books: Books, type: "ACCREC" | "ACCPAY"): Kind {
  const address = { plural: "Invoices", idField: "InvoiceID" };
  const isSale = type === "ACCREC";
  const slug = isSale ? "invoices" : "bills";
  const reference: Column = { label: "Reference", at: "Reference" };
  return {
    ...addressed(address),
    slug,
    many: isSale ? "Invoices" : "Bills to pay",
    one: isSale ? "Invoice" : "Bill",
    group: isSale ? "Sales" : "Purchases",
    searches: [["term", isSale ? "Number or reference" : "Number"]],
    list: pagedList("Invoices", ({ term }) => ({
      ...(isAllOf(books, type) ? {} : { where: `Type=="${type}"` }),
      summaryOnly: "true",
      ...(term === "" ? {} : { searchTerm: term }),
    })),
    titleOf: (record) => textAt(record, "InvoiceNumber"),
    columns: [
      { label: "Number", at: (record) => textAt(record, "InvoiceNumber") || "(no number)" },
      ...(isSale ? [reference] : []),
      CONTACT,
      DATE,
      { label: "Due date", at: "DueDate", as: "day" },
      STATUS,
      { label: "Due", at: "AmountDue", as: "amount" },
      TOTAL,
      CURRENCY,
    ],
    facts: [
      CONTACT,
      STATUS,
      DATE,
      { label: "Due date", at: "DueDate", as: "day" },
      reference,
      CURRENCY,
      { label: "Rate", at: "CurrencyRate" },
      { label: "Amounts are", at: "LineAmountTypes" },
      { label: "Link", at: "Url" },
      UPDATED,
    ],
    lines: { at: "LineItems", columns: LINE_COLUMNS },
    totals: [
      ...SUMS,
      { label: "Paid", at: "AmountPaid", as: "amount" },
      { label: "Credited", at: "AmountCredited", as: "amount" },
      { label: "Due", at: "AmountDue", as: "amount" },
    ],
    acts: [
      ...documentActs(address, (record) => [
        dayField(record, "DueDate", "Due date"),
        ...(isSale ? [textField(record, "Reference", "Reference")] : []),
        textField(record, "InvoiceNumber", "Number"),
      ]),
      payAct("Invoice", "Record a payment", "AmountDue"),
    ],
    sections: (desk, id, record) => [
      ...settlementSections(desk, record),
      ...journalSections(books, desk, "invoice", id),
      ...paperworkSections(desk, { plural: "Invoices", slug, id, files: true }),
    ],
    file: (_desk, id, fileId) => attachmentAnswer(books, id, fileId),
  };
}

export function creditNoteKind(books: Books): Kind {
  const address = { plural: "CreditNotes", idField: "CreditNoteID" };
  const slug = "credit-notes";
  const type: Column = {
    label: "Type",
    at: (record) => (textAt(record, "Type") === "ACCPAYCREDIT" ? "Supplier credit" : "Customer credit"),
  };
  return {
    ...addressed(address),
    slug,
    many: "Credit notes",
    one: "Credit note",
    group: "Sales",
    searches: [
      ["number", "Number"],
      ["reference", "Reference"],
      ["contact", "Contact"],
    ],
    list: pagedList("CreditNotes", ({ term, by }) =>
      whereContains(searchField(by, "CreditNoteNumber"), term),
    ),
    titleOf: (record) => textAt(record, "CreditNoteNumber"),
    columns: [
      { label: "Number", at: (record) => textAt(record, "CreditNoteNumber") || "(no number)" },
      type,
      { label: "Reference", at: "Reference" },
      CONTACT,
      DATE,
      STATUS,
      { label: "Credit left", at: "RemainingCredit", as: "amount" },
      TOTAL,
      CURRENCY,
    ],
    facts: [
      CONTACT,
      STATUS,
      type,
      DATE,
      { label: "Reference", at: "Reference" },
      CURRENCY,
      { label: "Amounts are", at: "LineAmountTypes" },
      UPDATED,
    ],
    lines: { at: "LineItems", columns: LINE_COLUMNS },
    totals: [...SUMS, { label: "Credit left", at: "RemainingCredit", as: "amount" }],
    acts: [
      ...documentActs(address, (record) => [
        dayField(record, "Date", "Date"),
        textField(record, "Reference", "Reference"),
      ]),
      payAct("CreditNote", "Record a refund", "RemainingCredit"),
    ],
    sections: (desk, id, record) => [
      ...settlementSections(desk, record),
      ...journalSections(books, desk, "creditNote", id),
      ...paperworkSections(desk, { plural: "CreditNotes", slug, id, files: true }),
    ],
    file: (_desk, id, fileId) => attachmentAnswer(books, id, fileId),
  };
}

export function purchaseOrderKind(books: Books): Kind {
  const address = { plural: "PurchaseOrders", idField: "PurchaseOrderID" };
  const slug = "purchase-orders";
  return {
    ...addressed(address),
    slug,
    many: "Purchase orders",
    one: "Purchase order",
    group: "Purchases",
    searches: [["text", "Number, reference or contact"]],
    list: wholeList("PurchaseOrders", ["PurchaseOrderNumber", "Reference", "Contact.Name"]),
    titleOf: (record) => textAt(record, "PurchaseOrderNumber"),
    columns: [
      { label: "Number", at: (record) => textAt(record, "PurchaseOrderNumber") || "(no number)" },
      { label: "Reference", at: "Reference" },
      CONTACT,
      DATE,
      { label: "Delivery", at: "DeliveryDate", as: "day" },
      STATUS,
      TOTAL,
      CURRENCY,
    ],
    facts: [
      CONTACT,
      STATUS,
      DATE,
      { label: "Delivery", at: "DeliveryDate", as: "day" },
      { label: "Reference", at: "Reference" },
      CURRENCY,
      UPDATED,
    ],
    lines: { at: "LineItems", columns: LINE_COLUMNS },
    totals: SUMS,
    acts: [
      editAct(
        address,
        (record) => [
          dayField(record, "DeliveryDate", "Delivery date"),
          textField(record, "Reference", "Reference"),
        ],
        { lines: true, fits: isOpen },
      ),
      statusAct(address, {
        slug: "approve",
        label: "Approve",
        from: ["DRAFT", "SUBMITTED"],
        to: "AUTHORISED",
      }),
      statusAct(address, { slug: "bill", label: "Mark as billed", from: ["AUTHORISED"], to: "BILLED" }),
      statusAct(address, {
        slug: "delete",
        label: "Delete",
        from: ["DRAFT", "SUBMITTED", "AUTHORISED"],
        to: "DELETED",
      }),
    ],
    sections: (desk, id) => paperworkSections(desk, { plural: "PurchaseOrders", slug, id, files: true }),
    file: (_desk, id, fileId) => attachmentAnswer(books, id, fileId),
  };
}
