/**
 * The calls for items and for what changes seldom: organisations, chart of accounts, taxes, currencies with
 * their rates, reporting tags, transaction locks. Items have no modified-since filter; accounts have one.
 */
import type { SandboxResponse } from "@/sandbox/kit/types";
import { amount } from "../wire/formats";
import {
  accountWire,
  currencyWire,
  itemWire,
  organizationWire,
  tagWire,
  taxWire,
} from "../wire/reference-wire";
import {
  type BooksCall,
  CODE_DUPLICATE,
  listPage,
  refuse,
  refuseMissing,
  refuseValue,
  sortAsked,
  sorted,
  succeed,
  succeedWriting,
} from "./answers";
import { salesAccountId } from "./document-input";
import { matching, modifiedTests, textTests } from "./filters";
import { type ItemBody, itemBody, parseInput } from "./input";
import type { StoredAccount, StoredItem } from "./records";

export function listItems(call: BooksCall): SandboxResponse {
  const { books, organization } = call;
  const sort = sortAsked(call, ["name", "rate", "tax_name"], { column: "name", order: "A" });
  const columns = {
    name: ({ name }: StoredItem) => name.toLowerCase(),
    rate: ({ rate }: StoredItem) => Number(rate),
    tax_name: ({ taxId }: StoredItem) => books.taxes.head(taxId)?.name ?? "",
  };
  const status = /^Status\.(Active|Inactive)$/.exec(call.query.get("filter_by") ?? "")?.[1];
  const tests = [
    ...textTests<StoredItem>(call, {
      name: ({ name }) => name,
      description: ({ description }) => description,
      tax_id: ({ taxId }) => taxId,
      account_id: ({ accountId }) => accountId,
    }),
    ...(status === undefined
      ? []
      : [(_id: string, item: StoredItem) => item.active === (status === "Active")]),
  ];
  return listPage(
    call,
    { key: "items", reportName: "Items", sortColumn: sort.column, sortOrder: sort.order },
    matching(sorted<StoredItem>(books.items, sort.column, sort.order, columns[sort.column]), tests),
    (id, item) => itemWire(books, organization, id, item),
  );
}

export function getItem(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const item = call.books.items.get(id);
  if (item === undefined) return refuseMissing(call.context, "Item");
  return succeed({ item: itemWire(call.books, call.organization, id, item) });
}

export function createItem(call: BooksCall): SandboxResponse {
  const body = parseInput(itemBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  if ((body.value.name ?? "").trim() === "") return refuseValue("name");
  return writeItem(call, call.books.nextId(), body.value, null);
}

export function updateItem(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const previous = call.books.items.get(id);
  if (previous === undefined) return refuseMissing(call.context, "Item");
  const body = parseInput(itemBody, call.input);
  return body.ok ? writeItem(call, id, body.value, previous) : refuseValue(body.error);
}

function writeItem(
  call: BooksCall,
  id: string,
  body: ItemBody,
  previous: StoredItem | null,
): SandboxResponse {
  const { books } = call;
  const name = body.name ?? previous?.name ?? "";
  for (const [otherId, other] of books.items.heads())
    if (otherId !== id && other.name.toLowerCase() === name.toLowerCase())
      return refuse(400, CODE_DUPLICATE, `Item with the name ${name} already exists.`);
  const now = books.stamp();
  const item: StoredItem = {
    name,
    sku: body.sku ?? previous?.sku ?? "",
    description: body.description ?? previous?.description ?? "",
    rate: body.rate ?? previous?.rate ?? "0",
    unit: body.unit ?? previous?.unit ?? "",
    active: previous?.active ?? true,
    taxId: body.tax_id ?? previous?.taxId ?? "",
    accountId: body.account_id ?? previous?.accountId ?? salesAccountId(books),
    productType: body.product_type ?? previous?.productType ?? "goods",
    created: previous?.created ?? now,
    modified: now,
  };
  books.items.put(id, item);
  const shown = { item: itemWire(books, call.organization, id, item) };
  return previous === null
    ? succeedWriting(shown, "The item has been added.", 201)
    : succeedWriting(shown, "Item details have been saved.");
}

export const activateItem = (call: BooksCall): SandboxResponse =>
  setItemActive(call, true, "The item has been marked as active.");

export const deactivateItem = (call: BooksCall): SandboxResponse =>
  setItemActive(call, false, "The item has been marked as inactive.");

function setItemActive(call: BooksCall, active: boolean, message: string): SandboxResponse {
  const [id = ""] = call.ids;
  const item = call.books.items.get(id);
  if (item === undefined) return refuseMissing(call.context, "Item");
  call.books.items.put(id, { ...item, active, modified: call.books.stamp() });
  return succeedWriting({}, message);
}

export function listAccounts(call: BooksCall): SandboxResponse {
  const modified = modifiedTests<StoredAccount>(call);
  if (!modified.ok) return refuseValue(modified.error);
  const columns = {
    account_name: ({ name }: StoredAccount) => name,
    account_type: ({ type }: StoredAccount) => type,
    account_code: ({ code }: StoredAccount) => code,
  };
  const sort = sortAsked(call, ["account_name", "account_type", "account_code"], {
    column: "account_name",
    order: "A",
  });
  return listPage(
    call,
    {
      key: "chartofaccounts",
      reportName: "Chart of Accounts",
      sortColumn: sort.column,
      sortOrder: sort.order,
    },
    matching(sorted(call.books.accounts, sort.column, sort.order, columns[sort.column]), modified.value),
    (id, account) => accountWire(call.organization, id, account),
  );
}

export function getAccount(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const account = call.books.accounts.get(id);
  if (account === undefined) return refuseMissing(call.context, "Account");
  return succeed({ chart_of_account: accountWire(call.organization, id, account) });
}

export function listTaxes(call: BooksCall): SandboxResponse {
  return listPage(
    call,
    { key: "taxes", reportName: "Taxes", sortColumn: "tax_name", sortOrder: "A" },
    sorted(call.books.taxes, "tax_name", "A", ({ name }) => name),
    taxWire,
  );
}

export function getTax(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const tax = call.books.taxes.get(id);
  return tax === undefined ? refuseMissing(call.context, "Tax") : succeed({ tax: taxWire(id, tax) });
}

export function listCurrencies(call: BooksCall): SandboxResponse {
  const foreignOnly = call.query.get("filter_by") === "Currencies.ExcludeBaseCurrency";
  return listPage(
    call,
    { key: "currencies", reportName: "Currencies", sortColumn: "currency_code", sortOrder: "A" },
    matching(
      sorted(call.books.currencies, "currency_code", "A", ({ code }) => code),
      [(_id, { isBase }) => !(foreignOnly && isBase)],
    ),
    currencyWire,
  );
}

export function getCurrency(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const currency = call.books.currencies.get(id);
  if (currency === undefined) return refuseMissing(call.context, "Currency");
  return succeed({ currency: currencyWire(id, currency) });
}

export function listExchangeRates(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const currency = call.books.currencies.get(id);
  if (currency === undefined) return refuseMissing(call.context, "Currency");
  const from = call.query.get("from_date");
  const closest = currency.rates.filter(({ date }) => from === null || date <= from);
  return succeed({
    exchange_rates: (from === null ? closest : closest.slice(0, 1)).map((rate) => ({
      exchange_rate_id: rate.id,
      currency_id: id,
      currency_code: currency.code,
      effective_date: rate.date,
      rate: amount(rate.rate),
    })),
  });
}

export function listTags(call: BooksCall): SandboxResponse {
  return succeed({
    reporting_tags: [...call.books.tags.heads()].map(([id, tag], index) => tagWire(tag, id, index)),
  });
}

/** GET /reportingtags/{id}/options/all */
export function listTagOptions(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const tag = call.books.tags.get(id);
  if (tag === undefined) return refuseMissing(call.context, "Reporting Tag");
  return succeed({
    results: tag.options.map((option) => ({ option_id: option.id, option_name: option.name, depth: 0 })),
  });
}

export function getOrganization(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const organization = call.books.organizations.get(id);
  if (organization === undefined) return refuseMissing(call.context, "Organization");
  return succeed({ organization: organizationWire(call.books, id, organization) });
}

/** The simulated organisation locks nothing on its own side. */
export const listTransactionLocks = (): SandboxResponse => succeed({ transaction_locks: [] });
