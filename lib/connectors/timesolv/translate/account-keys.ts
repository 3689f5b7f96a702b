/**
 * TimeSolv has no chart of accounts. What a person chooses an account for are the kinds of its lines, each expense code, and
 * the bank accounts of the firm; these are their keys.
 */
export const FEES = "fees";
export const INTEREST = "interest";
/** Expenses without a code, or with one that no account was chosen for. */
export const EXPENSES = "expenses";

export const expenseKey = (code: string): string => (code === "" ? EXPENSES : `expense:${code}`);

export const bankKey = (bankAccountId: string): string => `bank:${bankAccountId}`;
