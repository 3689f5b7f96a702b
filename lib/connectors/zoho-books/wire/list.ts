import { z } from "zod";
import type { ZohoAnswer } from "../client";
import { wireMismatch } from "../errors";

/** A page of a Zoho Books list. Rows stay unread here: one bad row must not take its neighbours with it. */
export interface ZohoList {
  readonly rows: readonly unknown[];
  readonly hasMore: boolean;
}

/** Some of Zoho's files show page_context inside an array. */
const pageContextSchema = z.looseObject({ has_more_page: z.boolean() });
const pageContextsSchema = z.union([pageContextSchema, z.array(pageContextSchema).length(1)]);

export const ROWS_A_PAGE = 200;

/** The rows under the first of `keys` that the answer has. Throws ConnectorError wireMismatch without any. */
export function readList(answer: ZohoAnswer, keys: readonly string[]): ZohoList {
  const rows = keys.map((key) => answer.body[key]).find((value) => Array.isArray(value));
  if (!Array.isArray(rows)) throw wireMismatch(`it has no list "${keys[0]}"`);
  const context = pageContextsSchema.safeParse(answer.body.page_context);
  // Short lists of settings come without a page context; a full page without one would hide what follows.
  if (!context.success && rows.length >= ROWS_A_PAGE)
    throw wireMismatch(`the list "${keys[0]}" does not say whether it goes on`);
  const [page] = context.success ? [context.data].flat() : [];
  return { rows, hasMore: page?.has_more_page ?? false };
}
