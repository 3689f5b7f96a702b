/** One address of the API with the parameters that it takes, and the paging that every list has. */
import type { z } from "zod";
import type { StripeBooks } from "./books";
import { missing } from "./errors";
import type { FormValue } from "./form";
import { readParameters } from "./parameters";
import { presentList } from "./present";

export interface Route {
  readonly method: string;
  /** "/customers/{id}" */
  readonly path: string;
  readonly pattern: RegExp;
  answer(books: StripeBooks, given: Record<string, FormValue>, id: string): object;
}

/** A route by "METHOD /path/{id}"; `act` answers the object that is shown. */
export function route<Wish>(
  address: string,
  schema: z.ZodType<Wish>,
  act: (books: StripeBooks, wish: Wish, id: string) => object,
): Route {
  const [method = "", path = ""] = address.split(" ");
  return {
    method,
    path,
    pattern: new RegExp(`^${path.replace("{id}", "([^/]+)")}$`),
    answer: (books, given, id) => act(books, readParameters(schema, given), id),
  };
}

const PAGE_ROWS = 10;

/** A page of rows, newest first, after the one that is named. */
export function listed<Row extends { readonly id: string }>(
  url: string,
  rows: readonly Row[],
  { limit = PAGE_ROWS, starting_after }: { readonly limit?: number; readonly starting_after?: string },
  present: (row: Row) => object,
) {
  const at = starting_after === undefined ? -1 : rows.findIndex(({ id }) => id === starting_after);
  if (starting_after !== undefined && at < 0)
    throw missing("object", starting_after, "parameter", "starting_after");
  const shown = rows.slice(at + 1, at + 1 + limit);
  return presentList(url, shown.map(present), at + 1 + limit < rows.length);
}
