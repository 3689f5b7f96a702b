import { z } from "zod";
import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/client";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { hasRole } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { getRuntime } from "../runtime";
import { whyNotSecond } from "./second-person";

export const NOTE_CHARACTERS_MAX = 500;

export interface Decision {
  readonly approvalId: string;
  readonly decision: "approved" | "declined";
  readonly note: string;
}

type Decided = Result<{ state: "approved" | "declined" }, { message: string }>;

/**
 * Says yes or no to one request, in the name of whoever presses, and only where they are a second person. It speaks of the
 * version that was asked about: a document that changed since asks anew. Pressed twice, it is said once; the same person
 * or another second one may change it while nothing of it is posted.
 */
export async function decideApproval(access: WorkspaceAccess, decision: Decision): Promise<Decided> {
  const { database, clock } = await getRuntime();
  const { workspaceId, userId } = access;
  if (!z.uuid().safeParse(decision.approvalId).success) return err({ message: GONE });
  if (!hasRole(access, "bookkeeper"))
    return err({ message: "Your role in this workspace does not allow that. Ask its owner." });
  const note = decision.note.trim().slice(0, NOTE_CHARACTERS_MAX);
  if (decision.decision === "declined" && note === "")
    return err({ message: "Say in a few words why, so that it can be corrected." });
  return database.withWorkspace(workspaceId, async (tx): Promise<Decided> => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`runs:${workspaceId}`}, 0))`;
    const row = await tx.approval.findUnique({ where: { id: decision.approvalId } });
    if (!row) return err({ message: GONE });
    if (row.state === "expired")
      return err({ message: "It was changed after it was shown to you. Look at the present version." });
    const refusal = await whyNotSecond(tx, access, row);
    if (refusal !== null) return err({ message: refusal });
    const state = decision.decision;
    if (row.state === state && row.decidedByUserId === userId && row.note === note) return ok({ state });
    const now = clock.now();
    await tx.approval.update({
      where: { id: row.id },
      data: { state, decidedAt: now, decidedByUserId: userId, note },
    });
    await recordEvent(tx, {
      workspaceId,
      actorUserId: userId,
      action: `approval.${state}`,
      subject: row.scope === "run" ? row.runId : `${row.recordType}:${row.sourceExternalId}`,
      before: { state: row.state },
      after: { state, note, version: row.versionHash, baseMinor: row.baseMinor?.toString() ?? null },
      at: now,
    });
    if (state === "approved") await lookSoon(tx, row.pairId, now);
    return ok({ state });
  });
}

const GONE = "There is no such request.";

/** A pair that looks by itself does so with the next minute, so that what was held goes. */
async function lookSoon(tx: Transaction, pairId: string, now: Date): Promise<void> {
  await tx.pair.updateMany({
    where: { id: pairId, state: "live", nextRunAt: { not: null } },
    data: { nextRunAt: now },
  });
}
