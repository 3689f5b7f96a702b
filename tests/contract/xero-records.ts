import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { Contact } from "@/lib/domain/contact";
import type { AccountingDocument } from "@/lib/domain/document";
import { parseLocalDate } from "@/lib/domain/local-date";
import { parseMoney } from "@/lib/domain/money";
import type { RecordType } from "@/lib/domain/record-type";
import { decimal } from "@/lib/kernel/decimal";
import type { Books } from "@/sandbox/xero/books";
import { firstContact, typeBill, typeCreditNote, typeInvoice, typeSupplierCredit } from "./xero-seeding";

/** Records as a source would give them, with the keys of the simulated Xero: what the contract suite writes there. */

const DATE = "2026-06-15";
const ACCEPTED = parseMoney("12.34", "GBP");

/** Equal seeds give equal records; what a record refers to is typed into the books. */
export function sourceRecord(books: Books, recordType: RecordType, seed: string): CanonicalRecord {
  switch (recordType) {
    case "contact":
      return aContact(seed);
    case "item":
      return anItem(seed);
    case "invoice":
      return { recordType, ...aSale(books, `INV-${seed}`), dueDate: parseLocalDate("2026-07-15") };
    case "creditNote":
      return { recordType, ...aSale(books, `CN-${seed}`) };
    case "bill":
      return { recordType, ...aPurchase(books, `BILL-${seed}`), dueDate: parseLocalDate("2026-07-15") };
    case "supplierCredit":
      return { recordType, ...aPurchase(books, `SC-${seed}`) };
    case "purchaseOrder":
      return { recordType, ...aPurchase(books, `PO-${seed}`), deliveryDate: parseLocalDate("2026-07-01") };
    case "bankTransaction":
      return { recordType, ...aPurchase(books, `EXP-${seed}`), kind: "spend", bankAccountKey: "090" };
    case "allocation":
      return {
        recordType,
        ...allocated(seed),
        creditNoteId: typeCreditNote(books),
        creditNoteNumber: `CN-${seed}`,
        invoiceId: typeInvoice(books),
        invoiceNumber: `INV-${seed}`,
      };
    case "supplierAllocation":
      return {
        recordType,
        ...allocated(seed),
        supplierCreditId: typeSupplierCredit(books),
        supplierCreditNumber: `SC-${seed}`,
        billId: typeBill(books),
        billNumber: `BILL-${seed}`,
      };
    case "payment":
      return {
        recordType,
        invoiceId: typeInvoice(books),
        invoiceNumber: `INV-${seed}`,
        ...moneyMoved(books, seed),
      };
    case "billPayment":
      return {
        recordType,
        billId: typeBill(books),
        billNumber: `BILL-${seed}`,
        ...moneyMoved(books, seed),
      };
    case "overpayment":
    case "supplierOverpayment":
      return { recordType, ...moneyMoved(books, seed) };
    case "manualJournal":
      return aJournal(seed);
  }
}

function aContact(seed: string): Contact {
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

const aSale = (books: Books, number: string) => aDocument(books, number, "200", "OUTPUT2");
const aPurchase = (books: Books, number: string) => aDocument(books, number, "429", "INPUT2");

/** 3 at 33.3333 (100.00) and 20 %: 120.00. */
function aDocument(books: Books, number: string, accountKey: string, taxKey: string) {
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
        accountKey,
        taxKey,
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
  } satisfies Omit<AccountingDocument, "recordType">;
}

const allocated = (seed: string) => ({
  externalId: seed,
  version: "",
  date: parseLocalDate(DATE),
  amount: ACCEPTED,
  marker: "",
});

function moneyMoved(books: Books, seed: string) {
  return {
    externalId: seed,
    version: "",
    paymentNumber: `PAY-${seed}`,
    contactId: firstContact(books),
    contactName: "Customer 1",
    date: parseLocalDate(DATE),
    amount: ACCEPTED,
    accountKey: "090",
    fxRate: null,
    reference: "",
    status: "open" as const,
    marker: "",
  };
}

/** 100.00 and its tax, against 120.00 of the directors' loan. */
function aJournal(seed: string): CanonicalRecord {
  const line = (accountKey: string, taxKey: string | null, amount: string) => ({
    externalId: accountKey,
    description: "Paid privately",
    accountKey,
    taxKey,
    taxRatePercent: null,
    amount: parseMoney(amount, "GBP"),
    tracking: [],
  });
  return {
    recordType: "manualJournal",
    externalId: seed,
    version: "",
    number: `JE-${seed}`,
    reference: "",
    narration: "Paper, paid privately",
    date: parseLocalDate(DATE),
    currency: "GBP",
    status: "open",
    lineAmounts: "exclusive",
    lines: [line("429", "INPUT2", "100.00"), line("835", null, "-120.00")],
    total: parseMoney("120.00", "GBP"),
    marker: "",
  };
}

/** What Xero's validation refuses: a name with brackets, a code too long, an account that is none, too large an amount. */
export function refused(record: CanonicalRecord): CanonicalRecord {
  switch (record.recordType) {
    case "contact":
      return { ...record, name: `<${record.name}>` };
    case "item":
      return { ...record, code: "C".repeat(31) };
    case "invoice":
    case "creditNote":
    case "bill":
    case "supplierCredit":
    case "purchaseOrder":
    case "bankTransaction":
      return { ...record, lines: record.lines.map((line) => ({ ...line, accountKey: "9999" })) };
    case "allocation":
    case "supplierAllocation":
    case "payment":
    case "billPayment":
      return { ...record, amount: parseMoney("500.00", "GBP") };
    case "overpayment":
    case "supplierOverpayment":
      return { ...record, accountKey: "200" };
    case "manualJournal":
      return { ...record, lines: record.lines.map((line) => ({ ...line, accountKey: "090" })) };
  }
}
