import type { AmountView } from "@/lib/domain/views/amount";
import type { PreviewView } from "@/lib/domain/views/run-view";
import { Decimal, decimal } from "@/lib/kernel/decimal";

/** Debits and credits of a journal by currency, added exactly; equal when the journal balances. */
export function journalTotals(
  journal: PreviewView["journal"],
): readonly { readonly debit: AmountView; readonly credit: AmountView }[] {
  const sides = journal.flatMap(({ debit, credit }) => [
    ...(debit ? [{ side: "debit" as const, value: debit }] : []),
    ...(credit ? [{ side: "credit" as const, value: credit }] : []),
  ]);
  return [...new Set(sides.map(({ value }) => value.currency))].map((currency) => {
    const own = sides.filter(({ value }) => value.currency === currency);
    const digits = Math.max(0, ...own.map(({ value }) => value.amount.split(".")[1]?.length ?? 0));
    const sumOf = (side: "debit" | "credit"): AmountView => ({
      currency,
      amount: own
        .filter((one) => one.side === side)
        .reduce((sum, { value }) => sum.plus(decimal(value.amount)), new Decimal(0))
        .toFixed(digits),
    });
    return { debit: sumOf("debit"), credit: sumOf("credit") };
  });
}
