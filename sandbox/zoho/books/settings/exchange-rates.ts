/**
 * Exchange rates of a currency: base currency for one unit, from a date on. A second rate for a date takes the
 * place of the first. https://www.zoho.com/books/api/v3/currency/ (checked 2026-11-21)
 */
import { z } from "zod";
import { decimal } from "@/lib/kernel/decimal";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { amount, zonedDate } from "../../wire/formats";
import {
  type BooksCall,
  isLive,
  refuseMissing,
  refuseNotAllowed,
  refuseValue,
  succeed,
  succeedWriting,
} from "../answers";
import { date, figure, parseInput } from "../input";
import type { StoredCurrency } from "../records";

const rateBody = z.object({ effective_date: date.optional(), rate: figure.optional() });
type StoredRate = StoredCurrency["rates"][number];

/** With from_date the one rate that counts then, else all; newest first unless asked otherwise. */
export function listExchangeRates(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const currency = call.books.currencies.get(id);
  if (currency === undefined) return refuseMissing(call.context, "Currency");
  const from = call.query.get("from_date");
  const today = zonedDate(call.context.clock.now(), call.organization.timeZone);
  const found =
    call.query.get("is_current_date") === "true"
      ? currency.rates.filter((rate) => rate.date === today)
      : from === null
        ? currency.rates
        : currency.rates.filter((rate) => rate.date <= from).slice(0, 1);
  const ascending =
    call.query.get("sort_column") === "effective_date" && call.query.get("sort_order") === "A";
  return succeed({
    exchange_rates: (ascending ? found.toReversed() : found).map((rate) => rateWire(id, currency, rate)),
  });
}

export function getExchangeRate(call: BooksCall): SandboxResponse {
  const found = rateOf(call);
  return found === null
    ? refuseMissing(call.context, "Exchange Rate")
    : succeed(rateAnswer(call, found.currency, found.rate));
}

export function createExchangeRate(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const currency = call.books.currencies.get(id);
  if (currency === undefined) return refuseMissing(call.context, "Currency");
  const body = parseInput(rateBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  if (currency.isBase) return refuseNotAllowed("The base currency has no exchange rates.");
  const { effective_date: effective, rate } = body.value;
  if (effective === undefined) return refuseValue("effective_date");
  if (rate === undefined || !decimal(rate).greaterThan(0)) return refuseValue("rate");
  const made = { id: call.books.nextId(), date: effective, rate };
  const changed = putRate(call, id, currency, made);
  return succeedWriting(rateAnswer(call, changed, made), "The exchange rate has been added.", 201);
}

export function updateExchangeRate(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const found = rateOf(call);
  if (found === null) return refuseMissing(call.context, "Exchange Rate");
  const body = parseInput(rateBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const rate = body.value.rate ?? found.rate.rate;
  if (!decimal(rate).greaterThan(0)) return refuseValue("rate");
  putRate(call, id, found.currency, {
    id: found.rate.id,
    date: body.value.effective_date ?? found.rate.date,
    rate,
  });
  return succeedWriting({}, "The exchange rate has been updated.");
}

export function deleteExchangeRate(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const found = rateOf(call);
  if (found === null) return refuseMissing(call.context, "Exchange Rate");
  call.books.currencies.put(id, {
    ...found.currency,
    rates: found.currency.rates.filter((rate) => rate.id !== found.rate.id),
    modified: call.books.stamp(),
  });
  return succeedWriting({}, "Exchange rate successfully deleted");
}

function rateOf(call: BooksCall): { currency: StoredCurrency; rate: StoredRate } | null {
  const [currencyId = "", rateId = ""] = call.ids;
  const currency = call.books.currencies.get(currencyId);
  const rate = currency?.rates.find(({ id }) => id === rateId);
  return currency === undefined || rate === undefined ? null : { currency, rate };
}

function putRate(call: BooksCall, id: string, currency: StoredCurrency, made: StoredRate): StoredCurrency {
  const others = currency.rates.filter((rate) => rate.id !== made.id && rate.date !== made.date);
  const changed = {
    ...currency,
    rates: [...others, made].sort((a, b) => (a.date < b.date ? 1 : -1)),
    modified: call.books.stamp(),
  };
  call.books.currencies.put(id, changed);
  return changed;
}

function rateWire(currencyId: string, currency: StoredCurrency, rate: StoredRate) {
  return {
    exchange_rate_id: rate.id,
    currency_id: currencyId,
    currency_code: currency.code,
    effective_date: rate.date,
    rate: amount(rate.rate),
  };
}

/** The files have the bare number. */
function rateAnswer(call: BooksCall, currency: StoredCurrency, rate: StoredRate) {
  const [currencyId = ""] = call.ids;
  return { exchange_rate: isLive(call) ? rateWire(currencyId, currency, rate) : amount(rate.rate) };
}
