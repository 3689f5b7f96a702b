import { recordEvent } from "@/lib/audit/record-event";
import type { ExceptionFilter, ExceptionOutcome } from "@/lib/domain/views/exception-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { ok, type Result } from "@/lib/kernel/result";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";
import {
  countRecords,
  findOnTheWay,
  idsOf,
  lockChosen,
  NO_PAIR,
  NOTHING_LEFT,
  namesOf,
} from "./chosen-exceptions";
import { refuse } from "./look-again";

/**
 * Leaves records out from now on, with a reason and a name that the tie-out and the audit trail show. The decision speaks
 * of the version that the person saw: a record that changes in the source comes back. What is in the ledger already
 * stays as it is there; where it differs from the source, the tie-out goes on naming that.
 */
export async function dismissExceptions(
  access: WorkspaceAccess,
  filter: ExceptionFilter,
  reason: string,
): Promise<Result<ExceptionOutcome, { message: string }>> {
  const { database, clock } = await getRuntime();
  const said = reason.trim();
  if (said === "") return refuse("Say in a few words why this is left out: others will ask.");
  const now = clock.now();
  return database.withWorkspace(
    access.workspaceId,
    async (tx): Promise<Result<ExceptionOutcome, { message: string }>> => {
      const pair = await loadPairIn(tx);
      if (!pair) return refuse(NO_PAIR);
      const chosen = await lockChosen(tx, pair.id, "open", filter);
      if (chosen.length === 0) return refuse(NOTHING_LEFT);
      const onTheWay = await findOnTheWay(tx, pair.id, chosen);
      const left = chosen.filter((one) => !onTheWay.has(one.id));
      if (left.length === 0)
        return refuse("It is being sent in this moment. Look again when the run is finished.");
      const ids = idsOf(left);
      await tx.$executeRaw`
        UPDATE exceptions
           SET state = 'dismissed', dismissed_reason = ${said}, dismissed_by_user_id = ${access.userId}::uuid,
               dismissed_by_name = ${access.userName}, dismissed_at = ${now}, updated_at = ${now},
               dismissed_hash = split_part(source_hash, '.', 1), replay_asked_at = NULL
         WHERE id = ANY(${ids}::uuid[])`;
      await tx.$executeRaw`
        UPDATE record_snapshots s
           SET disposition = CASE WHEN k.id IS NULL THEN 'excluded' WHEN k.how = 'created' THEN 'posted' ELSE 'linked' END,
               disposition_reason = 'dismissed', disposition_hash = e.dismissed_hash
          FROM exceptions e
          LEFT JOIN record_links k ON k.pair_id = e.pair_id AND k.record_type = e.record_type
                                  AND k.source_external_id = e.source_external_id
         WHERE e.id = ANY(${ids}::uuid[]) AND s.connection_id = ${pair.sourceConnectionId}::uuid
           AND s.record_type = e.record_type AND s.external_id = e.source_external_id`;
      await recordEvent(tx, {
        workspaceId: access.workspaceId,
        actorUserId: access.userId,
        action: "exceptions.dismissed",
        subject: pair.id,
        after: { reason: said, count: left.length, records: namesOf(left) },
        at: now,
      });
      return ok({ previewRunId: null, message: dismissedSentence(left.length, onTheWay.size) });
    },
  );
}

function dismissedSentence(dismissed: number, sent: number): string {
  const done = `${countRecords(dismissed)} left out from now on. Under Dismissed you can bring ${dismissed === 1 ? "it" : "them"} back.`;
  return sent === 0 ? done : `${done} ${countRecords(sent)} being sent in this moment stayed as before.`;
}
