import type { Contact } from "@/lib/domain/contact";
import type { CreditNote, DocumentLine, Invoice } from "@/lib/domain/document";
import type { Item } from "@/lib/domain/item";
import { parseLocalDate } from "@/lib/domain/local-date";
import { parseMoney } from "@/lib/domain/money";
import type { Allocation, Overpayment, Payment } from "@/lib/domain/settlement";
import { decimal } from "@/lib/kernel/decimal";

/*
 * Canonical records as the source states them: a firm that sells gifts, in pounds, with 20 % tax rounded by document.
 * Keys are the source's own ("z-"); reference-data.ts has what they are mapped to.
 */

export const gbp = (text: string) => parseMoney(text, "GBP");

export function aLine(changes: Partial<DocumentLine> = {}): DocumentLine {
  return {
    externalId: "z-line-1",
    description: "Gift box",
    quantity: decimal("2"),
    unitPrice: decimal("10"),
    amount: gbp("20.00"),
    itemId: null,
    itemCode: null,
    accountKey: "z-sales",
    taxKey: "z-vat20",
    taxRatePercent: decimal("20"),
    tax: null,
    tracking: [],
    ...changes,
  };
}

export function anInvoice(changes: Partial<Invoice> = {}): Invoice {
  return {
    recordType: "invoice",
    externalId: "z-invoice-1",
    version: "1",
    number: "INV-1",
    reference: "PO 7",
    contactId: "z-ada",
    contactName: "Ada Lovelace",
    date: parseLocalDate("2026-05-10"),
    dueDate: parseLocalDate("2026-06-09"),
    currency: "GBP",
    fxRate: null,
    status: "open",
    lineAmounts: "exclusive",
    lines: [aLine()],
    net: gbp("20.00"),
    tax: gbp("4.00"),
    gross: gbp("24.00"),
    remaining: gbp("24.00"),
    marker: "",
    ...changes,
  };
}

export function aCreditNote(changes: Partial<CreditNote> = {}): CreditNote {
  const { dueDate: _dueDate, ...document } = anInvoice();
  return {
    ...document,
    recordType: "creditNote",
    externalId: "z-credit-note-1",
    number: "CN-1",
    ...changes,
  };
}

export function aContact(changes: Partial<Contact> = {}): Contact {
  return {
    recordType: "contact",
    externalId: "z-ada",
    version: "1",
    name: "Ada Lovelace",
    firstName: "Ada",
    lastName: "Lovelace",
    email: "ada@example.com",
    phone: "020 7946 0000",
    isCustomer: true,
    isSupplier: false,
    currency: "GBP",
    address: {
      line1: "1 Quay Street",
      line2: "",
      city: "Leeds",
      region: "",
      postalCode: "LS1 1AA",
      country: "United Kingdom",
    },
    active: true,
    marker: "",
    ...changes,
  };
}

export function anItem(changes: Partial<Item> = {}): Item {
  return {
    recordType: "item",
    externalId: "z-box",
    version: "1",
    code: "BOX-1",
    name: "Gift box",
    description: "A box for gifts",
    salesPrice: decimal("2.5525"),
    salesAccountKey: "z-sales",
    salesTaxKey: "z-vat20",
    active: true,
    marker: "",
    ...changes,
  };
}

export function aPayment(changes: Partial<Payment> = {}): Payment {
  return {
    recordType: "payment",
    externalId: "z-payment-1",
    version: "1",
    paymentNumber: "PAY-9",
    invoiceId: "z-invoice-1",
    invoiceNumber: "INV-1",
    contactId: "z-ada",
    contactName: "Ada Lovelace",
    date: parseLocalDate("2026-05-20"),
    amount: gbp("24.00"),
    accountKey: "z-bank",
    fxRate: null,
    reference: "",
    status: "open",
    marker: "",
    ...changes,
  };
}

export function anOverpayment(changes: Partial<Overpayment> = {}): Overpayment {
  const { invoiceId: _invoiceId, invoiceNumber: _invoiceNumber, ...receipt } = aPayment();
  return { ...receipt, recordType: "overpayment", externalId: "z-overpayment-1", ...changes };
}

export function anAllocation(changes: Partial<Allocation> = {}): Allocation {
  return {
    recordType: "allocation",
    externalId: "z-allocation-1",
    version: "1",
    creditNoteId: "z-credit-note-1",
    creditNoteNumber: "CN-1",
    invoiceId: "z-invoice-1",
    invoiceNumber: "INV-1",
    date: parseLocalDate("2026-05-20"),
    amount: gbp("5.00"),
    marker: "",
    ...changes,
  };
}

/** One record of each kind. */
export const oneOfEach = () => [
  aContact(),
  anItem(),
  anInvoice(),
  aCreditNote(),
  anAllocation(),
  aPayment(),
  anOverpayment(),
];
