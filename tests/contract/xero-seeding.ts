import { invariant } from "@/lib/kernel/invariant";
import type { Result } from "@/lib/kernel/result";
import type { Books } from "@/sandbox/xero/books";
import { manualJournalInput } from "@/sandbox/xero/ledger/input";
import { writeManualJournal } from "@/sandbox/xero/ledger/write-manual-journals";
import { purchaseOrderInput, writePurchaseOrder } from "@/sandbox/xero/purchase-orders/write-order";
import { writeAllocation } from "@/sandbox/xero/write/allocations";
import { writeBankTransaction } from "@/sandbox/xero/write/bank-transactions";
import { writeContact } from "@/sandbox/xero/write/contacts";
import { writeCreditNote } from "@/sandbox/xero/write/credit-notes";
import {
  allocationInput,
  bankTransactionInput,
  contactInput,
  creditNoteInput,
  invoiceInput,
  itemInput,
  paymentInput,
  readElement,
} from "@/sandbox/xero/write/input";
import { writeInvoice } from "@/sandbox/xero/write/invoices";
import { writeItem } from "@/sandbox/xero/write/items";
import { writePayment } from "@/sandbox/xero/write/payments";

/** Records put into the simulated Xero by its own rules, as a person there would type them. Each gives its id. */

const CREATING = { mayUpdate: false, unitDecimals: 4 };
/** More than a page of each. */
const CONTACTS = 12;
const DOCUMENTS = 12;
const RECEIPTS = 12;
const PURCHASES = 7;

export const typeContact = (books: Books, contact: object): string =>
  kept(writeContact(books, readElement(contact, contactInput), { mayUpdate: false }));

export const typeItem = (books: Books, item: object): string =>
  kept(writeItem(books, readElement(item, itemInput), CREATING));

/** An approved invoice of 120.00 (100.00 and 20 %). */
export const typeInvoice = (books: Books, invoice: object = {}): string =>
  kept(
    writeInvoice(
      books,
      readElement(
        { Type: "ACCREC", DueDate: "2026-06-30", ...documentFields(books), ...invoice },
        invoiceInput,
      ),
      CREATING,
    ),
  );

/** An approved credit note of 120.00. */
export const typeCreditNote = (books: Books, note: object = {}): string =>
  kept(
    writeCreditNote(
      books,
      readElement({ Type: "ACCRECCREDIT", ...documentFields(books), ...note }, creditNoteInput),
      CREATING,
    ),
  );

/** An approved bill of 120.00 with a number of its own. */
export const typeBill = (books: Books, bill: object = {}): string =>
  typeInvoice(books, {
    Type: "ACCPAY",
    InvoiceNumber: `B-${books.invoices.size + 1}`,
    ...purchased(),
    ...bill,
  });

/** An approved credit of a supplier, of 120.00. */
export const typeSupplierCredit = (books: Books, credit: object = {}): string =>
  typeCreditNote(books, {
    Type: "ACCPAYCREDIT",
    CreditNoteNumber: `SC-${books.creditNotes.size + 1}`,
    ...purchased(),
    ...credit,
  });

/** An approved order of 120.00. */
export const typeOrder = (books: Books, order: object = {}): string =>
  kept(
    writePurchaseOrder(
      books,
      readElement({ ...documentFields(books), ...purchased(), ...order }, purchaseOrderInput),
      CREATING,
    ),
  );

/** 120.00 spent from the bank account. */
export const typeBankTransaction = (books: Books, transaction: object = {}): string =>
  kept(
    writeBankTransaction(
      books,
      readElement(
        {
          Type: "SPEND",
          BankAccount: { Code: "090" },
          ...documentFields(books),
          Status: "AUTHORISED",
          ...purchased(),
          ...transaction,
        },
        bankTransactionInput,
      ),
      CREATING,
    ),
  );

/** A posted journal of 10.00 from one expense to another, without tax. */
export const typeJournal = (books: Books, journal: object = {}): string =>
  kept(
    writeManualJournal(
      books,
      readElement(
        {
          Narration: "Rent of June, moved",
          Date: "2026-06-14",
          Status: "POSTED",
          JournalLines: [
            { LineAmount: 10, AccountCode: "469" },
            { LineAmount: -10, AccountCode: "429" },
          ],
          ...journal,
        },
        manualJournalInput,
      ),
      CREATING,
    ),
  );

export const typePayment = (books: Books, invoiceId: string, amount: string): string =>
  kept(
    writePayment(
      books,
      readElement(
        { Invoice: { InvoiceID: invoiceId }, Account: { Code: "090" }, Date: "2026-06-10", Amount: amount },
        paymentInput,
      ),
    ),
  );

export const typeOverpayment = (books: Books, amount: string, type = "RECEIVE-OVERPAYMENT"): string =>
  kept(
    writeBankTransaction(
      books,
      readElement(
        {
          Type: type,
          Contact: { ContactID: firstContact(books) },
          BankAccount: { Code: "090" },
          Date: "2026-06-11",
          LineItems: [{ Description: "Paid twice", LineAmount: amount }],
        },
        bankTransactionInput,
      ),
      CREATING,
    ),
  );

export const typeAllocation = (books: Books, noteId: string, invoiceId: string, amount: string): string =>
  kept(
    writeAllocation(
      books,
      { kind: "creditNote", id: noteId },
      readElement({ Invoice: { InvoiceID: invoiceId }, Amount: amount, Date: "2026-06-12" }, allocationInput),
    ),
  );

export function firstContact(books: Books): string {
  for (const [id] of books.contacts.heads()) return id;
  return typeContact(books, { Name: "Ada Lovelace" });
}

function documentFields(books: Books) {
  return {
    Contact: { ContactID: firstContact(books) },
    Date: "2026-06-01",
    Status: "AUTHORISED",
    LineAmountTypes: "Exclusive",
    LineItems: [
      { Description: "Goods", Quantity: 1, UnitAmount: 100, AccountCode: "200", TaxType: "OUTPUT2" },
    ],
  };
}

const RECEIVED = {
  Type: "RECEIVE",
  LineItems: [{ Description: "Interest", Quantity: 1, UnitAmount: 3, AccountCode: "270", TaxType: "NONE" }],
};

const purchased = () => ({
  LineItems: [{ Description: "Paper", Quantity: 1, UnitAmount: 100, AccountCode: "429", TaxType: "INPUT2" }],
});

/** More than a page of every type that Xero gives in pages. */
export function seedXeroBooks(books: Books): void {
  for (let index = 1; index <= CONTACTS; index += 1) typeContact(books, { Name: `Customer ${index}` });
  for (let index = 1; index <= 3; index += 1)
    typeItem(books, { Code: `SKU-${index}`, Name: `Item ${index}` });
  const invoices = Array.from({ length: DOCUMENTS }, () => typeInvoice(books));
  for (let index = 0; index < DOCUMENTS; index += 1) {
    const note = typeCreditNote(books);
    if (index % 5 === 0) typeAllocation(books, note, invoices[index] ?? "", "5");
  }
  for (let index = 0; index < RECEIPTS; index += 1) {
    typePayment(books, invoices[index % DOCUMENTS] ?? "", "1");
    typeOverpayment(books, String(index + 1));
  }
  seedPurchases(books);
}

function seedPurchases(books: Books): void {
  const bills = Array.from({ length: PURCHASES }, () => typeBill(books));
  for (let index = 0; index < PURCHASES; index += 1) {
    const credit = typeSupplierCredit(books);
    if (index % 5 === 0) typeAllocation(books, credit, bills[index] ?? "", "5");
    typePayment(books, bills[index] ?? "", "1");
    typeOverpayment(books, String(index + 1), "SPEND-OVERPAYMENT");
    typeOrder(books);
    typeBankTransaction(books, index % 2 === 0 ? {} : RECEIVED);
    typeJournal(books);
  }
}

function kept(result: Result<string, readonly string[]>): string {
  invariant(result.ok, `the simulator refused a seed: ${result.ok ? "" : result.error.join(" ")}`);
  return result.value;
}
