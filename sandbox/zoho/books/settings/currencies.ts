/**
 * Currencies of an organisation and their rates in base currency, which documents take by their date. The base
 * currency has no rates and stays; a currency that anything is kept in stays too.
 * https://www.zoho.com/books/api/v3/currency/ (checked 2026-11-21)
 */
import { z } from "zod";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { amount } from "../../wire/formats";
import {
  type BooksCall,
  listPage,
  refuseMissing,
  refuseNotAllowed,
  refuseTaken,
  refuseValue,
  sorted,
  succeed,
  succeedWriting,
} from "../answers";
import { matching } from "../filters";
import { idsBy } from "../indexes";
import { parseInput, text } from "../input";
import type { StoredCurrency } from "../records";
import { currencyNameOf, isCurrencyCode } from "./currency-names";
import { isCurrencyUsed } from "./uses";

const FORMATS = ["1,234,567.89", "1.234.567,89", "1 234 567,89", "1,234,567", "1.234.567", "1 234 567"];

const currencyBody = z.object({
  currency_code: text.optional(),
  currency_symbol: text.optional(),
  price_precision: z.number().int().min(0).max(6).optional(),
  currency_format: text.optional(),
});
type CurrencyBody = z.infer<typeof currencyBody>;

export function listCurrencies(call: BooksCall): SandboxResponse {
  const foreignOnly = call.query.get("filter_by") === "Currencies.ExcludeBaseCurrency";
  return listPage(
    call,
    { key: "currencies", reportName: "Currencies", sortColumn: "currency_code", sortOrder: "A" },
    matching(
      sorted(call.books.currencies, "currency_code", "A", ({ code }) => code),
      [(_id, { isBase }) => !(foreignOnly && isBase)],
    ),
    currencyRowWire,
  );
}

export function getCurrency(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const currency = call.books.currencies.get(id);
  return currency === undefined
    ? refuseMissing(call.context, "Currency")
    : succeed({ currency: currencyWire(id, currency) });
}

export function createCurrency(call: BooksCall): SandboxResponse {
  const body = parseInput(currencyBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  return writeCurrency(call, call.books.nextId(), body.value, null);
}

export function updateCurrency(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const previous = call.books.currencies.get(id);
  if (previous === undefined) return refuseMissing(call.context, "Currency");
  const body = parseInput(currencyBody, call.input);
  return body.ok ? writeCurrency(call, id, body.value, previous) : refuseValue(body.error);
}

function writeCurrency(
  call: BooksCall,
  id: string,
  body: CurrencyBody,
  previous: StoredCurrency | null,
): SandboxResponse {
  const { books } = call;
  const code = body.currency_code ?? previous?.code ?? "";
  if (!isCurrencyCode(code) || (previous !== null && code !== previous.code))
    return refuseValue("currency_code");
  if (body.currency_format === undefined || !FORMATS.includes(body.currency_format))
    return refuseValue("currency_format");
  if (previous === null && idsBy(books.currencies, "code", codeKey, code).size > 0)
    return refuseTaken("This currency already exists.");
  const now = books.stamp();
  const currency: StoredCurrency = {
    rates: [],
    isBase: false,
    ...previous,
    code,
    name: previous?.name ?? currencyNameOf(code),
    symbol: body.currency_symbol ?? previous?.symbol ?? code,
    precision: body.price_precision ?? previous?.precision ?? (body.currency_format.length === 9 ? 0 : 2),
    format: body.currency_format,
    created: previous?.created ?? now,
    modified: now,
  };
  books.currencies.put(id, currency);
  const shown = { currency: currencyWire(id, currency) };
  return previous === null
    ? succeedWriting(shown, "The currency has been added.", 201)
    : succeedWriting(shown, "Currency information has been saved.");
}

const codeKey = ({ code }: StoredCurrency): string => code;

export function deleteCurrency(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const currency = call.books.currencies.get(id);
  if (currency === undefined) return refuseMissing(call.context, "Currency");
  if (currency.isBase) return refuseNotAllowed("The base currency cannot be deleted.");
  if (isCurrencyUsed(call.books, currency.code))
    return refuseNotAllowed(
      "This currency is used in contacts, accounts or transactions and cannot be deleted.",
    );
  call.books.currencies.delete(id);
  return succeedWriting({}, "The currency has been deleted.");
}

function currencyWire(id: string, currency: StoredCurrency) {
  return {
    currency_id: id,
    currency_code: currency.code,
    currency_name: `${currency.code}- ${currency.name}`,
    currency_symbol: currency.symbol,
    price_precision: currency.precision,
    currency_format: currency.format ?? (currency.precision === 0 ? "1,234,567" : "1,234,567.89"),
    is_base_currency: currency.isBase,
  };
}

function currencyRowWire(id: string, currency: StoredCurrency) {
  const [newest] = currency.rates;
  return {
    ...currencyWire(id, currency),
    exchange_rate: amount(newest?.rate ?? "0"),
    effective_date: newest?.date ?? "",
  };
}
