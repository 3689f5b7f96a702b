/** Running totals by account and day: a posted journal costs its lines, a question the days of one account. */
import type { AccountTotals, Journal, Movement } from "./ledger-types";

export interface PostedTotals extends AccountTotals {
  /** Posts a journal (1) or takes a posted one off again (-1); null posts nothing. */
  post(journal: Journal | null, sign: 1n | -1n): void;
}

interface DayTotals {
  debitMinor: bigint;
  creditMinor: bigint;
}

export function createTotals(): PostedTotals {
  const byAccount = new Map<string, Map<string, DayTotals>>();
  const movement = (accountId: string, fromDay: string | null, toDay: string | null): Movement => {
    const sum = { debitMinor: 0n, creditMinor: 0n };
    for (const [day, moved] of byAccount.get(accountId) ?? []) {
      if ((fromDay !== null && day < fromDay) || (toDay !== null && day > toDay)) continue;
      sum.debitMinor += moved.debitMinor;
      sum.creditMinor += moved.creditMinor;
    }
    return sum;
  };
  return {
    accountIds: () => [...byAccount.keys()],
    movement,
    balance(accountId, toDay) {
      const { debitMinor, creditMinor } = movement(accountId, null, toDay);
      return debitMinor - creditMinor;
    },
    post(journal, sign) {
      if (journal === null) return;
      for (const { accountId, amountMinor } of journal.lines) {
        const days = byAccount.get(accountId) ?? new Map<string, DayTotals>();
        byAccount.set(accountId, days);
        const moved = days.get(journal.day) ?? { debitMinor: 0n, creditMinor: 0n };
        if (amountMinor > 0n) moved.debitMinor += sign * amountMinor;
        else moved.creditMinor -= sign * amountMinor;
        if (moved.debitMinor === 0n && moved.creditMinor === 0n) days.delete(journal.day);
        else days.set(journal.day, moved);
        if (days.size === 0) byAccount.delete(accountId);
      }
    },
  };
}
