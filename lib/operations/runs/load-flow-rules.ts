import type { Transaction } from "@/lib/db/client";
import type { RecordType } from "@/lib/domain/record-type";
import { CONFLICT_RULES, VOID_RULES } from "@/lib/domain/two-sided";
import { ASK_ALWAYS, type FlowRules } from "@/lib/sync/flow-rules";

/** A flow that is paused changes nothing, as one that is off. */
const BACK_STATES = ["previewOnly", "live"] as const;

/**
 * What an owner chose for each record type of a pair: one conflict rule for both directions, kept on the flow to the ledger,
 * and for each direction what follows a void or deletion on the other side.
 */
export async function loadFlowRules(
  tx: Transaction,
  pairId: string,
): Promise<(recordType: RecordType) => FlowRules> {
  const rows = await tx.flow.findMany({ where: { pairId } });
  const find = (recordType: RecordType, direction: string) =>
    rows.find((row) => row.recordType === recordType && row.direction === direction);
  return (recordType) => {
    const forth = find(recordType, "toLedger");
    const back = find(recordType, "toSource");
    return {
      conflictRule: CONFLICT_RULES.find((rule) => rule === forth?.conflictRule) ?? ASK_ALWAYS.conflictRule,
      voidRule: VOID_RULES.find((rule) => rule === forth?.voidRule) ?? ASK_ALWAYS.voidRule,
      back: {
        state: BACK_STATES.find((state) => state === back?.state) ?? "off",
        voidRule: VOID_RULES.find((rule) => rule === back?.voidRule) ?? ASK_ALWAYS.back.voidRule,
      },
    };
  };
}
