/** The big company as Xero keeps it: customers and sales invoices of Tidewater Gifts below what is written. */
import type { Derived } from "@/sandbox/kit/derived";
import type { Books } from "@/sandbox/xero/books";
import { type ContactHead, contactHead, type InvoiceHead } from "@/sandbox/xero/heads";
import type { Contact, Invoice } from "@/sandbox/xero/records";
import {
  type BigCompany,
  type BigInvoiceHead,
  bigContact,
  bigContactOfName,
  bigInvoiceHead,
  bigInvoiceOfNumber,
  bigInvoicesOf,
  bigLines,
  pounds,
} from "./big-company";

const CONTACT_ID = "b1c00000-0000-4000-8000-";
const INVOICE_ID = "b1d00000-0000-4000-8000-";
const LINE_ID = "b1e00000-0000-4000-8000-";
const SALES_ACCOUNT_CODE = "200";
const TAX_TYPE = "OUTPUT2";
const STATUS = { draft: "DRAFT", approved: "AUTHORISED", void: "VOIDED" } as const;

/** Puts the company below the books of an organisation. */
export function deriveXeroCompany(books: Books, company: BigCompany): void {
  books.contacts.derive(derivedContacts(company));
  books.invoices.derive(derivedInvoices(company));
}

function derivedContacts(company: BigCompany): Derived<Contact, ContactHead> {
  return {
    size: company.contacts,
    id: (number) => idOf(CONTACT_ID, number),
    numberOf: (id) => numberOf(CONTACT_ID, id, company.contacts),
    body: contactBody,
    head: (number) => contactHead(contactBody(number)),
    by(index, key) {
      if (index !== "name") return [];
      const found = bigContactOfName(company, key);
      return found === null ? [] : [found];
    },
  };
}

function contactBody(number: number): Contact {
  const { name, email, createdMs } = bigContact(number);
  return {
    id: idOf(CONTACT_ID, number),
    createdMs,
    updatedMs: createdMs,
    name,
    email,
    status: "ACTIVE",
    contactNumber: null,
    accountNumber: null,
    firstName: null,
    lastName: null,
    companyNumber: null,
    taxNumber: null,
    defaultCurrency: null,
    other: {},
  };
}

function derivedInvoices(company: BigCompany): Derived<Invoice, InvoiceHead> {
  return {
    size: company.invoices,
    id: (number) => idOf(INVOICE_ID, number),
    numberOf: (id) => numberOf(INVOICE_ID, id, company.invoices),
    body: (number) => invoiceBody(company, number),
    head: (number) => invoiceHeadOf(bigInvoiceHead(company, number)),
    by(index, key) {
      if (index === "number") {
        const found = bigInvoiceOfNumber(company, key);
        return found === null ? [] : [found];
      }
      const [contactId = "", type = "ACCREC"] = key.split(" ");
      const contact = numberOf(CONTACT_ID, contactId, company.contacts);
      const isAsked = (index === "contact" || index === "side") && type === "ACCREC";
      return isAsked && contact !== null ? bigInvoicesOf(company, contact) : [];
    },
  };
}

function invoiceHeadOf(head: BigInvoiceHead): InvoiceHead {
  const total = pounds(head.netPence + head.taxPence);
  return {
    createdMs: head.createdMs,
    updatedMs: head.createdMs,
    type: "ACCREC",
    status: STATUS[head.status],
    number: head.number,
    reference: null,
    contactId: idOf(CONTACT_ID, head.contact),
    date: head.date,
    dueDate: head.dueDate,
    currency: "GBP",
    total,
    amountDue: head.status === "void" ? "0" : total,
    amountPaid: "0",
    amountCredited: "0",
    byApp: false,
  };
}

function invoiceBody(company: BigCompany, number: number): Invoice {
  const head = bigInvoiceHead(company, number);
  return {
    ...invoiceHeadOf(head),
    id: idOf(INVOICE_ID, number),
    lineAmountTypes: "Exclusive",
    currencyRate: "1",
    url: null,
    subTotal: pounds(head.netPence),
    totalTax: pounds(head.taxPence),
    lines: bigLines(number).map((line, index) => ({
      id: idOf(LINE_ID, number * 8 + index),
      description: line.description,
      quantity: String(line.quantity),
      unitAmount: pounds(line.unitPence),
      itemCode: null,
      accountCode: SALES_ACCOUNT_CODE,
      taxType: TAX_TYPE,
      taxAmount: pounds(line.taxPence),
      lineAmount: pounds(line.netPence),
      discountRate: null,
      discountAmount: null,
      tracking: [],
    })),
    plannedPaymentDate: null,
    expectedPaymentDate: null,
    sentToContact: false,
    totalDiscount: "0",
    fullyPaidOn: null,
  };
}

function idOf(prefix: string, number: number): string {
  return prefix + number.toString(16).padStart(12, "0");
}

function numberOf(prefix: string, id: string, count: number): number | null {
  if (!id.startsWith(prefix) || id.length !== prefix.length + 12) return null;
  const digits = id.slice(prefix.length);
  if (!/^[0-9a-f]{12}$/.test(digits)) return null;
  const number = Number.parseInt(digits, 16);
  return number < count ? number : null;
}
