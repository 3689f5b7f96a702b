/**
 * What a document posts: a day and lines that sum to nothing, debits above zero and credits below. A journal
 * is always derived from its document and never kept, so that the two cannot disagree.
 */
import { invariant } from "@/lib/kernel/invariant";
import { scaleOf } from "../amounts";
import type { Books } from "../books";
import type { Account } from "../records";
import { formerAccount } from "../settings/account-codes";
import { findAccount, findSystemAccount } from "../write/reference";
import type { JournalLine } from "./ledger-types";

export type SystemAccount =
  | "DEBTORS"
  | "CREDITORS"
  | "GST"
  | "REALISEDCURRENCYGAIN"
  | "ROUNDING"
  | "RETAINEDEARNINGS"
  | "HISTORICAL";

/** The accounts of an organisation as postings need them. */
export interface PostingChart {
  readonly baseCurrency: string;
  readonly baseScale: number;
  system(name: SystemAccount): string;
  /** The account of a code; Historical Adjustment for a code that no account has any more. */
  coded(code: string | null): string;
  account(id: string): Account | undefined;
}

/** The chart as it is now; system accounts are looked up once. */
export function postingChart(books: Books): PostingChart {
  const { baseCurrency } = books.organisation();
  const found = new Map<SystemAccount, string>();
  const system = (name: SystemAccount): string => {
    const known = found.get(name) ?? findSystemAccount(books, name)?.id;
    invariant(known !== undefined, `the chart of accounts has a ${name} account`);
    found.set(name, known);
    return known;
  };
  return {
    baseCurrency,
    baseScale: scaleOf(baseCurrency),
    system,
    coded: (code) =>
      (findAccount(books, { Code: code }) ?? (code === null ? undefined : formerAccount(books, code)))?.id ??
      system("HISTORICAL"),
    account: (id) => books.accounts.head(id),
  };
}

export function plainLine(accountId: string, amountMinor: bigint, description: string | null): JournalLine {
  return { accountId, amountMinor, description, taxType: null, tracking: [] };
}

export function sumOf(lines: readonly JournalLine[]): bigint {
  return lines.reduce((sum, line) => sum + line.amountMinor, 0n);
}

/** The lines with one more on `account` where they did not balance; lines of nothing are left out. */
export function balanced(
  lines: readonly JournalLine[],
  account: () => string,
  description: string,
): readonly JournalLine[] {
  const kept = lines.filter((line) => line.amountMinor !== 0n);
  const rest = sumOf(kept);
  return rest === 0n ? kept : [...kept, plainLine(account(), -rest, description)];
}
