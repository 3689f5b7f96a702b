/**
 * Money received or spent without an invoice. An overpayment or prepayment is made this way as well: the
 * transaction brings forth a credit of its own id, which is then allocated or refunded.
 */
import { err, ok, type Result } from "@/lib/kernel/result";
import { compare, documentTotals, lineAmount, scaleOf, ZERO } from "../amounts";
import type { Books } from "../books";
import { mayGoBelowZero, NO_STOCK_CHANGE, stockChange, stockHolds } from "../ledger/stock";
import type { BankTransaction, UnappliedCredit } from "../records";
import { markUsed } from "../settings/usage";
import { composeDocument, totalProblems } from "./document";
import type { BankTransactionInput, LineInput } from "./input";
import type { WriteOptions } from "./invoices";
import { findAccount, findSystemAccount, lockedOn, untaxedType } from "./reference";

const TYPES = [
  "RECEIVE",
  "SPEND",
  "RECEIVE-OVERPAYMENT",
  "SPEND-OVERPAYMENT",
  "RECEIVE-PREPAYMENT",
  "SPEND-PREPAYMENT",
] as const;

/** Creates (PUT) or creates or updates (POST) one bank transaction; answers its id. */
export function writeBankTransaction(
  books: Books,
  input: BankTransactionInput,
  options: WriteOptions,
): Result<string, readonly string[]> {
  const asked = options.mayUpdate ? (options.id ?? input.BankTransactionID?.toLowerCase()) : undefined;
  const before = asked === undefined ? null : books.bankTransactions.get(asked);
  if (before === undefined) return err(["The bank transaction specified could not be found."]);
  if (before !== null && before.status === "DELETED") return err(["This transaction has been deleted."]);
  if (input.Status?.toUpperCase() === "DELETED")
    return before === null ? err(["A new transaction cannot be deleted."]) : deleteTransaction(books, before);
  const type = TYPES.find((known) => known === (input.Type?.toUpperCase() ?? before?.type));
  if (type === undefined) return err(["Bank transaction type is not valid."]);
  if (before !== null && type !== before.type) return err(["The type of a document cannot be changed."]);
  if (before !== null && before.creditId !== null)
    return err(["An overpayment or prepayment cannot be changed through its bank transaction."]);
  return keepTransaction(books, input, before, type, options.unitDecimals);
}

function keepTransaction(
  books: Books,
  input: BankTransactionInput,
  before: BankTransaction | null,
  type: BankTransaction["type"],
  unitDecimals: number,
): Result<string, readonly string[]> {
  const account =
    input.BankAccount == null && before !== null
      ? books.accounts.head(before.bankAccountId)
      : findAccount(books, input.BankAccount ?? {});
  if (account === undefined || account.type !== "BANK" || account.status !== "ACTIVE")
    return err(["Bank account could not be found, or is archived."]);
  const isOverpayment = type.endsWith("OVERPAYMENT");
  const lines = isOverpayment ? overpaymentLines(books, input.LineItems ?? [], type) : ok([]);
  if (!lines.ok) return err([lines.error]);
  const composed = composeDocument(
    books,
    isOverpayment ? { ...input, LineItems: null, SubTotal: null, TotalTax: null, Total: null } : input,
    before,
    {
      side: type.startsWith("RECEIVE") ? "sales" : "purchases",
      discountsAllowed: false,
      complete: !isOverpayment,
      unitDecimals,
      currency: account.currency ?? books.organisation().baseCurrency,
      types: isOverpayment ? "NoTax" : undefined,
    },
  );
  const core = isOverpayment ? withControlLines(books, composed.core, lines.value, type) : composed.core;
  const problems = [...composed.problems, ...(isOverpayment ? totalProblems(input, core) : [])];
  if (problems.length === 0 && compare(core.total, ZERO) <= 0)
    problems.push("The total of a bank transaction must be greater than 0.");
  const locked = lockedOn(books, core.date) ?? (before === null ? null : lockedOn(books, before.date));
  if (locked !== null) problems.push(locked);
  const stock =
    type === "RECEIVE" || type === "SPEND"
      ? stockChange(books, core, type === "RECEIVE" ? "sale" : "purchase", {
          before: before?.stock ?? [],
          mayGoBelowZero: mayGoBelowZero(books),
        })
      : NO_STOCK_CHANGE;
  problems.push(...stock.problems);
  if (problems.length > 0) return err(problems);
  const transaction: BankTransaction = {
    ...core,
    ...(stock.moves === undefined ? {} : { stock: stock.moves }),
    type,
    status: "AUTHORISED",
    bankAccountId: account.id,
    isReconciled: input.IsReconciled ?? before?.isReconciled ?? false,
    creditId: type === "RECEIVE" || type === "SPEND" ? null : books.newId(),
  };
  books.bankTransactions.put(transaction);
  markUsed(books, account.id);
  keepCredit(books, transaction);
  return ok(transaction.id);
}

/** Overpayments stand on the control account, without tax; any other account is refused. */
function overpaymentLines(
  books: Books,
  lines: readonly LineInput[],
  type: BankTransaction["type"],
): Result<readonly LineInput[], string> {
  if (lines.length === 0) return err("One or more line items must be specified");
  const control = controlAccount(books, type);
  for (const line of lines) {
    if (line.AccountCode && line.AccountCode !== control)
      return err(`Account code '${line.AccountCode}' is not a valid code for this document.`);
    if ((line.LineAmount ?? line.UnitAmount ?? null) === null)
      return err("A line of an overpayment needs an amount.");
  }
  return ok(lines);
}

function controlAccount(books: Books, type: BankTransaction["type"]): string {
  const systemAccount = type.startsWith("RECEIVE") ? "DEBTORS" : "CREDITORS";
  return findSystemAccount(books, systemAccount)?.code ?? "";
}

function withControlLines(
  books: Books,
  core: BankTransaction | ReturnType<typeof composeDocument>["core"],
  inputs: readonly LineInput[],
  type: BankTransaction["type"],
): ReturnType<typeof composeDocument>["core"] {
  const control = controlAccount(books, type);
  const lines = inputs.map((input) => {
    const quantity = input.Quantity ?? "1";
    const amount = input.LineAmount ?? exactProduct(quantity, input.UnitAmount ?? ZERO, core.currency);
    return {
      id: books.newId(),
      description: input.Description ?? null,
      quantity,
      unitAmount: input.UnitAmount ?? amount,
      itemCode: null,
      accountCode: control,
      taxType: untaxedType(books),
      taxAmount: ZERO,
      lineAmount: amount,
      discountRate: null,
      discountAmount: null,
      tracking: [],
    };
  });
  return { ...core, lines, ...documentTotals(lines, "NoTax") };
}

function exactProduct(quantity: string, unitAmount: string, currency: string): string {
  return lineAmount({ quantity, unitAmount, discountRate: null, discountAmount: null }, scaleOf(currency));
}

function keepCredit(books: Books, transaction: BankTransaction): void {
  const {
    type,
    creditId,
    status: _status,
    bankAccountId: _account,
    isReconciled: _flag,
    ...core
  } = transaction;
  if (creditId === null || type === "RECEIVE" || type === "SPEND") return;
  const credit: UnappliedCredit = {
    ...core,
    id: creditId,
    type,
    status: "AUTHORISED",
    bankTransactionId: transaction.id,
    remainingCredit: transaction.total,
  };
  creditsOf(books, type).put(credit);
}

function creditsOf(books: Books, type: BankTransaction["type"]): Books["overpayments"] {
  return type.endsWith("OVERPAYMENT") ? books.overpayments : books.prepayments;
}

function deleteTransaction(books: Books, before: BankTransaction): Result<string, readonly string[]> {
  const locked = lockedOn(books, before.date);
  if (locked !== null) return err([locked]);
  const sold = stockHolds(books, before.stock);
  if (sold !== null) return err([sold]);
  const updatedMs = books.now();
  const credits = creditsOf(books, before.type);
  const credit = before.creditId === null ? undefined : credits.get(before.creditId);
  if (credit !== undefined) {
    if (compare(credit.remainingCredit, credit.total) !== 0)
      return err(["This overpayment or prepayment has been allocated and cannot be deleted."]);
    credits.put({ ...credit, status: "VOIDED", remainingCredit: ZERO, updatedMs });
  }
  books.bankTransactions.put({ ...before, status: "DELETED", updatedMs });
  return ok(before.id);
}
