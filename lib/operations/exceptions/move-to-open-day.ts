import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/client";
import { dayAfter, type LocalDate } from "@/lib/domain/local-date";
import type { ExceptionFilter, ExceptionOutcome } from "@/lib/domain/views/exception-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { ok, type Result } from "@/lib/kernel/result";
import { AS_STORED, loadReference } from "../connections/load-reference";
import { getRuntime } from "../runtime";
import { loadPair } from "../setup/load-pair";
import {
  countRecords,
  findOnTheWay,
  idsOf,
  type LockedException,
  lockChosen,
  NO_PAIR,
  NOTHING_LEFT,
  namesOf,
} from "./chosen-exceptions";
import type { Pair } from "./load-options";
import { andThen, lookAgain, refuse } from "./look-again";
import { askAgain } from "./retry-exceptions";

/**
 * Lets records that are dated in a locked period be posted on the first day after the lock. The preview shows both dates
 * and that tax falls into another period; the source keeps its own date, and a change of it there drops the choice.
 */
export async function moveToOpenDay(
  access: WorkspaceAccess,
  filter: ExceptionFilter,
): Promise<Result<ExceptionOutcome, { message: string }>> {
  const runtime = await getRuntime();
  const pair = await loadPair(runtime, access.workspaceId);
  if (!pair) return refuse(NO_PAIR);
  const { lockDate } = await loadReference(runtime, access.workspaceId, pair.ledgerConnectionId, AS_STORED);
  const now = runtime.clock.now();
  const moved = await runtime.database.withWorkspace(
    access.workspaceId,
    async (tx): Promise<Result<number, { message: string }>> => {
      const locked = await lockChosen(tx, pair.id, "open", filter);
      const onTheWay = await findOnTheWay(tx, pair.id, locked);
      const chosen = locked.filter((one) => one.cause === "periodLocked" && !onTheWay.has(one.id));
      if (chosen.length === 0) return refuse(NOTHING_LEFT);
      if (lockDate !== null) await storeDates(tx, { access, pair, lockDate, chosen, now });
      await askAgain(tx, idsOf(chosen), now);
      return ok(chosen.length);
    },
  );
  if (!moved.ok) return moved;
  const done =
    lockDate === null
      ? "The period is open again."
      : `${countRecords(moved.value)} dated ${dayAfter(lockDate)}, the first open day.`;
  return andThen(done, await lookAgain(runtime, access));
}

interface Move {
  readonly access: WorkspaceAccess;
  readonly pair: Pair;
  readonly lockDate: LocalDate;
  readonly chosen: readonly LockedException[];
  readonly now: Date;
}

/** One statement for all of them: a group can hold thousands. What is in the ledger already keeps its date there. */
async function storeDates(tx: Transaction, { access, pair, lockDate, chosen, now }: Move): Promise<void> {
  const day = dayAfter(lockDate);
  await tx.$executeRaw`
    INSERT INTO record_overrides
           (id, workspace_id, pair_id, record_type, source_external_id, field, source_key, value, label, source_value, origin,
            made_by_user_id, made_by_name, made_at)
    SELECT gen_random_uuid(), e.workspace_id, e.pair_id, e.record_type, e.source_external_id, 'date', '', ${day}, ${day},
           s.record ->> 'date', 'firstOpenDay', ${access.userId}::uuid, ${access.userName}, ${now}
      FROM exceptions e
      JOIN record_snapshots s ON s.connection_id = ${pair.sourceConnectionId}::uuid
                             AND s.record_type = e.record_type AND s.external_id = e.source_external_id
     WHERE e.id = ANY(${idsOf(chosen)}::uuid[]) AND s.record ->> 'date' <= ${lockDate}
       AND NOT EXISTS (SELECT FROM record_links k
                        WHERE k.pair_id = e.pair_id AND k.record_type = e.record_type
                          AND k.source_external_id = e.source_external_id)
    ON CONFLICT (pair_id, record_type, source_external_id, field, source_key) DO UPDATE
      SET value = EXCLUDED.value, label = EXCLUDED.label, source_value = EXCLUDED.source_value,
          origin = EXCLUDED.origin, made_by_user_id = EXCLUDED.made_by_user_id, made_by_name = EXCLUDED.made_by_name,
          made_at = EXCLUDED.made_at`;
  await recordEvent(tx, {
    workspaceId: access.workspaceId,
    actorUserId: access.userId,
    action: "exceptions.movedToOpenDay",
    subject: pair.id,
    after: { date: day, lockDate, count: chosen.length, records: namesOf(chosen) },
    at: now,
  });
}
