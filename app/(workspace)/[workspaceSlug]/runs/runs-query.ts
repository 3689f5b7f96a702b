import { z } from "zod";
import { sortSchema, sortText } from "@/lib/domain/views/list-sort";
import { RUN_OUTCOMES, RUN_SORTS } from "@/lib/domain/views/run-list-view";

const KEY_MAX = 100;
const NEWEST_FIRST = { key: "time", descending: true } as const;

/** The choices in the address of the list of runs; whatever is not one of ours counts as no choice. */
const querySchema = z.object({
  outcome: z.enum(RUN_OUTCOMES).nullable().catch(null),
  sort: sortSchema(RUN_SORTS, NEWEST_FIRST),
  after: z.string().max(KEY_MAX).nullable().catch(null),
});

export type RunsQuery = z.output<typeof querySchema>;

export const parseRunsQuery = (query: Record<string, string | string[] | undefined>): RunsQuery =>
  querySchema.parse(query);

/** The address of the list under these choices, from its beginning unless a place is among them. */
export function runsHref(path: string, choice: RunsQuery, change: Partial<RunsQuery>): string {
  const { outcome, sort, after } = { ...choice, after: null, ...change };
  const query = new URLSearchParams();
  if (outcome) query.set("outcome", outcome);
  if (sortText(sort) !== sortText(NEWEST_FIRST)) query.set("sort", sortText(sort));
  if (after !== null) query.set("after", after);
  return query.size > 0 ? `${path}?${query}` : path;
}
