/**
 * The ledger as one report reads it: on the accrual basis straight from the running totals, on the cash basis
 * (paymentsOnly=true) from journals that are derived anew. Years before the present one are closed: their
 * profit is part of retained earnings, as Xero shows it without ever posting a closing journal.
 */
import { scaleOf } from "../../amounts";
import type { XeroCall } from "../../api/call";
import { queryFlag } from "../../read/list";
import type { Account, AccountClass } from "../../records";
import { findSystemAccount } from "../../write/reference";
import { minorText } from "../base-amount";
import { cashBasisTotals } from "../cash-basis";
import type { AccountTotals } from "../ledger-types";
import { addDays, financialYearStart } from "./periods";

export interface LedgerView {
  readonly scale: number;
  /** Accounts that anything was posted to, by name. */
  readonly accounts: readonly Account[];
  readonly totals: AccountTotals;
  /** Debits less credits between two days, both included. */
  moved(account: Account, from: string, to: string): bigint;
  /** As a trial balance shows it on a day: profit and loss since the year's start, all else since ever. */
  yearToDate(account: Account, on: string): bigint;
  /** Profit (credits less debits of revenue and expenses) between two days; null from the beginning. */
  profit(from: string | null, to: string): bigint;
  text(minor: bigint): string;
}

export function isProfitAndLoss({ class: kind }: Pick<Account, "class">): boolean {
  return kind === "REVENUE" || kind === "EXPENSE";
}

export function ledgerView(call: XeroCall): LedgerView {
  const { books } = call;
  const totals = queryFlag(call.request, "paymentsOnly") ? cashBasisTotals(books) : books.ledger;
  const organisation = books.organisation();
  const scale = scaleOf(organisation.baseCurrency);
  const retained = findSystemAccount(books, "RETAINEDEARNINGS");
  const accounts = totals
    .accountIds()
    .map((id) => books.accounts.head(id))
    .filter((account) => account !== undefined);
  if (retained !== undefined && !accounts.includes(retained)) accounts.push(retained);
  accounts.sort((left, right) => left.name.localeCompare(right.name));
  const net = (account: Account, from: string | null, to: string): bigint => {
    const { debitMinor, creditMinor } = totals.movement(account.id, from, to);
    return debitMinor - creditMinor;
  };
  const profit = (from: string | null, to: string): bigint =>
    accounts.filter(isProfitAndLoss).reduce((sum, account) => sum - net(account, from, to), 0n);
  return {
    scale,
    accounts,
    totals,
    moved: net,
    yearToDate(account, on) {
      const start = financialYearStart(organisation, on);
      if (isProfitAndLoss(account)) return net(account, start, on);
      const own = net(account, null, on);
      return account.id === retained?.id ? own - profit(null, addDays(start, -1)) : own;
    },
    profit,
    text: (minor) => minorText(minor, scale),
  };
}

/** Whether an account of this class usually stands on the debit side. */
export function isDebitClass(kind: AccountClass): boolean {
  return kind === "ASSET" || kind === "EXPENSE";
}
