import { recordEvent } from "@/lib/audit/record-event";
import type { ExceptionFilter, ExceptionOutcome } from "@/lib/domain/views/exception-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { ok, type Result } from "@/lib/kernel/result";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";
import { countRecords, idsOf, lockChosen, NO_PAIR, namesOf } from "./chosen-exceptions";
import { refuse } from "./look-again";

/** Takes dismissals back: the records wait again with the cause they had, and nothing is sent by that. */
export async function bringBackExceptions(
  access: WorkspaceAccess,
  filter: ExceptionFilter,
): Promise<Result<ExceptionOutcome, { message: string }>> {
  const { database, clock } = await getRuntime();
  const now = clock.now();
  return database.withWorkspace(
    access.workspaceId,
    async (tx): Promise<Result<ExceptionOutcome, { message: string }>> => {
      const pair = await loadPairIn(tx);
      if (!pair) return refuse(NO_PAIR);
      const chosen = await lockChosen(tx, pair.id, "dismissed", filter);
      if (chosen.length === 0) return refuse("Nothing of this is dismissed any more.");
      const ids = idsOf(chosen);
      await tx.$executeRaw`
        UPDATE record_snapshots s
           SET disposition = 'exception', disposition_reason = e.cause, disposition_hash = e.dismissed_hash
          FROM exceptions e
         WHERE e.id = ANY(${ids}::uuid[]) AND s.connection_id = ${pair.sourceConnectionId}::uuid
           AND s.record_type = e.record_type AND s.external_id = e.source_external_id`;
      await tx.$executeRaw`
        UPDATE exceptions
           SET state = 'open', dismissed_reason = NULL, dismissed_by_user_id = NULL, dismissed_by_name = NULL,
               dismissed_at = NULL, dismissed_hash = NULL, updated_at = ${now}
         WHERE id = ANY(${ids}::uuid[])`;
      await recordEvent(tx, {
        workspaceId: access.workspaceId,
        actorUserId: access.userId,
        action: "exceptions.broughtBack",
        subject: pair.id,
        after: { count: chosen.length, records: namesOf(chosen) },
        at: now,
      });
      const verb = chosen.length === 1 ? "waits" : "wait";
      return ok({
        previewRunId: null,
        message: `${countRecords(chosen.length)} ${verb} for you again. Nothing is sent before somebody tries again or the next run looks.`,
      });
    },
  );
}
