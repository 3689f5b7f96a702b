import { Prisma, type Transaction } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";
import { type CanonicalRecord, isDocument } from "@/lib/domain/canonical-record";
import { dayAfter, type LocalDate } from "@/lib/domain/local-date";
import { type Problem, problem } from "@/lib/domain/problem";
import { AGAIN, DONE, type Progress } from "@/lib/domain/progress";
import type { RecordType } from "@/lib/domain/record-type";
import {
  isReversible,
  REVERSED_BY,
  type ReversedBy,
  type Reversible,
  reversalId,
  reversalNumber,
  reverseRecord,
  settleReversed,
} from "@/lib/domain/reversal";
import type { Rulebook } from "./decision";
import {
  type Asked,
  type Existing,
  freeNumber,
  type Locked,
  loadKnown,
  loadNumbers,
  lockedSchema,
  totalOf,
} from "./find-opposites";
import { countUndoPlan, SETTLED_BY } from "./plan-undo";
import { type Planned, storePlans } from "./store-reversal-plan";
import type { SyncContext } from "./sync-context";

/**
 * Plans, for the part of an undo that lies in closed periods, the document on the first open day that takes each record
 * back, and says of the others why they stay. Comes after the rest of the undo is planned, since a document can only be
 * set against its opposite in full when nothing else stays on it. What an earlier undo left behind halfway, or is known to
 * the ledger alone after a restore, is found by the opposite document's marker and not made again.
 */
const PAGE_RECORDS = 50;

export async function planReversals(
  context: SyncContext,
  recordType: RecordType,
  rulebook: Rulebook,
  until: Date,
): Promise<Progress> {
  const how = REVERSED_BY[recordType];
  const { lockDate } = rulebook.ledger;
  if (context.takesLocked !== true || lockDate === null || !how || !isWritable(context, how)) return DONE;
  for (;;) {
    const page = await context.database.withWorkspace(context.workspaceId, (tx) =>
      loadLocked(context, tx, recordType, how, lockDate),
    );
    if (page.length === 0) return DONE;
    const shown = await readShown(context, recordType, page);
    await context.database.withWorkspace(context.workspaceId, (tx) =>
      planPage(context, tx, { recordType, how, lockDate, day: dayAfter(lockDate), rulebook }, page, shown),
    );
    if (context.clock.now() >= until) return AGAIN;
  }
}

/** The ledger takes the opposite document, and this run goes over its kind. */
const isWritable = ({ ledger, recordTypes }: SyncContext, { by, allocation }: ReversedBy): boolean =>
  [by, ...(allocation === null ? [] : [allocation])].every(
    (type) => ledger.manifest.capabilities[type].write.includes("create") && recordTypes.includes(type),
  );

/** Records in the closed period that the plan leaves where they are and that were not looked at for this yet. */
async function loadLocked(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  { allocation }: ReversedBy,
  lockDate: LocalDate,
): Promise<Locked[]> {
  const settled = allocation === null ? undefined : SETTLED_BY[recordType];
  const going = settled
    ? Prisma.sql`
        SELECT sum((s.record -> 'amount' ->> 'minor')::numeric) FROM ledger_records s
          JOIN planned_changes u ON u.run_id = p.run_id AND u.record_type = s.record_type AND u.verb = 'void'
                                AND u.ledger_external_id = s.external_id
         WHERE s.connection_id = d.connection_id AND s.record_type IN (${Prisma.join([...settled.by])})
           AND s.record ->> ${settled.key} = p.ledger_external_id`
    : Prisma.sql`SELECT 0`;
  const rows: unknown[] = await tx.$queryRaw`
    SELECT p.id, p.source_external_id, p.ledger_external_id, p.number, p.label, p.reason, p.base_minor,
           COALESCE((${going}), 0)::text AS going, d.record
      FROM planned_changes p
      JOIN ledger_records d ON d.connection_id = ${context.ledger.connectionId}::uuid AND d.record_type = p.record_type
                           AND d.external_id = p.ledger_external_id
     WHERE p.run_id = ${context.runId}::uuid AND p.record_type = ${recordType} AND p.verb = 'block'
       AND p.reason IN ('periodLocked', 'settledSince', 'settledLocked') AND p.detail -> 'looked' IS NULL
       AND d.record ->> 'date' <= ${lockDate}
     ORDER BY p.sequence LIMIT ${PAGE_RECORDS}`;
  return rows.map((row) => lockedSchema.parse(row));
}

/** As the ledger has them now, with their lines, which are not kept here. */
async function readShown(
  { ledger: { connector } }: SyncContext,
  recordType: RecordType,
  page: readonly Locked[],
): Promise<ReadonlyMap<string, CanonicalRecord>> {
  const found = await connector.find(
    recordType,
    page.map(({ record }) => record),
  );
  const shown = new Map(found.map((record) => [record.externalId, record]));
  for (const { ledger_external_id: id } of page) {
    const record = shown.get(id) ?? (await connector.get(recordType, id));
    if (record !== null) shown.set(id, record);
  }
  return shown;
}

async function planPage(
  context: SyncContext,
  tx: Transaction,
  asked: Asked,
  page: readonly Locked[],
  shown: ReadonlyMap<string, CanonicalRecord>,
): Promise<void> {
  const { recordType, how, day } = asked;
  const known = await loadKnown(context, tx, asked, page);
  const numbers = await loadNumbers(context, tx, how.by, page, shown);
  const plans: Planned[] = [];
  for (const locked of page) {
    const plan = planOne(asked, locked, shown.get(locked.ledger_external_id), known, numbers);
    if ("problem" in plan) await keepLocked(tx, locked, plan.problem);
    else plans.push(plan);
  }
  await storePlans(context, tx, asked, plans);
  const types = [recordType, how.by, ...(how.allocation === null ? [] : [how.allocation])];
  for (const type of new Set(types)) await countUndoPlan(context, tx, type);
  if (plans.length > 0)
    await tx.syncRun.update({ where: { id: context.runId }, data: { reversalDate: day } });
}

function planOne(
  { how, day, rulebook }: Asked,
  locked: Locked,
  record: CanonicalRecord | undefined,
  known: ReadonlyMap<string, Existing>,
  numbers: ReadonlySet<string>,
): Planned | { readonly problem: Problem | null } {
  if (record === undefined || !isReversible(record)) return { problem: null };
  const existing = known.get(locked.ledger_external_id) ?? null;
  if (isDocument(record) && how.allocation !== null) {
    const settled = record.gross.minor - record.remaining.minor;
    const others = settled - locked.going - (existing?.allocated ?? 0n);
    // What stays on it was named when the undo was planned, but for what the ledger alone knows of.
    if (others !== 0n)
      return { problem: locked.reason === "periodLocked" ? problem("settledSince", "") : null };
  }
  const number = existing?.number ?? freeNumber(reversalNumber(record), numbers);
  const opposite = reverseRecord(record, day, number);
  const where = rulebook.markerOf(reversalId(record.recordType, record.externalId));
  const prepared = rulebook.rules.prepare(opposite, where).record;
  if (!isReversible(prepared)) return { problem: null };
  const total = totalOf(record);
  if (existing !== null && existing.total !== total)
    return { problem: problem("answerDiffers", `${number} has another total`) };
  const [refusal] = existing === null ? rulebook.rules.preflight(prepared, rulebook.ledger) : [];
  if (refusal) return { problem: refusal };
  if (existing === null && !comesToTheSame(record, prepared, rulebook))
    return { problem: problem("reversalRefused", `${number} would come to another total`) };
  const settles = how.allocation !== null && total > 0n;
  const isSettled = existing !== null && existing.allocated === total;
  const allocation =
    settles && !isSettled && isDocument(record)
      ? settleReversed(record, { externalId: existing?.externalId ?? "", number }, day)
      : null;
  return { locked, by: prepared, allocation, existing, settles };
}

/** Where somebody put in a tax of his own, the ledger would work it out anew, and a rest would stay. */
function comesToTheSame(record: Reversible, opposite: Reversible, { rules, ledger }: Rulebook): boolean {
  const prediction = rules.predict(opposite, ledger);
  if (prediction === null) return false;
  const { net, tax, gross } = prediction;
  if (record.recordType === "manualJournal") return gross.minor === record.total.minor;
  return (
    gross.minor === record.gross.minor && tax.minor === record.tax.minor && net.minor === record.net.minor
  );
}

/** It stays, for the reason that it had or a nearer one, and is not looked at again. */
async function keepLocked(tx: Transaction, { id }: Locked, why: Problem | null): Promise<void> {
  await tx.$executeRaw`
    UPDATE planned_changes
       SET reason = COALESCE(${why?.cause ?? null}, reason),
           detail = detail || ${toInputJson(why ?? {})} || '{"looked": true}'::jsonb
     WHERE id = ${id}::uuid`;
}
