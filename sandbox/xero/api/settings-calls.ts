/** Organisation, accounts, tax rates, currencies, tracking and items. */
import { isZero } from "../amounts";
import { notFound, postDataInvalid, validationException, type Wire, type XeroAnswer } from "../answer";
import { stockLevel } from "../ledger/stock";
import { hasAttachments } from "../paperwork/attachments";
import {
  isKnownCurrency,
  presentAccount,
  presentCurrency,
  presentItem,
  presentOrganisation,
  presentTaxRate,
  presentTrackingCategory,
} from "../present/settings";
import type { FieldValue } from "../read/field-order";
import { type ListSource, listPage, queryFlag, unitDecimalsOf } from "../read/list";
import { allowsForeignCurrencies, planOf } from "../settings/plan";
import { writeBatch } from "../write/batch";
import { currencyInput, itemInput, readElement, readElements } from "../write/input";
import { writeItem } from "../write/items";
import { firstOf } from "../write/reference";
import { answerRecords, bodyOf, firstId, summarizesErrors, writeOptions, type XeroCall } from "./call";

const ITEMS_MAX = 500;

export function getOrganisation(call: XeroCall): XeroAnswer {
  return answerRecords(call, "Organisations", [
    presentOrganisation(call.books.organisation(), planOf(call.books)),
  ]);
}

export function listAccounts(call: XeroCall): XeroAnswer {
  const { books } = call;
  const page = listPage(books, call.request, {
    paged: false,
    filters: [],
    heads: () => books.accounts.heads(),
    field: (id, account, path) =>
      fieldOf(path, {
        accountid: id,
        code: account.code,
        name: account.name,
        type: account.type,
        class: account.class,
        status: account.status,
        taxtype: account.taxType,
        systemaccount: account.systemAccount,
        enablepaymentstoaccount: account.enablePaymentsToAccount,
        updateddateutc: new Date(account.updatedMs),
      }),
  });
  return answerRecords(
    call,
    "Accounts",
    present(
      page.ids,
      (id) => books.accounts.head(id),
      (account) => presentAccount(account, hasAttachments(books, account.id)),
    ),
  );
}

export function getAccount(call: XeroCall): XeroAnswer {
  const account = call.books.accounts.head(firstId(call));
  if (account === undefined) throw notFound();
  return answerRecords(call, "Accounts", [presentAccount(account, hasAttachments(call.books, account.id))]);
}

export function listTaxRates(call: XeroCall): XeroAnswer {
  const { books } = call;
  const page = listPage(books, call.request, {
    paged: false,
    filters: [],
    heads: () => books.taxRates.heads(),
    field: (_, rate, path) =>
      fieldOf(path, {
        name: rate.name,
        taxtype: rate.taxType,
        status: rate.status,
        reporttaxtype: rate.reportTaxType,
      }),
  });
  return answerRecords(
    call,
    "TaxRates",
    present(page.ids, (id) => books.taxRates.head(id), presentTaxRate),
  );
}

export function getTaxRate(call: XeroCall): XeroAnswer {
  const id = firstOf(call.books.taxRates.by("taxType", (call.ids[0] ?? "").toUpperCase()));
  const rate = id === undefined ? undefined : call.books.taxRates.head(id);
  if (rate === undefined) throw notFound();
  return answerRecords(call, "TaxRates", [presentTaxRate(rate)]);
}

export function listCurrencies(call: XeroCall): XeroAnswer {
  const { books, request } = call;
  const { createdMs, updatedMs, currencies } = books.organisation();
  // Xero keeps no time of a currency, so If-Modified-Since has no say here.
  const { "if-modified-since": _since, ...headers } = request.headers;
  const page = listPage(
    books,
    { ...request, headers },
    {
      paged: false,
      filters: [],
      types: { code: "String", description: "String" },
      heads: () => currencies.map((code) => [code, { createdMs, updatedMs }]),
      field: (code, _, path) =>
        fieldOf(path, { code, description: String(presentCurrency(code).Description) }),
    },
  );
  return answerRecords(call, "Currencies", page.ids.map(presentCurrency));
}

export function addCurrency(call: XeroCall): XeroAnswer {
  const { books } = call;
  const [element] = readElements(bodyOf(call), "Currencies");
  const code = readElement(element, currencyInput).Code.toUpperCase();
  if (!isKnownCurrency(code)) throw postDataInvalid(`'${code}' is not a currency of the sandbox.`);
  if (!allowsForeignCurrencies(books))
    throw postDataInvalid("The organisation's plan does not include foreign currencies.");
  const organisation = books.organisation();
  if (!organisation.currencies.includes(code))
    books.setOrganisation({ ...organisation, currencies: [...organisation.currencies, code] });
  return { ...answerRecords(call, "Currencies", [presentCurrency(code)]), elements: 1 };
}

export function listTrackingCategories(call: XeroCall): XeroAnswer {
  const { books } = call;
  const includeArchived = queryFlag(call.request, "includeArchived");
  const page = listPage(books, call.request, {
    paged: false,
    filters: [(_, category) => includeArchived || category.status === "ACTIVE"],
    heads: () => books.tracking.heads(),
    field: (id, category, path) =>
      fieldOf(path, { trackingcategoryid: id, name: category.name, status: category.status }),
  });
  const shown = present(
    page.ids,
    (id) => books.tracking.head(id),
    (category) => presentTrackingCategory(category, includeArchived),
  );
  return answerRecords(call, "TrackingCategories", shown);
}

export function getTrackingCategory(call: XeroCall): XeroAnswer {
  const category = call.books.tracking.head(firstId(call));
  if (category === undefined) throw notFound();
  return answerRecords(call, "TrackingCategories", [presentTrackingCategory(category)]);
}

export function listItems(call: XeroCall): XeroAnswer {
  const { books } = call;
  const source: ListSource<{ createdMs: number; updatedMs: number; code: string; name: string | null }> = {
    paged: false,
    filters: [],
    heads: () => books.items.heads(),
    field: (id, item, path) =>
      fieldOf(path, {
        itemid: id,
        code: item.code,
        name: item.name,
        updateddateutc: new Date(item.updatedMs),
      }),
  };
  const unitDecimals = unitDecimalsOf(call.request);
  const page = listPage(books, call.request, source);
  const shown = present(
    page.ids,
    (id) => books.items.get(id),
    (item) => presentItem(books, item, unitDecimals),
  );
  return answerRecords(call, "Items", shown);
}

export function getItem(call: XeroCall): XeroAnswer {
  const { books } = call;
  const asked = firstId(call);
  const item = books.items.get(asked) ?? books.items.get(firstOf(books.items.by("code", asked)) ?? "");
  if (item === undefined) throw notFound();
  return answerRecords(call, "Items", [presentItem(books, item, unitDecimalsOf(call.request))]);
}

export function writeItems(call: XeroCall, mayUpdate: boolean): XeroAnswer {
  const { books } = call;
  const elements = readElements(bodyOf(call), "Items");
  if (elements.length > ITEMS_MAX) throw postDataInvalid(`At most ${ITEMS_MAX} items in one request.`);
  const options = writeOptions(call, mayUpdate);
  return writeBatch(books, elements, {
    elementsMax: ITEMS_MAX,
    plural: "Items",
    idField: "ItemID",
    summarizeErrors: summarizesErrors(call),
    apply: (element) => writeItem(books, readElement(element, itemInput), options),
    present: (id) => {
      const item = books.items.get(id);
      return item === undefined ? {} : presentItem(books, item, options.unitDecimals);
    },
  });
}

/** DELETE /Items/{id}: not while there is stock of it, which nothing could sell any more. */
export function deleteItem(call: XeroCall): XeroAnswer {
  const { books } = call;
  const id = firstId(call);
  const item = books.items.get(id);
  if (item === undefined) throw notFound();
  if (item.inventory !== undefined && !isZero(stockLevel(books, id).quantity))
    return validationException([
      { ItemID: id, ValidationErrors: [{ Message: "The specified item could not be deleted" }] },
    ]);
  books.items.delete(id);
  return { status: 204, body: null, elements: 1 };
}

/** A field by its path in lower case; undefined when the record has none of that name. */
function fieldOf(path: string, fields: Readonly<Record<string, FieldValue>>): FieldValue {
  return Object.hasOwn(fields, path) ? fields[path] : undefined;
}

function present<T>(
  ids: readonly string[],
  get: (id: string) => T | undefined,
  show: (record: T) => Wire,
): Wire[] {
  const shown: Wire[] = [];
  for (const id of ids) {
    const record = get(id);
    if (record !== undefined) shown.push(show(record));
  }
  return shown;
}
