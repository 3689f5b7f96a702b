/**
 * Zoho's envelope, error codes and paging. Success is {"code":0,"message":"success",...}; everything else
 * has another code and says why in `message`. https://www.zoho.com/books/api/v3/errors/ (checked 2026-11-21)
 */
import { jsonAnswer } from "@/sandbox/kit/answers";
import { ELEMENTS_HEADER } from "@/sandbox/kit/http";
import type { SandboxContext, SandboxRequest, SandboxResponse } from "@/sandbox/kit/types";
import { isOrdered, orderLayered } from "./layered-order";
import type { Books, LayeredTable, Table } from "./open-books";
import type { StoredOrganization } from "./records";

/** One authorised call to the API, past limits and scope. */
export interface BooksCall {
  readonly context: SandboxContext;
  readonly books: Books;
  readonly organizationId: string;
  readonly organization: StoredOrganization;
  /** The ids in the path, in order. */
  readonly ids: readonly string[];
  readonly query: URLSearchParams;
  /** The JSON body, or undefined. */
  readonly input: unknown;
  /** The call as it came, for bodies that are files. */
  readonly request: SandboxRequest;
}

export function succeed(fields: object, message = "success", status = 200): SandboxResponse {
  return jsonAnswer(status, { code: 0, message, ...fields });
}

/** The answer to a write of one record. */
export function succeedWriting(fields: object, message: string, status = 200): SandboxResponse {
  return jsonAnswer(status, { code: 0, message, ...fields }, { [ELEMENTS_HEADER]: "1" });
}

export function refuse(status: number, code: number, message: string): SandboxResponse {
  return jsonAnswer(status, { code, message });
}

export const CODE_INVALID_VALUE = 4;
export const CODE_INVALID_URL = 5;
export const CODE_TOO_LONG = 15;
export const CODE_DUPLICATE = 1001;
const CODE_NOT_FOUND = 1002;
export const CODE_NOT_ALLOWED = 1010;
export const CODE_DUPLICATE_CONTACT = 3062;

export function refuseMissing(context: SandboxContext, what: string): SandboxResponse {
  return refuse(
    Number(context.switches.get("zoho.not-found-status")),
    CODE_NOT_FOUND,
    `${what} does not exist.`,
  );
}

export function refuseValue(field: string): SandboxResponse {
  return refuse(400, CODE_INVALID_VALUE, `Invalid value passed for ${field}`);
}

/** A rule is broken; Zoho documents neither code nor sentence of most. */
export const refuseNotAllowed = (message: string): SandboxResponse => refuse(400, CODE_NOT_ALLOWED, message);

export const refuseTaken = (message: string): SandboxResponse => refuse(400, CODE_DUPLICATE, message);

export interface Listing {
  /** Name of the rows in the answer. */
  readonly key: string;
  /** null: page_context has no report_name. */
  readonly reportName: string | null;
  readonly sortColumn: string;
  readonly sortOrder: "A" | "D";
  /** Some lists do not repeat filter_by. */
  readonly withoutFilter?: boolean;
}

const PER_PAGE_MAX = 200;

/** One page of the records that match, in the order given. */
export function listPage<Header>(
  call: BooksCall,
  listing: Listing,
  records: Iterable<readonly [string, Header]>,
  toRow: (id: string, header: Header) => object,
): SandboxResponse {
  const asked = readPaging(call);
  if ("refused" in asked) return refuseValue(asked.refused);
  const { page, perPage } = asked;
  const first = (page - 1) * perPage;
  const rows: object[] = [];
  const skipped = isOrdered(records) ? first : 0;
  let index = skipped;
  let more = false;
  for (const [id, header] of isOrdered(records) ? records.from(skipped) : records) {
    if (index >= first + perPage) {
      more = true;
      break;
    }
    if (index >= first) rows.push(toRow(id, header));
    index += 1;
  }
  return succeed({
    [listing.key]: rows,
    page_context: {
      page,
      per_page: perPage,
      has_more_page: more,
      ...(listing.reportName === null ? {} : { report_name: listing.reportName }),
      ...(listing.withoutFilter === true
        ? {}
        : { applied_filter: call.query.get("filter_by") ?? "Status.All" }),
      sort_column: listing.sortColumn,
      sort_order: listing.sortOrder,
    },
  });
}

type Paging = { readonly page: number; readonly perPage: number };

/** page and per_page of the call, or the name of the one that is refused. */
export function readPaging(call: BooksCall): Paging | { readonly refused: string } {
  const { switches } = call.context;
  for (const name of ["page", "per_page"]) {
    const text = call.query.get(name);
    if (text === null || text === "" || positiveInteger(text) !== null) continue;
    if (switches.get("zoho.odd-paging") === "refused") return { refused: name };
  }
  const perPage = positiveInteger(call.query.get("per_page")) ?? PER_PAGE_MAX;
  if (perPage > PER_PAGE_MAX && switches.get("zoho.per-page-over-200") === "refused")
    return { refused: "per_page" };
  return {
    page: positiveInteger(call.query.get("page")) ?? 1,
    perPage: Math.min(perPage, PER_PAGE_MAX),
  };
}

function positiveInteger(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}

/** Whether answers are shaped as live organisations give them, rather than to the letter of the files. */
export const isLive = (call: { readonly context: SandboxContext }): boolean =>
  call.context.switches.get("zoho.books-answers") === "live";

const sortedLists = new WeakMap<object, Map<string, { version: number; ids: string[] }>>();

/** Sorts a table by a column, keeping the order until the table changes. Equal values sort by age. */
export function sorted<Header>(
  table: Table<unknown, Header> & Partial<LayeredTable<unknown, Header>>,
  column: string,
  order: "A" | "D",
  read: (header: Header) => string | number,
): Iterable<readonly [string, Header]> {
  return hasDerived(table)
    ? orderLayered(table, column, order, read)
    : sortedRecords(table, column, order, read);
}

function hasDerived<Header>(
  table: Table<unknown, Header> & Partial<LayeredTable<unknown, Header>>,
): table is LayeredTable<unknown, Header> {
  return table.derived !== undefined && table.derived !== null;
}

function* sortedRecords<Header>(
  table: Table<unknown, Header>,
  column: string,
  order: "A" | "D",
  read: (header: Header) => string | number,
): Generator<readonly [string, Header]> {
  const kept = sortedLists.get(table) ?? new Map<string, { version: number; ids: string[] }>();
  sortedLists.set(table, kept);
  const found = kept.get(`${column} ${order}`);
  const ids = found?.version === table.version ? found.ids : sortIds(table, order, read);
  kept.set(`${column} ${order}`, { version: table.version, ids });
  for (const id of ids) {
    const header = table.head(id);
    if (header !== undefined) yield [id, header];
  }
}

function sortIds<Header>(
  table: Table<unknown, Header>,
  order: "A" | "D",
  read: (header: Header) => string | number,
): string[] {
  const direction = order === "A" ? 1 : -1;
  return [...table.heads()]
    .map(([id, header]) => ({ id, value: read(header) }))
    .sort((a, b) => direction * (compare(a.value, b.value) || compare(a.id, b.id)))
    .map(({ id }) => id);
}

function compare(first: string | number, second: string | number): number {
  return first < second ? -1 : first > second ? 1 : 0;
}

/** sort_column and sort_order of the call, where the column is one of those given; else the default. */
export function sortAsked<Column extends string>(
  call: BooksCall,
  columns: readonly Column[],
  fallback: { readonly column: Column; readonly order: "A" | "D" },
): { readonly column: Column; readonly order: "A" | "D" } {
  const column = columns.find((known) => known === call.query.get("sort_column"));
  const order = call.query.get("sort_order");
  return {
    column: column ?? fallback.column,
    order: order === "A" || order === "D" ? order : column === undefined ? fallback.order : "A",
  };
}
