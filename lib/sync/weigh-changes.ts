import type { Transaction } from "@/lib/db/client";
import type { RecordType } from "@/lib/domain/record-type";
import { askApprovals, guardedOf, isWrite, withoutApproval } from "./approval-gate";
import { bookChanges, type Worth } from "./book-changes";
import type { Decision, Rulebook } from "./decision";
import type { PendingRecord } from "./pending-record";
import type { SyncContext } from "./sync-context";

/** What a page of decisions books and is worth, and which of them a second person has to agree to. */
export interface Weighed {
  readonly worth: Worth;
  /** What an approval of it speaks of; null where it needs none. */
  readonly approvalHash: string | null;
}

const NO_WORTH: Worth = { booked: [], base: null };

/** Adds its weight to each decision. One that was declined in this very version is for a person, and books nothing. */
export async function weighChanges<
  T extends { readonly pending: PendingRecord; readonly decision: Decision },
>(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  rulebook: Rulebook,
  planned: readonly T[],
): Promise<(T & Weighed)[]> {
  const verdicts = await askApprovals(
    context,
    tx,
    recordType,
    planned.flatMap(({ pending, decision }) =>
      isWrite(decision) ? [guardedOf(pending.record, decision, rulebook.ledger.baseCurrency)] : [],
    ),
  );
  const judged = planned.map((one): T => {
    const verdict = verdicts.get(one.pending.record.externalId);
    if (verdict?.state !== "declined") return one;
    return { ...one, decision: { verb: "block", problem: withoutApproval(verdict) } };
  });
  const worths = await bookChanges(context, tx, rulebook, judged);
  return judged.map((one) => {
    const id = one.pending.record.externalId;
    return {
      ...one,
      worth: worths.get(id) ?? NO_WORTH,
      approvalHash: isWrite(one.decision) ? (verdicts.get(id)?.hash ?? null) : null,
    };
  });
}
