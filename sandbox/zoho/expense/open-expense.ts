/** The collections of the simulated Zoho Expense, beside those of Books. Nothing here knows HTTP. */
import { Decimal, decimal } from "@/lib/kernel/decimal";
import { type Books, openTable, type Table } from "../books/open-books";
import { indexed, productTables, type TextIndex } from "../product-tables";
import type * as Stored from "./records";

export interface Expense {
  readonly books: Books;
  readonly categories: Table<Stored.StoredCategory, Stored.StoredCategory> & TextIndex;
  readonly reports: Table<Stored.StoredReport, Stored.StoredReport> & TextIndex;
  readonly claims: Table<Stored.StoredClaim, Stored.StoredClaim>;
  /** By the id of their expense; the header is the name. */
  readonly receipts: Table<Stored.StoredReceipt, string>;
  readonly projects: Table<Stored.StoredProject, Stored.StoredProject>;
}

/** The Expense of a context; the same object at each call. */
export const openExpense = productTables((context, books): Expense => {
  const whole = <Body>(name: string): Table<Body, Body> =>
    openTable(context, `expense-${name}`, (body: Body) => body);
  return {
    books,
    categories: indexed(whole<Stored.StoredCategory>("categories"), ({ name }) => name),
    reports: indexed(whole<Stored.StoredReport>("reports"), ({ number }) => number),
    claims: whole("expenses"),
    receipts: openTable(context, "expense-receipts", ({ name }: Stored.StoredReceipt) => name),
    projects: whole("projects"),
  };
});

/** What an expense comes to, with tax, in its own currency. */
export function claimTotal({ lines, inclusive }: Stored.StoredClaim): Decimal {
  return lines.reduce(
    (sum, { amount, taxAmount }) => sum.plus(amount).plus(inclusive ? "0" : taxAmount),
    new Decimal(0),
  );
}

export interface ReportTotals {
  readonly total: Decimal;
  readonly reimbursable: Decimal;
  readonly count: number;
}

/** In base currency, over the expenses of a report. */
export function reportTotals(expense: Expense, report: Stored.StoredReport): ReportTotals {
  let total = new Decimal(0);
  let reimbursable = new Decimal(0);
  let count = 0;
  for (const id of report.expenseIds) {
    const claim = expense.claims.head(id);
    if (claim === undefined) continue;
    const amount = claimTotal(claim).times(decimal(claim.exchangeRate)).toDecimalPlaces(2);
    total = total.plus(amount);
    if (claim.reimbursable) reimbursable = reimbursable.plus(amount);
    count += 1;
  }
  return { total, reimbursable, count };
}
