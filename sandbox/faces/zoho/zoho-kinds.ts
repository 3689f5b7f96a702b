/** How Zoho's records are listed and read: by the key of the answer, a page at a time, with one search each. */
import { rowsOf } from "../edits";
import type { Answered, Column, Desk, FormField, Kind, ListAsked, ListShown, Section } from "../kinds";
import { table } from "../parts";
import { ROWS_A_PAGE } from "../record-pages";
import { isWire, rowsAt, textAt, valueAt, type Wire } from "../wire";

/** How a kind of record is addressed and named in answers. */
export interface ZohoAddress {
  /** "/books/invoices" */
  readonly path: string;
  readonly listKey: string;
  readonly oneKey: string;
  readonly idKey: string;
}

export const textField = (record: Wire, name: string, label: string): FormField => ({
  name,
  label,
  type: "text",
  value: textAt(record, name),
});
export const dayField = (record: Wire, name: string, label: string): FormField => ({
  name,
  label,
  type: "date",
  value: textAt(record, name),
});

export const STATUS: Column = { label: "Status", at: "status", as: "status" };
export const DATE: Column = { label: "Date", at: "date", as: "day" };
export const REFERENCE: Column = { label: "Reference", at: "reference_number" };
export const CURRENCY: Column = { label: "Currency", at: "currency_code" };
export const TOTAL: Column = { label: "Total", at: "total", as: "amount" };
export const MODIFIED: Column = { label: "Modified (UTC)", at: "last_modified_time", as: "instant" };
export const CUSTOMER: Column = {
  label: "Customer",
  at: "customer_name",
  link: (record, desk) => `${desk.base}/contacts/${textAt(record, "customer_id")}`,
};
export const VENDOR: Column = {
  label: "Vendor",
  at: "vendor_name",
  link: (record, desk) => `${desk.base}/contacts/${textAt(record, "vendor_id")}`,
};
export const LINE_COLUMNS: readonly Column[] = [
  { label: "Item", at: "name" },
  { label: "Description", at: "description" },
  { label: "Quantity", at: "quantity", as: "number" },
  { label: "Rate", at: "rate", as: "amount" },
  { label: "Account", at: "account_name" },
  {
    label: "Tax",
    at: (line) =>
      textAt(line, "tax_name") === "" ? "" : `${textAt(line, "tax_name")} ${textAt(line, "tax_percentage")}%`,
  },
  { label: "Amount", at: "item_total", as: "amount" },
];
export const SUMS: readonly Column[] = [
  { label: "Subtotal", at: "sub_total", as: "amount" },
  {
    label: "Taxes",
    at: (record) =>
      rowsAt(record, "taxes")
        .map((tax) => `${textAt(tax, "tax_name")}: ${textAt(tax, "tax_amount")}`)
        .join(", "),
  },
  TOTAL,
];

/** Lists by pages; `queryOf` gives what a search adds. */
export function zohoKind(
  { path, listKey, oneKey, idKey }: ZohoAddress,
  queryOf: (asked: ListAsked) => Readonly<Record<string, string>>,
): Pick<Kind, "list" | "get" | "idOf" | "currencyAt"> {
  return {
    list(desk, asked) {
      const query = {
        page: String(asked.page),
        per_page: String(ROWS_A_PAGE),
        ...(asked.term === "" ? {} : queryOf(asked)),
      };
      return listShown(desk.ask("GET", path, { query }), listKey);
    },
    get: (desk, id) => oneRecord(desk.ask("GET", `${path}/${encodeURIComponent(id)}`), oneKey),
    idOf: (record) => textAt(record, idKey),
    currencyAt: "currency_code",
  };
}

function listShown(answer: Answered, listKey: string): ListShown | Extract<Answered, { ok: false }> {
  if (!answer.ok) return answer;
  const { body } = answer;
  // The list of payments has another key by a switch, so any list in the answer will do.
  const key =
    Object.keys(body).find((name) => name === listKey) ??
    Object.keys(body).find((name) => Array.isArray(body[name]));
  return {
    rows: key === undefined ? [] : rowsAt(body, key),
    hasMore: valueAt(body, "page_context.has_more_page") === true,
    count: null,
  };
}

function oneRecord(answer: Answered, oneKey: string): Answered {
  if (!answer.ok) return answer;
  const record = answer.body[oneKey];
  return isWire(record)
    ? { ok: true, body: record }
    : { ok: false, status: 404, problem: "There is no such record." };
}

/** Filters of a list by the name that was searched in. */
export const containing = ({ by, term }: ListAsked): Readonly<Record<string, string>> => ({
  [`${by}_contains`]: term,
});

/** Rows below a record, where there are any. */
export function rowsSection(
  desk: Desk,
  title: string,
  columns: readonly Column[],
  rows: readonly Wire[],
  currency: string,
): readonly Section[] {
  if (rows.length === 0) return [];
  return [{ title, content: table(title, columns, rows, { desk, currencyOf: () => currency }) }];
}

/** The history that Zoho keeps as comments of the system, with people's comments. */
export function historySection(desk: Desk, path: string): readonly Section[] {
  const columns: readonly Column[] = [
    { label: "Date", at: (row) => `${textAt(row, "date")} ${textAt(row, "time")}`.trim() },
    { label: "By", at: "commented_by" },
    { label: "What", at: "description" },
  ];
  return rowsSection(desk, "History and comments", columns, rowsOf(desk, `${path}/comments`, "comments"), "");
}
