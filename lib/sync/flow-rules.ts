import type { ConflictRule, VoidRule } from "@/lib/domain/two-sided";

/** What an owner chose for one record type. */
export interface FlowRules {
  readonly conflictRule: ConflictRule;
  /** Of what was deleted in the source. */
  readonly voidRule: VoidRule;
  /** What goes to the source, if anything, and what follows there when the ledger's record was voided or deleted. */
  readonly back: { readonly state: "off" | "previewOnly" | "live"; readonly voidRule: VoidRule };
}

export const ASK_ALWAYS: FlowRules = {
  conflictRule: "ask",
  voidRule: "ask",
  back: { state: "off", voidRule: "ask" },
};
