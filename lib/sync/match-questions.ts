import type { Transaction } from "@/lib/db/client";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import type { Decision, Verdict } from "./decision";
import { describeInLine } from "./describe-record-line";
import type { SyncContext } from "./sync-context";

/**
 * The questions whether two records are one, and what people answered. An answer is kept for good: it is about these
 * two records and no others. A question that nobody answered goes when the plan has no doubt any more.
 */

export const NOTHING_SAID: ReadonlyMap<string, Verdict> = new Map();

/** What people said about the records of a page, by source id and then by ledger id. */
export async function loadVerdicts(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  records: readonly CanonicalRecord[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, Verdict>>> {
  const rows = await tx.matchQuestion.findMany({
    where: {
      pairId: context.pairId,
      recordType,
      sourceExternalId: { in: records.map((record) => record.externalId) },
      verdict: { not: null },
    },
    select: { sourceExternalId: true, ledgerExternalId: true, verdict: true, decidedByName: true },
  });
  const bySource = new Map<string, Map<string, Verdict>>();
  for (const row of rows) {
    const own = bySource.get(row.sourceExternalId) ?? new Map<string, Verdict>();
    const verdict = row.verdict === "same" ? "same" : "another";
    bySource.set(row.sourceExternalId, own.set(row.ledgerExternalId, { verdict, by: row.decidedByName }));
  }
  return bySource;
}

/** A planned record, as far as it can leave a question. */
interface Planned {
  readonly pending: { readonly record: CanonicalRecord };
  readonly decision: Decision;
  readonly postedFrom: ReadonlyMap<string, string>;
}

/** Asks what a page of the plan is in doubt about, and takes back what it no longer is. */
export async function storeQuestions(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  planned: readonly Planned[],
): Promise<void> {
  const { workspaceId, pairId } = context;
  const sourceIds = planned.map(({ pending }) => pending.record.externalId);
  await tx.matchQuestion.deleteMany({
    where: { pairId, recordType, sourceExternalId: { in: sourceIds }, verdict: null },
  });
  const createdAt = context.clock.now();
  const questions = planned.flatMap(({ pending, decision, postedFrom }) =>
    decision.verb !== "block" || !decision.doubts
      ? []
      : decision.doubts.map(({ record, differences }) => ({
          workspaceId,
          pairId,
          recordType,
          sourceExternalId: pending.record.externalId,
          ledgerExternalId: record.externalId,
          sourceWords: describeInLine(pending.record, ""),
          ledgerWords: describeInLine(record, postedFrom.get(record.externalId) ?? ""),
          differences,
          createdAt,
        })),
  );
  if (questions.length > 0) await tx.matchQuestion.createMany({ data: questions, skipDuplicates: true });
}
