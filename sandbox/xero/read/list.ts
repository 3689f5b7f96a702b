/**
 * What every list has in common: filters, order, If-Modified-Since and paging over headers in memory; only
 * the records of the page asked for are read whole.
 */
import type { SandboxRequest } from "@/sandbox/kit/types";
import { postDataInvalid, queryParse, type Wire } from "../answer";
import type { Books } from "../books";
import { compareValues, type FieldReader, type FieldValue, type Filter, parseWhere } from "./where";

export interface ListSource<Header extends { createdMs: number; updatedMs: number }> {
  heads(): Iterable<[string, Header]>;
  /** The value of a field (its path in lower case) for `where` and `order`. */
  field(id: string, header: Header, path: string): FieldValue;
  /** Filters of this endpoint's own query parameters. */
  readonly filters: readonly ((id: string, header: Header) => boolean)[];
  /** False where Xero gives whole lists only. */
  readonly paged: boolean;
}

export interface ListPage {
  readonly ids: readonly string[];
  /** Null when the list was asked for without paging. */
  readonly pagination: Wire | null;
}

const PAGE_SIZE_INITIAL = 100;
const PAGE_SIZE_MAX = 1_000;

/** The ids that a list call asks for. */
export function listPage<Header extends { createdMs: number; updatedMs: number }>(
  books: Books,
  request: SandboxRequest,
  source: ListSource<Header>,
): ListPage {
  const where = queryText(request, "where");
  const filter: Filter | null = where === null ? null : parseWhere(where);
  const since = modifiedSince(books, request);
  const chosen: [string, Header][] = [];
  for (const [id, header] of source.heads()) {
    if (since !== null && !since(header.updatedMs)) continue;
    if (!source.filters.every((passes) => passes(id, header))) continue;
    if (filter !== null && !filter((path) => source.field(id, header, path))) continue;
    chosen.push([id, header]);
  }
  sortChosen(books, request, source, chosen);
  const page = wholeNumber(request, "page");
  const pageSize = wholeNumber(request, "pagesize");
  if (!source.paged || (page === null && pageSize === null))
    return { ids: chosen.map(([id]) => id), pagination: null };
  const number = Math.max(1, page ?? 1);
  const size = Math.min(PAGE_SIZE_MAX, Math.max(1, pageSize ?? PAGE_SIZE_INITIAL));
  return {
    ids: chosen.slice((number - 1) * size, number * size).map(([id]) => id),
    pagination: {
      page: number,
      pageSize: size,
      pageCount: Math.ceil(chosen.length / size),
      itemCount: chosen.length,
    },
  };
}

/** A query parameter by its name in any case; empty counts as absent. */
export function queryText(request: SandboxRequest, name: string): string | null {
  const wanted = name.toLowerCase();
  for (const [key, value] of request.query) if (key.toLowerCase() === wanted && value !== "") return value;
  return null;
}

/** A comma-separated query parameter in lower case; null when absent. */
export function queryList(request: SandboxRequest, name: string): ReadonlySet<string> | null {
  const value = queryText(request, name);
  if (value === null) return null;
  return new Set(value.split(",").map((part) => part.trim().toLowerCase()));
}

export function queryFlag(request: SandboxRequest, name: string): boolean {
  return queryText(request, name)?.toLowerCase() === "true";
}

/** 4 with unitdp=4, else 2. */
export function unitDecimalsOf(request: SandboxRequest): number {
  return queryText(request, "unitdp") === "4" ? 4 : 2;
}

function wholeNumber(request: SandboxRequest, name: string): number | null {
  const value = queryText(request, name);
  if (value === null) return null;
  if (!/^-?\d{1,9}$/.test(value)) throw queryParse(`'${value}' is not a valid ${name}`);
  return Number(value);
}

function modifiedSince(books: Books, request: SandboxRequest): ((updatedMs: number) => boolean) | null {
  const header = request.headers["if-modified-since"];
  if (header === undefined || header === "") return null;
  const isoWithoutZone = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(header);
  const parsed = Date.parse(isoWithoutZone ? `${header}Z` : header);
  if (Number.isNaN(parsed)) throw postDataInvalid(`If-Modified-Since '${header}' is not a date.`);
  const second = Math.floor(parsed / 1000);
  return books.switchPosition("xero.modified-since") === "inclusive"
    ? (updatedMs) => Math.floor(updatedMs / 1000) >= second
    : (updatedMs) => Math.floor(updatedMs / 1000) > second;
}

function sortChosen<Header extends { createdMs: number; updatedMs: number }>(
  books: Books,
  request: SandboxRequest,
  source: ListSource<Header>,
  chosen: [string, Header][],
): void {
  const order = queryText(request, "order");
  if (order === null) {
    if (books.switchPosition("xero.default-order") === "created") return;
    // Records of one instant keep the order in which they were made, since sorting is stable.
    chosen.sort(([, left], [, right]) => left.updatedMs - right.updatedMs);
    return;
  }
  const keys = order.split(",").map((part) => orderKey(part.trim()));
  const reader =
    ([id, header]: [string, Header]): FieldReader =>
    (path) =>
      source.field(id, header, path);
  for (const { path } of keys) {
    const first = chosen[0];
    if (first !== undefined && reader(first)(path) === undefined)
      throw queryParse(`No property or field '${path}' exists in this type`);
  }
  chosen.sort((left, right) => {
    for (const { path, sign } of keys) {
      const compared = compareValues(reader(left)(path), reader(right)(path));
      if (compared !== 0) return sign * compared;
    }
    return 0;
  });
}

function orderKey(part: string): { path: string; sign: 1 | -1 } {
  const match = /^([A-Za-z][A-Za-z0-9_.]*)(?:\s+(ASC|DESC))?$/i.exec(part);
  if (match?.[1] === undefined) throw queryParse(`Cannot order by '${part}'`);
  return { path: match[1].toLowerCase(), sign: match[2]?.toUpperCase() === "DESC" ? -1 : 1 };
}
