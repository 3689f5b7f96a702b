/** The pages of one organisation: a list with its search, a record with everything about it, and own pages. */
import { type Content, type Html, html } from "./html";
import type { Act, Answered, Desk, Kind, ListAsked, OwnPage } from "./kinds";
import { actForms, facts, type Refused, table } from "./parts";
import { textAt, type Wire } from "./wire";

/** Rows of a page of any list. */
export const ROWS_A_PAGE = 50;

type Problem = Extract<Answered, { ok: false }>;

/** A list's page; a search or page that the vendor refuses shows its words. */
export function listMain(kind: Kind, desk: Desk, asked: ListAsked): Html {
  const shown = kind.list(desk, asked);
  const search = searchForm(kind, desk, asked);
  if (!("rows" in shown)) return html`${search}${problemNote(shown)}`;
  const columns = kind.columns.map((column, index) =>
    index === 0 ? { ...column, link: (row: Wire) => `${desk.base}/${kind.slug}/${kind.idOf(row)}` } : column,
  );
  const caption = captionOf(kind, asked, shown.count, shown.rows.length);
  return html`${search}<div class="sheet">${
    shown.rows.length === 0
      ? html`<p>${asked.term === "" && asked.page === 1 ? `There are no ${kind.many.toLowerCase()}.` : "Nothing here matches."}</p>`
      : table(caption, columns, shown.rows, {
          desk,
          currencyOf: (row) => textAt(row, kind.currencyAt),
        })
  }${pageLinks(kind, desk, asked, shown.hasMore)}</div>`;
}

function captionOf(kind: Kind, { page }: ListAsked, count: number | null, rows: number): string {
  const first = (page - 1) * ROWS_A_PAGE + 1;
  const range = `${first.toLocaleString("en")} to ${(first + rows - 1).toLocaleString("en")}`;
  return `${kind.many} ${range}${count === null ? "" : ` of ${count.toLocaleString("en")}`}`;
}

function searchForm(kind: Kind, desk: Desk, asked: ListAsked): Content {
  const [first] = kind.searches;
  if (first === undefined) return null;
  const choice =
    kind.searches.length === 1
      ? null
      : html`<div><label for="by">Search in</label><select id="by" name="by">${kind.searches.map(([name, label]) => html`<option value="${name}"${name === asked.by ? html` selected` : null}>${label}</option>`)}</select></div>`;
  const label = kind.searches.length === 1 ? `Search by ${first[1].toLowerCase()}` : "Search for";
  return html`<form class="bar" role="search" method="get" action="${desk.base}/${kind.slug}">${choice}<div><label for="q">${label}</label><input id="q" name="q" type="search" value="${asked.term}"></div><button>Search</button>${asked.term === "" ? null : html`<a href="${desk.base}/${kind.slug}">Show all</a>`}</form>`;
}

function pageLinks(kind: Kind, desk: Desk, asked: ListAsked, hasMore: boolean): Content {
  const address = (page: number): string => {
    const query = new URLSearchParams({ page: String(page) });
    if (asked.term !== "") query.set("q", asked.term);
    if (asked.by !== "") query.set("by", asked.by);
    return `${desk.base}/${kind.slug}?${query}`;
  };
  if (asked.page === 1 && !hasMore) return null;
  return html`<nav class="pages" aria-label="Pages">${asked.page > 1 ? html`<a href="${address(asked.page - 1)}" rel="prev">Previous page</a>` : null}<span>Page ${asked.page.toLocaleString("en")}</span>${hasMore ? html`<a href="${address(asked.page + 1)}" rel="next">Next page</a>` : null}</nav>`;
}

function problemNote({ problem }: Problem): Html {
  return html`<p class="problem" role="alert">${problem}</p>`;
}

/** The sentence after something was done; nothing when `done` names no act. */
export function doneNote(acts: readonly Act[], done: string): Content {
  const act = acts.find(({ slug }) => slug === done);
  return act === undefined ? null : html`<p class="done" role="status">Done: ${act.label.toLowerCase()}.</p>`;
}

/** A record's page. */
export function recordMain(
  kind: Kind,
  parts: {
    readonly desk: Desk;
    readonly id: string;
    readonly record: Wire;
    readonly done: string;
    readonly refused: Refused | null;
  },
): Html {
  const { desk, id, record } = parts;
  const shown = { desk, currencyOf: () => textAt(record, kind.currencyAt) };
  const lines = kind.lines === undefined ? null : linesOf(kind, record, desk);
  return html`${doneNote(kind.acts, parts.done)}<section class="sheet" aria-label="Facts">${facts(kind.facts, record, shown)}</section>
${lines === null && kind.totals === undefined ? null : html`<section class="sheet" aria-label="Lines and totals">${lines}${kind.totals === undefined ? null : facts(kind.totals, record, shown, "totals")}</section>`}
${actForms(kind.acts, { desk, record, address: `${desk.base}/${kind.slug}/${encodeURIComponent(id)}`, refused: parts.refused })}
${(kind.sections?.(desk, id, record) ?? []).map(
  ({ title, content }) => html`<section class="sheet titled"><h2>${title}</h2>${content}</section>`,
)}`;
}

function linesOf(kind: Kind, record: Wire, desk: Desk): Content {
  const { lines } = kind;
  const found = lines === undefined ? undefined : record[lines.at];
  if (lines === undefined || !Array.isArray(found) || found.length === 0) return null;
  return table("Lines", lines.columns, found, {
    desk,
    currencyOf: () => textAt(record, kind.currencyAt),
  });
}

/** An own page's. */
export function ownMain(page: OwnPage, desk: Desk, done: string, refused: Refused | null): Html {
  const record = page.record(desk);
  return html`${doneNote(page.acts, done)}${page.render(desk, record)}${actForms(page.acts, { desk, record, address: `${desk.base}/${page.slug}`, refused })}`;
}
