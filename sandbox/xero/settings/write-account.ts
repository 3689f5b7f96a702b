/**
 * The chart of accounts as PUT and POST /Accounts change it, one account a call. System accounts and bank
 * accounts keep their details, an archive order comes alone, and what documents use can only be archived
 * (https://developer.xero.com/documentation/api/accounting/accounts).
 */
import { z } from "zod";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Books } from "../books";
import type { Account, AccountClass } from "../records";
import { flag, words } from "../write/input";
import { findAccount, findTaxRate, untaxedType } from "../write/reference";
import { formerAccount, keepFormerCode } from "./account-codes";
import { isUsed } from "./usage";

export const accountInput = z.object({
  AccountID: words,
  Code: words,
  Name: words,
  Type: words,
  Status: words,
  Description: words,
  TaxType: words,
  BankAccountNumber: words,
  BankAccountType: words,
  CurrencyCode: words,
  EnablePaymentsToAccount: flag,
  ShowInExpenseClaims: flag,
  AddToWatchlist: flag,
});
export type AccountInput = z.infer<typeof accountInput>;

type Refusable = Result<string, readonly string[]>;

const CODE_CHARACTERS_MAX = 10;
const NAME_CHARACTERS_MAX = 150;
const DESCRIPTION_CHARACTERS_MAX = 4_000;

const CLASS_OF_TYPE: Readonly<Record<string, AccountClass>> = {
  BANK: "ASSET",
  CURRENT: "ASSET",
  CURRLIAB: "LIABILITY",
  DEPRECIATN: "EXPENSE",
  DIRECTCOSTS: "EXPENSE",
  EQUITY: "EQUITY",
  EXPENSE: "EXPENSE",
  FIXED: "ASSET",
  INVENTORY: "ASSET",
  LIABILITY: "LIABILITY",
  NONCURRENT: "ASSET",
  OTHERINCOME: "REVENUE",
  OVERHEADS: "EXPENSE",
  PREPAYMENT: "ASSET",
  REVENUE: "REVENUE",
  SALES: "REVENUE",
  TERMLIAB: "LIABILITY",
};

/** PUT /Accounts: a new account; answers its id. */
export function createAccount(books: Books, input: AccountInput): Refusable {
  const type = input.Type?.toUpperCase() ?? "";
  const classOfType = Object.hasOwn(CLASS_OF_TYPE, type) ? CLASS_OF_TYPE[type] : undefined;
  if (classOfType === undefined) return err([`Account Type '${input.Type ?? ""}' is not valid.`]);
  const isBank = type === "BANK";
  const now = books.now();
  const account: Account = {
    id: books.newId(),
    createdMs: now,
    updatedMs: now,
    code: input.Code ?? "",
    name: input.Name ?? "",
    type,
    class: classOfType,
    status: "ACTIVE",
    taxType: input.TaxType?.toUpperCase() || usualTaxType(books, classOfType, isBank),
    description: input.Description || null,
    enablePaymentsToAccount: input.EnablePaymentsToAccount ?? false,
    systemAccount: null,
    currency: isBank ? input.CurrencyCode?.toUpperCase() || books.organisation().baseCurrency : null,
    bankAccountNumber: isBank ? (input.BankAccountNumber ?? null) : null,
    ...(isBank && { bankAccountType: bankType(input.BankAccountType) }),
    showInExpenseClaims: input.ShowInExpenseClaims ?? false,
  };
  const problems = [
    ...(input.Status && input.Status.toUpperCase() !== "ACTIVE" ? ["A new account must be ACTIVE."] : []),
    ...(isBank ? bankProblems(books, input, account) : codeProblems(account)),
    ...detailProblems(books, account),
    ...uniqueProblems(books, account),
  ];
  if (problems.length > 0) return err(problems);
  books.accounts.put(account);
  return ok(account.id);
}

/** POST /Accounts/{id}: other details, or the order to archive or restore, never both. */
export function updateAccount(books: Books, id: string, input: AccountInput): Refusable {
  const before = books.accounts.get(id);
  if (before === undefined) return err(["The account specified could not be found."]);
  const status = input.Status?.toUpperCase() || before.status;
  if (status !== before.status) return changeStatus(books, before, status, input);
  if (before.status !== "ACTIVE") return err(["An archived account cannot be updated."]);
  if (before.type === "BANK") return err(["Bank accounts cannot be updated through the API."]);
  const type = input.Type?.toUpperCase() || before.type;
  const after: Account = {
    ...before,
    ...details(before, input),
    type,
    class: (Object.hasOwn(CLASS_OF_TYPE, type) ? CLASS_OF_TYPE[type] : undefined) ?? before.class,
    updatedMs: books.now(),
  };
  const problems = [
    ...(before.systemAccount !== null && (type !== before.type || after.code !== before.code)
      ? ["The code and type of a system account cannot be changed."]
      : []),
    ...(Object.hasOwn(CLASS_OF_TYPE, type) && type !== "BANK"
      ? []
      : [`Account Type '${input.Type ?? ""}' is not valid.`]),
    ...codeProblems(after),
    ...detailProblems(books, after),
    ...uniqueProblems(books, after),
  ];
  if (problems.length > 0) return err(problems);
  if (after.code.toLowerCase() !== before.code.toLowerCase() && isUsed(books, id))
    keepFormerCode(books, before);
  books.accounts.put(after);
  return ok(id);
}

/** DELETE /Accounts/{id}: gone from every list; answers it as it last was. */
export function deleteAccount(books: Books, account: Account): Result<Account, readonly string[]> {
  if (account.systemAccount !== null) return err(["System accounts cannot be deleted."]);
  if (isUsed(books, account.id))
    return err(["The account is used on transactions and cannot be deleted. Archive it instead."]);
  books.accounts.delete(account.id);
  return ok(account);
}

function changeStatus(books: Books, before: Account, status: string, input: AccountInput): Refusable {
  if (status !== "ARCHIVED" && status !== "ACTIVE")
    return err([`The account status cannot be changed from ${before.status} to ${status}.`]);
  if (before.systemAccount !== null) return err(["System accounts cannot be archived."]);
  if (changesDetails(before, input))
    return err(["An account cannot be archived and have other values updated in the same request."]);
  books.accounts.put({ ...before, status, updatedMs: books.now() });
  return ok(before.id);
}

function details(before: Account, input: AccountInput): Partial<Account> {
  return {
    code: input.Code || before.code,
    name: input.Name || before.name,
    description: input.Description === "" ? null : (input.Description ?? before.description),
    taxType: input.TaxType?.toUpperCase() || before.taxType,
    enablePaymentsToAccount: input.EnablePaymentsToAccount ?? before.enablePaymentsToAccount,
    showInExpenseClaims: input.ShowInExpenseClaims ?? before.showInExpenseClaims ?? false,
    addToWatchlist: input.AddToWatchlist ?? before.addToWatchlist ?? false,
  };
}

function changesDetails(before: Account, input: AccountInput): boolean {
  const after = details(before, input);
  const changed = (
    ["code", "name", "description", "taxType", "enablePaymentsToAccount"] satisfies (keyof Account)[]
  ).some((field) => after[field] !== before[field]);
  return changed || (input.Type?.toUpperCase() || before.type) !== before.type;
}

function usualTaxType(books: Books, classOfType: AccountClass, isBank: boolean): string {
  if (isBank) return untaxedType(books);
  const peer = [...books.accounts.heads()].find(
    ([, account]) =>
      account.class === classOfType && account.systemAccount === null && account.type !== "BANK",
  );
  return peer?.[1].taxType ?? untaxedType(books);
}

function bankType(asked: string | null | undefined): "BANK" | "CREDITCARD" {
  return asked?.toUpperCase() === "CREDITCARD" ? "CREDITCARD" : "BANK";
}

function bankProblems(books: Books, input: AccountInput, account: Account): string[] {
  const problems: string[] = [];
  if (!input.BankAccountNumber) problems.push("BankAccountNumber is required for a bank account.");
  if (input.BankAccountType?.toUpperCase() === "PAYPAL")
    problems.push("PayPal accounts cannot be created through the API.");
  if (account.currency !== null && !books.organisation().currencies.includes(account.currency))
    problems.push(`Organisation is not subscribed to currency ${account.currency}`);
  if (account.description !== null) problems.push("A bank account has no description.");
  return problems;
}

function codeProblems(account: Account): string[] {
  return account.code === "" ? ["Please enter a Code."] : [];
}

function detailProblems(books: Books, account: Account): string[] {
  const problems: string[] = [];
  if (account.code.length > CODE_CHARACTERS_MAX)
    problems.push(`The Code can be at most ${CODE_CHARACTERS_MAX} characters long.`);
  if (account.name === "") problems.push("Please enter a Name.");
  if (account.name.length > NAME_CHARACTERS_MAX)
    problems.push(`The Name can be at most ${NAME_CHARACTERS_MAX} characters long.`);
  if ((account.description ?? "").length > DESCRIPTION_CHARACTERS_MAX)
    problems.push(`The Description can be at most ${DESCRIPTION_CHARACTERS_MAX} characters long.`);
  const rate = findTaxRate(books, account.taxType);
  if (rate === undefined || rate.status !== "ACTIVE")
    problems.push(`The TaxType code '${account.taxType}' does not exist or is not active.`);
  else if (!rate.appliesTo.includes(account.class))
    problems.push(
      `The TaxType code '${account.taxType}' cannot be used with account code '${account.code}'.`,
    );
  return problems;
}

function uniqueProblems(books: Books, account: Account): string[] {
  const problems: string[] = [];
  const holder =
    account.code === ""
      ? undefined
      : (findAccount(books, { Code: account.code }) ?? formerAccount(books, account.code));
  if (holder !== undefined && holder.id !== account.id) problems.push("Please enter a unique Code.");
  const name = account.name.toLowerCase();
  for (const [id, other] of books.accounts.heads())
    if (id !== account.id && other.name.toLowerCase() === name) {
      problems.push("Please enter a unique Name.");
      break;
    }
  return problems;
}
