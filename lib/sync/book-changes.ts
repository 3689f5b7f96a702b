import type { Transaction } from "@/lib/db/client";
import type { BookedLine, SettledState } from "@/lib/domain/booking";
import { type CanonicalRecord, summarise } from "@/lib/domain/canonical-record";
import { absolute, type Money, moneyToDecimal, negate, roundToMoney } from "@/lib/domain/money";
import type { Decision, Rulebook } from "./decision";
import type { PendingRecord } from "./pending-record";
import { documentsOf, loadSettledStates } from "./settled-states";
import type { SyncContext } from "./sync-context";

/** What a planned change books in the ledger, and what it is worth there. */
export interface Worth {
  /** Null where the ledger's own rate decides. */
  readonly booked: readonly BookedLine[] | null;
  /** In the ledger's base currency, never negative; null without an amount or a known rate. */
  readonly base: Money | null;
}

/**
 * What each change of a page books, in the ledger's own arithmetic and in its base currency, by source id. Settlements are
 * seen one after the other, as they will be posted: the last one of a document books what the roundings left.
 */
export async function bookChanges(
  context: SyncContext,
  tx: Transaction,
  rulebook: Rulebook,
  planned: readonly { readonly pending: PendingRecord; readonly decision: Decision }[],
): Promise<Map<string, Worth>> {
  const { baseCurrency } = rulebook.ledger;
  const states = new Map(
    (
      await loadSettledStates(
        context,
        tx,
        planned.map(({ pending }) => pending.record),
        baseCurrency,
      )
    ).map((state) => [`${state.recordType}:${state.id}`, state]),
  );
  const worths = new Map<string, Worth>();
  for (const { pending, decision } of planned) {
    const { record } = pending;
    const base = baseAmountOf(record, baseCurrency);
    if (decision.verb !== "create" && decision.verb !== "void") {
      worths.set(record.externalId, { booked: [], base });
      continue;
    }
    const settled = documentsOf(record).flatMap(
      ({ recordType, id }) => states.get(`${recordType}:${id}`) ?? [],
    );
    const booked = rulebook.rules.book(underSourceIds(decision.record, record), settled, rulebook.ledger);
    worths.set(record.externalId, { booked: decision.verb === "void" ? reversed(booked) : booked, base });
    if (decision.verb === "create") settle(states, settled, record);
  }
  return worths;
}

/** What is voided is taken off as it was booked. */
export const reversed = (booked: readonly BookedLine[] | null): readonly BookedLine[] | null =>
  booked?.map((line) => ({ ...line, amount: negate(line.amount), base: negate(line.base) })) ?? null;

/** The amount in base currency by the record's own rate; null without an amount, or in a currency without a rate. */
export function baseAmountOf(record: CanonicalRecord, baseCurrency: string): Money | null {
  const { amount } = summarise(record);
  if (amount === null) return null;
  if (amount.currency === baseCurrency) return absolute(amount);
  const fxRate = "fxRate" in record ? record.fxRate : null;
  return fxRate === null ? null : absolute(roundToMoney(moneyToDecimal(amount).times(fxRate), baseCurrency));
}

/** A planned document has no id in the ledger yet, so a settlement names it by the one that it has in the source. */
function underSourceIds(mapped: CanonicalRecord, source: CanonicalRecord): CanonicalRecord {
  if (mapped.recordType === "payment" && source.recordType === "payment")
    return { ...mapped, invoiceId: source.invoiceId };
  if (mapped.recordType === "billPayment" && source.recordType === "billPayment")
    return { ...mapped, billId: source.billId };
  if (mapped.recordType === "allocation" && source.recordType === "allocation")
    return { ...mapped, invoiceId: source.invoiceId, creditNoteId: source.creditNoteId };
  if (mapped.recordType === "supplierAllocation" && source.recordType === "supplierAllocation")
    return { ...mapped, billId: source.billId, supplierCreditId: source.supplierCreditId };
  return mapped;
}

function settle(
  states: Map<string, SettledState>,
  settled: readonly SettledState[],
  record: CanonicalRecord,
): void {
  if (!("amount" in record)) return;
  for (const state of settled)
    states.set(`${state.recordType}:${state.id}`, { ...state, earlier: [...state.earlier, record.amount] });
}
