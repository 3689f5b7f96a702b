/**
 * Writes the loaded documents with what was paid and credited already in them, so that each costs the store
 * one write, and the payments beside them.
 */
import { Decimal, decimalText } from "@/lib/kernel/decimal";
import type { Books } from "@/sandbox/zoho/books/open-books";
import type { StoredDocument } from "@/sandbox/zoho/books/records";
import { laterOf } from "@/sandbox/zoho/books/settle";
import type { CreditAllocation, DocumentOutline } from "./allocate-credits";
import { type DerivedPayment, dateAfter } from "./derive-payments";

const DUE_DAYS = 30;

/** "2010-12-01 08:26:00" is taken as UTC: in winter that is London, and nothing depends on the hour. */
export const instantOf = (time: string): string => `${time.replace(" ", "T")}Z`;

/** Writes all documents and payments. The documents' lines are in the store already. */
export function writeDocuments(
  books: Books,
  outlines: readonly DocumentOutline[],
  documents: ReadonlyMap<string, StoredDocument>,
  allocations: readonly CreditAllocation[],
  payments: readonly DerivedPayment[],
  bankAccountId: string,
): void {
  const settled = new Map<string, Settlement>();
  const of = (id: string): Settlement => {
    const found = settled.get(id) ?? {
      paid: ZERO,
      credited: ZERO,
      paymentIds: [],
      creditNoteIds: [],
      credits: [],
      last: "",
    };
    settled.set(id, found);
    return found;
  };
  for (const { creditNoteId, invoiceId, amount, date } of allocations) {
    const invoice = of(invoiceId);
    invoice.credited = invoice.credited.plus(amount);
    invoice.creditNoteIds.push(creditNoteId);
    invoice.last = laterOf(invoice.last, date);
    of(creditNoteId).credits.push({ id: books.nextId(), invoiceId, amount: decimalText(amount), date });
  }
  for (const payment of payments) writePayment(books, payment, bankAccountId, of);
  for (const { id, kind, time } of outlines) {
    const document = documents.get(id);
    if (document === undefined) continue;
    const { paid, credited, paymentIds, creditNoteIds, credits, last } = of(id);
    const modified =
      last === "" ? document.modified : laterOf(document.modified, instantOf(`${last} 17:00:00`));
    if (kind === "creditNote") books.creditNotes.put(id, { ...document, modified, state: "open", credits });
    else
      books.invoices.put(id, {
        ...document,
        modified,
        dueDate: dateAfter(time, DUE_DAYS),
        state: "sent",
        paymentTerms: DUE_DAYS,
        paid: decimalText(paid),
        credited: decimalText(credited),
        writtenOff: "0",
        paymentIds,
        creditNoteIds,
        lastPaymentDate: paymentIds.length === 0 ? "" : last,
      });
  }
}

const ZERO = new Decimal(0);

interface Settlement {
  paid: Decimal;
  credited: Decimal;
  paymentIds: string[];
  creditNoteIds: string[];
  credits: { id: string; invoiceId: string; amount: string; date: string }[];
  /** Date of the newest payment or credit. */
  last: string;
}

function writePayment(
  books: Books,
  payment: DerivedPayment,
  accountId: string,
  of: (invoiceId: string) => Settlement,
): void {
  const id = books.nextId();
  const created = instantOf(`${payment.date} 17:00:00`);
  for (const { invoiceId, amount } of payment.applied) {
    const invoice = of(invoiceId);
    invoice.paid = invoice.paid.plus(amount);
    invoice.paymentIds.push(id);
    invoice.last = laterOf(invoice.last, payment.date);
  }
  books.payments.put(id, {
    number: payment.number,
    customerId: payment.customerId,
    date: payment.date,
    mode: "banktransfer",
    amount: decimalText(payment.amount),
    bankCharges: "0",
    currencyCode: "GBP",
    exchangeRate: "1",
    reference: payment.number,
    description: "",
    accountId,
    applied: payment.applied.map(({ invoiceId, amount }) => ({
      id: books.nextId(),
      invoiceId,
      amount: decimalText(amount),
    })),
    created,
    modified: created,
  });
}
