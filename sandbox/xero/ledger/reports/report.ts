/**
 * The wire shape that all of Xero's reports share: titles, and rows of text cells in sections. Amounts are text
 * with all decimals of the base currency; a cell may name the record that it is about.
 */
import { postDataInvalid, recordsAnswer, type Wire, type XeroAnswer } from "../../answer";
import type { XeroCall } from "../../api/call";
import { dayInWords, dayOf, parseDay, wireInstant } from "../../dates";
import { queryText } from "../../read/list";

export interface Cell {
  readonly text: string;
  /** Id and value, for example "account" and an AccountID. */
  readonly about?: readonly [string, string] | undefined;
}

export interface ReportHead {
  /** "TrialBalance" */
  readonly type: string;
  readonly name: string;
  readonly titles: readonly string[];
}

export function headerRow(titles: readonly string[]): Wire {
  return { RowType: "Header", Cells: titles.map((Value) => ({ Value })) };
}

export function sectionRow(title: string, rows: readonly Wire[]): Wire {
  return { RowType: "Section", Title: title, Rows: rows };
}

export function plainRow(cells: readonly Cell[]): Wire {
  return { RowType: "Row", Cells: cells.map(presentCell) };
}

export function summaryRow(title: string, values: readonly string[]): Wire {
  return { RowType: "SummaryRow", Cells: [title, ...values].map((Value) => ({ Value })) };
}

function presentCell({ text, about }: Cell): Wire {
  return about === undefined
    ? { Value: text }
    : { Value: text, Attributes: [{ Value: about[1], Id: about[0] }] };
}

/** 200 with one report. */
export function reportAnswer({ books }: XeroCall, head: ReportHead, rows: readonly Wire[]): XeroAnswer {
  const nowMs = books.now();
  return recordsAnswer({ id: books.newId(), nowMs }, "Reports", [
    {
      ReportID: head.type,
      ReportName: head.name,
      ReportType: head.type,
      ReportTitles: head.titles,
      ReportDate: dayInWords(dayOf(nowMs)),
      UpdatedDateUTC: wireInstant(nowMs),
      Fields: [],
      Rows: rows,
    },
  ]);
}

/** A day of the query, or null when it names none; anything that is no day refuses the call. */
export function queryDay({ request }: XeroCall, name: string): string | null {
  const asked = queryText(request, name);
  if (asked === null) return null;
  const day = parseDay(asked);
  if (day === null)
    throw postDataInvalid(`The parameter ${name} '${asked.slice(0, 40)}' is not a valid date.`);
  return day;
}

/** A whole number of the query within bounds, or null. */
export function queryCount({ request }: XeroCall, name: string, min: number, max: number): number | null {
  const asked = queryText(request, name);
  if (asked === null) return null;
  const value = Number(asked);
  if (!/^\d{1,3}$/.test(asked) || value < min || value > max)
    throw postDataInvalid(`The parameter ${name} must be a whole number from ${min} to ${max}.`);
  return value;
}
