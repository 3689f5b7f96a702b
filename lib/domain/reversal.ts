import { Decimal } from "@/lib/kernel/decimal";
import type { CanonicalRecord } from "./canonical-record";
import type { AccountingDocument, CreditNote, DocumentLine } from "./document";
import type { LocalDate } from "./local-date";
import type { ManualJournal } from "./manual-journal";
import { moneyToDecimal, negate, roundToMoney } from "./money";
import { RECORD_TYPES, type RecordType } from "./record-type";
import type { CreditAllocation } from "./settlement";

/**
 * What takes a record back whose own day is closed: the opposite document on an open day, for the same contact, accounts,
 * taxes and rate, and where the ledger knows that, set against the record in full. Money that moved is not undone that way:
 * a payment stays, and so does what it settles.
 */
export interface ReversedBy {
  /** The opposite document. */
  readonly by: RecordType;
  /** How the two are set against each other; null where they merely cancel out. */
  readonly allocation: "allocation" | "supplierAllocation" | null;
}

export const REVERSED_BY: Readonly<Partial<Record<RecordType, ReversedBy>>> = {
  invoice: { by: "creditNote", allocation: "allocation" },
  creditNote: { by: "invoice", allocation: "allocation" },
  bill: { by: "supplierCredit", allocation: "supplierAllocation" },
  supplierCredit: { by: "bill", allocation: "supplierAllocation" },
  bankTransaction: { by: "bankTransaction", allocation: null },
  manualJournal: { by: "manualJournal", allocation: null },
};

/** Records that can be taken back by a document of their own. */
export type Reversible = Exclude<AccountingDocument, { recordType: "purchaseOrder" }> | ManualJournal;

export const isReversible = (record: CanonicalRecord): record is Reversible =>
  REVERSED_BY[record.recordType] !== undefined;

const PREFIX = "reversal";

/**
 * Stands where a source record's id stands: what takes a record back has none in the source. The id in the ledger is part of
 * it, since a record that was posted anew is another one, with a reversal of its own.
 */
export const reversalId = (recordType: string, ledgerExternalId: string): string =>
  `${PREFIX}:${recordType}:${ledgerExternalId}`;

export const isReversalId = (sourceExternalId: string): boolean => sourceExternalId.startsWith(`${PREFIX}:`);

/** The record that a reversal's id names; null for any other id. */
export function parseReversalId(
  id: string,
): { readonly recordType: RecordType; readonly ledgerExternalId: string } | null {
  const [prefix, type, ...rest] = id.split(":");
  const recordType = RECORD_TYPES.find((one) => one === type);
  return prefix === PREFIX && recordType ? { recordType, ledgerExternalId: rest.join(":") } : null;
}

/** The number of the opposite document: the record's own behind a few letters, so that people see what it belongs to. */
export function reversalNumber(record: Reversible): string {
  const isCredit = REVERSED_BY[record.recordType]?.by;
  const prefix = isCredit === "creditNote" || isCredit === "supplierCredit" ? "CN" : "REV";
  return `${prefix}-${record.number || record.externalId.slice(0, SHORT_ID)}`;
}
const SHORT_ID = 8;

/** The opposite of a record as the ledger has it, without a marker. */
export function reverseRecord(record: Reversible, day: LocalDate, number: string): Reversible {
  switch (record.recordType) {
    case "invoice":
      return { recordType: "creditNote", ...opposite(record, day, number) };
    case "creditNote":
      return { recordType: "invoice", ...opposite(record, day, number), dueDate: day };
    case "bill":
      return { recordType: "supplierCredit", ...opposite(record, day, number) };
    case "supplierCredit":
      return { recordType: "bill", ...opposite(record, day, number), dueDate: day };
    case "bankTransaction":
      return {
        recordType: "bankTransaction",
        ...opposite(record, day, number),
        kind: record.kind === "spend" ? "receive" : "spend",
        bankAccountKey: record.bankAccountKey,
      };
    case "manualJournal":
      return oppositeJournal(record, day, number);
  }
}

/** A document whose lines say the same on the other side of the books. */
function opposite(
  document: Omit<CreditNote, "recordType">,
  day: LocalDate,
  number: string,
): Omit<CreditNote, "recordType"> {
  const { contactId, contactName, currency, fxRate, lineAmounts, net, tax, gross } = document;
  return {
    ...{ externalId: "", version: "", marker: "", number, reference: `Takes back ${document.number}`.trim() },
    ...{ contactId, contactName, currency, fxRate, lineAmounts, net, tax, gross },
    date: day,
    status: "open",
    remaining: gross,
    lines: document.lines.filter(booksSomething).map((line) => withoutDiscount(line, currency)),
  };
}

/** Text between the lines needs no opposite. */
const booksSomething = ({ accountKey, amount }: DocumentLine): boolean =>
  accountKey !== null || amount.minor !== 0n;

/** A line under a discount is one piece at what was left of it: credits take no discount. */
function withoutDiscount(line: DocumentLine, currency: string): DocumentLine {
  const whole = roundToMoney(line.quantity.times(line.unitPrice), currency);
  const isWhole = whole.minor === line.amount.minor;
  return {
    ...line,
    externalId: "",
    ...(isWhole ? {} : { quantity: new Decimal(1), unitPrice: moneyToDecimal(line.amount) }),
  };
}

function oppositeJournal(journal: ManualJournal, day: LocalDate, number: string): ManualJournal {
  return {
    ...journal,
    ...{ externalId: "", version: "", marker: "", reference: "", number },
    narration: `Takes back: ${journal.narration}`,
    date: day,
    status: "open",
    lines: journal.lines.map((line) => ({ ...line, externalId: "", amount: negate(line.amount) })),
  };
}

/** One of the two documents of an allocation; the id is empty while it is not in the ledger. */
export interface AllocatedDocument {
  readonly externalId: string;
  readonly number: string;
}

/** The opposite document set against the record that it takes back, in full. */
export function settleReversed(
  record: AccountingDocument,
  by: AllocatedDocument,
  day: LocalDate,
): CreditAllocation | null {
  const fields = { externalId: "", version: "", date: day, amount: record.gross, marker: "" };
  const sales = (credit: AllocatedDocument, invoice: AllocatedDocument): CreditAllocation => ({
    recordType: "allocation",
    ...fields,
    ...{ creditNoteId: credit.externalId, creditNoteNumber: credit.number },
    ...{ invoiceId: invoice.externalId, invoiceNumber: invoice.number },
  });
  const purchases = (credit: AllocatedDocument, bill: AllocatedDocument): CreditAllocation => ({
    recordType: "supplierAllocation",
    ...fields,
    ...{ supplierCreditId: credit.externalId, supplierCreditNumber: credit.number },
    ...{ billId: bill.externalId, billNumber: bill.number },
  });
  switch (record.recordType) {
    case "invoice":
      return sales(by, record);
    case "creditNote":
      return sales(record, by);
    case "bill":
      return purchases(by, record);
    case "supplierCredit":
      return purchases(record, by);
    default:
      return null;
  }
}

/** The allocation with the opposite document's id in the ledger, which is known once that is posted. */
export function withOpposite(allocation: CreditAllocation, byExternalId: string): CreditAllocation {
  const filled = (id: string): string => (id === "" ? byExternalId : id);
  return allocation.recordType === "allocation"
    ? {
        ...allocation,
        creditNoteId: filled(allocation.creditNoteId),
        invoiceId: filled(allocation.invoiceId),
      }
    : {
        ...allocation,
        supplierCreditId: filled(allocation.supplierCreditId),
        billId: filled(allocation.billId),
      };
}

/** A record that another one took back counts for nothing any more, though the ledger shows it standing. */
export function asTakenBack(record: CanonicalRecord): CanonicalRecord {
  switch (record.recordType) {
    case "invoice":
    case "creditNote":
    case "bill":
    case "supplierCredit":
    case "bankTransaction":
      return { ...record, status: "void" };
    case "manualJournal":
      return { ...record, status: "void" };
    default:
      return record;
  }
}
