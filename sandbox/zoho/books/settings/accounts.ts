/**
 * The chart of accounts: every call of it but its transactions. Accounts that Zoho made itself can be renamed
 * and given a code, never deleted, made inactive or of another type; an account that a transaction names cannot
 * be deleted or change its type either. Names are unique, codes too.
 * https://www.zoho.com/books/api/v3/chart-of-accounts/ (checked 2026-11-21)
 */
import { z } from "zod";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SandboxResponse } from "@/sandbox/kit/types";
import {
  type BooksCall,
  isLive,
  listPage,
  refuseMissing,
  refuseNotAllowed,
  refuseTaken,
  refuseValue,
  sortAsked,
  sorted,
  succeed,
  succeedWriting,
} from "../answers";
import { matching, modifiedTests, searchTests, wordTests } from "../filters";
import { idsBy, isTaken } from "../indexes";
import { id, parseInput, text } from "../input";
import type { StoredAccount } from "../records";
import { hasType, isAccountType } from "./account-types";
import { accountRowWire, accountWire } from "./account-wire";
import { customFieldsBody, writeCustomFields } from "./custom-fields";
import { childrenOf, isAccountUsed } from "./uses";

const accountBody = z.object({
  account_name: text.optional(),
  account_code: text.optional(),
  account_type: text.optional(),
  currency_id: id.optional(),
  description: text.optional(),
  parent_account_id: id.optional(),
  custom_fields: customFieldsBody.optional(),
});
export type AccountBody = z.infer<typeof accountBody>;

const NAME_CHARACTERS_MAX = 100;

export function listAccounts(call: BooksCall): SandboxResponse {
  const { books, query } = call;
  const modified = modifiedTests<StoredAccount>(call);
  if (!modified.ok) return refuseValue(modified.error);
  const columns = {
    account_name: ({ name }: StoredAccount) => name.toLowerCase(),
    account_type: ({ type }: StoredAccount) => type,
    account_code: ({ code }: StoredAccount) => code,
  };
  const sort = sortAsked(call, ["account_name", "account_type", "account_code"], {
    column: "account_name",
    order: "A",
  });
  const filter = /^AccountType\.(\w+)$/.exec(query.get("filter_by") ?? "")?.[1] ?? "All";
  const tests = [
    ...modified.value,
    ...wordTests<StoredAccount>(call, "account_id", (accountId) => accountId),
    ...wordTests<StoredAccount>(call, "account_name", (_id, { name }) => name),
    ...wordTests<StoredAccount>(call, "account_code", (_id, { code }) => code),
    ...searchTests<StoredAccount>(call, ({ name, code }) => [name, code]),
    (_id: string, account: StoredAccount) => isShown(account, filter),
  ];
  return listPage(
    call,
    {
      key: "chartofaccounts",
      reportName: "Chart of Accounts",
      sortColumn: sort.column,
      sortOrder: sort.order,
    },
    matching(sorted(books.accounts, sort.column, sort.order, columns[sort.column]), tests),
    (accountId, account) => accountRowWire(call, accountId, account),
  );
}

function isShown(account: StoredAccount, filter: string): boolean {
  if (filter === "Active" || filter === "Inactive") return account.active === (filter === "Active");
  return hasType(account.type, filter);
}

export function getAccount(call: BooksCall): SandboxResponse {
  const [accountId = ""] = call.ids;
  const account = call.books.accounts.get(accountId);
  if (account === undefined) return refuseMissing(call.context, "Account");
  const shown = accountWire(call, accountId, account);
  return succeed(isLive(call) ? { chart_of_account: shown } : shown);
}

export function createAccount(call: BooksCall): SandboxResponse {
  const body = parseInput(accountBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  return writeAccount(call, call.books.nextId(), body.value, null);
}

export function updateAccount(call: BooksCall): SandboxResponse {
  const [accountId = ""] = call.ids;
  const previous = call.books.accounts.get(accountId);
  if (previous === undefined) return refuseMissing(call.context, "Account");
  const body = parseInput(accountBody, call.input);
  return body.ok ? writeAccount(call, accountId, body.value, previous) : refuseValue(body.error);
}

function writeAccount(
  call: BooksCall,
  accountId: string,
  body: AccountBody,
  previous: StoredAccount | null,
): SandboxResponse {
  const { books } = call;
  const account = composeAccount(call, accountId, body, previous);
  if (!account.ok) return account.error;
  const custom = writeCustomFields(
    books,
    "account",
    books.accounts,
    previous === null ? null : accountId,
    body.custom_fields,
    previous?.customFields,
  );
  if (!custom.ok) return custom.error;
  const stored = {
    ...account.value,
    ...(custom.value === undefined ? {} : { customFields: custom.value }),
  };
  books.accounts.put(accountId, stored);
  const shown = { chart_of_account: accountWire(call, accountId, stored) };
  return previous === null
    ? succeedWriting(shown, "The account has been created.", 201)
    : succeedWriting(shown, "The details of the account have been updated.");
}

/** The account to store, or why Zoho does not take it. Bank accounts are written through it as well. */
export function composeAccount(
  call: BooksCall,
  accountId: string,
  body: AccountBody,
  previous: StoredAccount | null,
): Result<StoredAccount, SandboxResponse> {
  const { books } = call;
  const name = (body.account_name ?? previous?.name ?? "").trim();
  if (name === "" || name.length > NAME_CHARACTERS_MAX) return err(refuseValue("account_name"));
  const type = body.account_type ?? previous?.type ?? "";
  if (!isAccountType(type)) return err(refuseValue("account_type"));
  const code = body.account_code ?? previous?.code ?? "";
  const known = previous === null ? null : accountId;
  if (isTaken(idsBy(books.accounts, "name", nameKey, name.toLowerCase()), known))
    return err(refuseTaken("An account with this name already exists."));
  if (code !== "" && isTaken(idsBy(books.accounts, "code", codeKey, code), known))
    return err(refuseTaken("An account with this account code already exists."));
  if (previous !== null && type !== previous.type && (previous.system || isAccountUsed(books, accountId)))
    return err(refuseNotAllowed("The type of this account cannot be changed."));
  const parentId = body.parent_account_id ?? previous?.parentId ?? "";
  const parent = parentId === "" ? undefined : books.accounts.head(parentId);
  if (parentId !== "" && (parent?.type !== type || parentId === accountId))
    return err(refuseValue("parent_account_id"));
  const currency = body.currency_id === undefined ? undefined : books.currencies.head(body.currency_id);
  if (body.currency_id !== undefined && body.currency_id !== "" && currency === undefined)
    return err(refuseValue("currency_id"));
  const currencyCode = currency?.code ?? previous?.currencyCode;
  const now = books.stamp();
  return ok({
    ...previous,
    name,
    code,
    type,
    active: previous?.active ?? true,
    system: previous?.system ?? false,
    description: body.description ?? previous?.description ?? "",
    parentId,
    ...(currencyCode === undefined ? {} : { currencyCode }),
    created: previous?.created ?? now,
    modified: now,
  });
}

const nameKey = ({ name }: StoredAccount): string => name.toLowerCase();
const codeKey = ({ code }: StoredAccount): string => code;

const DELETED = "The account has been deleted.";
const ACTIVATED = "The account has been marked as active.";
const DEACTIVATED = "The account has been marked as inactive.";

export function deleteAccount(call: BooksCall): SandboxResponse {
  return changeAccounts(call, call.ids.slice(0, 1), removeAccount, DELETED, 200);
}

export const deleteAccounts = (call: BooksCall): SandboxResponse =>
  changeAccounts(call, idsAsked(call), removeAccount, DELETED, 200);

export const activateAccount = (call: BooksCall): SandboxResponse =>
  changeAccounts(call, call.ids.slice(0, 1), setActive(true), ACTIVATED, 201);

export const deactivateAccount = (call: BooksCall): SandboxResponse =>
  changeAccounts(call, call.ids.slice(0, 1), setActive(false), DEACTIVATED, 201);

export const activateAccounts = (call: BooksCall): SandboxResponse =>
  changeAccounts(call, idsAsked(call), setActive(true), ACTIVATED, 200);

export const deactivateAccounts = (call: BooksCall): SandboxResponse =>
  changeAccounts(call, idsAsked(call), setActive(false), DEACTIVATED, 200);

const idsAsked = (call: BooksCall): string[] =>
  (call.query.get("account_ids") ?? "").split(",").filter((asked) => asked !== "");

interface AccountChange {
  /** Why the account may not be changed so; null when it may. */
  check(call: BooksCall, accountId: string, account: StoredAccount): SandboxResponse | null;
  apply(call: BooksCall, accountId: string, account: StoredAccount): void;
}

/** All or none. */
function changeAccounts(
  call: BooksCall,
  accountIds: readonly string[],
  change: AccountChange,
  message: string,
  status: number,
): SandboxResponse {
  if (accountIds.length === 0) return refuseValue("account_ids");
  const found: { accountId: string; account: StoredAccount }[] = [];
  for (const accountId of accountIds) {
    const account = call.books.accounts.get(accountId);
    if (account === undefined) return refuseMissing(call.context, "Account");
    const refused = change.check(call, accountId, account);
    if (refused !== null) return refused;
    found.push({ accountId, account });
  }
  for (const { accountId, account } of found) change.apply(call, accountId, account);
  return succeedWriting({}, message, status);
}

const removeAccount: AccountChange = {
  check(call, accountId, account) {
    if (account.system) return refuseNotAllowed("System accounts cannot be deleted.");
    if (childrenOf(call.books, accountId).size > 0)
      return refuseNotAllowed("Accounts with sub-accounts cannot be deleted.");
    return isAccountUsed(call.books, accountId)
      ? refuseNotAllowed("Accounts that are used in transactions cannot be deleted. Mark them as inactive.")
      : null;
  },
  apply: (call, accountId) => call.books.accounts.delete(accountId),
};

const setActive = (active: boolean): AccountChange => ({
  check: (_call, _id, account) =>
    account.system && !active ? refuseNotAllowed("System accounts cannot be marked as inactive.") : null,
  apply: ({ books }, accountId, account) =>
    books.accounts.put(accountId, { ...account, active, modified: books.stamp() }),
});
