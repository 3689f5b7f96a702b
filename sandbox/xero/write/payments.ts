/**
 * Payments of invoices, and refunds of credits: made once, never changed, only deleted. Balances and
 * statuses of what was paid follow at once.
 */
import { decimal, decimalText } from "@/lib/kernel/decimal";
import { err, ok, type Result } from "@/lib/kernel/result";
import { compare, scaleOf, toBase, ZERO } from "../amounts";
import type { Books } from "../books";
import { dayOf } from "../dates";
import type { Account, Payment, PaymentTarget } from "../records";
import { markUsed } from "../settings/usage";
import { rebalance } from "./balances";
import { findCreditNoteByNumber } from "./credit-notes";
import type { PaymentInput } from "./input";
import { findInvoiceByNumber } from "./invoices";
import { findAccount, lockedOn, rateFor } from "./reference";

const REFERENCE_CHARACTERS_MAX = 255;
/** Enough for the bank amount to come out again to the cent. */
const RATE_DECIMALS = 10;

/** What a payment looks at in the document that it settles. */
interface Payable {
  readonly target: PaymentTarget;
  readonly isApproved: boolean;
  readonly left: string;
  readonly currency: string;
  readonly currencyRate: string;
}

/** Makes one payment, of a batch when it belongs to one; answers its id. */
export function writePayment(
  books: Books,
  input: PaymentInput,
  batchId?: string,
): Result<string, readonly string[]> {
  if (input.PaymentID) return closePayment(books, input.PaymentID.toLowerCase(), input.Status);
  const payable = findPayable(books, input);
  if (payable === null) return err(["The document to be paid could not be found."]);
  const amount = input.Amount ?? ZERO;
  const date = input.Date ?? dayOf(books.now());
  const account = findAccount(books, {
    Code: input.Account?.Code ?? input.Code,
    AccountID: input.Account?.AccountID,
  });
  const problems = [
    ...accountProblems(books, account, payable),
    ...amountProblems(amount, payable),
    ...referenceProblems(input.Reference),
  ];
  const locked = lockedOn(books, date);
  if (locked !== null) problems.push(locked);
  const asked = input.CurrencyRate ?? rateByBank(books, input, payable, account);
  const rate = rateFor(books, payable.currency, asked ?? payable.currencyRate);
  if (!rate.ok) problems.push(rate.error);
  if (problems.length > 0 || account === undefined || !rate.ok) return err(problems);
  const now = books.now();
  const payment: Payment = {
    id: books.newId(),
    createdMs: now,
    updatedMs: now,
    target: payable.target,
    accountId: account.id,
    date,
    amount,
    bankAmount: bankAmount(books, amount, rate.value, account),
    currencyRate: rate.value,
    reference: input.Reference || null,
    status: "AUTHORISED",
    isReconciled: input.IsReconciled ?? false,
    ...(batchId === undefined ? {} : { batchId }),
  };
  markUsed(books, account.id);
  books.payments.put(payment);
  rebalance(books, payable.target);
  return ok(payment.id);
}

/** POST /Payments/{id} {Status: DELETED}; answers the id. */
export function closePayment(
  books: Books,
  id: string,
  status: string | null | undefined,
): Result<string, readonly string[]> {
  const before = books.payments.get(id);
  if (before === undefined) return err(["The payment specified could not be found."]);
  if (status?.toUpperCase() !== "DELETED") return err(["Payments cannot be changed, only deleted."]);
  if (before.status === "DELETED") return err(["This payment has already been deleted."]);
  if (before.batchId !== undefined)
    return err(["This payment is part of a batch payment and can only be deleted with it."]);
  return reversePayment(books, id);
}

/** Deletes a payment, of a batch or not, and opens what it settled; answers the id. */
export function reversePayment(books: Books, id: string): Result<string, readonly string[]> {
  const before = books.payments.get(id);
  if (before === undefined) return err(["The payment specified could not be found."]);
  const locked = lockedOn(books, before.date);
  if (locked !== null) return err([locked]);
  books.payments.put({ ...before, status: "DELETED", updatedMs: books.now() });
  rebalance(books, before.target);
  return ok(id);
}

function findPayable(books: Books, input: PaymentInput): Payable | null {
  const invoiceNumber = input.Invoice?.InvoiceNumber ?? input.InvoiceNumber;
  const invoiceId =
    input.Invoice?.InvoiceID?.toLowerCase() ??
    (invoiceNumber ? findInvoiceByNumber(books, invoiceNumber) : undefined);
  if (invoiceId !== undefined) return invoicePayable(books, invoiceId);
  const noteNumber = input.CreditNote?.CreditNoteNumber ?? input.CreditNoteNumber;
  const noteId =
    input.CreditNote?.CreditNoteID?.toLowerCase() ??
    (noteNumber ? findCreditNoteByNumber(books, noteNumber) : undefined);
  if (noteId !== undefined) return notePayable(books, noteId);
  if (input.Overpayment?.OverpaymentID)
    return creditPayable(books, "overpayment", input.Overpayment.OverpaymentID.toLowerCase());
  if (input.Prepayment?.PrepaymentID)
    return creditPayable(books, "prepayment", input.Prepayment.PrepaymentID.toLowerCase());
  return null;
}

function invoicePayable(books: Books, id: string): Payable | null {
  const invoice = books.invoices.get(id);
  if (invoice === undefined) return null;
  return {
    target: { kind: "invoice", id },
    isApproved: invoice.status === "AUTHORISED" || invoice.status === "PAID",
    left: invoice.amountDue,
    currency: invoice.currency,
    currencyRate: invoice.currencyRate,
  };
}

function notePayable(books: Books, id: string): Payable | null {
  const note = books.creditNotes.get(id);
  if (note === undefined) return null;
  return {
    target: { kind: "creditNote", id },
    isApproved: note.status === "AUTHORISED" || note.status === "PAID",
    left: note.remainingCredit,
    currency: note.currency,
    currencyRate: note.currencyRate,
  };
}

function creditPayable(books: Books, kind: "overpayment" | "prepayment", id: string): Payable | null {
  const credit = (kind === "overpayment" ? books.overpayments : books.prepayments).get(id);
  if (credit === undefined) return null;
  return {
    target: { kind, id },
    isApproved: credit.status !== "VOIDED",
    left: credit.remainingCredit,
    currency: credit.currency,
    currencyRate: credit.currencyRate,
  };
}

function accountProblems(books: Books, account: Account | undefined, payable: Payable): string[] {
  if (account === undefined || account.status !== "ACTIVE")
    return ["The account to be paid into or from could not be found, or is archived."];
  if (account.type !== "BANK" && !account.enablePaymentsToAccount)
    return ["Payments can only be made to a bank account or an account that has payments enabled."];
  const base = books.organisation().baseCurrency;
  if (account.currency !== null && account.currency !== payable.currency && account.currency !== base)
    return [
      `The currency of the account (${account.currency}) must be the document's (${payable.currency}) or the base currency.`,
    ];
  return [];
}

function amountProblems(amount: string, payable: Payable): string[] {
  if (!payable.isApproved) return ["Payments can only be made against Authorised documents"];
  if (compare(amount, ZERO) <= 0) return ["The payment amount must be greater than 0."];
  if (decimalsOf(amount) > scaleOf(payable.currency))
    return [`The payment amount has more decimals than ${payable.currency} has.`];
  if (compare(amount, payable.left) > 0)
    return ["Payment amount exceeds the amount outstanding on this document"];
  return [];
}

function decimalsOf(amount: string): number {
  return amount.split(".")[1]?.length ?? 0;
}

function referenceProblems(reference: string | null | undefined): string[] {
  return (reference ?? "").length > REFERENCE_CHARACTERS_MAX
    ? [`Reference must be at most ${REFERENCE_CHARACTERS_MAX} characters.`]
    : [];
}

/** The rate at which a foreign document was paid out of the base currency; only the two amounts tell it. */
function rateByBank(
  books: Books,
  { Amount, BankAmount }: PaymentInput,
  payable: Payable,
  account: Account | undefined,
): string | undefined {
  if (Amount == null || BankAmount == null || compare(BankAmount, ZERO) <= 0) return undefined;
  const { baseCurrency } = books.organisation();
  const isConverted =
    payable.currency !== baseCurrency && (account?.currency ?? baseCurrency) === baseCurrency;
  return isConverted
    ? decimalText(decimal(Amount).div(decimal(BankAmount)).toDecimalPlaces(RATE_DECIMALS))
    : undefined;
}

/** The amount in the account's own currency. */
function bankAmount(books: Books, amount: string, rate: string, account: Account): string {
  const base = books.organisation().baseCurrency;
  const isForeignAccount = account.currency !== null && account.currency !== base;
  return isForeignAccount || rate === "1" ? amount : toBase(amount, rate, scaleOf(base));
}
