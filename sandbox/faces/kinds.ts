/**
 * What a vendor tells the face about itself: its organisations, the kinds of record that a person looks at, and
 * what a person may do with one. Everything is read and written through the vendor's own calls, so that a page
 * shows what a client would be told and an edit is refused where a client's would be.
 */
import type { SandboxResponse } from "@/sandbox/kit/types";
import type { Html } from "./html";
import type { Wire } from "./wire";

export type Answered =
  | { readonly ok: true; readonly body: Wire }
  | { readonly ok: false; readonly status: number; readonly problem: string };

/** One call of the vendor's API as a person makes it: no token, no limit, not in the call log. */
export type Ask = (
  method: "GET" | "PUT" | "POST" | "DELETE",
  path: string,
  more?: { readonly query?: Readonly<Record<string, string>>; readonly body?: unknown },
) => Answered;

/** What the pages of one organisation work with. */
export interface Desk {
  readonly ask: Ask;
  /** Path of the organisation's pages, "/xero/books/{tenant}". */
  readonly base: string;
  /** YYYY-MM-DD in sandbox time. */
  readonly today: string;
}

export interface Column {
  readonly label: string;
  /** Path in the record, or how to tell it. */
  readonly at: string | ((record: Wire) => string);
  /** "number" is shown as it is, an amount with the decimals of its currency. */
  readonly as?: "day" | "instant" | "amount" | "number" | "status";
  /** Address of what the cell names, or null. */
  readonly link?: (record: Wire, desk: Desk) => string | null;
}

export interface ListAsked {
  /** From 1. */
  readonly page: number;
  readonly term: string;
  /** Name of the search that was chosen; the first when it names none. */
  readonly by: string;
}

export interface ListShown {
  readonly rows: readonly Wire[];
  readonly hasMore: boolean;
  /** How many there are in all, where the vendor tells. */
  readonly count: number | null;
}

export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly type: "text" | "date" | "amount" | "select";
  readonly value: string;
  readonly options?: readonly (readonly [value: string, label: string])[];
  /** Fields of one group stand together under its name. */
  readonly group?: string;
}

/** Something that a person does with a record. */
export interface Act {
  /** Last part of its address. */
  readonly slug: string;
  readonly label: string;
  /** Whether the page offers it; the vendor's rules decide whether it may be done. */
  fits(record: Wire): boolean;
  /** Without fields it is one button. */
  fields?(record: Wire, desk: Desk): readonly FormField[];
  run(parts: {
    readonly desk: Desk;
    readonly id: string;
    readonly record: Wire;
    readonly form: URLSearchParams;
  }): Answered;
}

export interface Section {
  readonly title: string;
  readonly content: Html;
}

/** A kind of record with its list and its page. */
export interface Kind {
  readonly slug: string;
  readonly many: string;
  readonly one: string;
  /** Heading of the navigation it stands under; "" for the first. */
  readonly group: string;
  /** Names of the searches it can do; none: no search box. */
  readonly searches: readonly (readonly [name: string, label: string])[];
  list(desk: Desk, asked: ListAsked): ListShown | Extract<Answered, { ok: false }>;
  get(desk: Desk, id: string): Answered;
  idOf(record: Wire): string;
  titleOf(record: Wire): string;
  /** Path of the currency that amounts are in. */
  readonly currencyAt: string;
  readonly columns: readonly Column[];
  readonly facts: readonly Column[];
  readonly lines?: { readonly at: string; readonly columns: readonly Column[] };
  readonly totals?: readonly Column[];
  sections?(desk: Desk, id: string, record: Wire): readonly Section[];
  readonly acts: readonly Act[];
  file?(desk: Desk, id: string, fileId: string): SandboxResponse | null;
}

/** A page of an organisation that is no list, such as its settings. */
export interface OwnPage {
  readonly slug: string;
  readonly label: string;
  readonly group: string;
  /** What its acts work on. */
  record(desk: Desk): Wire;
  render(desk: Desk, record: Wire): Html;
  readonly acts: readonly Act[];
}

export interface Office {
  readonly name: string;
  /** Who does what is done here. */
  readonly person: string;
  readonly desk: Desk;
  readonly kinds: readonly Kind[];
  readonly pages: readonly OwnPage[];
}

export interface Vendor {
  /** First part of its addresses, as in the call log. */
  readonly prefix: "xero" | "zoho";
  readonly name: string;
  organisations(): readonly { readonly id: string; readonly name: string; readonly note: string }[];
  /** Null when it has no such organisation. */
  open(id: string): Office | null;
}
