/**
 * What every list has in common: filters, order, If-Modified-Since and paging over headers in memory; only
 * the records of the page asked for are read whole. A filter or order that no index of Xero's serves is
 * refused where the list is long (its "high volume" rule).
 */
import type { SandboxRequest } from "@/sandbox/kit/types";
import { postDataInvalid, queryParse, type Wire, XeroRefusal } from "../answer";
import type { Books } from "../books";
import { type ChosenRows, chooseDerived, type DerivedRows } from "./derived-list";
import { compareValues, type FieldValue } from "./field-order";
import { type FieldReader, type FieldType, parseWhere, type Where } from "./where";

export interface ListSource<Header extends { createdMs: number; updatedMs: number }> {
  heads(): Iterable<[string, Header]>;
  /** The value of a field (its path in lower case) for `where` and `order`. */
  field(id: string, header: Header, path: string): FieldValue;
  /** Filters of this endpoint's own query parameters. */
  readonly filters: readonly ((id: string, header: Header) => boolean)[];
  /** False where Xero gives whole lists only. */
  readonly paged: boolean;
  /** Every field that `where` and `order` may name; without it a wrong name shows only once there is a record. */
  readonly types?: Readonly<Record<string, FieldType>>;
  /** Derived records below the written ones, where the call does not name its records one by one. */
  readonly derivedRows?: DerivedRows<Header> | null;
  /** What Xero's documentation calls optimised; without it, everything is. */
  readonly optimised?: { readonly where: ReadonlySet<string>; readonly order: ReadonlySet<string> };
}

export interface ListPage {
  readonly ids: readonly string[];
  /** Null when the list was asked for without paging. */
  readonly pagination: Wire | null;
}

const PAGE_SIZE_INITIAL = 100;
const PAGE_SIZE_MAX = 1_000;
const WHOLE_LIST_MAX = 100_000;

/** The ids that a list call asks for. */
export function listPage<Header extends { createdMs: number; updatedMs: number }>(
  books: Books,
  request: SandboxRequest,
  source: ListSource<Header>,
): ListPage {
  const where = readWhere(books, request, source);
  const keys = orderKeys(request, source);
  const since = modifiedSince(books, request);
  const rowsMax = isServed(source, where, keys)
    ? Number.POSITIVE_INFINITY
    : Number(books.switchPosition("xero.high-volume-rows"));
  const derived = derivedChoice(source, { where, keys, since, rowsMax });
  if (derived !== null) return pageOf(request, source, derived);
  const chosen: [string, Header][] = [];
  let rows = 0;
  for (const [id, header] of source.heads()) {
    if (since !== null && !since(header.updatedMs)) continue;
    if (!source.filters.every((passes) => passes(id, header))) continue;
    rows += 1;
    if (rows > rowsMax) throw queryParse(HIGH_VOLUME);
    if (where !== null && !where.passes((path) => source.field(id, header, path))) continue;
    chosen.push([id, header]);
  }
  if (since !== null && chosen.length === 0 && books.switchPosition("xero.nothing-modified") === "304")
    throw new XeroRefusal({ status: 304, body: null });
  sortChosen(books, keys, source, chosen);
  return pageOf(request, source, {
    size: chosen.length,
    ids: (from, to) => chosen.slice(from, to).map(([id]) => id),
  });
}

function pageOf<Header extends { createdMs: number; updatedMs: number }>(
  request: SandboxRequest,
  source: ListSource<Header>,
  chosen: ChosenRows,
): ListPage {
  const page = wholeNumber(request, "page");
  const pageSize = wholeNumber(request, "pagesize");
  if (!source.paged || (page === null && pageSize === null)) {
    // A whole list of so many was never answered by Xero either; see its high volume rule.
    if (chosen.size > WHOLE_LIST_MAX) throw queryParse(HIGH_VOLUME);
    return { ids: chosen.ids(0, chosen.size), pagination: null };
  }
  const number = Math.max(1, page ?? 1);
  const size = Math.min(PAGE_SIZE_MAX, Math.max(1, pageSize ?? PAGE_SIZE_INITIAL));
  return {
    ids: chosen.ids((number - 1) * size, number * size),
    pagination: {
      page: number,
      pageSize: size,
      pageCount: Math.ceil(chosen.size / size),
      itemCount: chosen.size,
    },
  };
}

/** Rows chosen by counting, where there are derived ones and the order is that of their numbers. */
function derivedChoice<Header extends { createdMs: number; updatedMs: number }>(
  source: ListSource<Header>,
  asked: {
    where: Where | null;
    keys: readonly OrderKey[];
    since: ((updatedMs: number) => boolean) | null;
    rowsMax: number;
  },
): ChosenRows | null {
  const { where, keys, since, rowsMax } = asked;
  const rows = source.derivedRows ?? null;
  const [key] = keys;
  if (rows === null || keys.length > 1 || (key !== undefined && key.path !== "updateddateutc")) return null;
  let counted = 0;
  return chooseDerived(rows, {
    since,
    isNarrowed: rows.isFiltered || where !== null,
    descending: key?.sign === -1,
    passes(id, header) {
      if (!source.filters.every((passes) => passes(id, header))) return false;
      counted += 1;
      if (counted > rowsMax) throw queryParse(HIGH_VOLUME);
      return where === null || where.passes((path) => source.field(id, header, path));
    },
  });
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

const HIGH_VOLUME =
  "This request exceeds the high volume threshold: use optimised where and order parameters only.";

function readWhere<Header extends { createdMs: number; updatedMs: number }>(
  books: Books,
  request: SandboxRequest,
  { types }: ListSource<Header>,
): Where | null {
  const where = queryText(request, "where");
  if (where === null) return null;
  return parseWhere(where, {
    ...(types === undefined ? {} : { types }),
    nullGuard: books.switchPosition("xero.where-null-guard") === "required",
    caseSensitive: books.switchPosition("xero.where-text-case") === "sensitive",
  });
}

/** Whether Xero's indexes serve this filter and order however long the list is. */
function isServed<Header extends { createdMs: number; updatedMs: number }>(
  { optimised }: ListSource<Header>,
  where: Where | null,
  keys: readonly OrderKey[],
): boolean {
  if (optimised === undefined) return true;
  const isWhereServed =
    where === null || (where.isPlain && [...where.fields].every((path) => optimised.where.has(path)));
  return isWhereServed && keys.every(({ path }) => optimised.order.has(path));
}

/** HTTP dates and ISO times; an ISO time without a zone is UTC. */
function modifiedSince(books: Books, request: SandboxRequest): ((updatedMs: number) => boolean) | null {
  const header = request.headers["if-modified-since"]?.trim();
  if (header === undefined || header === "") return null;
  const isoWithoutZone = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/.test(header);
  const iso = header.length === "2026-06-01".length ? `${header}T00:00:00` : header.replace(" ", "T");
  const parsed = Date.parse(isoWithoutZone ? `${iso}Z` : header);
  if (Number.isNaN(parsed)) throw postDataInvalid(`If-Modified-Since '${header}' is not a date.`);
  const second = Math.floor(parsed / 1000);
  return books.switchPosition("xero.modified-since") === "inclusive"
    ? (updatedMs) => Math.floor(updatedMs / 1000) >= second
    : (updatedMs) => Math.floor(updatedMs / 1000) > second;
}

interface OrderKey {
  readonly path: string;
  readonly sign: 1 | -1;
}

function orderKeys<Header extends { createdMs: number; updatedMs: number }>(
  request: SandboxRequest,
  { types }: ListSource<Header>,
): readonly OrderKey[] {
  const order = queryText(request, "order");
  if (order === null) return [];
  return order.split(",").map((part) => {
    const match = /^([A-Za-z][A-Za-z0-9_.]*)(?:\s+(ASC|DESC|ASCENDING|DESCENDING))?$/i.exec(part.trim());
    if (match?.[1] === undefined) throw queryParse("Syntax error");
    const path = match[1].toLowerCase();
    if (types !== undefined && !Object.hasOwn(types, path)) throw noSuchField(match[1]);
    return { path, sign: match[2]?.toUpperCase().startsWith("DESC") ? -1 : 1 };
  });
}

function noSuchField(path: string): XeroRefusal {
  return queryParse(`No property or field '${path}' exists in this type`);
}

function sortChosen<Header extends { createdMs: number; updatedMs: number }>(
  books: Books,
  keys: readonly OrderKey[],
  source: ListSource<Header>,
  chosen: [string, Header][],
): void {
  if (keys.length === 0) {
    if (books.switchPosition("xero.default-order") === "created") return;
    // Records of one instant keep the order in which they were made, since sorting is stable.
    chosen.sort(([, left], [, right]) => left.updatedMs - right.updatedMs);
    return;
  }
  const reader =
    ([id, header]: [string, Header]): FieldReader =>
    (path) =>
      source.field(id, header, path);
  for (const { path } of keys) {
    const first = chosen[0];
    if (first !== undefined && reader(first)(path) === undefined) throw noSuchField(path);
  }
  chosen.sort((left, right) => {
    for (const { path, sign } of keys) {
      const compared = compareValues(reader(left)(path), reader(right)(path));
      if (compared !== 0) return sign * compared;
    }
    return 0;
  });
}
