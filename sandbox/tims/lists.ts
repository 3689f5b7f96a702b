/** Lists of the simulated TIMS: modified since (inclusive), equality filters, oldest change first, by page or by offset. */
import { jsonAnswer } from "@/sandbox/kit/answers";
import type { SandboxRequest, SandboxResponse } from "@/sandbox/kit/types";
import { refuse, withAmounts } from "./answers";
import type { TimsBooks } from "./open-books";
import { RESOURCES, type ResourceName, type Row } from "./records";

const PAGE_SIZE_DEFAULT = 100;
const PAGE_SIZE_MAX = 200;
const OWN = new Set(["page", "pageSize", "offset", "modifiedSince", "ids"]);

export function answerList(
  books: TimsBooks,
  name: ResourceName,
  { query }: SandboxRequest,
  amounts: string,
): SandboxResponse {
  const pageSize = numberIn(query, "pageSize") ?? PAGE_SIZE_DEFAULT;
  const page = numberIn(query, "page") ?? 1;
  if (pageSize < 1 || pageSize > PAGE_SIZE_MAX || page < 1)
    return refuse(400, "INVALID_PAGE", `pageSize is 1 to ${PAGE_SIZE_MAX}, page 1 or more.`);
  const since = query.get("modifiedSince");
  if (since !== null && Number.isNaN(Date.parse(since)))
    return refuse(400, "INVALID_DATE", "modifiedSince is no ISO time.");
  const rows = matching(books, name, query, since);
  const start = numberIn(query, "offset") ?? (page - 1) * pageSize;
  const data = rows.slice(start, start + pageSize);
  return jsonAnswer(200, {
    data: withAmounts(data, amounts),
    page,
    pageSize,
    totalRecords: rows.length,
    hasMore: start + data.length < rows.length,
  });
}

function matching(books: TimsBooks, name: ResourceName, query: URLSearchParams, since: string | null): Row[] {
  const table = books.table(name);
  const sinceMs = since === null ? Number.NEGATIVE_INFINITY : Date.parse(since);
  const ids = query.get("ids")?.split(",") ?? null;
  const filters = [...query].filter(([key]) => !OWN.has(key));
  return [...table.heads()]
    .filter(([, { modifiedOn }]) => Date.parse(modifiedOn) >= sinceMs)
    .sort(([, first], [, second]) => first.modifiedOn.localeCompare(second.modifiedOn))
    .flatMap(([id]) => table.get(id) ?? [])
    .filter((row) => ids?.includes(String(row[RESOURCES[name].idField])) ?? true)
    .filter((row) =>
      filters.every(([key, value]) => String(row[key] ?? "").toLowerCase() === value.toLowerCase()),
    );
}

function numberIn(query: URLSearchParams, key: string): number | null {
  const text = query.get(key);
  return text !== null && /^\d{1,7}$/.test(text) ? Number(text) : null;
}
