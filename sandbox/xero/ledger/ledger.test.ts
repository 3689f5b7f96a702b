import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { Result } from "@/lib/kernel/result";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { createMemoryContext } from "@/sandbox/kit/context";
import { seedXeroOrganisations, TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { add, subtract } from "../amounts";
import type { Books } from "../books";
import { xeroRecords } from "../open-books";
import { XERO_SWITCHES } from "../switches";
import { withUndo } from "../table";
import { removeAllocation, writeAllocation } from "../write/allocations";
import { writeBankTransaction } from "../write/bank-transactions";
import { writeContact } from "../write/contacts";
import { writeCreditNote } from "../write/credit-notes";
import {
  allocationInput,
  bankTransactionInput,
  creditNoteInput,
  invoiceInput,
  paymentInput,
  readElement,
} from "../write/input";
import { writeInvoice } from "../write/invoices";
import { closePayment, writePayment } from "../write/payments";
import { findSystemAccount } from "../write/reference";
import { bankTransferInput, manualJournalInput } from "./input";
import { sumOf } from "./journal";
import type { LedgerEntry } from "./ledger-types";
import { deleteBankTransfer, writeBankTransfer } from "./write-bank-transfers";
import { writeManualJournal } from "./write-manual-journals";

const OPTIONS = { mayUpdate: true, unitDecimals: 4 };
const DAYS = Array.from({ length: 28 }, (_, index) => `2026-05-${String(index + 1).padStart(2, "0")}`);

async function openBooks(): Promise<{ books: Books; contactId: string }> {
  const context = await createMemoryContext(XERO_SWITCHES, {
    clock: createFrozenClock("2026-06-01T09:00:00Z"),
  });
  seedXeroOrganisations(context);
  const books = xeroRecords(context).books(TIDEWATER_TENANT_ID);
  if (books === undefined) throw new Error("Tidewater has books");
  return { books, contactId: kept(writeContact(books, { Name: "Ann" }, { mayUpdate: false })) };
}

function kept(result: Result<string, readonly string[]>): string {
  if (!result.ok) throw new Error(result.error.join(" "));
  return result.value;
}

/** Every account's movement on every day, and nothing else. */
function snapshot(books: Books): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const id of books.ledger.accountIds())
    for (const day of DAYS) {
      const { debitMinor, creditMinor } = books.ledger.movement(id, day, day);
      if (debitMinor !== 0n || creditMinor !== 0n) shown[`${id} ${day}`] = `${debitMinor} ${creditMinor}`;
    }
  return shown;
}

function balanceOf(books: Books, systemAccount: string): bigint {
  return books.ledger.balance(findSystemAccount(books, systemAccount)?.id ?? "", "9999-12-31");
}

function sumOfBalances(books: Books): bigint {
  return books.ledger.accountIds().reduce((sum, id) => sum + books.ledger.balance(id, "9999-12-31"), 0n);
}

interface Operation {
  readonly kind: number;
  readonly pick: number;
  readonly other: number;
  readonly cents: number;
  readonly day: number;
  readonly currency: number;
  readonly takenBack: boolean;
}

const CURRENCIES = [
  { code: "GBP", bank: "090", rate: 1 },
  { code: "EUR", bank: "094", rate: 1.1637 },
  { code: "JPY", bank: "096", rate: 191.37 },
] as const;
const CREDIT_TYPES = [
  "RECEIVE",
  "SPEND",
  "RECEIVE-OVERPAYMENT",
  "SPEND-OVERPAYMENT",
  "RECEIVE-PREPAYMENT",
  "SPEND-PREPAYMENT",
] as const;

function nth<T>(records: Iterable<[string, T]>, index: number): string {
  const ids = [...records].map(([id]) => id);
  return ids.length === 0 ? "none" : (ids[index % ids.length] ?? "none");
}

function moneyOf(operation: Operation): { code: string; bank: string; rate: number; amount: number } {
  const currency = CURRENCIES[operation.currency % CURRENCIES.length] ?? CURRENCIES[0];
  const amount = currency.code === "JPY" ? operation.cents : operation.cents / 100;
  return { ...currency, amount };
}

const documentFields = (contactId: string, operation: Operation, accounts: [string, string]): object => {
  const { code, rate, amount } = moneyOf(operation);
  const [first, second] = accounts;
  const tax = first === "200" ? "OUTPUT2" : "INPUT2";
  return {
    Contact: { ContactID: contactId },
    Date: DAYS[operation.day],
    LineAmountTypes: operation.pick % 2 === 0 ? "Exclusive" : "Inclusive",
    CurrencyCode: code,
    ...(rate === 1 ? {} : { CurrencyRate: rate + operation.other / 1000 }),
    LineItems: [
      { Description: "a", Quantity: 3, UnitAmount: amount, AccountCode: first, TaxType: tax },
      { Description: "b", Quantity: 1, UnitAmount: amount / 7, AccountCode: second, TaxType: tax },
    ],
  };
};

const SALES: [string, string] = ["200", "205"];
const PURCHASES: [string, string] = ["400", "425"];

/** One operation; what the rules refuse changes nothing. */
function run(
  books: Books,
  contactId: string,
  operation: Operation,
): Result<string, readonly string[]> | boolean {
  const { kind, pick, other, day } = operation;
  const { bank, amount, rate } = moneyOf(operation);
  const isSale = other % 2 === 0;
  const accounts = isSale ? SALES : PURCHASES;
  const fields = documentFields(contactId, operation, accounts);
  const on = DAYS[day];
  switch (kind) {
    case 0: {
      const element = { ...fields, Type: isSale ? "ACCREC" : "ACCPAY", Status: "AUTHORISED", DueDate: on };
      return writeInvoice(books, readElement(element, invoiceInput), OPTIONS);
    }
    case 1: {
      const element = { ...fields, Type: isSale ? "ACCRECCREDIT" : "ACCPAYCREDIT", Status: "AUTHORISED" };
      return writeCreditNote(books, readElement(element, creditNoteInput), OPTIONS);
    }
    case 2: {
      const Type = CREDIT_TYPES[other % CREDIT_TYPES.length];
      const received = Type?.startsWith("RECEIVE") === true;
      const lines = received
        ? documentFields(contactId, operation, SALES)
        : documentFields(contactId, operation, PURCHASES);
      const over = { LineItems: [{ Description: "over", LineAmount: amount }] };
      const element = {
        ...lines,
        ...(Type?.endsWith("OVERPAYMENT") === true ? over : {}),
        Type,
        BankAccount: { Code: bank },
      };
      return writeBankTransaction(books, readElement(element, bankTransactionInput), OPTIONS);
    }
    case 3:
    case 4: {
      const invoice = books.invoices.get(nth(books.invoices.heads(), pick));
      const due = Number(invoice?.amountDue ?? 0);
      const scale = invoice?.currency === "JPY" ? 0 : 2;
      const element = {
        Invoice: { InvoiceID: invoice?.id },
        Account: { Code: other % 2 === 0 ? "090" : bank },
        Date: on,
        Amount: kind === 3 ? due : Number((due / 3).toFixed(scale)),
        ...(rate === 1 ? {} : { CurrencyRate: rate * 1.07 }),
      };
      return writePayment(books, readElement(element, paymentInput));
    }
    case 5:
      return closePayment(books, nth(books.payments.heads(), pick), "DELETED");
    case 6: {
      const credits = [
        { kind: "creditNote", table: books.creditNotes },
        { kind: "overpayment", table: books.overpayments },
        { kind: "prepayment", table: books.prepayments },
      ] as const;
      const chosen = credits[other % credits.length] ?? credits[0];
      const source = { kind: chosen.kind, id: nth<unknown>(chosen.table.heads(), pick) };
      const invoice = books.invoices.get(nth(books.invoices.heads(), other));
      const left = Number(chosen.table.head(source.id)?.remainingCredit ?? 0);
      const scale = invoice?.currency === "JPY" ? 0 : 2;
      const asked =
        other % 3 === 0 ? left : Math.min(left, Number((Number(invoice?.amountDue ?? 0) / 2).toFixed(scale)));
      const element = { Invoice: { InvoiceID: invoice?.id }, Amount: asked, Date: on };
      return writeAllocation(books, source, readElement(element, allocationInput));
    }
    case 7: {
      const id = nth(books.allocations.heads(), pick);
      const source = books.allocations.get(id)?.source;
      if (source === undefined) return false;
      const removed = removeAllocation(books, source, id);
      return removed.ok && removed.value;
    }
    case 8: {
      const element = { InvoiceID: nth(books.invoices.heads(), pick), Status: "VOIDED" };
      return writeInvoice(books, readElement(element, invoiceInput), OPTIONS);
    }
    case 9: {
      const element = { CreditNoteID: nth(books.creditNotes.heads(), pick), Status: "VOIDED" };
      return writeCreditNote(books, readElement(element, creditNoteInput), OPTIONS);
    }
    case 10: {
      const element = { BankTransactionID: nth(books.bankTransactions.heads(), pick), Status: "DELETED" };
      return writeBankTransaction(books, readElement(element, bankTransactionInput), OPTIONS);
    }
    case 11: {
      const element = {
        FromBankAccount: { Code: bank },
        ToBankAccount: { Code: "092" },
        Amount: amount,
        Date: on,
      };
      return writeBankTransfer(books, readElement(element, bankTransferInput));
    }
    case 12:
      return deleteBankTransfer(books, nth(books.bankTransfers.heads(), pick), "DELETED");
    case 13: {
      const element = {
        Narration: "Moved",
        Date: on,
        Status: "POSTED",
        LineAmountTypes: other % 2 === 0 ? "NoTax" : "Exclusive",
        JournalLines: [
          { LineAmount: operation.cents, AccountCode: "400" },
          { LineAmount: -operation.cents, AccountCode: "425" },
        ],
      };
      return writeManualJournal(books, readElement(element, manualJournalInput), OPTIONS);
    }
    case 14: {
      const element = { ManualJournalID: nth(books.manualJournals.heads(), pick), Status: "VOIDED" };
      return writeManualJournal(books, readElement(element, manualJournalInput), OPTIONS);
    }
    default: {
      const id = nth(books.invoices.heads(), pick);
      const lines = {
        LineItems: [{ Description: "changed", Quantity: 1, UnitAmount: amount, AccountCode: accounts[0] }],
      };
      return writeInvoice(books, readElement({ InvoiceID: id, ...lines }, invoiceInput), OPTIONS);
    }
  }
}

const operations = fc.array(
  fc.record({
    kind: fc.nat(15),
    pick: fc.nat(50),
    other: fc.nat(50),
    cents: fc.integer({ min: 1, max: 99_999 }),
    day: fc.nat(27),
    currency: fc.nat(2),
    takenBack: fc.boolean(),
  }),
  { minLength: 5, maxLength: 40 },
);

function runAll(books: Books, contactId: string, asked: readonly Operation[]): void {
  for (const operation of asked)
    withUndo(
      books.undo,
      () => run(books, contactId, operation),
      (outcome) => !operation.takenBack && (typeof outcome === "boolean" ? outcome : outcome.ok),
    );
}

function* entriesOf(books: Books): Iterable<LedgerEntry> {
  for (const [id] of books.invoices.heads()) {
    const record = books.invoices.get(id);
    if (record !== undefined) yield { kind: "invoice", record };
  }
  for (const [id] of books.payments.heads()) {
    const record = books.payments.get(id);
    if (record !== undefined) yield { kind: "payment", record };
  }
  for (const [id] of books.allocations.heads()) {
    const record = books.allocations.get(id);
    if (record !== undefined) yield { kind: "allocation", record };
  }
  for (const [id] of books.bankTransactions.heads()) {
    const record = books.bankTransactions.get(id);
    if (record !== undefined) yield { kind: "bankTransaction", record };
  }
}

describe("the ledger", () => {
  it("after any writes, also those taken back, holds what the documents derive, and its debits are its credits", async () => {
    await fc.assert(
      fc.asyncProperty(operations, async (asked) => {
        const { books, contactId } = await openBooks();
        expect(books.ledger.accountIds()).toEqual([]);
        runAll(books, contactId, asked);
        const kept = snapshot(books);
        expect(sumOfBalances(books)).toBe(0n);
        books.ledger.forget();
        expect(snapshot(books)).toEqual(kept);
        for (const entry of entriesOf(books))
          for (const journal of books.ledger.journalsOf(entry)) expect(sumOf(journal.lines)).toBe(0n);
      }),
      { numRuns: 60 },
    );
  });

  it("and the balances of documents are what their payments and allocations say", async () => {
    await fc.assert(
      fc.asyncProperty(operations, async (asked) => {
        const { books, contactId } = await openBooks();
        runAll(books, contactId, asked);
        for (const [id, head] of books.invoices.heads()) {
          const paid = [...books.payments.heads()].filter(
            ([, payment]) => payment.targetId === id && payment.status === "AUTHORISED",
          );
          const credited = [...books.allocations.heads()].filter(([, { invoiceId }]) => invoiceId === id);
          expect(head.amountPaid).toBe(add(...paid.map(([, { amount }]) => amount)));
          expect(head.amountCredited).toBe(add(...credited.map(([, { amount }]) => amount)));
          const due = subtract(head.total, head.amountPaid, head.amountCredited);
          expect(head.amountDue).toBe(head.status === "VOIDED" ? "0" : due);
          expect(head.status === "PAID").toBe(head.status !== "VOIDED" && due === "0");
        }
      }),
      { numRuns: 30 },
    );
  });

  it("clears the control accounts to nothing once everything in every currency is settled", async () => {
    await fc.assert(
      fc.asyncProperty(operations, async (asked) => {
        const { books, contactId } = await openBooks();
        books.ledger.accountIds();
        runAll(
          books,
          contactId,
          asked.map((operation) => ({
            ...operation,
            kind: operation.kind % 5 === 2 ? 0 : operation.kind % 5,
          })),
        );
        settleAll(books);
        expect(balanceOf(books, "DEBTORS")).toBe(0n);
        expect(balanceOf(books, "CREDITORS")).toBe(0n);
      }),
      { numRuns: 30 },
    );
  });
});

function settleAll(books: Books): void {
  const money = { Account: { Code: "090" }, Date: "2026-05-28" };
  for (const [id, head] of [...books.invoices.heads()])
    if (head.status === "AUTHORISED")
      kept(
        writePayment(
          books,
          readElement({ ...money, Invoice: { InvoiceID: id }, Amount: head.amountDue }, paymentInput),
        ),
      );
  for (const [id, head] of [...books.creditNotes.heads()])
    if (head.status === "AUTHORISED")
      kept(
        writePayment(
          books,
          readElement(
            { ...money, CreditNote: { CreditNoteID: id }, Amount: head.remainingCredit },
            paymentInput,
          ),
        ),
      );
}

describe("postings", () => {
  let books: Books;
  let contactId: string;
  beforeEach(async () => {
    ({ books, contactId } = await openBooks());
  });

  const linesOf = (entry: LedgerEntry): string[] =>
    books.ledger
      .journalsOf(entry)
      .flatMap(({ day, lines }) =>
        lines.map(
          ({ accountId, amountMinor }) => `${day} ${books.accounts.head(accountId)?.code} ${amountMinor}`,
        ),
      );
  const invoiceOf = (id: string): LedgerEntry => {
    const record = books.invoices.get(id);
    if (record === undefined) throw new Error("the invoice was made");
    return { kind: "invoice", record };
  };
  const euroInvoice = (fields: object = {}): string =>
    kept(
      writeInvoice(
        books,
        readElement(
          {
            Type: "ACCREC",
            Status: "AUTHORISED",
            Contact: { ContactID: contactId },
            Date: "2026-05-10",
            DueDate: "2026-05-20",
            CurrencyCode: "EUR",
            CurrencyRate: 1.25,
            LineItems: [
              { Description: "x", Quantity: 1, UnitAmount: 100, AccountCode: "200", TaxType: "OUTPUT2" },
            ],
            ...fields,
          },
          invoiceInput,
        ),
        OPTIONS,
      ),
    );

  it("of a sales invoice debit what is owed and credit sales and VAT, in the base currency", () => {
    expect(linesOf(invoiceOf(euroInvoice()))).toEqual([
      "2026-05-10 610 9600",
      "2026-05-10 200 -8000",
      "2026-05-10 820 -1600",
    ]);
  });

  it("of drafts and of voided documents are none", () => {
    expect(linesOf(invoiceOf(euroInvoice({ Status: "DRAFT" })))).toEqual([]);
    const id = euroInvoice();
    kept(writeInvoice(books, readElement({ InvoiceID: id, Status: "VOIDED" }, invoiceInput), OPTIONS));
    expect(linesOf(invoiceOf(id))).toEqual([]);
    expect(books.ledger.accountIds()).toEqual([]);
  });

  it("of a payment at another rate realise the difference as a currency gain", () => {
    const id = euroInvoice();
    const paymentId = kept(
      writePayment(
        books,
        readElement(
          {
            Invoice: { InvoiceID: id },
            Account: { Code: "094" },
            Date: "2026-05-21",
            Amount: 120,
            CurrencyRate: 1.2,
          },
          paymentInput,
        ),
      ),
    );
    const record = books.payments.get(paymentId);
    if (record === undefined) throw new Error("the payment was made");
    expect(linesOf({ kind: "payment", record })).toEqual([
      "2026-05-21 094 10000",
      "2026-05-21 610 -9600",
      "2026-05-21 499 -400",
    ]);
    expect(balanceOf(books, "REALISEDCURRENCYGAIN")).toBe(-400n);
    closePayment(books, paymentId, "DELETED");
    expect(balanceOf(books, "REALISEDCURRENCYGAIN")).toBe(0n);
    expect(balanceOf(books, "DEBTORS")).toBe(9600n);
  });

  it("leave a line that rounding cannot balance to the Rounding account", () => {
    const unit = { Quantity: 1, UnitAmount: 0.03, AccountCode: "200", TaxType: "NONE" };
    const id = euroInvoice({
      CurrencyRate: 2,
      LineItems: [
        { Description: "a", ...unit },
        { Description: "b", ...unit },
      ],
    });
    expect(linesOf(invoiceOf(id))).toEqual([
      "2026-05-10 610 3",
      "2026-05-10 200 -2",
      "2026-05-10 200 -2",
      "2026-05-10 860 1",
    ]);
  });

  it("of an allocated prepayment turn its own lines round against what is owed", () => {
    const transactionId = kept(
      writeBankTransaction(
        books,
        readElement(
          {
            Type: "RECEIVE-PREPAYMENT",
            Contact: { ContactID: contactId },
            BankAccount: { Code: "090" },
            Date: "2026-05-11",
            LineItems: [
              { Description: "x", Quantity: 1, UnitAmount: 100, AccountCode: "205", TaxType: "OUTPUT2" },
            ],
          },
          bankTransactionInput,
        ),
        OPTIONS,
      ),
    );
    const creditId = books.bankTransactions.get(transactionId)?.creditId ?? "";
    const invoiceId = euroInvoice({ CurrencyCode: "GBP", CurrencyRate: undefined });
    const element = { Invoice: { InvoiceID: invoiceId }, Amount: 60, Date: "2026-05-12" };
    const source = { kind: "prepayment", id: creditId } as const;
    const record = books.allocations.get(
      kept(writeAllocation(books, source, readElement(element, allocationInput))),
    );
    if (record === undefined) throw new Error("the allocation was made");
    expect(linesOf({ kind: "allocation", record })).toEqual([
      "2026-05-12 205 5000",
      "2026-05-12 820 1000",
      "2026-05-12 610 -6000",
    ]);
  });
});
