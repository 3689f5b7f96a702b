/** Lists of Xero's records, a page at a time through the API's own paging. */
import { pageOfRows } from "../edits";
import type { Answered, Desk, Kind, ListAsked, ListShown } from "../kinds";
import { ROWS_A_PAGE } from "../record-pages";
import { rowsAt, textAt, type Wire } from "../wire";

type Listed = ListShown | Extract<Answered, { ok: false }>;

/** A page of a list that Xero pages; `queryOf` gives what the search adds. */
export function pagedList(
  path: string,
  queryOf: (asked: ListAsked) => Readonly<Record<string, string>>,
): Kind["list"] {
  return (desk: Desk, asked: ListAsked): Listed => {
    const answer = desk.ask("GET", `/${path}`, {
      query: {
        page: String(asked.page),
        pageSize: String(ROWS_A_PAGE),
        order: "UpdatedDateUTC DESC",
        ...queryOf(asked),
      },
    });
    if (!answer.ok) return answer;
    const count = Number(textAt(answer.body, "pagination.itemCount") || "0");
    return { rows: rowsAt(answer.body, path), count, hasMore: asked.page * ROWS_A_PAGE < count };
  };
}

/** A list that Xero gives whole, or cannot search: read whole and searched here. */
export function wholeList(path: string, texts: readonly string[]): Kind["list"] {
  return (desk, asked): Listed => {
    const rows: Wire[] = [];
    for (let page = 1; ; page += 1) {
      const answer = desk.ask("GET", `/${path}`, {
        query: { page: String(page), pageSize: "1000", order: "UpdatedDateUTC DESC" },
      });
      if (!answer.ok) return answer;
      rows.push(...rowsAt(answer.body, path));
      if (page >= Number(textAt(answer.body, "pagination.pageCount") || "1")) break;
    }
    return pageOfRows(rows, asked, ROWS_A_PAGE, texts);
  };
}

/** A filter for text within a field that may be empty; none for no text. */
export function whereContains(field: string, term: string): Readonly<Record<string, string>> {
  return whereOf(term, (plain) => `(${field} != null AND ${field}.Contains("${plain}"))`);
}

/** A filter for the whole of a field. */
export function whereEquals(field: string, term: string): Readonly<Record<string, string>> {
  return whereOf(term, (plain) => `${field}=="${plain}"`);
}

function whereOf(term: string, filter: (plain: string) => string): Readonly<Record<string, string>> {
  // Xero's filters know no escape, so these two cannot be looked for.
  const plain = term.replaceAll(/["\\]/g, "");
  return plain === "" ? {} : { where: filter(plain) };
}
