import { Prisma, type Transaction } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";
import type { LocalDate } from "@/lib/domain/local-date";
import { problem } from "@/lib/domain/problem";
import { DONE, type Progress } from "@/lib/domain/progress";
import { RECORD_GROUPS, type RecordType } from "@/lib/domain/record-type";
import { invariant } from "@/lib/kernel/invariant";
import { isPhaseDone, markPhaseDone } from "./run-state";
import type { SyncContext } from "./sync-context";

/**
 * Plans to take a run's postings out of the ledger again: one planned change for each record that it wrote, with the
 * reason for each that has to stay. Settlements come before the documents that they settle, so that a document is only
 * planned to go when nothing is left on it. Whole types at a time in SQL: a run may have written thirty thousand.
 */
export async function planUndo(
  context: SyncContext,
  recordType: RecordType,
  lockDate: LocalDate | null,
): Promise<Progress> {
  if (await isPhaseDone(context, recordType, "plannedAt")) return DONE;
  const { undoesRunId } = context;
  invariant(undoesRunId !== null, "an undo names the run that it takes back");
  await context.database.withWorkspace(context.workspaceId, async (tx) => {
    // A step that is repeated after a kill begins this type anew.
    await tx.plannedChange.deleteMany({ where: { runId: context.runId, recordType } });
    await planWritten(context, tx, recordType, undoesRunId);
    if (STAYS.has(recordType)) return keep(context, tx, recordType, "staysAfterUndo");
    await keepChanges(context, tx, recordType, undoesRunId);
    await blockSettled(context, tx, recordType);
    if (lockDate !== null) {
      await nameLockedSettlements(context, tx, recordType, lockDate);
      await blockLocked(context, tx, recordType, lockDate);
    }
    await countUndoPlan(context, tx, recordType);
  });
  await markPhaseDone(context, recordType, "plannedAt");
  return DONE;
}

/** Contacts and items stay: they carry no money, are used by others, and harm nobody. */
const STAYS: ReadonlySet<RecordType> = new Set(RECORD_GROUPS.parties);

/** A planned void for each record that the run wrote and that is still linked as it wrote it. */
async function planWritten(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  undoesRunId: string,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO planned_changes
           (id, workspace_id, run_id, record_type, source_external_id, verb, reason, number, label, currency, gross_minor,
            base_minor, booked, ledger_external_id, detail)
    SELECT gen_random_uuid(), w.workspace_id, ${context.runId}::uuid, w.record_type, w.source_external_id,
           CASE WHEN l.id IS NULL THEN 'exclude' ELSE 'void' END, CASE WHEN l.id IS NULL THEN 'undoneAlready' END,
           p.number, p.label, p.currency, p.gross_minor, p.base_minor, ${REVERSED}, w.ledger_external_id, '{}'
      FROM (SELECT DISTINCT ON (source_external_id) * FROM write_intents
             WHERE run_id = ${undoesRunId}::uuid AND record_type = ${recordType} AND state = 'applied'
             ORDER BY source_external_id, sequence DESC) w
      JOIN planned_changes p ON p.run_id = w.run_id AND p.record_type = w.record_type
                            AND p.source_external_id = w.source_external_id
      LEFT JOIN record_links l ON l.pair_id = w.pair_id AND l.record_type = w.record_type
                              AND l.source_external_id = w.source_external_id
                              AND l.ledger_external_id = w.ledger_external_id
     ORDER BY w.sequence DESC`;
}

/** What is taken back is taken off as it was booked. */
const REVERSED = Prisma.sql`CASE jsonb_typeof(p.booked) WHEN 'array' THEN (
  SELECT COALESCE(jsonb_agg(l || jsonb_build_object(
           'amount', (l -> 'amount') || jsonb_build_object('minor', (-(l -> 'amount' ->> 'minor')::numeric)::text),
           'base', (l -> 'base') || jsonb_build_object('minor', (-(l -> 'base' ->> 'minor')::numeric)::text))), '[]')
    FROM jsonb_array_elements(p.booked) l) ELSE p.booked END`;

async function keep(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  reason: string,
): Promise<void> {
  await tx.plannedChange.updateMany({
    where: { runId: context.runId, recordType, verb: "void" },
    data: { verb: "exclude", reason },
  });
}

/** What that run only changed or voided stays as it is now. */
async function keepChanges(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  undoesRunId: string,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE planned_changes p SET verb = 'exclude', reason = 'changeStays'
      FROM write_intents w
     WHERE p.run_id = ${context.runId}::uuid AND p.record_type = ${recordType} AND p.verb = 'void'
       AND w.run_id = ${undoesRunId}::uuid AND w.record_type = p.record_type AND w.state = 'applied'
       AND w.source_external_id = p.source_external_id AND w.verb <> 'create'`;
}

/** In which column of its settlements a document is named. */
export const SETTLED_BY: Readonly<Partial<Record<RecordType, { key: string; by: readonly RecordType[] }>>> = {
  invoice: { key: "invoiceId", by: ["payment", "allocation"] },
  creditNote: { key: "creditNoteId", by: ["allocation"] },
  bill: { key: "billId", by: ["billPayment", "supplierAllocation"] },
  supplierCredit: { key: "supplierCreditId", by: ["supplierAllocation"] },
};

/** Money that came later, from another run or by hand, would hang in the air: that has to be taken off first. */
async function blockSettled(context: SyncContext, tx: Transaction, recordType: RecordType): Promise<void> {
  const settled = SETTLED_BY[recordType];
  if (settled === undefined) return;
  await tx.$executeRaw`
    UPDATE planned_changes p SET verb = 'block', reason = 'settledSince',
           detail = ${toInputJson(problem("settledSince", ""))} || jsonb_build_object('subject', p.number)
     WHERE p.run_id = ${context.runId}::uuid AND p.record_type = ${recordType} AND p.verb = 'void'
       AND p.ledger_external_id IN (
             SELECT s.record ->> ${settled.key}
               FROM ledger_records s
              WHERE s.connection_id = ${context.ledger.connectionId}::uuid
                AND s.record_type IN (${Prisma.join([...settled.by])})
                AND COALESCE(s.record ->> 'status', 'open') <> 'deleted'
                AND NOT EXISTS (SELECT 1 FROM planned_changes u
                                 WHERE u.run_id = p.run_id AND u.record_type = s.record_type AND u.verb = 'void'
                                   AND u.ledger_external_id = s.external_id))`;
}

/** Where it is the run's own settlement that has to stay, since its day is closed, that is what is said. */
async function nameLockedSettlements(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  lockDate: LocalDate,
): Promise<void> {
  const settled = SETTLED_BY[recordType];
  if (settled === undefined) return;
  await tx.$executeRaw`
    UPDATE planned_changes p SET reason = 'settledLocked', detail = ${toInputJson(problem("settledLocked", lockDate))}
     WHERE p.run_id = ${context.runId}::uuid AND p.record_type = ${recordType} AND p.reason = 'settledSince'
       AND EXISTS (SELECT 1 FROM ledger_records s
                     JOIN planned_changes u ON u.run_id = p.run_id AND u.record_type = s.record_type
                                           AND u.ledger_external_id = s.external_id AND u.reason = 'periodLocked'
                    WHERE s.connection_id = ${context.ledger.connectionId}::uuid
                      AND s.record_type IN (${Prisma.join([...settled.by])})
                      AND s.record ->> ${settled.key} = p.ledger_external_id)`;
}

async function blockLocked(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  lockDate: LocalDate,
): Promise<void> {
  // An order books nothing, so no closed period holds it.
  if (recordType === "purchaseOrder") return;
  await tx.$executeRaw`
    UPDATE planned_changes p SET verb = 'block', reason = 'periodLocked',
           detail = ${toInputJson(problem("periodLocked", lockDate))}
      FROM ledger_records d
     WHERE p.run_id = ${context.runId}::uuid AND p.record_type = ${recordType} AND p.verb = 'void'
       AND d.connection_id = ${context.ledger.connectionId}::uuid AND d.record_type = p.record_type
       AND d.external_id = p.ledger_external_id AND d.record ->> 'date' <= ${lockDate}
       AND COALESCE(d.record ->> 'status', 'open') NOT IN ('draft', 'submitted', 'void', 'deleted')`;
}

/** Counts what the plan of an undo holds of a type, as its pass shows it. */
export async function countUndoPlan(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
): Promise<void> {
  const rows = await tx.plannedChange.groupBy({
    by: ["verb"],
    where: { runId: context.runId, recordType },
    _count: { _all: true },
  });
  const count = (verb: string): number => rows.find((row) => row.verb === verb)?._count._all ?? 0;
  await tx.syncPass.update({
    where: { runId_recordType: { runId: context.runId, recordType } },
    data: {
      planned: count("void") + count("create") + count("exclude") + count("block"),
      toPost: count("void") + count("create"),
      excluded: count("exclude"),
      failed: count("block"),
    },
  });
}

/** Stored orders to take back, for every planned void of the type that has none yet. */
export async function makeUndoIntents(context: SyncContext, recordType: RecordType): Promise<number> {
  return context.database.withWorkspace(context.workspaceId, async (tx) => {
    await tx.$executeRaw`
      INSERT INTO write_intents
             (id, workspace_id, pair_id, run_id, connection_id, record_type, verb, source_external_id, source_hash, marker,
              payload, payload_bytes, ledger_external_id, open_key, state)
      SELECT gen_random_uuid(), w.workspace_id, w.pair_id, ${context.runId}::uuid, w.connection_id, w.record_type, 'void',
             w.source_external_id, w.source_hash, w.marker, w.payload, w.payload_bytes, w.ledger_external_id,
             w.pair_id || ':' || w.record_type || ':' || w.source_external_id || ':void', 'planned'
        FROM planned_changes p
        JOIN write_intents w ON w.run_id = ${context.undoesRunId}::uuid AND w.record_type = p.record_type
                            AND w.source_external_id = p.source_external_id AND w.state = 'applied' AND w.verb = 'create'
       WHERE p.run_id = ${context.runId}::uuid AND p.record_type = ${recordType} AND p.verb = 'void' AND p.state = 'planned'
       ORDER BY p.sequence
      ON CONFLICT (open_key) DO NOTHING`;
    const { count } = await tx.plannedChange.updateMany({
      where: { runId: context.runId, recordType, verb: "void", state: "planned" },
      data: { state: "intended" },
    });
    return count;
  });
}
