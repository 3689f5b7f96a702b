import { z } from "zod";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import type { ExceptionState } from "@/lib/domain/views/exception-view";

/** The choices in the address of these pages; whatever is not one of ours counts as no choice. */
const SEARCH_CHARACTERS_MAX = 200;

const querySchema = z.object({
  state: z.enum(["open", "dismissed"]).catch("open"),
  type: z.enum(RECORD_TYPES).nullable().catch(null),
  q: z.string().catch(""),
  after: z
    .string()
    .regex(/^[0-9a-f.]{1,60}$/)
    .nullable()
    .catch(null),
});

export type ExceptionsQuery = ReturnType<typeof parseExceptionsQuery>;

export function parseExceptionsQuery(query: Record<string, string | string[] | undefined>) {
  const { state, type, q, after } = querySchema.parse(query);
  return { state, recordType: type, search: q.trim().slice(0, SEARCH_CHARACTERS_MAX), after };
}

export interface Narrowing {
  readonly state: ExceptionState;
  readonly recordType: ExceptionsQuery["recordType"];
  readonly search: string;
}

/** The address of a list under these choices. */
export function hrefOf(path: string, { state, recordType, search }: Narrowing, after?: string): string {
  const query = new URLSearchParams();
  if (state !== "open") query.set("state", state);
  if (recordType) query.set("type", recordType);
  if (search !== "") query.set("q", search);
  if (after !== undefined) query.set("after", after);
  return query.size > 0 ? `${path}?${query}` : path;
}
