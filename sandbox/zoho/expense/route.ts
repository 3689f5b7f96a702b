/** One address of Zoho Expense as the simulator lists it, and the scope module that opens it. */
import type { SandboxResponse } from "@/sandbox/kit/types";
import type { BooksCall } from "../books/answers";
import type { Expense } from "./open-expense";

export interface ExpenseCall extends BooksCall {
  readonly expense: Expense;
}

export interface ExpenseRoute {
  readonly method: string;
  /** With {id} for an id, as in the call log. */
  readonly operation: string;
  /** "expensereport" of ZohoExpense.expensereport.READ. */
  readonly module: string;
  readonly handle: (call: ExpenseCall) => SandboxResponse;
  readonly pattern: RegExp;
}

export const expenseRoute = (
  method: string,
  operation: string,
  module: string,
  handle: (call: ExpenseCall) => SandboxResponse,
): ExpenseRoute => ({
  method,
  operation,
  module,
  handle,
  pattern: new RegExp(`^${operation.replaceAll("{id}", "(\\d+)")}$`),
});
