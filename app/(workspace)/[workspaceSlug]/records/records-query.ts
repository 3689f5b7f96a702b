import { z } from "zod";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import { sortSchema, sortText } from "@/lib/domain/views/list-sort";
import { DISPOSITIONS, RECORD_SORTS } from "@/lib/domain/views/record-list-view";

const KEY_MAX = 1_200;
const LATEST_FIRST = { key: "date", descending: true } as const;

/** The choices in the address of the list of records; whatever is not one of ours counts as no choice. */
const querySchema = z.object({
  type: z.enum(RECORD_TYPES).nullable().catch(null),
  state: z.enum(DISPOSITIONS).nullable().catch(null),
  q: z.string().trim().max(100).catch(""),
  sort: sortSchema(RECORD_SORTS, LATEST_FIRST),
  after: z.string().max(KEY_MAX).nullable().catch(null),
});

export type RecordsQuery = z.output<typeof querySchema>;

export const parseRecordsQuery = (query: Record<string, string | string[] | undefined>): RecordsQuery =>
  querySchema.parse(query);

/** The address of the list under these choices, from its beginning unless a place is among them. */
export function recordsHref(path: string, choice: RecordsQuery, change: Partial<RecordsQuery>): string {
  const { type, state, q, sort, after } = { ...choice, after: null, ...change };
  const query = new URLSearchParams();
  if (type) query.set("type", type);
  if (state) query.set("state", state);
  if (q !== "") query.set("q", q);
  if (sortText(sort) !== sortText(LATEST_FIRST)) query.set("sort", sortText(sort));
  if (after !== null) query.set("after", after);
  return query.size > 0 ? `${path}?${query}` : path;
}
