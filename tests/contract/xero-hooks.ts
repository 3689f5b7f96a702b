import type { ConnectorRules } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { Contact } from "@/lib/domain/contact";
import type { CreditNote, Invoice } from "@/lib/domain/document";
import { parseLocalDate } from "@/lib/domain/local-date";
import { parseMoney } from "@/lib/domain/money";
import type { RecordType } from "@/lib/domain/record-type";
import { decimal } from "@/lib/kernel/decimal";
import { invariant } from "@/lib/kernel/invariant";
import type { Books } from "@/sandbox/xero/books";
import type { ReadingHooks, WritingHooks } from "./contract-world";
import {
  firstContact,
  typeAllocation,
  typeContact,
  typeCreditNote,
  typeInvoice,
  typeItem,
  typeOverpayment,
  typePayment,
} from "./xero-seeding";

/** How the contract suite makes things happen in the simulated Xero, and what it may write there. */

export const MARKER = { origin: "https://tieout.example", pairId: "pair-1" };

/** As many digits as a number of Xero's JSON carries. */
const EXACT = "9999999999999.99";
const UNREADABLE = "10.005";
const EXACT_LINES = {
  LineAmountTypes: "NoTax",
  LineItems: [{ Description: "Exact", Quantity: 1, UnitAmount: Number(EXACT), AccountCode: "200" }],
};
const DATE = "2026-06-15";
const LOCKED_DATE = "2026-01-15";

export function xeroReading(books: () => Books): ReadingHooks {
  return {
    absentId: "00000000-0000-4000-8000-000000000000",
    externalIds: async (recordType) => externalIds(books(), recordType),
    insert: async (recordType) => insert(books(), recordType),
    insertUnreadable: async (recordType) => insertUnreadable(books(), recordType),
    async insertExactAmounts(recordType) {
      const exact = { net: EXACT, gross: EXACT, tax: "0.00", remaining: EXACT };
      switch (recordType) {
        case "invoice":
          return { externalId: typeInvoice(books(), EXACT_LINES), amounts: exact };
        case "creditNote":
          return { externalId: typeCreditNote(books(), EXACT_LINES), amounts: exact };
        case "payment":
          return {
            externalId: typePayment(books(), typeInvoice(books(), EXACT_LINES), EXACT),
            amounts: { amount: EXACT },
          };
        case "overpayment":
          return { externalId: typeOverpayment(books(), EXACT), amounts: { amount: EXACT } };
        default:
          return null;
      }
    },
  };
}

function externalIds(books: Books, recordType: RecordType): string[] {
  const ids = (table: { heads(): IterableIterator<[string, unknown]> }) =>
    [...table.heads()].map(([id]) => id);
  switch (recordType) {
    case "contact":
      return ids(books.contacts);
    case "item":
      return ids(books.items);
    case "invoice":
      return ids(books.invoices);
    case "creditNote":
      return ids(books.creditNotes);
    case "payment":
      return ids(books.payments);
    case "overpayment":
      return ids(books.bankTransactions);
    case "allocation":
      return ids(books.allocations).map((id) => {
        const allocation = mustHave(books.allocations.get(id));
        return [allocation.source.id, allocation.invoiceId, id].join("/");
      });
  }
}

function insert(books: Books, recordType: RecordType): string {
  switch (recordType) {
    case "contact":
      return typeContact(books, { Name: `Typed ${books.contacts.size + 1}` });
    case "item":
      return typeItem(books, { Code: `TYPED-${books.items.size + 1}`, Name: "Typed" });
    case "invoice":
      return typeInvoice(books);
    case "creditNote":
      return typeCreditNote(books);
    case "payment":
      return typePayment(books, typeInvoice(books), "10");
    case "overpayment":
      return typeOverpayment(books, "10");
    case "allocation":
      return typeAllocation(books, typeCreditNote(books), typeInvoice(books), "10");
  }
}

/** Amounts with parts of a penny, a price of too many digits, a status that nobody has documented. */
function insertUnreadable(books: Books, recordType: RecordType): string {
  const id = insert(books, recordType);
  switch (recordType) {
    case "contact":
      books.contacts.put({ ...mustHave(books.contacts.get(id)), status: "FROZEN" as "ACTIVE" });
      return id;
    case "item":
      books.items.put({
        ...mustHave(books.items.get(id)),
        sales: { unitPrice: "12345678901234567", accountCode: null, taxType: null },
      });
      return id;
    case "invoice":
      books.invoices.put({ ...mustHave(books.invoices.get(id)), total: UNREADABLE });
      return id;
    case "creditNote":
      books.creditNotes.put({ ...mustHave(books.creditNotes.get(id)), total: UNREADABLE });
      return id;
    case "payment":
      books.payments.put({ ...mustHave(books.payments.get(id)), amount: UNREADABLE });
      return id;
    default:
      books.bankTransactions.put({ ...mustHave(books.bankTransactions.get(id)), total: UNREADABLE });
      return id;
  }
}

export function xeroWriting(books: () => Books, rules: ConnectorRules): WritingHooks {
  const acceptable = async (recordType: RecordType, seed: string): Promise<CanonicalRecord> => {
    const record = sourceRecord(books(), recordType, seed);
    return rules.prepare(record, { ...MARKER, sourceExternalId: `${recordType}-${seed}` }).record;
  };
  return {
    acceptable,
    refusable: async (recordType, seed) => refused(await acceptable(recordType, seed)),
    async inLockedPeriod(recordType, seed) {
      const record = await acceptable(recordType, seed);
      if (!("date" in record)) return null;
      books().setOrganisation({ ...books().organisation(), periodLockDate: "2026-01-31" });
      return { ...record, date: parseLocalDate(LOCKED_DATE) };
    },
    countRecords: async (recordType) => externalIds(books(), recordType).length,
  };
}

function sourceRecord(books: Books, recordType: RecordType, seed: string): CanonicalRecord {
  switch (recordType) {
    case "contact":
      return aContact(seed);
    case "item":
      return anItem(seed);
    case "invoice":
      return { ...aDocument(books, `INV-${seed}`), recordType, dueDate: parseLocalDate("2026-07-15") };
    case "creditNote":
      return { ...aDocument(books, `CN-${seed}`), recordType };
    case "allocation":
      return {
        recordType,
        externalId: seed,
        version: "",
        creditNoteId: typeCreditNote(books),
        creditNoteNumber: `CN-${seed}`,
        invoiceId: typeInvoice(books),
        invoiceNumber: `INV-${seed}`,
        date: parseLocalDate(DATE),
        amount: parseMoney("12.34", "GBP"),
        marker: "",
      };
    case "payment":
      return {
        recordType,
        invoiceId: typeInvoice(books),
        invoiceNumber: `INV-${seed}`,
        ...aReceipt(books, seed),
      };
    case "overpayment":
      return { recordType, ...aReceipt(books, seed) };
  }
}

export function aContact(seed: string): Contact {
  return {
    recordType: "contact",
    externalId: seed,
    version: "",
    name: `Contract ${seed}`,
    firstName: "Mary",
    lastName: "Somerville",
    email: `${seed}@example.com`,
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
  };
}

function anItem(seed: string): CanonicalRecord {
  return {
    recordType: "item",
    externalId: seed,
    version: "",
    code: `C-${seed}`,
    name: `Item ${seed}`,
    description: "",
    salesPrice: decimal("2.5525"),
    salesAccountKey: "200",
    salesTaxKey: "OUTPUT2",
    active: true,
    marker: "",
  };
}

/** 3 at 33.3333 (100.00) and 20 %: 120.00. */
export function aDocument(
  books: Books,
  number: string,
): Omit<CreditNote, "recordType"> & Omit<Invoice, "recordType" | "dueDate"> {
  const net = parseMoney("100.00", "GBP");
  const gross = parseMoney("120.00", "GBP");
  return {
    externalId: number,
    version: "",
    number,
    reference: "PO 7",
    contactId: firstContact(books),
    contactName: "Customer 1",
    date: parseLocalDate(DATE),
    currency: "GBP",
    fxRate: null,
    status: "open",
    lineAmounts: "exclusive",
    lines: [
      {
        externalId: "1",
        description: "Goods",
        quantity: decimal("3"),
        unitPrice: decimal("33.3333"),
        amount: net,
        itemId: null,
        itemCode: null,
        accountKey: "200",
        taxKey: "OUTPUT2",
        taxRatePercent: decimal("20"),
        tax: null,
        tracking: [],
      },
    ],
    net,
    tax: parseMoney("20.00", "GBP"),
    gross,
    remaining: gross,
    marker: "",
  };
}

function aReceipt(books: Books, seed: string) {
  return {
    externalId: seed,
    version: "",
    paymentNumber: `PAY-${seed}`,
    contactId: firstContact(books),
    contactName: "Customer 1",
    date: parseLocalDate(DATE),
    amount: parseMoney("12.34", "GBP"),
    accountKey: "090",
    fxRate: null,
    reference: "",
    status: "open" as const,
    marker: "",
  };
}

/** What Xero's validation refuses: a name with brackets, a code too long, an account that is none, too large an amount. */
function refused(record: CanonicalRecord): CanonicalRecord {
  switch (record.recordType) {
    case "contact":
      return { ...record, name: `<${record.name}>` };
    case "item":
      return { ...record, code: "C".repeat(31) };
    case "invoice":
    case "creditNote":
      return { ...record, lines: record.lines.map((line) => ({ ...line, accountKey: "9999" })) };
    case "allocation":
    case "payment":
      return { ...record, amount: parseMoney("500.00", "GBP") };
    case "overpayment":
      return { ...record, accountKey: "200" };
  }
}

function mustHave<T>(record: T | undefined): T {
  invariant(record !== undefined, "the record was just kept");
  return record;
}
