import { z } from "zod";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import { EXCEPTION_SORTS, type ExceptionSort, type ExceptionState } from "@/lib/domain/views/exception-view";
import { type ListSort, sortSchema, sortText } from "@/lib/domain/views/list-sort";

/** The choices in the address of these pages; whatever is not one of ours counts as no choice. */
const SEARCH_CHARACTERS_MAX = 200;

const OLDEST_FIRST: ListSort<ExceptionSort> = { key: "age", descending: false };

const querySchema = z.object({
  state: z.enum(["open", "dismissed"]).catch("open"),
  type: z.enum(RECORD_TYPES).nullable().catch(null),
  q: z.string().catch(""),
  sort: sortSchema(EXCEPTION_SORTS, OLDEST_FIRST),
  after: z
    .string()
    .regex(/^[\w.~-]{1,80}$/)
    .nullable()
    .catch(null),
});

export type ExceptionsQuery = ReturnType<typeof parseExceptionsQuery>;

export function parseExceptionsQuery(query: Record<string, string | string[] | undefined>) {
  const { state, type, q, sort, after } = querySchema.parse(query);
  return { state, recordType: type, search: q.trim().slice(0, SEARCH_CHARACTERS_MAX), sort, after };
}

export interface Narrowing {
  readonly state: ExceptionState;
  readonly recordType: ExceptionsQuery["recordType"];
  readonly search: string;
  /** Of the records of one cause; the oldest first unless said otherwise. */
  readonly sort?: ListSort<ExceptionSort>;
}

/** The address of a list under these choices. */
export function hrefOf(
  path: string,
  { state, recordType, search, sort = OLDEST_FIRST }: Narrowing,
  after?: string,
): string {
  const query = new URLSearchParams();
  if (state !== "open") query.set("state", state);
  if (recordType) query.set("type", recordType);
  if (search !== "") query.set("q", search);
  if (sortText(sort) !== sortText(OLDEST_FIRST)) query.set("sort", sortText(sort));
  if (after !== undefined) query.set("after", after);
  return query.size > 0 ? `${path}?${query}` : path;
}
