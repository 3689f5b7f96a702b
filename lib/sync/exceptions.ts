import { createHash } from "node:crypto";
import { Prisma, type Transaction } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";
import { type CanonicalRecord, summarise } from "@/lib/domain/canonical-record";
import type { Problem } from "@/lib/domain/problem";
import { RECORD_TYPE_NAMES, type RecordType } from "@/lib/domain/record-type";
import type { DisputedField } from "@/lib/domain/two-sided";
import { problemSentence, shorten } from "./problem-sentence";
import type { SyncContext } from "./sync-context";
import type { StoredExchange } from "./vendor-exchange";

/** A record that cannot be posted as things are. It holds back nothing but what points to it. */
export interface Blocked {
  readonly record: CanonicalRecord;
  readonly contentHash: string;
  readonly problem: Problem;
  /** The fields that both sides changed, where a person is to say which of the two holds. */
  readonly sides?: readonly DisputedField[];
  /** How the ledger was asked to take it; absent where we saw beforehand that it would not. */
  readonly asked?: { readonly times: number; readonly exchange: StoredExchange | null };
}

/**
 * Opens an exception for each, or renews the one that the record already has; one that says the same already is left
 * alone, since thousands may wait for one remedy. The snapshot's state follows. One that was dismissed is open again:
 * the record is only planned anew when it changed or somebody brought it back.
 */
export async function openExceptions(
  context: SyncContext,
  tx: Transaction,
  blocked: readonly Blocked[],
): Promise<void> {
  if (blocked.length === 0) return;
  const known = await loadKnown(context, tx, blocked);
  for (const one of blocked) {
    const { recordType, externalId } = one.record;
    const row = exceptionRow(context, one);
    const before = known.get(`${recordType}:${externalId}`);
    if (before && one.asked === undefined && saysTheSame(before, row)) continue;
    if (before)
      await tx.syncException.update({
        where: { id: before.id },
        data: {
          ...row,
          ...attemptsAfter(one, before.attempts),
          ...(before.state === "resolved" ? { createdAt: context.clock.now() } : {}),
          resolvedAt: null,
          replayAskedAt: null,
          ...NOT_DISMISSED,
        },
      });
    else
      await tx.syncException.create({
        data: {
          ...row,
          workspaceId: context.workspaceId,
          pairId: context.pairId,
          recordType,
          sourceExternalId: externalId,
          attempts: one.asked?.times ?? 0,
          createdAt: context.clock.now(),
        },
      });
    // What goes from the ledger to the source has no snapshot, and no state but its exception.
    await tx.recordSnapshot.updateMany({
      where: { connectionId: context.source.connectionId, recordType, externalId },
      data: {
        disposition: "exception",
        dispositionReason: one.problem.cause,
        dispositionHash: one.contentHash,
      },
    });
  }
}

async function loadKnown(context: SyncContext, tx: Transaction, blocked: readonly Blocked[]) {
  const rows = await tx.syncException.findMany({
    where: {
      pairId: context.pairId,
      recordType: { in: [...new Set(blocked.map((one) => one.record.recordType))] },
      sourceExternalId: { in: blocked.map((one) => one.record.externalId) },
    },
    omit: { exchange: true },
  });
  return new Map(rows.map((row) => [`${row.recordType}:${row.sourceExternalId}`, row]));
}

type Known = Awaited<ReturnType<typeof loadKnown>> extends Map<string, infer Row> ? Row : never;

/** Open already with the same words about the same version, and nobody asked to look again. */
const saysTheSame = (before: Known, row: ReturnType<typeof exceptionRow>): boolean =>
  before.state === "open" &&
  before.replayAskedAt === null &&
  before.sourceHash === row.sourceHash &&
  before.groupKey === row.groupKey &&
  before.message === row.message &&
  before.remedy === row.remedy &&
  before.vendorMessage === row.vendorMessage &&
  JSON.stringify(before.sides) === JSON.stringify(isSides(row.sides) ? row.sides : null);

const isSides = (sides: unknown): boolean => Array.isArray(sides);

/** How often the ledger was asked in all; none where we see beforehand by now what it would say. */
function attemptsAfter({ asked, problem }: Blocked, before: number): { attempts?: number } {
  if (asked) return { attempts: before + asked.times };
  return problem.vendorMessage === null ? { attempts: 0 } : {};
}

/** What a row says that nobody dismissed. */
export const NOT_DISMISSED = {
  dismissedReason: null,
  dismissedByUserId: null,
  dismissedByName: null,
  dismissedAt: null,
  dismissedHash: null,
} as const;

/** Names the group of a cause and subject in a text of fixed length. */
export const groupKeyOf = (cause: string, subject: string): string =>
  createHash("md5").update(`${cause}\u001f${subject}`).digest("hex");

/** Closes the exceptions of records that are where they should be now. */
export async function resolveExceptions(
  context: SyncContext,
  tx: Transaction,
  recordType: RecordType,
  sourceIds: readonly string[],
): Promise<void> {
  const now = context.clock.now();
  await tx.$executeRaw`
    UPDATE exceptions SET state = 'resolved', resolved_at = ${now}, updated_at = ${now}
     WHERE pair_id = ${context.pairId}::uuid AND record_type = ${recordType} AND state IN ('open', 'dismissed')
       AND source_external_id = ANY (${[...sourceIds]})`;
}

function exceptionRow(context: SyncContext, { record, contentHash, problem, asked, sides }: Blocked) {
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
    groupKey: groupKeyOf(problem.cause, problem.subject),
    message,
    remedy,
    vendorMessage: problem.vendorMessage,
    number: summary.number,
    label: summary.label,
    currency: summary.amount?.currency ?? null,
    grossMinor: summary.amount?.minor ?? null,
    state: "open",
    sides: sides === undefined ? Prisma.DbNull : toInputJson(sides),
    // What was said when the ledger was asked last stays readable while the same cause stands.
    ...(asked === undefined && problem.vendorMessage !== null
      ? {}
      : { exchange: asked?.exchange ? toInputJson(asked.exchange) : Prisma.DbNull }),
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
  return name === "" ? `${kind} ${number}` : `${kind} ${number} (${name})`;
}
