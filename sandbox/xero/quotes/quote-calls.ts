/** Calls on /Quotes, and quotes as Xero's JSON shows them. A list is always paged. */
import { notFound, type Wire, type XeroAnswer } from "../answer";
import { answerRecords, bodyOf, firstId, summarizesErrors, writeOptions, type XeroCall } from "../api/call";
import type { Books } from "../books";
import { wireDay, wireDayText, wireInstant } from "../dates";
import { getPdf, wantsPdf } from "../paperwork/printed";
import { present, wireNumber } from "../present/amount";
import { presentLine } from "../present/documents";
import { dayParameter, pagedRequest } from "../purchase-orders/list-parameters";
import type { FieldValue } from "../read/field-order";
import { listPage, queryText, unitDecimalsOf } from "../read/list";
import { writeBatch } from "../write/batch";
import { readElement, readElements } from "../write/input";
import { type Quote, type QuoteHead, quotes } from "./quote";
import { quoteInput, writeQuote } from "./write-quote";

const LINE_AMOUNT_TYPES = { Exclusive: "EXCLUSIVE", Inclusive: "INCLUSIVE", NoTax: "NOTAX" } as const;

export function listQuotes(call: XeroCall): XeroAnswer {
  const { books, request } = call;
  const page = listPage<QuoteHead>(books, pagedRequest(request), {
    paged: true,
    heads: () => quotes(books).heads(),
    filters: filtersOf(call),
    field: (id, head, path) => quoteFields(books, id, head)[path],
  });
  return answerRecords(
    call,
    "Quotes",
    page.ids.map((id) => shownQuote(call, id)),
  );
}

export function getQuote(call: XeroCall): XeroAnswer {
  if (wantsPdf(call)) return getPdf(call, "Quote");
  const id = firstId(call);
  if (quotes(call.books).head(id) === undefined) throw notFound();
  return answerRecords(call, "Quotes", [shownQuote(call, id)]);
}

export function writeQuotes(call: XeroCall, mayUpdate: boolean): XeroAnswer {
  const { books } = call;
  const options = writeOptions(call, mayUpdate);
  return writeBatch(books, readElements(bodyOf(call), "Quotes"), {
    plural: "Quotes",
    idField: "QuoteID",
    summarizeErrors: summarizesErrors(call),
    apply: (element) => writeQuote(books, readElement(element, quoteInput), options),
    present: (id) => shownQuote(call, id),
  });
}

function filtersOf({ request }: XeroCall): ((id: string, head: QuoteHead) => boolean)[] {
  const status = queryText(request, "Status")?.toUpperCase() ?? null;
  const contactId = queryText(request, "ContactID")?.toLowerCase() ?? null;
  const number = queryText(request, "QuoteNumber")?.toLowerCase() ?? null;
  const from = dayParameter(request, "DateFrom");
  const to = dayParameter(request, "DateTo");
  const expiryFrom = dayParameter(request, "ExpiryDateFrom");
  const expiryTo = dayParameter(request, "ExpiryDateTo");
  return [
    (_, head) => status === null || head.status === status,
    (_, head) => contactId === null || head.contactId === contactId,
    (_, head) => number === null || head.number.toLowerCase().includes(number),
    (_, head) => from === null || head.date >= from,
    (_, head) => to === null || head.date <= to,
    (_, head) => expiryFrom === null || (head.expiryDate !== null && head.expiryDate >= expiryFrom),
    (_, head) => expiryTo === null || (head.expiryDate !== null && head.expiryDate <= expiryTo),
  ];
}

function quoteFields(books: Books, id: string, head: QuoteHead): Readonly<Record<string, FieldValue>> {
  return {
    quoteid: id,
    quotenumber: head.number,
    status: head.status,
    reference: head.reference,
    title: head.title,
    date: dayValue(head.date),
    expirydate: dayValue(head.expiryDate),
    currencycode: head.currency,
    total: { amount: head.total },
    updateddateutc: new Date(head.updatedMs),
    "contact.contactid": head.contactId,
    "contact.name": books.contacts.head(head.contactId)?.name ?? null,
  };
}

function dayValue(day: string | null): Date | null {
  return day === null ? null : new Date(`${day}T00:00:00Z`);
}

function shownQuote({ books, request }: XeroCall, id: string): Wire {
  const quote = quotes(books).get(id);
  return quote === undefined ? {} : presentQuote(books, quote, unitDecimalsOf(request));
}

function presentQuote(books: Books, quote: Quote, unitDecimals: number): Wire {
  const contact = books.contacts.head(quote.contactId);
  return present({
    QuoteID: quote.id,
    QuoteNumber: quote.number,
    Reference: quote.reference ?? "",
    Terms: quote.terms,
    Contact: present({ ContactID: quote.contactId, Name: contact?.name }),
    LineItems: quote.lines.map((line) => presentLine(books, line, unitDecimals)),
    Date: wireDay(quote.date),
    DateString: wireDayText(quote.date),
    ExpiryDate: quote.expiryDate === null ? null : wireDay(quote.expiryDate),
    ExpiryDateString: quote.expiryDate === null ? null : wireDayText(quote.expiryDate),
    Status: quote.status,
    CurrencyRate: wireNumber(quote.currencyRate),
    CurrencyCode: quote.currency,
    SubTotal: wireNumber(quote.subTotal),
    TotalTax: wireNumber(quote.totalTax),
    Total: wireNumber(quote.total),
    TotalDiscount: wireNumber(quote.totalDiscount),
    Title: quote.title,
    Summary: quote.summary,
    BrandingThemeID: quote.brandingThemeId,
    UpdatedDateUTC: wireInstant(quote.updatedMs),
    LineAmountTypes: LINE_AMOUNT_TYPES[quote.lineAmountTypes],
  });
}
