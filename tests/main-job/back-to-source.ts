import type { RecordType } from "@/lib/domain/record-type";
import type { FlowChange } from "@/lib/domain/views/flow-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { ProductWorld } from "../setup/product-world";
import { waitUntil } from "./company";

/** What an owner does to let records go back to Zoho Books, and both directions of one sync. */

/** Switches these flows on, gives Zoho's leave to write, and lets them post by themselves. */
export async function letBack(
  world: ProductWorld,
  access: WorkspaceAccess,
  recordTypes: readonly RecordType[],
  rules: Pick<FlowChange, "voidRule" | "conflictRule"> = {},
): Promise<void> {
  const { setFlow } = await import("@/lib/operations/flows/set-flow");
  const set = async (state: "previewOnly" | "live"): Promise<boolean> => {
    let needsConsent = false;
    for (const recordType of recordTypes) {
      const outcome = await setFlow(access, { recordType, direction: "toSource", state, ...rules });
      if (!outcome.ok) throw new Error(outcome.error.message);
      needsConsent ||= outcome.value.needsConsent;
    }
    return needsConsent;
  };
  if (await set("previewOnly")) await world.owner.connect(access, "zoho-books", "eu");
  await set("live");
}

/** A sync to Xero, and the run back that follows it. */
export async function syncBothWays(world: ProductWorld, access: WorkspaceAccess): Promise<void> {
  await untilNoneWorks(access);
  await world.owner.syncOnce(access);
  await world.waitUntilIdle();
  await untilNoneWorks(access);
}

const WORKING: readonly string[] = ["pulling", "planning", "applying", "tyingOut"];

/** A run that was just ordered is not with the step runner yet; our own list of runs has it. */
async function untilNoneWorks(access: WorkspaceAccess): Promise<void> {
  const { listRuns } = await import("@/lib/operations/runs/list-runs");
  await waitUntil(async () => !(await listRuns(access)).some(({ state }) => WORKING.includes(state)));
}
