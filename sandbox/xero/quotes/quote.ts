/** Quotes as they are kept. They post nothing and close no period. */
import type { Books } from "../books";
import { noted } from "../paperwork/noted";
import { perBooks } from "../per-books";
import type { DocumentCore, Kept } from "../records";
import type { Table } from "../table";

export type QuoteStatus = "DRAFT" | "SENT" | "DECLINED" | "ACCEPTED" | "INVOICED" | "DELETED";

export interface Quote extends DocumentCore {
  readonly status: QuoteStatus;
  readonly number: string;
  readonly expiryDate: string | null;
  readonly title: string | null;
  readonly summary: string | null;
  readonly terms: string | null;
  readonly brandingThemeId: string | null;
  readonly totalDiscount: string;
}

export type QuoteHead = Pick<Kept, "createdMs" | "updatedMs"> &
  Pick<
    Quote,
    | "status"
    | "number"
    | "reference"
    | "contactId"
    | "date"
    | "expiryDate"
    | "currency"
    | "total"
    | "title"
    | "byApp"
  >;

export const quotes = perBooks<Table<Quote, QuoteHead, "number">>((books: Books) =>
  noted(
    () => books,
    books.table("quotes", quoteHead, { number: (head: QuoteHead) => head.number.toLowerCase() }),
  ),
);

/** The quote of a number; a deleted quote's number may be given again. */
export function findQuoteByNumber(books: Books, number: string): string | undefined {
  const table = quotes(books);
  for (const id of table.by("number", number.toLowerCase()))
    if (table.head(id)?.status !== "DELETED") return id;
  return undefined;
}

function quoteHead(quote: Quote): QuoteHead {
  return {
    createdMs: quote.createdMs,
    updatedMs: quote.updatedMs,
    status: quote.status,
    number: quote.number,
    reference: quote.reference,
    contactId: quote.contactId,
    date: quote.date,
    expiryDate: quote.expiryDate,
    currency: quote.currency,
    total: quote.total,
    title: quote.title,
    byApp: quote.byApp,
  };
}
