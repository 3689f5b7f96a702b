import type { ConnectorRules } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { parseLocalDate } from "@/lib/domain/local-date";
import type { RecordType } from "@/lib/domain/record-type";
import { invariant } from "@/lib/kernel/invariant";
import type { Books } from "@/sandbox/xero/books";
import { purchaseOrders } from "@/sandbox/xero/purchase-orders/purchase-order";
import type { Kept } from "@/sandbox/xero/records";
import type { ReadingHooks, WritingHooks } from "./contract-world";
import { refused, sourceRecord } from "./xero-records";
import {
  typeAllocation,
  typeBankTransaction,
  typeBill,
  typeContact,
  typeCreditNote,
  typeInvoice,
  typeItem,
  typeJournal,
  typeOrder,
  typeOverpayment,
  typePayment,
  typeSupplierCredit,
} from "./xero-seeding";

/** How the contract suite makes things happen in the simulated Xero, and what it may write there. */

export const MARKER = { origin: "https://tieout.example", pairId: "pair-1" };

/** As many digits as a number of Xero's JSON carries. */
const EXACT = "9999999999999.99";
const UNREADABLE = "10.005";
const LOCKED_DATE = "2026-01-15";

export function xeroReading(books: () => Books): ReadingHooks {
  return {
    absentId: "00000000-0000-4000-8000-000000000000",
    externalIds: async (recordType) => externalIds(books(), recordType),
    insert: async (recordType) => insert(books(), recordType),
    insertUnreadable: async (recordType) => insertUnreadable(books(), recordType),
    insertExactAmounts: async (recordType) => insertExact(books(), recordType),
  };
}

function insertExact(
  books: Books,
  recordType: RecordType,
): Awaited<ReturnType<ReadingHooks["insertExactAmounts"]>> {
  const document = { net: EXACT, gross: EXACT, tax: "0.00", remaining: EXACT };
  const lines = (AccountCode: string) => ({
    LineAmountTypes: "NoTax",
    LineItems: [{ Description: "Exact", Quantity: 1, UnitAmount: Number(EXACT), AccountCode }],
  });
  switch (recordType) {
    case "invoice":
      return { externalId: typeInvoice(books, lines("200")), amounts: document };
    case "creditNote":
      return { externalId: typeCreditNote(books, lines("200")), amounts: document };
    case "bill":
      return { externalId: typeBill(books, lines("429")), amounts: document };
    case "supplierCredit":
      return { externalId: typeSupplierCredit(books, lines("429")), amounts: document };
    case "purchaseOrder":
      return { externalId: typeOrder(books, lines("429")), amounts: document };
    case "bankTransaction":
      return {
        externalId: typeBankTransaction(books, lines("429")),
        amounts: { ...document, remaining: "0.00" },
      };
    case "payment":
      return {
        externalId: typePayment(books, typeInvoice(books, lines("200")), EXACT),
        amounts: { amount: EXACT },
      };
    case "billPayment":
      return {
        externalId: typePayment(books, typeBill(books, lines("429")), EXACT),
        amounts: { amount: EXACT },
      };
    case "overpayment":
      return { externalId: typeOverpayment(books, EXACT), amounts: { amount: EXACT } };
    case "supplierOverpayment":
      return { externalId: typeOverpayment(books, EXACT, "SPEND-OVERPAYMENT"), amounts: { amount: EXACT } };
    case "manualJournal":
      return { externalId: typeJournal(books, { JournalLines: exactJournal() }), amounts: { total: EXACT } };
    default:
      return null;
  }
}

const exactJournal = () => [
  { LineAmount: Number(EXACT), AccountCode: "469" },
  { LineAmount: -Number(EXACT), AccountCode: "429" },
];

interface Listed<Header> {
  heads(): IterableIterator<[string, Header]>;
}

const idsOf = <Header>(table: Listed<Header>, isWanted: (head: Header) => boolean = () => true): string[] =>
  [...table.heads()].filter(([, head]) => isWanted(head)).map(([id]) => id);

function externalIds(books: Books, recordType: RecordType): string[] {
  switch (recordType) {
    case "contact":
      return idsOf(books.contacts);
    case "item":
      return idsOf(books.items);
    case "invoice":
      return idsOf(books.invoices, ({ type }) => type === "ACCREC");
    case "bill":
      return idsOf(books.invoices, ({ type }) => type === "ACCPAY");
    case "creditNote":
      return idsOf(books.creditNotes, ({ type }) => type === "ACCRECCREDIT");
    case "supplierCredit":
      return idsOf(books.creditNotes, ({ type }) => type === "ACCPAYCREDIT");
    case "payment":
      return idsOf(books.payments, ({ targetId }) => books.invoices.head(targetId)?.type === "ACCREC");
    case "billPayment":
      return idsOf(books.payments, ({ targetId }) => books.invoices.head(targetId)?.type === "ACCPAY");
    case "overpayment":
      return idsOf(books.bankTransactions, ({ type }) => type === "RECEIVE-OVERPAYMENT");
    case "supplierOverpayment":
      return idsOf(books.bankTransactions, ({ type }) => type === "SPEND-OVERPAYMENT");
    case "bankTransaction":
      return idsOf(books.bankTransactions, ({ type }) => type === "SPEND" || type === "RECEIVE");
    case "purchaseOrder":
      return idsOf(purchaseOrders(books));
    case "manualJournal":
      return idsOf(books.manualJournals);
    case "allocation":
      return allocationIds(books, "ACCREC");
    case "supplierAllocation":
      return allocationIds(books, "ACCPAY");
  }
}

function allocationIds(books: Books, type: "ACCREC" | "ACCPAY"): string[] {
  return idsOf(books.allocations).flatMap((id) => {
    const { source, invoiceId } = mustHave(books.allocations.get(id));
    return books.invoices.head(invoiceId)?.type === type ? [[source.id, invoiceId, id].join("/")] : [];
  });
}

function insert(books: Books, recordType: RecordType): string {
  switch (recordType) {
    case "contact":
      return typeContact(books, { Name: `Typed ${books.contacts.size + 1}` });
    case "item":
      return typeItem(books, { Code: `TYPED-${books.items.size + 1}`, Name: "Typed" });
    case "invoice":
      return typeInvoice(books);
    case "bill":
      return typeBill(books);
    case "creditNote":
      return typeCreditNote(books);
    case "supplierCredit":
      return typeSupplierCredit(books);
    case "payment":
      return typePayment(books, typeInvoice(books), "10");
    case "billPayment":
      return typePayment(books, typeBill(books), "10");
    case "overpayment":
      return typeOverpayment(books, "10");
    case "supplierOverpayment":
      return typeOverpayment(books, "10", "SPEND-OVERPAYMENT");
    case "bankTransaction":
      return typeBankTransaction(books);
    case "purchaseOrder":
      return typeOrder(books);
    case "manualJournal":
      return typeJournal(books);
    case "allocation":
      return typeAllocation(books, typeCreditNote(books), typeInvoice(books), "10");
    case "supplierAllocation":
      return typeAllocation(books, typeSupplierCredit(books), typeBill(books), "10");
  }
}

/** Amounts with parts of a penny, a price of too many digits, a status that nobody has documented. */
function insertUnreadable(books: Books, recordType: RecordType): string {
  const id = insert(books, recordType);
  switch (recordType) {
    case "contact":
      change(books.contacts, id, { status: "FROZEN" as "ACTIVE" });
      return id;
    case "item":
      change(books.items, id, {
        sales: { unitPrice: "12345678901234567", accountCode: null, taxType: null },
      });
      return id;
    case "invoice":
    case "bill":
      change(books.invoices, id, { total: UNREADABLE });
      return id;
    case "creditNote":
    case "supplierCredit":
      change(books.creditNotes, id, { total: UNREADABLE });
      return id;
    case "payment":
    case "billPayment":
      change(books.payments, id, { amount: UNREADABLE });
      return id;
    case "purchaseOrder":
      change(purchaseOrders(books), id, { total: UNREADABLE });
      return id;
    case "manualJournal": {
      const { lines } = mustHave(books.manualJournals.get(id));
      change(books.manualJournals, id, {
        lines: lines.map((line) => ({ ...line, lineAmount: UNREADABLE })),
      });
      return id;
    }
    default:
      change(books.bankTransactions, id, { total: UNREADABLE });
      return id;
  }
}

function change<T extends Kept>(
  table: { get(id: string): T | undefined; put(record: T): void },
  id: string,
  changes: Partial<T>,
): void {
  table.put({ ...mustHave(table.get(id)), ...changes });
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
      // An order books nothing, so no lock holds it up.
      if (!("date" in record) || record.recordType === "purchaseOrder") return null;
      books().setOrganisation({ ...books().organisation(), periodLockDate: "2026-01-31" });
      return { ...record, date: parseLocalDate(LOCKED_DATE) };
    },
    countRecords: async (recordType) => externalIds(books(), recordType).length,
  };
}

function mustHave<T>(record: T | undefined): T {
  invariant(record !== undefined, "the record was just kept");
  return record;
}
