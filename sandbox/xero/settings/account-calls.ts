/** Calls that change the chart of accounts; reading it stands in api/settings-calls.ts. */
import { notFound, postDataInvalid, validationException, type Wire, type XeroAnswer } from "../answer";
import { answerRecords, bodyOf, firstId, type XeroCall } from "../api/call";
import { hasAttachments } from "../paperwork/attachments";
import { presentAccount } from "../present/settings";
import { writeBatch } from "../write/batch";
import { readElement, readElements } from "../write/input";
import { accountInput, createAccount, deleteAccount, updateAccount } from "./write-account";

/** PUT /Accounts and POST /Accounts/{id}: one account a call. */
export function writeAccounts(call: XeroCall): XeroAnswer {
  const { books } = call;
  const id = call.ids[0] === undefined ? null : firstId(call);
  if (id !== null && books.accounts.head(id) === undefined) throw notFound();
  const elements = readElements(bodyOf(call), "Accounts");
  if (elements.length > 1) throw postDataInvalid("Only one account can be sent in one request.");
  return writeBatch(books, elements, {
    plural: "Accounts",
    idField: "AccountID",
    summarizeErrors: true,
    apply: (element) => {
      const input = readElement(element, accountInput);
      return id === null ? createAccount(books, input) : updateAccount(books, id, input);
    },
    present: (accountId) => shownAccount(call, accountId),
  });
}

export function removeAccount(call: XeroCall): XeroAnswer {
  const account = call.books.accounts.get(firstId(call));
  if (account === undefined) throw notFound();
  const shown = shownAccount(call, account.id);
  const deleted = deleteAccount(call.books, account);
  if (!deleted.ok) return validationException([refused(shown, deleted.error)]);
  return { ...answerRecords(call, "Accounts", [{ ...shown, Status: "DELETED" }]), elements: 1 };
}

/** A record with what speaks against its change. */
export function refused(record: Wire, messages: readonly string[]): Wire {
  return { ...record, ValidationErrors: messages.map((Message) => ({ Message })) };
}

function shownAccount({ books }: XeroCall, id: string): Wire {
  const account = books.accounts.get(id);
  return account === undefined ? {} : presentAccount(account, hasAttachments(books, id));
}
