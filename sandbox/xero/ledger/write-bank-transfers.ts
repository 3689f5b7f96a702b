/**
 * Money moved between two bank accounts of the organisation: made once, never changed, only deleted. Between
 * currencies it moves at the day's rate, which the answer names and nobody can set.
 */
import { decimal, decimalText } from "@/lib/kernel/decimal";
import { err, ok, type Result } from "@/lib/kernel/result";
import { compare, round, scaleOf, ZERO } from "../amounts";
import type { Books } from "../books";
import { dayOf } from "../dates";
import type { Account } from "../records";
import { markUsed } from "../settings/usage";
import { findAccount, lockedOn, rateFor, resolveTracking } from "../write/reference";
import type { BankTransferInput } from "./input";
import type { BankTransfer } from "./records";

const REFERENCE_CHARACTERS_MAX = 255;
const RATE_DECIMALS = 6;

/** Makes one transfer; answers its id. */
export function writeBankTransfer(books: Books, input: BankTransferInput): Result<string, readonly string[]> {
  const problems: string[] = [];
  const from = bankAccount(books, input.FromBankAccount, "FromBankAccount", problems);
  const to = bankAccount(books, input.ToBankAccount, "ToBankAccount", problems);
  if (from !== null && from.id === to?.id)
    problems.push("The bank accounts of a transfer must be different.");
  const base = books.organisation().baseCurrency;
  const fromCurrency = from?.currency ?? base;
  const fromRate = rateFor(books, fromCurrency, null);
  const toRate = rateFor(books, to?.currency ?? base, null);
  for (const rate of [fromRate, toRate]) if (!rate.ok) problems.push(rate.error);
  const date = input.Date ?? dayOf(books.now());
  const amount = input.Amount ?? ZERO;
  problems.push(...amountProblems(amount, fromCurrency));
  if ((input.Reference ?? "").length > REFERENCE_CHARACTERS_MAX)
    problems.push(`Reference must be at most ${REFERENCE_CHARACTERS_MAX} characters.`);
  const locked = lockedOn(books, date);
  if (locked !== null) problems.push(locked);
  const fromTracking = resolveTracking(books, input.FromTracking ?? []);
  const toTracking = resolveTracking(books, input.ToTracking ?? []);
  for (const tracking of [fromTracking, toTracking]) if (!tracking.ok) problems.push(tracking.error);
  if (problems.length > 0 || from === null || to === null || !fromRate.ok || !toRate.ok) return err(problems);
  const now = books.now();
  const transfer: BankTransfer = {
    id: books.newId(),
    createdMs: now,
    updatedMs: now,
    fromAccountId: from.id,
    toAccountId: to.id,
    date,
    amount,
    fromCurrency,
    fromRate: fromRate.value,
    currencyRate: decimalText(round(decimal(toRate.value).div(decimal(fromRate.value)), RATE_DECIMALS)),
    reference: input.Reference || null,
    status: "AUTHORISED",
    fromIsReconciled: input.FromIsReconciled ?? false,
    toIsReconciled: input.ToIsReconciled ?? false,
    fromTracking: fromTracking.ok ? fromTracking.value : [],
    toTracking: toTracking.ok ? toTracking.value : [],
    fromTransactionId: books.newId(),
    toTransactionId: books.newId(),
  };
  for (const id of [from.id, to.id, ...transfer.fromTracking, ...transfer.toTracking]) markUsed(books, id);
  books.bankTransfers.put(transfer);
  return ok(transfer.id);
}

/** POST with Status DELETED; answers the id. */
export function deleteBankTransfer(
  books: Books,
  id: string | undefined,
  status: string | null | undefined,
): Result<string, readonly string[]> {
  const before = id === undefined ? undefined : books.bankTransfers.get(id);
  if (before === undefined) return err(["The bank transfer specified could not be found."]);
  if (status?.toUpperCase() !== "DELETED") return err(["Bank transfers cannot be changed, only deleted."]);
  if (before.status === "DELETED") return err(["This bank transfer has already been deleted."]);
  const locked = lockedOn(books, before.date);
  if (locked !== null) return err([locked]);
  books.bankTransfers.put({ ...before, status: "DELETED", updatedMs: books.now() });
  return ok(before.id);
}

function bankAccount(
  books: Books,
  ref: BankTransferInput["FromBankAccount"],
  field: string,
  problems: string[],
): Account | null {
  const account = findAccount(books, ref ?? {});
  if (account !== undefined && account.type === "BANK" && account.status === "ACTIVE") return account;
  problems.push(`${field} could not be found, is no bank account, or is archived.`);
  return null;
}

function amountProblems(amount: string, currency: string): string[] {
  if (compare(amount, ZERO) <= 0) return ["The amount of a bank transfer must be greater than 0."];
  return (amount.split(".")[1]?.length ?? 0) > scaleOf(currency)
    ? [`The amount has more decimals than ${currency} has.`]
    : [];
}
