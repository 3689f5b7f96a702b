import type { Transaction } from "@/lib/db/client";
import { type CanonicalRecord, summarise } from "@/lib/domain/canonical-record";
import type { Problem } from "@/lib/domain/problem";
import { RECORD_TYPE_NAMES, type RecordType } from "@/lib/domain/record-type";
import { problemSentence, shorten } from "./problem-sentence";
import type { SyncContext } from "./sync-context";

/** A record that cannot be posted as things are. It holds back nothing but what points to it. */
export interface Blocked {
  readonly record: CanonicalRecord;
  readonly contentHash: string;
  readonly problem: Problem;
}

/** Opens an exception for each, or renews the one that the record already has. The snapshot's state follows. */
export async function openExceptions(
  context: SyncContext,
  tx: Transaction,
  blocked: readonly Blocked[],
): Promise<void> {
  for (const one of blocked) {
    const { recordType, externalId } = one.record;
    const row = exceptionRow(context, one);
    await tx.syncException.upsert({
      where: {
        pairId_recordType_sourceExternalId: {
          pairId: context.pairId,
          recordType,
          sourceExternalId: externalId,
        },
      },
      create: {
        ...row,
        workspaceId: context.workspaceId,
        pairId: context.pairId,
        recordType,
        sourceExternalId: externalId,
      },
      update: { ...row, attempts: { increment: 1 }, resolvedAt: null },
    });
    await tx.recordSnapshot.update({
      where: {
        connectionId_recordType_externalId: {
          connectionId: context.source.connectionId,
          recordType,
          externalId,
        },
      },
      data: {
        disposition: "exception",
        dispositionReason: one.problem.cause,
        dispositionHash: one.contentHash,
      },
    });
  }
}

/** Closes the exceptions of records that are where they should be now. */
export async function resolveExceptions(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  sourceIds: readonly string[],
): Promise<void> {
  await tx.syncException.updateMany({
    where: { pairId: context.pairId, recordType, state: "open", sourceExternalId: { in: [...sourceIds] } },
    data: { state: "resolved", resolvedAt: context.clock.now() },
  });
}

function exceptionRow(context: SyncContext, { record, contentHash, problem }: Blocked) {
  const summary = summarise(record);
  const { message, remedy } = problemSentence(problem, {
    record: describeRecord(record),
    source: context.source.manifest.label,
    ledger: context.ledger.manifest.label,
  });
  return {
    runId: context.runId,
    sourceHash: versionedHash(contentHash, context),
    cause: problem.cause,
    subject: problem.subject,
    message,
    remedy,
    vendorMessage: problem.vendorMessage,
    number: summary.number,
    label: summary.label,
    currency: summary.amount?.currency ?? null,
    grossMinor: summary.amount?.minor ?? null,
    state: "open",
  };
}

/** A record's content together with the settings that it was judged by. */
export const versionedHash = (contentHash: string, context: SyncContext): string =>
  `${contentHash}.${context.settings.version}`;

/** "Invoice 1042 (Harbour Lights Ltd)": how sentences name a record. */
export function describeRecord(record: CanonicalRecord): string {
  const { number, label } = summarise(record);
  const { one } = RECORD_TYPE_NAMES[record.recordType];
  const kind = one.charAt(0).toUpperCase() + one.slice(1);
  const name = shorten(label);
  if (number === "") return `${kind} "${name}"`;
  return `${kind} ${number} (${name})`;
}
