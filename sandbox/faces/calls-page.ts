/** Every API call that came in to a vendor, the newest first, narrowed by caller, path and outcome. */
import type { CallEntry, CallLog } from "@/sandbox/kit/call-log";
import { type Html, html } from "./html";
import { instantInWords } from "./wire";

const CALLS_A_PAGE = 100;
const FILTERS = [
  ["caller", "Caller or user agent"],
  ["path", "Path"],
  ["outcome", "Status or fault"],
] as const;

/** The page's main part, by its query. */
export function callsMain(callLog: CallLog, prefix: string, query: URLSearchParams): Html {
  const wanted = Object.fromEntries(
    FILTERS.map(([name]) => [name, query.get(name)?.trim().toLowerCase() ?? ""]),
  );
  const page = pageOf(query);
  const { rows, count } = chosen(callLog.entries(), page, (entry) => {
    if (entry.service !== prefix) return false;
    const texts = { caller: callerOf(entry), path: pathOf(entry), outcome: outcomeOf(entry) };
    return FILTERS.every(([name]) => texts[name].toLowerCase().includes(wanted[name] ?? ""));
  });
  const address = (number: number): string => {
    const next = new URLSearchParams(query);
    next.set("page", String(number));
    return `/${prefix}/calls?${next}`;
  };
  const isFiltered = Object.values(wanted).some((text) => text !== "");
  return html`<form class="bar" role="search" method="get" action="/${prefix}/calls">${FILTERS.map(
    ([name, label]) =>
      html`<div><label for="${name}">${label}</label><input id="${name}" name="${name}" value="${query.get(name) ?? ""}"></div>`,
  )}<button>Filter</button>${isFiltered ? html`<a href="/${prefix}/calls">Show all</a>` : null}</form>
<div class="sheet">${rows.length === 0 ? html`<p>${isFiltered ? "No call matches." : "No call has come in."}</p>` : callTable(rows, count)}
<nav class="pages" aria-label="Pages">${page > 1 ? html`<a href="${address(page - 1)}" rel="prev">Newer calls</a>` : null}<span>Page ${page}</span>${page * CALLS_A_PAGE < count ? html`<a href="${address(page + 1)}" rel="next">Older calls</a>` : null}</nav></div>`;
}

function pageOf(query: URLSearchParams): number {
  const text = query.get("page") ?? "";
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1;
}

function chosen(
  entries: readonly CallEntry[],
  page: number,
  passes: (entry: CallEntry) => boolean,
): { rows: readonly CallEntry[]; count: number } {
  const rows: CallEntry[] = [];
  let count = 0;
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index];
    if (entry === undefined || !passes(entry)) continue;
    if (count >= (page - 1) * CALLS_A_PAGE && count < page * CALLS_A_PAGE) rows.push(entry);
    count += 1;
  }
  return { rows, count };
}

const callerOf = ({ caller, userAgent }: CallEntry): string => `${caller ?? "unknown"} ${userAgent ?? ""}`;
const pathOf = ({ method, operation, path }: CallEntry): string => `${method} ${operation} ${path}`;

function outcomeOf({ status, fault }: CallEntry): string {
  return `${status === 0 ? "no answer" : status}${fault === undefined ? "" : ` (${fault})`}`;
}

function callTable(rows: readonly CallEntry[], count: number): Html {
  const caption = `${count.toLocaleString("en")} calls, the newest first`;
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption>
<thead><tr>${["Time (UTC)", "Caller", "Operation", "Status", "Tenant", "Path"].map((label) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>${rows.map(
    (entry) =>
      html`<tr><th scope="row"><time datetime="${entry.at}">${instantInWords(new Date(entry.at))}</time></th><td>${entry.caller ?? "unknown"}<br>${entry.userAgent ?? ""}</td><td>${entry.method} ${entry.operation}</td><td>${outcomeOf(entry)}</td><td><code>${entry.tenant ?? ""}</code></td><td><code>${entry.path}</code></td></tr>`,
  )}</tbody></table></div>`;
}
