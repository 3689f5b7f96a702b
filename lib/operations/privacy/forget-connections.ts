import { recordEvent } from "@/lib/audit/record-event";
import { Prisma, type Transaction } from "@/lib/db/client";
import type { Runtime } from "../runtime";

/** So long after it was disconnected, what was read from a connection is kept: a break of some weeks costs no new reading. */
export const KEPT_AFTER_DISCONNECT_DAYS = 30;
const DAY_MS = 86_400_000;
const ROWS_AT_ONCE = 5_000;

/** The instant before which a connection must have ended for its readings to go. */
export const endedBefore = (now: Date): Date => new Date(now.getTime() - KEPT_AFTER_DISCONNECT_DAYS * DAY_MS);

/**
 * Deletes what was read from the connections of a workspace that ended so long ago, and the bodies of what was written
 * through them. What a return needs so that nothing is doubled stays: which record is which (ids, numbers, and a contact's
 * name as the key it is found by), what people decided, counts, and the audit trail. A connection that came back reads
 * everything anew. Returns how many connections.
 */
export async function forgetConnections(runtime: Runtime, workspaceId: string): Promise<number> {
  const { database, clock } = runtime;
  const now = clock.now();
  const ended = await database.withWorkspace(workspaceId, async (tx) => {
    const rows = await tx.connection.findMany({
      where: { status: "disconnected", disconnectedAt: { lt: endedBefore(now) } },
    });
    return rows.filter(
      ({ forgottenAt, disconnectedAt }) =>
        forgottenAt === null || (disconnectedAt !== null && forgottenAt < disconnectedAt),
    );
  });
  for (const { id } of ended) {
    const pairIds = await database.withWorkspace(workspaceId, async (tx) =>
      (
        await tx.pair.findMany({
          where: { OR: [{ sourceConnectionId: id }, { ledgerConnectionId: id }] },
          select: { id: true },
        })
      ).map((pair) => pair.id),
    );
    const inPieces = async (statement: Statement): Promise<number> => {
      for (let all = 0; ; ) {
        const touched = await database.withWorkspace(workspaceId, async (tx) =>
          // Who connected again in this very moment keeps what is being read.
          (await isEnded(tx, id)) ? tx.$executeRaw(statement) : 0,
        );
        all += touched;
        if (touched < ROWS_AT_ONCE) return all;
      }
    };
    let rows = 0;
    for (const statement of [...ofConnection(id), ...pairIds.flatMap(ofPair)])
      rows += await inPieces(statement);
    await database.withWorkspace(workspaceId, async (tx) => {
      if (!(await isEnded(tx, id))) return;
      await tx.connection.update({ where: { id }, data: { forgottenAt: now } });
      await recordEvent(tx, {
        ...{ workspaceId, actorUserId: null, action: "connection.forgotten", subject: id },
        after: { rows },
        at: now,
      });
    });
  }
  return ended.length;
}

type Statement = Prisma.Sql;

const isEnded = async (tx: Transaction, id: string): Promise<boolean> =>
  (await tx.connection.count({ where: { id, status: "disconnected" } })) > 0;

const piece = (table: string, condition: Prisma.Sql): Prisma.Sql => Prisma.sql`
  (SELECT t.ctid FROM ${Prisma.raw(table)} t WHERE ${condition} LIMIT ${ROWS_AT_ONCE})`;

const deletion = (table: string, condition: Prisma.Sql): Statement =>
  Prisma.sql`DELETE FROM ${Prisma.raw(table)} WHERE ctid = ANY (ARRAY${piece(table, condition)})`;

/** Cursors go with the records, else the next reading would take these for known. */
const ofConnection = (id: string): Statement[] =>
  ["record_snapshots", "ledger_records", "quarantined_rows", "reference_sets", "cursors"].map((table) =>
    deletion(table, Prisma.sql`t.connection_id = ${id}::uuid`),
  );

/** Without its lines and its people a record of a write parses still, so that a run can be taken back after a return. */
const BODY_WITHOUT = Prisma.sql`
  w.payload
  || CASE WHEN w.payload ? 'contactName' THEN '{"contactName": ""}'::jsonb ELSE '{}'::jsonb END
  || CASE WHEN w.payload ? 'reference' THEN '{"reference": ""}'::jsonb ELSE '{}'::jsonb END
  || CASE WHEN w.payload ? 'lines' AND w.payload -> 'lines' -> 0 ->> 'externalId' NOT LIKE '%:opening'
          THEN '{"lines": []}'::jsonb ELSE '{}'::jsonb END
  || CASE w.record_type
       WHEN 'contact' THEN '{"name": "", "firstName": "", "lastName": "", "email": "", "phone": "", "address": null}'::jsonb
       WHEN 'item' THEN '{"name": "", "description": ""}'::jsonb
       WHEN 'manualJournal' THEN '{"narration": ""}'::jsonb ELSE '{}'::jsonb END`;

function ofPair(pairId: string): Statement[] {
  const own = Prisma.sql`t.pair_id = ${pairId}::uuid`;
  const emptied = Prisma.sql`t.outcome IS NOT DISTINCT FROM '{"forgotten": true}'::jsonb`;
  return [
    ...["tie_out_entries", "entry_changes", "tie_out_findings", "tie_out_figures", "ledger_readings"].map(
      (table) => deletion(table, own),
    ),
    deletion(
      "planned_changes",
      Prisma.sql`t.run_id IN (SELECT r.id FROM sync_runs r WHERE r.pair_id = ${pairId}::uuid)`,
    ),
    deletion("match_questions", Prisma.sql`${own} AND t.verdict IS NULL`),
    deletion("exceptions", Prisma.sql`${own} AND t.state <> 'dismissed'`),
    Prisma.sql`
      UPDATE write_intents w SET payload = ${BODY_WITHOUT}, outcome = '{"forgotten": true}'::jsonb
       WHERE w.ctid = ANY (ARRAY${piece(
         "write_intents",
         Prisma.sql`${own} AND t.state IN ('applied', 'rejected', 'cancelled') AND NOT (${emptied})`,
       )})`,
    Prisma.sql`
      UPDATE match_questions q SET source_words = '', ledger_words = '', differences = ''
       WHERE q.ctid = ANY (ARRAY${piece("match_questions", Prisma.sql`${own} AND t.source_words <> ''`)})`,
    Prisma.sql`
      UPDATE exceptions e SET exchange = NULL, sides = NULL, vendor_message = NULL, label = '', message = ${GONE}
       WHERE e.ctid = ANY (ARRAY${piece("exceptions", Prisma.sql`${own} AND t.message <> ${GONE}`)})`,
    Prisma.sql`
      UPDATE approvals a SET label = ''
       WHERE a.ctid = ANY (ARRAY${piece("approvals", Prisma.sql`${own} AND t.label <> ''`)})`,
    Prisma.sql`
      UPDATE record_links k SET agreed = NULL
       WHERE k.ctid = ANY (ARRAY${piece("record_links", Prisma.sql`${own} AND t.agreed IS NOT NULL`)})`,
  ];
}

const GONE = "What it was about was deleted some time after the connection had ended.";
