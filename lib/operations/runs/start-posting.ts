import type { Transaction } from "@/lib/db/client";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { leaveSentence, missingLeave } from "../flows/write-leave";
import { sendOutboxSoon } from "../outbox/send-outbox";
import { definitionOf, getRuntime, type Runtime } from "../runtime";
import { parseRecordType } from "./get-run";
import { whyNotPosted } from "./may-start";
import { orderPosting } from "./order-posting";
import { changeRunState, parseRunState } from "./run-states";
import { findWorkingRun } from "./start-preview";

/** The first posting that a person starts is what makes a pair live; later on each flow stays as it was set. */
async function goLive(tx: Transaction, pairId: string): Promise<void> {
  const { count } = await tx.pair.updateMany({
    where: { id: pairId, state: "ready" },
    data: { state: "live" },
  });
  if (count > 0)
    await tx.flow.updateMany({
      where: { pairId, direction: "toLedger", state: "previewOnly" },
      data: { state: "live" },
    });
}

/** A press on what a preview would write to the source lets those flows post by themselves from then on. */
async function goLiveBack(tx: Transaction, pairId: string, runId: string): Promise<void> {
  const planned = await tx.plannedChange.groupBy({
    by: ["recordType"],
    where: { runId, verb: { in: ["create", "update", "void"] } },
  });
  await tx.flow.updateMany({
    where: {
      pairId,
      direction: "toSource",
      state: "previewOnly",
      recordType: { in: planned.map(({ recordType }) => recordType) },
    },
    data: { state: "live" },
  });
}

/** A run to the source needs its leave to write what was planned; null where it has that. */
async function whyNoLeave(
  runtime: Runtime,
  tx: Transaction,
  run: { readonly id: string; readonly pairId: string; readonly direction: string },
): Promise<string | null> {
  if (run.direction !== "toSource") return null;
  const pair = await tx.pair.findUniqueOrThrow({ where: { id: run.pairId }, include: { source: true } });
  const { manifest } = definitionOf(runtime, pair.source.connectorId);
  const planned = await tx.plannedChange.groupBy({
    by: ["recordType"],
    where: { runId: run.id, verb: { in: ["create", "update", "void"] } },
  });
  const types = planned.map(({ recordType }) => parseRecordType(recordType));
  return missingLeave(manifest, pair.source.scopes, types).length === 0
    ? null
    : leaveSentence(manifest.label);
}

/** Starts posting what a preview showed. Pressed twice, it starts once. */
export async function startPosting(
  access: WorkspaceAccess,
  runId: string,
): Promise<Result<{ runId: string }, { message: string }>> {
  const runtime = await getRuntime();
  const { workspaceId } = access;
  const outcome = await runtime.database.withWorkspace(
    workspaceId,
    async (tx): Promise<Result<{ runId: string }, { message: string }>> => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`runs:${workspaceId}`}, 0))`;
      const run = await tx.syncRun.findUnique({ where: { id: runId } });
      if (!run) return err({ message: "There is no such run." });
      const state = parseRunState(run.state);
      if (state === "applying" || state === "tyingOut" || state === "finished") return ok({ runId });
      if (state === "pulling" || state === "planning")
        return err({ message: "The preview is not ready yet." });
      if (state !== "previewed") return err({ message: "This preview is out of date. Make a new one." });
      if ((await findWorkingRun(tx, run.pairId)) !== null)
        return err({ message: "Another run is at work. Start this one when it is finished." });
      // Before the question whether it may: an approval by whoever presses does not count.
      await tx.syncRun.update({ where: { id: runId }, data: { postedByUserId: access.userId } });
      const refusal = (await whyNotPosted(runtime, tx, run)) ?? (await whyNoLeave(runtime, tx, run));
      if (refusal !== null) {
        await tx.syncRun.update({ where: { id: runId }, data: { postedByUserId: null } });
        return err({ message: refusal });
      }
      await changeRunState(tx, runId, "applying", runtime.clock.now());
      if (run.direction === "toSource") await goLiveBack(tx, run.pairId, runId);
      else if (run.undoesRunId === null) await goLive(tx, run.pairId);
      await orderPosting(tx, { workspaceId, runId }, access.userId, runtime.clock.now());
      return ok({ runId });
    },
  );
  if (outcome.ok) await sendOutboxSoon(runtime);
  return outcome;
}
