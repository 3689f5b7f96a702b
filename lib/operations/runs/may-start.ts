import type { Transaction } from "@/lib/db/client";
import { pairSettingsSchema } from "@/lib/domain/pair-settings";
import { loadApprovalPolicy, runVerdict } from "@/lib/sync/approval-gate";
import { whyUnpaid } from "../billing/why-unpaid";
import type { Runtime } from "../runtime";

/** Why what a preview showed may not be posted now, in a sentence; null where it may. */
export async function whyNotPosted(
  runtime: Runtime,
  tx: Transaction,
  run: {
    readonly id: string;
    readonly pairId: string;
    readonly undoesRunId: string | null;
    readonly settingsVersion: number | null;
    readonly direction: string;
  },
): Promise<string | null> {
  if (runtime.env.TIEOUT_POSTING === "off") return SWITCHED_OFF;
  const stop = await tx.postingStop.findFirst({ where: { flow: "" } });
  if (stop) return stoppedHere(stop.why);
  const pair = await tx.pair.findUniqueOrThrow({ where: { id: run.pairId } });
  if (pair.state === "paused") return "Posting is paused. Resume it under Schedules first.";
  if (run.undoesRunId !== null) return null;
  const unpaid = await whyUnpaid(runtime, tx, run.pairId);
  if (unpaid !== null) return unpaid;
  if (pair.parallelSince !== null)
    return "A parallel run is going on, and it posts nothing. Go live under Parallel run first.";
  if (isPlannedOtherwise(run, pair)) return OUTDATED;
  if (pair.state === "live" && !(await hasLiveFlow(tx, run)))
    return "What this preview would post is set to preview only, paused or off. Set it to live under Parallel run first.";
  // What goes back to the source follows from what the ledger has already.
  return run.direction === "toSource" ? null : whyHeld(tx, run);
}

const SWITCHED_OFF =
  "Posting is switched off for everybody by whoever runs this Tieout. Reading, previews and tie-outs go on; post this once it is on again.";

const stoppedHere = (why: string): string =>
  `Posting of this workspace is stopped by whoever runs this Tieout: ${why} Reading, previews and tie-outs go on; post this once it is on again.`;

export const OUTDATED = "The set-up was changed after this preview was made. Make a new one.";

/** True where the plan was made with another set-up than the present one: it would post what nobody has seen. */
export function isPlannedOtherwise(
  run: { readonly settingsVersion: number | null },
  pair: { readonly settings: unknown },
): boolean {
  const { version } = pairSettingsSchema.parse(pair.settings);
  return run.settingsVersion !== null && run.settingsVersion !== version;
}

/** The first press sets flows that only preview to live; in a live pair each is as somebody set it. */
async function hasLiveFlow(
  tx: Transaction,
  {
    id: runId,
    pairId,
    direction,
  }: { readonly id: string; readonly pairId: string; readonly direction: string },
): Promise<boolean> {
  const live = await tx.flow.findMany({ where: { pairId, direction, state: "live" } });
  const change = await tx.plannedChange.findFirst({
    where: {
      runId,
      verb: { in: ["create", "update", "void", "link"] },
      recordType: { in: live.map((flow) => flow.recordType) },
    },
    select: { id: true },
  });
  return change !== null;
}

async function whyHeld(
  tx: Transaction,
  { id: runId, pairId }: { readonly id: string; readonly pairId: string },
): Promise<string | null> {
  const policy = await loadApprovalPolicy(tx, pairId);
  if (policy === null) return null;
  const verdict = await runVerdict(tx, policy, { pairId, runId });
  if (verdict === "declined") return "This run was not approved. Make a new preview once it is corrected.";
  if (verdict === "waiting")
    return "This run comes to more than one person may post alone. Somebody who neither confirmed the set-up nor started it has to approve it first, under Approvals.";
  if (policy.meanwhile === "postTheRest") return null;
  const waiting = await tx.approval.count({
    where: { pairId, runId, scope: "document", state: "waiting" },
  });
  if (waiting === 0) return null;
  const records = waiting === 1 ? "1 record waits" : `${waiting.toLocaleString("en-GB")} records wait`;
  return `${records} for approval, and nothing is posted before. Somebody who neither confirmed the set-up nor started this run decides under Approvals.`;
}
