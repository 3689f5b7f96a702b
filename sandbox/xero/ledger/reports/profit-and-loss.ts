/** GET /Reports/ProfitAndLoss: income, what it cost, and what is left, for one period and those before it. */
import type { Wire, XeroAnswer } from "../../answer";
import { postDataInvalid } from "../../answer";
import type { XeroCall } from "../../api/call";
import { dayInWords, dayOf } from "../../dates";
import { queryText } from "../../read/list";
import type { Account } from "../../records";
import { type LedgerView, ledgerView } from "./ledger-view";
import { monthEnd, monthStart, monthsBefore, type Period, shortestDay, TIMEFRAME_MONTHS } from "./periods";
import { headerRow, plainRow, queryCount, queryDay, reportAnswer, sectionRow, summaryRow } from "./report";

const PERIODS_MAX = 12;

interface Part {
  readonly title: string;
  readonly total: string;
  readonly types: readonly string[];
}

const INCOME: Part = { title: "Income", total: "Total Income", types: ["REVENUE", "SALES"] };
const COST: Part = { title: "Less Cost of Sales", total: "Total Cost of Sales", types: ["DIRECTCOSTS"] };
const OTHER: Part = { title: "Plus Other Income", total: "Total Other Income", types: ["OTHERINCOME"] };
const EXPENSES: Part = {
  title: "Less Operating Expenses",
  total: "Total Operating Expenses",
  types: ["EXPENSE", "OVERHEADS", "DEPRECIATN", "WAGESEXPENSE", "SUPERANNUATIONEXPENSE"],
};

export function profitAndLoss(call: XeroCall): XeroAnswer {
  const { books } = call;
  const today = dayOf(books.now());
  const from = queryDay(call, "fromDate") ?? monthStart(today);
  const to = queryDay(call, "toDate") ?? monthEnd(today);
  const view = ledgerView(call);
  const periods = periodsOf(call, { from, to });
  const shown = (part: Part): Shown => showPart(view, periods, part);
  const [income, cost, other, expenses] = [shown(INCOME), shown(COST), shown(OTHER), shown(EXPENSES)];
  const gross = periods.map((_, index) => at(income, index) - at(cost, index));
  const net = gross.map((amount, index) => amount + at(other, index) - at(expenses, index));
  return reportAnswer(
    call,
    {
      type: "ProfitAndLoss",
      name: "Profit and Loss",
      titles: ["Profit & Loss", books.organisation().name, `${dayInWords(from)} to ${dayInWords(to)}`],
    },
    [
      headerRow(["", ...periods.map(({ to: end }) => shortestDay(end))]),
      ...income.rows,
      ...cost.rows,
      resultRow(view, "Gross Profit", gross),
      ...(other.isEmpty ? [] : other.rows),
      ...expenses.rows,
      resultRow(view, "Net Profit", net),
    ],
  );
}

interface Shown {
  readonly rows: readonly Wire[];
  readonly sums: readonly bigint[];
  readonly isEmpty: boolean;
}

function at({ sums }: Shown, index: number): bigint {
  return sums[index] ?? 0n;
}

/** A section in the sign that its title says: income as credits, costs as debits. */
function showPart(view: LedgerView, periods: readonly Period[], part: Part): Shown {
  const isIncome = part === INCOME || part === OTHER;
  const figures = view.accounts
    .filter(({ type }) => part.types.includes(type))
    .map((account) => ({ account, amounts: amountsOf(view, periods, account, isIncome) }))
    .filter(({ amounts }) => amounts.some((amount) => amount !== 0n));
  const sums = periods.map((_, index) =>
    figures.reduce((sum, { amounts }) => sum + (amounts[index] ?? 0n), 0n),
  );
  const rows = figures.map(({ account, amounts }) =>
    plainRow(
      [account.name, ...amounts.map(view.text)].map((text) => ({ text, about: ["account", account.id] })),
    ),
  );
  return {
    rows: [sectionRow(part.title, [...rows, summaryRow(part.total, sums.map(view.text))])],
    sums,
    isEmpty: figures.length === 0,
  };
}

function amountsOf(
  view: LedgerView,
  periods: readonly Period[],
  account: Account,
  isIncome: boolean,
): readonly bigint[] {
  return periods.map(({ from, to }) => {
    const moved = view.moved(account, from, to);
    return isIncome ? -moved : moved;
  });
}

function resultRow(view: LedgerView, title: string, amounts: readonly bigint[]): Wire {
  return sectionRow("", [plainRow([title, ...amounts.map(view.text)].map((text) => ({ text })))]);
}

/** The period asked for, and as many before it as `periods` says, each a `timeframe` earlier. */
function periodsOf(call: XeroCall, first: Period): readonly Period[] {
  const count = queryCount(call, "periods", 1, PERIODS_MAX) ?? 0;
  const timeframe = queryText(call.request, "timeframe")?.toUpperCase() ?? "MONTH";
  const months = TIMEFRAME_MONTHS[timeframe];
  if (months === undefined)
    throw postDataInvalid(`The timeframe '${timeframe}' is not MONTH, QUARTER or YEAR.`);
  return Array.from({ length: count + 1 }, (_, index) => ({
    from: monthsBefore(first.from, index * months),
    to: monthsBefore(first.to, index * months),
  }));
}
