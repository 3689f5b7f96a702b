/** Addresses of quotes. */
import { INVOICES, type Route, route } from "../api/route";
import { getQuote, listQuotes, writeQuotes } from "./quote-calls";

export const QUOTE_ROUTES: readonly Route[] = [
  route("GET", "/Quotes", INVOICES, listQuotes),
  route("PUT", "/Quotes", INVOICES, (call) => writeQuotes(call, false)),
  route("POST", "/Quotes", INVOICES, (call) => writeQuotes(call, true)),
  route("GET", "/Quotes/{id}", INVOICES, getQuote),
  route("POST", "/Quotes/{id}", INVOICES, (call) => writeQuotes(call, true)),
];
