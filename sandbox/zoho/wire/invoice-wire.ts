/** Invoices as Zoho Books answers them: full, and as a row of the list (no lines, no tax). */
import { extraFieldsWire, extraPersonsWire } from "../books/document-extras";
import type { Books } from "../books/open-books";
import type { InvoiceHeader, StoredInvoice, StoredLine, StoredOrganization } from "../books/records";
import { invoiceBalance } from "../books/settle";
import { currencyByCode } from "../books/write-document";
import { documentWire, lineItemWire } from "./document-wire";
import { amount, zonedTime } from "./formats";

export interface StatusRules {
  /** Today in the organisation's zone. */
  readonly today: string;
  readonly partlyPaidOverdue: "partially_paid" | "overdue";
}

/** draft, sent, overdue, partially_paid, paid or void. */
export function invoiceStatus(invoice: InvoiceHeader, rules: StatusRules): string {
  if (invoice.state !== "sent") return invoice.state;
  const balance = invoiceBalance(invoice);
  if (balance.isZero()) return "paid";
  const late = invoice.dueDate < rules.today;
  if (!balance.equals(invoice.total)) return late ? rules.partlyPaidOverdue : "partially_paid";
  return late ? "overdue" : "sent";
}

export function invoiceRowWire(
  books: Books,
  organization: StoredOrganization,
  rules: StatusRules,
  id: string,
  invoice: InvoiceHeader,
) {
  const contact = books.contacts.head(invoice.customerId);
  return {
    ach_payment_initiated: false,
    invoice_id: id,
    customer_id: invoice.customerId,
    customer_name: contact?.name ?? "",
    company_name: contact?.company ?? "",
    email: contact?.email ?? "",
    status: invoiceStatus(invoice, rules),
    invoice_number: invoice.number,
    reference_number: invoice.reference,
    date: invoice.date,
    due_date: invoice.dueDate,
    due_days: "",
    currency_id: currencyByCode(books, invoice.currencyCode).id,
    currency_code: invoice.currencyCode,
    schedule_time: "",
    is_viewed_by_client: false,
    has_attachment: false,
    client_viewed_time: "",
    total: amount(invoice.total),
    balance: balanceShown(invoice),
    created_time: zonedTime(invoice.created, organization.timeZone),
    last_modified_time: zonedTime(invoice.modified, organization.timeZone),
    is_emailed: false,
    reminders_sent: 0,
    last_reminder_sent_date: "",
    payment_expected_date: "",
    last_payment_date: invoice.lastPaymentDate,
    custom_fields: extraFieldsWire(books, "invoice", invoice.customFields),
    documents: "",
    salesperson_id: "",
    salesperson_name: invoice.salespersonName ?? "",
    shipping_charge: amount(invoice.shippingCharge),
    adjustment: amount(invoice.adjustment),
    write_off_amount: amount(invoice.writtenOff),
    exchange_rate: amount(invoice.exchangeRate),
    tags: [],
  };
}

export function invoiceWire(
  books: Books,
  organization: StoredOrganization,
  rules: StatusRules,
  id: string,
  invoice: StoredInvoice,
  lines: readonly StoredLine[],
) {
  return {
    invoice_id: id,
    invoice_number: invoice.number,
    ach_payment_initiated: false,
    ...documentWire(books, organization, invoice),
    custom_fields: extraFieldsWire(books, "invoice", invoice.customFields),
    status: invoiceStatus(invoice, rules),
    due_date: invoice.dueDate,
    payment_terms: invoice.paymentTerms,
    payment_terms_label: invoice.paymentTerms === 0 ? "Due on Receipt" : `Net ${invoice.paymentTerms}`,
    payment_expected_date: "",
    last_payment_date: invoice.lastPaymentDate,
    line_items: lines.map((line, index) => lineItemWire(books, line, index, invoice.exchangeRate)),
    payment_made: amount(invoice.paid),
    credits_applied: amount(invoice.credited),
    tax_amount_withheld: 0,
    balance: balanceShown(invoice),
    write_off_amount: amount(invoice.writtenOff),
    allow_partial_payments: true,
    payment_options: { payment_gateways: [] },
    contact_persons: invoice.personIds ?? [],
    contact_persons_associated: extraPersonsWire(books, invoice.customerId, invoice.personIds),
    is_emailed: false,
    is_viewed_by_client: false,
    has_attachment: false,
    reminders_sent: 0,
    recurring_invoice_id: "",
    salesperson_id: "",
    salesperson_name: invoice.salespersonName ?? "",
    template_name: "Standard Template",
    invoice_source: "Api",
  };
}

/** A void invoice is owed by nobody. */
function balanceShown(invoice: InvoiceHeader): number {
  return invoice.state === "void" ? 0 : Number(invoiceBalance(invoice).toFixed());
}
