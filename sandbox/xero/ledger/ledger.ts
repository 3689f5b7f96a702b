/**
 * The double-entry ledger of one organisation: what every account was debited and credited on every day, in the
 * base currency. It is derived from the documents when first asked for, and from then on kept by every write
 * and every undone write at the cost of that one document, so that nothing is paid for it before. It keeps no
 * journal: those of a document are derived again on demand.
 */
import { decimal, decimalText } from "@/lib/kernel/decimal";
import type { Books } from "../books";
import type { Account, StockMove } from "../records";
import { createTotals, type PostedTotals } from "./account-totals";
import { allEntries, clearingOf, findSettleable, isSettleable, journalOf } from "./entries";
import { type PostingChart, postingChart } from "./journal";
import type { Journal, Ledger, LedgerEntry, Settleable, StockLevel } from "./ledger-types";
import { EMPTY_STOCK, moved, movesOf } from "./stock";

interface Kept {
  readonly chart: PostingChart;
  readonly totals: PostedTotals;
  /** Clearing journals that are posted, by the document that they clear. */
  readonly clearings: Map<string, Journal>;
  /** By item; what is not in it was never moved. */
  readonly stock: Map<string, StockLevel>;
}

/** The ledger of these books; `books` is called only after they are open. */
export function openLedger(books: () => Books): Ledger {
  let kept: Kept | null = null;
  const opened = (): Kept => {
    kept ??= derive(books());
    return kept;
  };
  return {
    isOpen: () => kept !== null,
    changed(before, after) {
      if (kept === null) return;
      if (changesOthers(before, after)) kept = null;
      else applyChange(books(), kept, before, after);
    },
    forget() {
      kept = null;
    },
    accountIds: () => opened().totals.accountIds(),
    movement: (accountId, fromDay, toDay) => opened().totals.movement(accountId, fromDay, toDay),
    balance: (accountId, toDay) => opened().totals.balance(accountId, toDay),
    stock: (itemId) => opened().stock.get(itemId) ?? EMPTY_STOCK,
    journalsOf(entry) {
      const chart = postingChart(books());
      const own = journalOf(books(), chart, entry);
      const cleared = isSettleable(entry) ? clearingOf(books(), chart, entry) : null;
      return [own, cleared].filter((journal) => journal !== null);
    },
  };
}

/** Totals from nothing but the documents. */
function derive(books: Books): Kept {
  const kept: Kept = {
    chart: postingChart(books),
    totals: createTotals(),
    clearings: new Map(),
    stock: new Map(),
  };
  for (const entry of allEntries(books)) {
    kept.totals.post(journalOf(books, kept.chart, entry), 1n);
    moveStock(kept, movesOf(entry), 1);
    if (isSettleable(entry)) renewClearing(books, kept, entry);
  }
  return kept;
}

/** A renamed or removed account, or another rate under a settled document, moves journals of other records. */
function changesOthers(before: LedgerEntry | null, after: LedgerEntry | null): boolean {
  if (before === null) return false;
  if (before.kind === "account")
    return after?.kind !== "account" || postingKey(before.record) !== postingKey(after.record);
  if (!isSettleable(before) || after === null || !isSettleable(after)) return false;
  return before.record.currencyRate !== after.record.currencyRate;
}

function postingKey({ code, systemAccount, currency }: Account): string {
  return JSON.stringify([code, systemAccount, currency]);
}

function applyChange(books: Books, kept: Kept, before: LedgerEntry | null, after: LedgerEntry | null): void {
  if (before !== null) kept.totals.post(journalOf(books, kept.chart, before), -1n);
  if (after !== null) kept.totals.post(journalOf(books, kept.chart, after), 1n);
  moveStock(kept, movesOf(before), -1);
  moveStock(kept, movesOf(after), 1);
  const entry = after ?? before;
  if (entry === null) return;
  for (const settled of settledBy(books, entry)) renewClearing(books, kept, settled);
  if (after === null && isSettleable(entry)) dropClearing(kept, entry.record.id);
}

/** The documents whose clearing a changed record may move. */
function settledBy(books: Books, entry: LedgerEntry): readonly Settleable[] {
  if (isSettleable(entry)) {
    const now = findSettleable(books, { kind: entry.kind, id: entry.record.id });
    return now === null ? [] : [now];
  }
  const refs =
    entry.kind === "payment"
      ? [entry.record.target]
      : entry.kind === "allocation"
        ? [entry.record.source, { kind: "invoice" as const, id: entry.record.invoiceId }]
        : [];
  return refs.flatMap((ref) => findSettleable(books, ref) ?? []);
}

function moveStock(kept: Kept, moves: readonly StockMove[], sign: 1 | -1): void {
  for (const { itemId, quantity, cost } of moves) {
    const level = kept.stock.get(itemId) ?? EMPTY_STOCK;
    const change = { quantity: signed(quantity, sign), cost: signed(cost, sign) };
    kept.stock.set(itemId, moved(level, change));
  }
}

function signed(amount: string, sign: 1 | -1): string {
  return decimalText(decimal(amount).times(sign));
}

function renewClearing(books: Books, kept: Kept, settled: Settleable): void {
  dropClearing(kept, settled.record.id);
  const journal = clearingOf(books, kept.chart, settled);
  if (journal === null) return;
  kept.clearings.set(settled.record.id, journal);
  kept.totals.post(journal, 1n);
}

function dropClearing(kept: Kept, id: string): void {
  kept.totals.post(kept.clearings.get(id) ?? null, -1n);
  kept.clearings.delete(id);
}
