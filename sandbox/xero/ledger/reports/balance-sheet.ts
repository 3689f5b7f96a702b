/** GET /Reports/BalanceSheet: what is owned, what is owed, and the equity between, on one day and on days before it. */
import { postDataInvalid, type Wire, type XeroAnswer } from "../../answer";
import type { XeroCall } from "../../api/call";
import { dayInWords, dayOf } from "../../dates";
import { queryText } from "../../read/list";
import type { Account } from "../../records";
import { isProfitAndLoss, type LedgerView, ledgerView } from "./ledger-view";
import { financialYearStart, monthEnd, monthsBefore, shortDay, TIMEFRAME_MONTHS } from "./periods";
import {
  type Cell,
  headerRow,
  plainRow,
  queryCount,
  queryDay,
  reportAnswer,
  sectionRow,
  summaryRow,
} from "./report";

const PERIODS_MAX = 11;
/** Xero's stand-in for the account of the year's profit, which no chart has. */
const CURRENT_YEAR_EARNINGS = "abababab-abab-abab-abab-abababababab";

const ASSETS: readonly (readonly [string, readonly string[]])[] = [
  ["Bank", ["BANK"]],
  ["Current Assets", ["CURRENT", "INVENTORY", "PREPAYMENT"]],
  ["Fixed Assets", ["FIXED"]],
  ["Non-current Assets", ["NONCURRENT"]],
];
const LIABILITIES: readonly (readonly [string, readonly string[]])[] = [
  [
    "Current Liabilities",
    ["CURRLIAB", "LIABILITY", "PAYGLIABILITY", "SUPERANNUATIONLIABILITY", "WAGESPAYABLELIABILITY"],
  ],
  ["Non-Current Liabilities", ["TERMLIAB"]],
];

export function balanceSheet(call: XeroCall): XeroAnswer {
  const { books } = call;
  const date = queryDay(call, "date") ?? monthEnd(dayOf(books.now()));
  const view = ledgerView(call);
  const days = daysOf(call, date);
  const assets = showSide(view, days, ASSETS, 1n);
  const liabilities = showSide(view, days, LIABILITIES, -1n);
  const net = assets.sums.map((sum, index) => sum - (liabilities.sums[index] ?? 0n));
  return reportAnswer(
    call,
    {
      type: "BalanceSheet",
      name: "Balance Sheet",
      titles: ["Balance Sheet", books.organisation().name, `As at ${dayInWords(date)}`],
    },
    [
      headerRow(["", ...days.map(shortDay)]),
      sectionRow("Assets", []),
      ...assets.sections,
      sectionRow("", [summaryRow("Total Assets", assets.sums.map(view.text))]),
      sectionRow("Liabilities", []),
      ...liabilities.sections,
      sectionRow("", [summaryRow("Total Liabilities", liabilities.sums.map(view.text))]),
      sectionRow("", [plainRow(["Net Assets", ...net.map(view.text)].map((text) => ({ text })))]),
      equitySection(call, view, days),
    ],
  );
}

function showSide(
  view: LedgerView,
  days: readonly string[],
  parts: typeof ASSETS,
  sign: 1n | -1n,
): { readonly sections: readonly Wire[]; readonly sums: readonly bigint[] } {
  const sums = days.map(() => 0n);
  const sections = parts.flatMap(([title, types]) => {
    const accounts = view.accounts.filter(({ type }) => types.includes(type));
    const section = showAccounts(view, days, accounts, sign);
    if (section.rows.length === 0) return [];
    section.sums.forEach((sum, index) => {
      sums[index] = (sums[index] ?? 0n) + sum;
    });
    return [sectionRow(title, [...section.rows, summaryRow(`Total ${title}`, section.sums.map(view.text))])];
  });
  return { sections, sums };
}

function showAccounts(
  view: LedgerView,
  days: readonly string[],
  accounts: readonly Account[],
  sign: 1n | -1n,
): { readonly rows: readonly Wire[]; readonly sums: readonly bigint[] } {
  const figures = accounts
    .map((account) => ({ account, amounts: days.map((day) => sign * view.yearToDate(account, day)) }))
    .filter(({ amounts }) => amounts.some((amount) => amount !== 0n));
  return {
    rows: figures.map(({ account, amounts }) => amountRow(view, account.name, account.id, amounts)),
    sums: days.map((_, index) => figures.reduce((sum, { amounts }) => sum + (amounts[index] ?? 0n), 0n)),
  };
}

function equitySection(call: XeroCall, view: LedgerView, days: readonly string[]): Wire {
  const organisation = call.books.organisation();
  const equity = view.accounts.filter((account) => account.class === "EQUITY" && !isProfitAndLoss(account));
  const shown = showAccounts(view, days, equity, -1n);
  const profit = days.map((day) => view.profit(financialYearStart(organisation, day), day));
  const totals = profit.map((amount, index) => amount + (shown.sums[index] ?? 0n));
  return sectionRow("Equity", [
    amountRow(view, "Current Year Earnings", CURRENT_YEAR_EARNINGS, profit),
    ...shown.rows,
    summaryRow("Total Equity", totals.map(view.text)),
  ]);
}

function amountRow(view: LedgerView, name: string, accountId: string, amounts: readonly bigint[]): Wire {
  const cells: Cell[] = [name, ...amounts.map(view.text)].map((text) => ({
    text,
    about: ["account", accountId],
  }));
  return plainRow(cells);
}

function daysOf(call: XeroCall, date: string): readonly string[] {
  const count = queryCount(call, "periods", 1, PERIODS_MAX) ?? 0;
  const timeframe = queryText(call.request, "timeframe")?.toUpperCase() ?? "MONTH";
  const months = TIMEFRAME_MONTHS[timeframe];
  if (months === undefined)
    throw postDataInvalid(`The timeframe '${timeframe}' is not MONTH, QUARTER or YEAR.`);
  return Array.from({ length: count + 1 }, (_, index) => monthsBefore(date, index * months));
}
