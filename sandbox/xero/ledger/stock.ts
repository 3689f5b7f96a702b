/**
 * What documents do to the stock of tracked items, at average cost: purchases raise it by what was paid, sales
 * lower it by the average of that moment, which then stays with the document. Xero says how in its guide to
 * tracked inventory; its sentence for too little stock is not published.
 */
import { Decimal, decimal, decimalText } from "@/lib/kernel/decimal";
import { compare, round, scaleOf, subtract, toBase, ZERO } from "../amounts";
import type { Books } from "../books";
import type { DocumentCore, Item, Line, StockMove } from "../records";
import { findItem, firstOf } from "../write/reference";
import type { LedgerEntry, StockLevel } from "./ledger-types";

export const EMPTY_STOCK: StockLevel = { quantity: ZERO, cost: ZERO };

/** Sales and returns cost what stock costs on average; purchases and their returns what the line says. */
export type StockDirection = "sale" | "saleReturn" | "purchase" | "purchaseReturn";

export interface StockChange {
  readonly moves: readonly StockMove[] | undefined;
  readonly problems: readonly string[];
}

export const NO_STOCK_CHANGE: StockChange = { moves: undefined, problems: [] };

/** The moves of records that are posted; of any other record none. */
export function movesOf(entry: LedgerEntry | null): readonly StockMove[] {
  if (entry === null) return [];
  switch (entry.kind) {
    case "invoice":
    case "creditNote":
    case "bankTransaction": {
      const { status, stock } = entry.record;
      return status === "AUTHORISED" || status === "PAID" ? (stock ?? []) : [];
    }
    default:
      return [];
  }
}

/** What is in stock of a tracked item. */
export function stockLevel(books: Books, itemId: string): StockLevel {
  return books.ledger.stock(itemId);
}

/** What an approved document does to stock; `before` are the moves that it had made already. */
export function stockChange(
  books: Books,
  core: DocumentCore,
  direction: StockDirection,
  options: { readonly before: readonly StockMove[]; readonly mayGoBelowZero: boolean },
): StockChange {
  const tracked = core.lines.filter((line) => isTracked(books, line.itemCode));
  if (tracked.length === 0 && options.before.length === 0) return { moves: undefined, problems: [] };
  const levels = levelsWithout(books, options.before);
  const moves: StockMove[] = [];
  const problems: string[] = [];
  for (const line of tracked) {
    const item = findItem(books, line.itemCode ?? "");
    if (item?.inventory == null) continue;
    const level = levels.get(item.id) ?? stockLevel(books, item.id);
    const move = moveOf(books, core, line, item, level, direction);
    const after = moved(level, move);
    const isTooLittle = compare(move.quantity, ZERO) < 0 && compare(after.quantity, ZERO) < 0;
    if (isTooLittle && !options.mayGoBelowZero) problems.push(tooLittle(item.code, level));
    levels.set(item.id, after);
    moves.push(keptMove(options.before, move) ?? move);
  }
  return { moves, problems };
}

/** Why a document cannot be voided: its items have been sold since. Null when they are all there. */
export function stockHolds(books: Books, before: readonly StockMove[] | undefined): string | null {
  if (before === undefined || before.length === 0 || mayGoBelowZero(books)) return null;
  for (const [itemId, level] of levelsWithout(books, before)) {
    const item = books.items.head(itemId);
    const wasRaised = before.some((move) => move.itemId === itemId && compare(move.quantity, ZERO) > 0);
    if (wasRaised && compare(level.quantity, ZERO) < 0)
      return tooLittle(item?.code ?? itemId, stockLevel(books, itemId));
  }
  return null;
}

export function mayGoBelowZero(books: Books): boolean {
  return books.switchPosition("xero.stock-below-zero") === "accept";
}

export function moved(level: StockLevel, move: Pick<StockMove, "quantity" | "cost">): StockLevel {
  return {
    quantity: decimalText(decimal(level.quantity).plus(move.quantity)),
    cost: decimalText(decimal(level.cost).plus(move.cost)),
  };
}

function tooLittle(code: string, { quantity }: StockLevel): string {
  return `There is not enough of inventory item '${code}' in stock: ${quantity} on hand.`;
}

function isTracked(books: Books, code: string | null): boolean {
  if (code === null) return false;
  const id = firstOf(books.items.by("code", code.toLowerCase()));
  return id !== undefined && books.items.head(id)?.isTracked === true;
}

/** The stock of each item as it would be had the document never been. */
function levelsWithout(books: Books, before: readonly StockMove[]): Map<string, StockLevel> {
  const levels = new Map<string, StockLevel>();
  for (const { itemId, quantity, cost } of before) {
    const level = levels.get(itemId) ?? stockLevel(books, itemId);
    levels.set(itemId, moved(level, { quantity: negated(quantity), cost: negated(cost) }));
  }
  return levels;
}

/** A document whose line moves what it moved before keeps the cost of then. */
function keptMove(before: readonly StockMove[], move: StockMove): StockMove | undefined {
  if (move.cogsAccountCode === null) return undefined;
  return before.find(({ itemId, quantity }) => itemId === move.itemId && quantity === move.quantity);
}

function moveOf(
  books: Books,
  core: DocumentCore,
  line: Line,
  item: Item,
  level: StockLevel,
  direction: StockDirection,
): StockMove {
  const quantity = line.quantity ?? ZERO;
  const isOut = direction === "sale" || direction === "purchaseReturn";
  const byLine = direction === "purchase" || direction === "purchaseReturn";
  const cost = byLine ? netInBase(books, core, line) : averageCost(books, item, level, quantity);
  return {
    itemId: item.id,
    quantity: isOut ? negated(quantity) : quantity,
    cost: isOut ? negated(cost) : cost,
    assetAccountCode: item.inventory?.assetAccountCode ?? "",
    cogsAccountCode: byLine ? null : (item.inventory?.cogsAccountCode ?? null),
  };
}

function netInBase(books: Books, core: DocumentCore, line: Line): string {
  const net =
    core.lineAmountTypes === "Inclusive" ? subtract(line.lineAmount, line.taxAmount) : line.lineAmount;
  return toBase(net, core.currencyRate, scaleOf(books.organisation().baseCurrency));
}

/** What so many cost on average; the last ones take all that is left of the cost. */
function averageCost(books: Books, item: Item, level: StockLevel, quantity: string): string {
  if (compare(quantity, level.quantity) === 0) return level.cost;
  const scale = scaleOf(books.organisation().baseCurrency);
  const unit =
    compare(level.quantity, ZERO) > 0
      ? decimal(level.cost).div(decimal(level.quantity))
      : decimal(item.purchase?.unitPrice ?? ZERO);
  return decimalText(round(new Decimal(unit).times(decimal(quantity)), scale));
}

function negated(amount: string): string {
  return decimalText(decimal(amount).negated());
}
