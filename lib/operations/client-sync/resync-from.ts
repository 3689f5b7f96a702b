import { recordEvent } from "@/lib/audit/record-event";
import { type LocalDate, parseLocalDate } from "@/lib/domain/local-date";
import { RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";
import { hasRole, type WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";

/**
 * Lets the next sync read records of some kinds again from a date on, and look anew at those that were left out. Contacts
 * have no date and are all read again. What is posted and has not changed is not sent a second time; what a person put aside
 * or took back stays so.
 */
export async function resyncFrom(
  access: WorkspaceAccess,
  request: { readonly recordTypes: readonly RecordType[]; readonly from: string },
): Promise<Result<{ records: number }, { message: string }>> {
  const { database, clock } = await getRuntime();
  const { workspaceId } = access;
  if (!hasRole(access, "admin"))
    return err({ message: "Your role in this workspace does not allow that. Ask its owner." });
  const from = readDate(request.from);
  if (from === null) return err({ message: "Give the day as year, month and day." });
  const recordTypes = RECORD_TYPES.filter((type) => request.recordTypes.includes(type));
  if (recordTypes.length === 0) return err({ message: "Choose what is to be read again." });
  return database.withWorkspace(workspaceId, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`runs:${workspaceId}`}, 0))`;
    const pair = await loadPairIn(tx);
    if (!pair) return err({ message: "Connect both systems first." });
    const connectionId = pair.sourceConnectionId;
    const where = {
      connectionId,
      recordType: { in: recordTypes },
      OR: [{ documentDate: null }, { documentDate: { gte: from } }],
    };
    // No version is empty, so each is taken for changed and read; what it says decides whether it is.
    const { count: records } = await tx.recordSnapshot.updateMany({ where, data: { version: "" } });
    await tx.recordSnapshot.updateMany({
      where: { ...where, disposition: "excluded", dispositionReason: { notIn: ["undone", "dismissed"] } },
      data: { disposition: "pending" },
    });
    await tx.cursor.deleteMany({ where: { connectionId, recordType: { in: recordTypes } } });
    await recordEvent(tx, {
      workspaceId,
      actorUserId: access.userId,
      action: "clientSync.resync",
      subject: pair.id,
      after: { from, recordTypes, records },
      at: clock.now(),
    });
    return ok({ records });
  });
}

function readDate(text: string): LocalDate | null {
  try {
    return parseLocalDate(text);
  } catch (thrown) {
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}
