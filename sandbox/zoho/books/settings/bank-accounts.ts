/**
 * Bank and credit card accounts: the same accounts as in the chart, with what a bank knows them by. Statements,
 * feeds, reconciliations and balances are not simulated.
 * https://www.zoho.com/books/api/v3/bank-accounts/ (checked 2026-11-21)
 */
import { z } from "zod";
import type { SandboxResponse } from "@/sandbox/kit/types";
import {
  type BooksCall,
  listPage,
  refuseMissing,
  refuseValue,
  sortAsked,
  sorted,
  succeed,
  succeedWriting,
} from "../answers";
import { matching, statusTests } from "../filters";
import { id, parseInput, text } from "../input";
import type { StoredAccount } from "../records";
import { BANKING_TYPES } from "./account-types";
import { bankAccountRowWire, bankAccountWire } from "./account-wire";
import { activateAccount, composeAccount, deactivateAccount, deleteAccount } from "./accounts";

const bankAccountBody = z.object({
  account_name: text.optional(),
  account_code: text.optional(),
  account_type: text.optional(),
  account_number: text.optional(),
  currency_id: id.optional(),
  currency_code: text.optional(),
  description: text.optional(),
  bank_name: text.optional(),
  routing_number: text.optional(),
  is_primary_account: z.boolean().optional(),
});
type BankAccountBody = z.infer<typeof bankAccountBody>;

export function listBankAccounts(call: BooksCall): SandboxResponse {
  const columns = {
    account_name: ({ name }: StoredAccount) => name.toLowerCase(),
    account_type: ({ type }: StoredAccount) => type,
    account_code: ({ code }: StoredAccount) => code,
  };
  const sort = sortAsked(call, ["account_name", "account_type", "account_code"], {
    column: "account_name",
    order: "A",
  });
  return listPage(
    call,
    { key: "bankaccounts", reportName: "Bank Accounts", sortColumn: sort.column, sortOrder: sort.order },
    matching(sorted(call.books.accounts, sort.column, sort.order, columns[sort.column]), [
      (_id: string, { type }: StoredAccount) => BANKING_TYPES.includes(type),
      ...statusTests<StoredAccount>(call, ({ active }) => active),
    ]),
    (accountId, account) => bankAccountRowWire(call, accountId, account),
  );
}

/** The bank account of the path; null for an account of the chart that is none. */
function bankAccountOf(call: BooksCall): { accountId: string; account: StoredAccount } | null {
  const [accountId = ""] = call.ids;
  const account = call.books.accounts.get(accountId);
  return account === undefined || !BANKING_TYPES.includes(account.type) ? null : { accountId, account };
}

export function getBankAccount(call: BooksCall): SandboxResponse {
  const found = bankAccountOf(call);
  return found === null
    ? refuseMissing(call.context, "Account")
    : succeed({ bankaccount: bankAccountWire(call, found.accountId, found.account) });
}

export function createBankAccount(call: BooksCall): SandboxResponse {
  const body = parseInput(bankAccountBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  return writeBankAccount(call, call.books.nextId(), body.value, null);
}

export function updateBankAccount(call: BooksCall): SandboxResponse {
  const found = bankAccountOf(call);
  if (found === null) return refuseMissing(call.context, "Account");
  const body = parseInput(bankAccountBody, call.input);
  return body.ok
    ? writeBankAccount(call, found.accountId, body.value, found.account)
    : refuseValue(body.error);
}

function writeBankAccount(
  call: BooksCall,
  accountId: string,
  body: BankAccountBody,
  previous: StoredAccount | null,
): SandboxResponse {
  const type = body.account_type ?? previous?.type ?? "";
  if (!["bank", "credit_card"].includes(type)) return refuseValue("account_type");
  const currencyId = body.currency_id ?? currencyIdOf(call, body.currency_code);
  if (currencyId === null) return refuseValue("currency_code");
  const account = composeAccount(
    call,
    accountId,
    { ...body, ...(currencyId === undefined ? {} : { currency_id: currencyId }) },
    previous,
  );
  if (!account.ok) return account.error;
  const stored: StoredAccount = {
    ...account.value,
    bankName: body.bank_name ?? previous?.bankName ?? "",
    accountNumber: body.account_number ?? previous?.accountNumber ?? "",
    routingNumber: body.routing_number ?? previous?.routingNumber ?? "",
    primary: body.is_primary_account ?? previous?.primary ?? false,
  };
  call.books.accounts.put(accountId, stored);
  const shown = { bankaccount: bankAccountWire(call, accountId, stored) };
  return previous === null
    ? succeedWriting(shown, "The account has been created.", 201)
    : succeedWriting(shown, "The account details has been updated.");
}

/** undefined: no code was given; null: the organisation has no such currency. */
function currencyIdOf(call: BooksCall, code: string | undefined): string | null | undefined {
  if (code === undefined || code === "") return undefined;
  for (const [currencyId, currency] of call.books.currencies.heads())
    if (currency.code === code) return currencyId;
  return null;
}

const onBankAccount =
  (change: (call: BooksCall) => SandboxResponse) =>
  (call: BooksCall): SandboxResponse =>
    bankAccountOf(call) === null ? refuseMissing(call.context, "Account") : change(call);

export const deleteBankAccount = onBankAccount(deleteAccount);
export const activateBankAccount = onBankAccount(activateAccount);
export const deactivateBankAccount = onBankAccount(deactivateAccount);
