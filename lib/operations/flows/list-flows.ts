import { RECORD_TYPES } from "@/lib/domain/record-type";
import { CONFLICT_RULES, VOID_RULES } from "@/lib/domain/two-sided";
import type { FlowState, FlowsView, FlowView } from "@/lib/domain/views/flow-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { isTwoSided } from "@/lib/sync/agreement";
import { definitionOf, getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";
import { leaveSentence, missingLeave } from "./write-leave";

const STATES = ["off", "previewOnly", "live", "paused"] as const satisfies FlowState[];

/** Every record type that the source takes back, in both directions, with the owner's rules. */
export async function listFlows(access: WorkspaceAccess): Promise<FlowsView> {
  const runtime = await getRuntime();
  return runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    if (!pair) return { sourceName: null, sourceLabel: null, ledgerLabel: null, flows: [], leave: null };
    const { manifest } = definitionOf(runtime, pair.source.connectorId);
    const rows = await tx.flow.findMany({ where: { pairId: pair.id } });
    const find = (recordType: string, direction: string) =>
      rows.find((row) => row.recordType === recordType && row.direction === direction);
    const flows = RECORD_TYPES.filter((type) => manifest.capabilities[type].write.length > 0).map(
      (recordType): FlowView => {
        const forth = find(recordType, "toLedger");
        const back = find(recordType, "toSource");
        return {
          recordType,
          forth: { state: stateOf(forth?.state), voidRule: voidRuleOf(forth?.voidRule) },
          back: {
            state: stateOf(back?.state),
            voidRule: voidRuleOf(back?.voidRule),
            verbs: manifest.capabilities[recordType].write,
          },
          conflictRule: isTwoSided(recordType)
            ? (CONFLICT_RULES.find((rule) => rule === forth?.conflictRule) ?? "ask")
            : null,
        };
      },
    );
    const on = flows.filter(({ back }) => back.state !== "off").map(({ recordType }) => recordType);
    const { connectorId, region, scopes } = pair.source;
    return {
      sourceName: pair.source.tenantName,
      sourceLabel: manifest.label,
      ledgerLabel: definitionOf(runtime, pair.ledger.connectorId).manifest.label,
      flows,
      leave:
        missingLeave(manifest, scopes, on).length === 0
          ? null
          : { sentence: leaveSentence(manifest.label), connectorId, region },
    };
  });
}

const stateOf = (text: string | undefined): FlowState => STATES.find((state) => state === text) ?? "off";

const voidRuleOf = (text: string | undefined) => VOID_RULES.find((rule) => rule === text) ?? "ask";
