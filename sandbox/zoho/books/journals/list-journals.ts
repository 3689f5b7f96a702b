/** GET /journals: by number, text, amount, date, contact, account and period. */
import { decimal } from "@/lib/kernel/decimal";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { type BooksCall, listPage, refuseValue, sortAsked, sorted } from "../answers";
import { dateTests, matching, modifiedTests, textTests } from "../filters";
import { amountTests } from "../trade/document-filters";
import { daysAfter, today } from "../trade/document-input";
import type { StoredJournal, StoredJournalLine } from "../trade/records";
import { journalRow } from "./journal-wire";

const SORT_NAMES = [
  "journal_date",
  "entry_number",
  "reference_number",
  "total",
  "last_modified_time",
] as const;

export function listJournals(call: BooksCall): SandboxResponse {
  const { books, query } = call;
  const modified = modifiedTests<StoredJournal>(call);
  if (!modified.ok) return refuseValue(modified.error);
  const columns: Record<(typeof SORT_NAMES)[number], (journal: StoredJournal) => string | number> = {
    journal_date: (journal) => journal.date,
    entry_number: ({ number }) => number,
    reference_number: ({ reference }) => reference,
    total: ({ total }) => Number(total),
    last_modified_time: (journal) => journal.modified,
  };
  const sort = sortAsked(call, SORT_NAMES, { column: "journal_date", order: "D" });
  const ids = query.get("journal_ids")?.split(",");
  const [first, last] = datesOfFilter(call);
  const named = (asked: string | null, read: (line: StoredJournalLine) => string) =>
    asked === null
      ? []
      : [(_id: string, { lines }: StoredJournal) => lines.some((line) => read(line) === asked)];
  const tests = [
    ...modified.value,
    ...textTests<StoredJournal>(call, {
      entry_number: ({ number }) => number,
      reference_number: ({ reference }) => reference,
      notes: ({ notes }) => notes,
      status: ({ status }) => status,
      journal_type: ({ type }) => type,
      currency: ({ currencyCode }) => currencyCode,
    }),
    ...dateTests<StoredJournal>(call, "date", (journal) => journal.date),
    ...amountTests<StoredJournal>(call, "total", ({ total }) => decimal(total)),
    ...named(query.get("customer_id"), ({ contactId }) => contactId),
    ...named(query.get("vendor_id"), ({ contactId }) => contactId),
    ...named(query.get("account_id"), ({ accountId }) => accountId),
    ...named(query.get("tax_id"), ({ taxId }) => taxId),
    ...(ids === undefined ? [] : [(journalId: string) => ids.includes(journalId)]),
    (_id: string, journal: StoredJournal) => journal.date >= first && journal.date <= last,
  ];
  return listPage(
    call,
    { key: "journals", reportName: "Journals", sortColumn: sort.column, sortOrder: sort.order },
    matching(sorted(books.journals, sort.column, sort.order, columns[sort.column]), tests),
    (journalId, journal) => journalRow(call, journalId, journal),
  );
}

const ALWAYS = ["0000-00-00", "9999-99-99"] as const;

/** First and last day of filter_by=JournalDate.ThisMonth and the like. */
function datesOfFilter(call: BooksCall): readonly [string, string] {
  const now = today(call);
  const month = now.slice(0, 7);
  const quarter = Math.floor((Number(now.slice(5, 7)) - 1) / 3) * 3 + 1;
  const day = new Date(`${now}T00:00:00Z`).getUTCDay();
  const weekStart = daysAfter(now, -day);
  const periods: Readonly<Record<string, readonly [string, string]>> = {
    "JournalDate.Today": [now, now],
    "JournalDate.ThisWeek": [weekStart, daysAfter(weekStart, 6)],
    "JournalDate.ThisMonth": [`${month}-01`, `${month}-31`],
    "JournalDate.ThisQuarter": [
      `${now.slice(0, 4)}-${String(quarter).padStart(2, "0")}-01`,
      `${now.slice(0, 4)}-${String(quarter + 2).padStart(2, "0")}-31`,
    ],
    "JournalDate.ThisYear": [`${now.slice(0, 4)}-01-01`, `${now.slice(0, 4)}-12-31`],
  };
  return periods[call.query.get("filter_by") ?? ""] ?? ALWAYS;
}
