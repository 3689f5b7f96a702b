/**
 * Zoho's descriptions where they contradict themselves, by document, and the fields of live answers that none of them
 * describes. (zoho.com/books/api/v3, checked 2026-11-21.)
 */
import type { Overlay } from "./overlay";

/**
 * "parent.field" to its JSON types. The parent is what holds the field; "record" is the record itself. None of the 67
 * documents of Books and Inventory names these. A few were found in the code of public clients; most are not confirmed,
 * so that nothing of ours may lean on them.
 */
export const ZOHO_LIVE: Readonly<Record<string, readonly string[]>> = {
  // Totals in the base currency stand beside those in the document's.
  "record.bcy_sub_total": ["number"],
  "record.bcy_tax_total": ["number"],
  "record.discount_total": ["number"],
  // How the document was rounded.
  "record.rounding_mode": ["string"],
  "record.tax_rounding": ["string"],
  // What has settled a document, as its own lists have it.
  "record.creditnote_refunds": ["array"],
  "record.invoices_credited": ["array"],
  "record.payment_refunds": ["array"],
  "record.payment_status": ["string"],
  "invoices.apply_date": ["string"],
  "record.invoice_source": ["string"],
  // A row of the list of payments says what each was for.
  "record.applied_invoices": ["array"],
  "record.invoice_numbers": ["string"],
  "record.payment_type": ["string"],
  "record.payment_mode_formatted": ["string"],
  "record.bcy_refunded_amount": ["number"],
  "record.bcy_unused_amount": ["number"],
  "record.outstanding_payable_amount": ["number"],
  // Stock that is promised, and what became of an order.
  "record.committed_stock": ["number"],
  "record.available_for_sale_stock": ["number"],
  "record.actual_committed_stock": ["number"],
  "record.actual_available_for_sale_stock": ["number"],
  "record.track_inventory": ["boolean"],
  "record.order_status": ["string"],
  "record.invoiced_status": ["string"],
  "record.shipped_status": ["string"],
  "envelope.packages": ["array"],
  // Names beside the names.
  "record.item_name": ["string"],
  "record.currency_name_formatted": ["string"],
  // The document of purchase orders has the taxes of an order as texts, all others as records.
  "record.taxes": ["object"],
  // Described as text, answered as a truth value.
  "record.is_child_present": ["boolean"],
};

export const ZOHO_BOOKS_OVERLAYS: Readonly<Record<string, Overlay>> = {
  "credit-notes.yml": {
    fields: [],
    types: [
      {
        schema: "list-all-credit-notes-response",
        field: "creditnotes",
        becomes: (described) => ({ type: "array", items: described }),
        why: "a list of notes, described as one note",
      },
    ],
    optional: [],
    parameters: [],
  },
  "customer-payments.yml": {
    fields: [
      {
        schemas: ["list-customer-payments-response"],
        fields: {
          customerpayments: { type: "array", items: { $ref: "#/components/schemas/payment-response" } },
        },
        why: "the name in answers has no underscore",
      },
    ],
    types: [],
    optional: [],
    parameters: [],
  },
};

/** Lists that Zoho answers beside the described records of the same address, with no document of their own. */
export const ZOHO_UNDESCRIBED: readonly string[] = [
  "/purchasereceives",
  "/shipmentorders",
  "/invoices/fromsalesorder",
];
