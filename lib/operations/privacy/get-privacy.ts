import { recordEvent } from "@/lib/audit/record-event";
import { RECORD_TYPE_NAMES, RECORD_TYPES } from "@/lib/domain/record-type";
import type { PrivacyView, WorkspaceNotices } from "@/lib/domain/views/privacy-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { ok, type Result } from "@/lib/kernel/result";
import { getRuntime } from "../runtime";
import { whyNotDeleted } from "./delete-workspace";

/** What is set about privacy in the workspace. */
export async function getPrivacy(access: WorkspaceAccess): Promise<PrivacyView> {
  const { database, clock } = await getRuntime();
  const now = clock.now();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const row = await tx.workspace.findUniqueOrThrow({ where: { id: access.workspaceId } });
    return {
      masksBookkeepers: row.masksBookkeepers,
      supportUntil: stillAhead(row.supportUntil, now),
      deletionDueAt: row.deletionDueAt?.toISOString() ?? null,
      whyNotDeleted: await whyNotDeleted(tx, now),
    };
  });
}

/** What the head of every page says: that support may look in, that the workspace goes, that posting is stopped here. */
export async function getWorkspaceNotices(access: WorkspaceAccess): Promise<WorkspaceNotices> {
  const { database, clock } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const row = await tx.workspace.findUniqueOrThrow({ where: { id: access.workspaceId } });
    const stops = await tx.postingStop.findMany({ orderBy: { flow: "asc" } });
    return {
      supportUntil: stillAhead(row.supportUntil, clock.now()),
      deletionDueAt: row.deletionDueAt?.toISOString() ?? null,
      stops: stops.map(({ flow, why }) => ({ what: wordsOf(flow), why })),
    };
  });
}

const stillAhead = (until: Date | null, now: Date): string | null =>
  until !== null && until > now ? until.toISOString() : null;

function wordsOf(flow: string): string | null {
  const recordType = RECORD_TYPES.find((one) => one === flow);
  return recordType ? RECORD_TYPE_NAMES[recordType].many : null;
}

/** Sets whether bookkeepers see the details of people masked, as readers do. */
export async function setMasking(
  access: WorkspaceAccess,
  { masksBookkeepers }: { readonly masksBookkeepers: boolean },
): Promise<Result<{ masksBookkeepers: boolean }, { message: string }>> {
  const { database, clock } = await getRuntime();
  const { workspaceId } = access;
  return database.withWorkspace(workspaceId, async (tx) => {
    const { count } = await tx.workspace.updateMany({
      where: { id: workspaceId, masksBookkeepers: !masksBookkeepers },
      data: { masksBookkeepers },
    });
    if (count > 0)
      await recordEvent(tx, {
        ...{ workspaceId, actorUserId: access.userId, action: "details.maskingChanged" },
        subject: workspaceId,
        before: { masksBookkeepers: !masksBookkeepers },
        after: { masksBookkeepers },
        at: clock.now(),
      });
    return ok({ masksBookkeepers });
  });
}
