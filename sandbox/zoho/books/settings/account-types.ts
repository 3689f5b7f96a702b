/** The types that an account may have, and the groups that filter_by of the chart of accounts knows. */

const GROUP_BY_TYPE: Readonly<Record<string, "Asset" | "Liability" | "Equity" | "Income" | "Expense">> = {
  other_asset: "Asset",
  other_current_asset: "Asset",
  cash: "Asset",
  bank: "Asset",
  fixed_asset: "Asset",
  stock: "Asset",
  accounts_receivable: "Asset",
  payment_clearing: "Asset",
  other_current_liability: "Liability",
  credit_card: "Liability",
  long_term_liability: "Liability",
  other_liability: "Liability",
  accounts_payable: "Liability",
  equity: "Equity",
  income: "Income",
  other_income: "Income",
  expense: "Expense",
  cost_of_goods_sold: "Expense",
  other_expense: "Expense",
};

export const isAccountType = (type: string): boolean => Object.hasOwn(GROUP_BY_TYPE, type);

/** Whether a type is in a group such as "Asset"; a group that does not exist, such as "All", has all. */
export function hasType(type: string, group: string): boolean {
  return Object.values(GROUP_BY_TYPE).every((known) => known !== group) || GROUP_BY_TYPE[type] === group;
}

export const BANKING_TYPES: readonly string[] = ["bank", "credit_card", "payment_clearing"];
