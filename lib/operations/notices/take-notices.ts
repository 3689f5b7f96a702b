import { Prisma, type Transaction } from "@/lib/db/client";
import { sendOutboxSoon } from "../outbox/send-outbox";
import { startByItself } from "../runs/start-by-itself";
import { getRuntime } from "../runtime";
import { scheduleOf } from "../schedules/schedule-of-pair";

/** Names a pair for a step: ids alone. */
export interface PairRef {
  readonly workspaceId: string;
  readonly pairId: string;
}

/** `waiting`: a run is at work, or the pair does not follow notices now; they are kept. */
export type NoticesTaken = "started" | "waiting" | "nothing";

/** A vendor's word of our own write comes within seconds; one that comes later leads to a look that finds nothing new. */
const ECHO_MS = 5 * 60_000;

/**
 * Makes one run of all the notices that wait for a pair; the run itself takes them. Notices of what this pair has just
 * written are put aside first. Called twice at once it starts one run.
 */
export async function takeNotices(ref: PairRef): Promise<NoticesTaken> {
  const runtime = await getRuntime();
  const { workspaceId, pairId } = ref;
  const taken = await runtime.database.withWorkspace(workspaceId, async (tx): Promise<NoticesTaken> => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`runs:${workspaceId}`}, 0))`;
    const now = runtime.clock.now();
    const pair = await tx.pair.findUnique({ where: { id: pairId }, include: { source: true, ledger: true } });
    if (!pair) return "nothing";
    await putEchoesAside(tx, pair, now);
    const waiting = await tx.changeNotice.findFirst({
      where: { pairId, state: "waiting" },
      select: { id: true },
    });
    if (!waiting) return "nothing";
    const follows =
      (pair.state === "ready" || pair.state === "live") &&
      scheduleOf(pair).mode === "realTime" &&
      pair.source.status === "active" &&
      pair.ledger.status === "active" &&
      // After a failure the pair's own time decides, however many notices come.
      (pair.failedRuns === 0 || (pair.nextRunAt !== null && pair.nextRunAt <= now));
    if (!follows) return "waiting";
    return (await startByItself(runtime, tx, ref, "notice")) === null ? "waiting" : "started";
  });
  if (taken === "started") await sendOutboxSoon(runtime);
  return taken;
}

/** What a write touches: the record itself, and the documents that a settlement settles. */
async function putEchoesAside(tx: Transaction, pair: { readonly id: string }, now: Date): Promise<void> {
  const echo = Prisma.sql`interval '1 millisecond' * ${ECHO_MS}`;
  await tx.$executeRaw`
    WITH touched AS (
      SELECT w.resolved_at, w.connection_id, split_part(id.external_id, ':', 1) AS external_id
        FROM write_intents w
       CROSS JOIN LATERAL (VALUES (w.ledger_external_id), (w.payload ->> 'invoiceId'), (w.payload ->> 'creditNoteId'),
                                  (w.payload ->> 'billId'), (w.payload ->> 'supplierCreditId')) AS id (external_id)
       WHERE w.pair_id = ${pair.id}::uuid AND w.state = 'applied' AND id.external_id IS NOT NULL
         AND w.resolved_at >= (SELECT min(n.received_at) - ${echo} FROM change_notices n
                                WHERE n.pair_id = ${pair.id}::uuid AND n.state = 'waiting')
    ), echoes AS (
      UPDATE change_notices n SET state = 'echo', taken_at = ${now}
       WHERE n.pair_id = ${pair.id}::uuid AND n.state = 'waiting' AND n.external_id <> ''
         AND EXISTS (SELECT FROM touched t
                      WHERE t.external_id = n.external_id AND t.connection_id = n.connection_id
                        AND t.resolved_at BETWEEN n.received_at - ${echo} AND n.received_at + ${echo})
      RETURNING n.inbox_message_id
    )
    UPDATE inbox_messages SET processed_at = ${now}
     WHERE processed_at IS NULL AND id IN (SELECT inbox_message_id FROM echoes)`;
}
