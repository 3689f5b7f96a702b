/** The big company as Zoho Books keeps it: the same customers and invoices as in Xero. */
import type { Derived } from "@/sandbox/kit/derived";
import type { InvoiceHeader, StoredContact, StoredInvoice, StoredLine } from "@/sandbox/zoho/books/records";
import type { ZohoSeed } from "../zoho-organisation";
import { STANDARD_RATE } from "../zoho-reference-data";
import {
  type BigCompany,
  bigContact,
  bigContactOfName,
  bigInvoiceHead,
  bigInvoiceOfNumber,
  bigInvoicesOf,
  bigLines,
  pounds,
} from "./big-company";

/** Below the ids that the sandbox gives to new records. */
const CONTACT_ID = "4600000001";
const INVOICE_ID = "4600000002";
const LINE_ID = "4600000003";
const DIGITS = 8;
const STATE = { draft: "draft", approved: "sent", void: "void" } as const;
/** What lists ascend by without being sorted, since both grow with the number. */
const CONTACTS_ASCEND = ["contact_name", "email", "created_time", "last_modified_time"];
const INVOICES_ASCEND = ["invoice_number", "created_time", "last_modified_time", "date", "due_date"];

/** Accounts and taxes of the organisation that the derived lines name. */
interface Chart {
  readonly salesId: string;
  readonly taxId: string;
}

/** Puts the company below the books of the seeded organisation. */
export function deriveZohoCompany(zoho: ZohoSeed, company: BigCompany): void {
  const chart: Chart = { salesId: zoho.accountId("Sales"), taxId: zoho.taxId(STANDARD_RATE) };
  const { contacts, invoices, lines } = zoho.books;
  contacts.derive(derivedContacts(company));
  invoices.derive(derivedInvoices(company, chart));
  lines.derive(derivedLines(company, chart));
}

function derivedContacts(company: BigCompany): Derived<StoredContact, StoredContact> {
  return {
    size: company.contacts,
    id: (number) => idOf(CONTACT_ID, number),
    numberOf: (id) => numberOf(CONTACT_ID, id, company.contacts),
    body: contactBody,
    head: contactBody,
    ascends: (column) => CONTACTS_ASCEND.includes(column),
    by(index, key) {
      if (index === "currency") return key === "GBP" ? [0] : [];
      if (index !== "name") return [];
      const found = bigContactOfName(company, key);
      return found === null ? [] : [found];
    },
  };
}

function contactBody(number: number): StoredContact {
  const { name, email, createdMs } = bigContact(number);
  const created = stampOf(createdMs);
  return {
    name,
    company: name,
    type: "customer",
    active: true,
    currencyCode: "GBP",
    paymentTerms: 30,
    firstName: "",
    lastName: "",
    email,
    phone: "",
    mobile: "",
    website: "",
    notes: "",
    billing: {},
    shipping: {},
    created,
    modified: created,
  };
}

function derivedInvoices(company: BigCompany, chart: Chart): Derived<StoredInvoice, InvoiceHeader> {
  return {
    size: company.invoices,
    id: (number) => idOf(INVOICE_ID, number),
    numberOf: (id) => numberOf(INVOICE_ID, id, company.invoices),
    head: (number) => invoiceHeader(company, number),
    body(number) {
      const { netPence, taxPence } = bigInvoiceHead(company, number);
      return {
        ...invoiceHeader(company, number),
        taxRounding: "item_level",
        inclusive: false,
        discount: null,
        adjustmentDescription: "",
        subTotal: pounds(netPence),
        discountTotal: "0",
        taxes: [{ taxId: chart.taxId, amount: pounds(taxPence) }],
        taxTotal: pounds(taxPence),
        notes: "",
        terms: "",
        billing: {},
        shipping: {},
        paymentTerms: 30,
        paymentIds: [],
        creditNoteIds: [],
      };
    },
    ascends: (column) => INVOICES_ASCEND.includes(column),
    by(index, key) {
      if (index === "currency") return key === "GBP" ? [0] : [];
      if (index === "number") {
        const found = bigInvoiceOfNumber(company, key);
        return found === null ? [] : [found];
      }
      const contact = numberOf(CONTACT_ID, key, company.contacts);
      return index === "contact" && contact !== null ? bigInvoicesOf(company, contact) : [];
    },
  };
}

function invoiceHeader(company: BigCompany, number: number): InvoiceHeader {
  const head = bigInvoiceHead(company, number);
  const created = stampOf(head.createdMs);
  return {
    number: head.number,
    reference: "",
    customerId: idOf(CONTACT_ID, head.contact),
    date: head.date,
    dueDate: head.dueDate,
    state: STATE[head.status],
    total: pounds(head.netPence + head.taxPence),
    paid: "0",
    credited: "0",
    writtenOff: "0",
    currencyCode: "GBP",
    exchangeRate: "1",
    adjustment: "0",
    shippingCharge: "0",
    lastPaymentDate: "",
    created,
    modified: created,
  };
}

function derivedLines(company: BigCompany, chart: Chart): Derived<readonly StoredLine[], null> {
  return {
    size: company.invoices,
    id: (number) => idOf(INVOICE_ID, number),
    numberOf: (id) => numberOf(INVOICE_ID, id, company.invoices),
    head: () => null,
    body: (number) =>
      bigLines(number).map((line, index) => ({
        id: idOf(LINE_ID, number * 8 + index),
        name: line.description,
        description: "",
        rate: pounds(line.unitPence),
        quantity: String(line.quantity),
        taxId: chart.taxId,
        accountId: chart.salesId,
        itemTotal: pounds(line.netPence),
      })),
    by: () => null,
  };
}

function stampOf(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

function idOf(prefix: string, number: number): string {
  return prefix + String(number).padStart(DIGITS, "0");
}

function numberOf(prefix: string, id: string, count: number): number | null {
  if (!id.startsWith(prefix) || id.length !== prefix.length + DIGITS) return null;
  const number = Number(id.slice(prefix.length));
  return Number.isInteger(number) && number >= 0 && number < count ? number : null;
}
