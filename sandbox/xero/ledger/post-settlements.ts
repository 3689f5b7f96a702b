/**
 * The journals of payments, refunds and allocations. What is settled leaves the control account at the rate of
 * the document, money moves at the rate of the payment, and the difference is a realised currency gain.
 * A prepayment stands on the accounts of its own lines, so settling it turns a share of those round.
 */
import type { Allocation, DocumentCore, Payment } from "../records";
import { baseMinorOf, minorOf, shareOf } from "./base-amount";
import { balanced, type PostingChart, plainLine, sumOf } from "./journal";
import type { Journal, JournalLine, Settleable } from "./ledger-types";
import { contraLines } from "./post-documents";

/** A payment or refund of a document. */
export function paymentJournal(chart: PostingChart, payment: Payment, settled: Settleable): Journal | null {
  if (payment.status === "DELETED") return null;
  const account = chart.account(payment.accountId);
  const isForeignAccount = account?.currency != null && account.currency !== chart.baseCurrency;
  const money = isForeignAccount
    ? baseMinorOf(payment.amount, payment.currencyRate, chart.baseScale)
    : minorOf(payment.bankAmount, chart.baseScale);
  return {
    day: payment.date,
    lines: balanced(
      [
        plainLine(payment.accountId, sideOf(settled) * money, payment.reference),
        ...settlementLines(chart, settled, payment.amount),
      ],
      () => chart.system("REALISEDCURRENCYGAIN"),
      "Realised currency gain",
    ),
  };
}

/** A credit put against an invoice; in one currency and at one rate it moves nothing. */
export function allocationJournal(
  chart: PostingChart,
  allocation: Allocation,
  source: Settleable,
  invoice: Settleable,
): Journal {
  return {
    day: allocation.date,
    lines: balanced(
      [
        ...settlementLines(chart, source, allocation.amount),
        ...settlementLines(chart, invoice, allocation.amount),
      ],
      () => chart.system("REALISEDCURRENCYGAIN"),
      "Realised currency gain",
    ),
  };
}

/**
 * What rounding each settlement by itself has left on the accounts of a document that is settled in full; null
 * when nothing is left, as always in the base currency.
 */
export function clearingJournal(
  chart: PostingChart,
  settled: Settleable,
  amounts: readonly string[],
  day: string,
): Journal | null {
  const left = new Map<string, bigint>();
  const lines = [
    ...openingLines(chart, settled),
    ...amounts.flatMap((amount) => settlementLines(chart, settled, amount)),
  ];
  for (const line of lines) left.set(line.accountId, (left.get(line.accountId) ?? 0n) + line.amountMinor);
  const cleared = [...left]
    .filter(([, amountMinor]) => amountMinor !== 0n)
    .map(([accountId, amountMinor]) => plainLine(accountId, -amountMinor, "Rounding of settlements"));
  if (cleared.length === 0) return null;
  return {
    day,
    lines: balanced(cleared, () => chart.system("REALISEDCURRENCYGAIN"), "Realised currency gain"),
  };
}

/** 1 where settling brings money in, -1 where it takes money out. */
function sideOf(settled: Settleable): 1n | -1n {
  switch (settled.kind) {
    case "invoice":
      return settled.record.type === "ACCREC" ? 1n : -1n;
    case "creditNote":
      return settled.record.type === "ACCRECCREDIT" ? -1n : 1n;
    default:
      return settled.record.type.startsWith("RECEIVE") ? -1n : 1n;
  }
}

function controlOf(chart: PostingChart, settled: Settleable): string {
  const isSale = settled.record.type.startsWith("ACCREC") || settled.record.type.startsWith("RECEIVE");
  return chart.system(isSale ? "DEBTORS" : "CREDITORS");
}

function isByLines(settled: Settleable): boolean {
  return settled.byLines === true || settled.kind === "prepayment";
}

/** What the document itself put where settlements take it away. */
function openingLines(chart: PostingChart, settled: Settleable): readonly JournalLine[] {
  const side = sideOf(settled);
  const core: DocumentCore = settled.record;
  const total = baseMinorOf(core.total, core.currencyRate, chart.baseScale);
  if (!isByLines(settled)) return [plainLine(controlOf(chart, settled), side * total, null)];
  return contraLines(chart, core, side === 1n ? -1n : 1n);
}

function settlementLines(chart: PostingChart, settled: Settleable, amount: string): readonly JournalLine[] {
  const side = sideOf(settled);
  const core: DocumentCore = settled.record;
  const value = baseMinorOf(amount, core.currencyRate, chart.baseScale);
  if (!isByLines(settled)) return [plainLine(controlOf(chart, settled), -side * value, null)];
  const shares = openingLines(chart, settled).map((line) => ({
    ...line,
    amountMinor: -shareOf(line.amountMinor, amount, core.total),
  }));
  const last = shares.pop();
  if (last === undefined) return [];
  return [...shares, { ...last, amountMinor: -side * value - sumOf(shares) }];
}
