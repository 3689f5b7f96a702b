import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/client";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";

export interface MatchAnswer {
  readonly questionId: string;
  /** `same`: it is this one. `another`: they are two. Null takes an earlier word back. */
  readonly verdict: "same" | "another" | null;
}

type Decided = Result<{ decided: number }, { message: string }>;

/**
 * Keeps what a person said of records that may be one, all of it or nothing; the next run goes by it. A source record can
 * be one ledger record and a ledger record one source record, so "the same" said twice of either is refused.
 */
export async function decideMatch(
  access: WorkspaceAccess,
  request: { readonly answers: readonly MatchAnswer[] },
): Promise<Decided> {
  const { database, clock } = await getRuntime();
  const { workspaceId } = access;
  const wanted = new Map(request.answers.map((answer) => [answer.questionId, answer.verdict]));
  return database.withWorkspace(workspaceId, async (tx): Promise<Decided> => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`matches:${workspaceId}`}, 0))`;
    const pair = await loadPairIn(tx);
    const rows = pair
      ? await tx.matchQuestion.findMany({ where: { pairId: pair.id, id: { in: [...wanted.keys()] } } })
      : [];
    if (rows.length === 0 || rows.length < wanted.size)
      return err({ message: "A question is no longer open. Look at the list again." });
    const posted = await unlinkTakenBack(tx, rows, wanted);
    if (posted !== null) return err({ message: `${posted} was posted since. Undo that run to decide anew.` });
    const changed = rows.map((row) => ({ ...row, verdict: wanted.get(row.id) ?? null }));
    const contradiction = await findContradiction(tx, changed);
    if (contradiction !== null) return err({ message: contradiction });
    const now = clock.now();
    for (const row of changed) {
      const isTakenBack = row.verdict === null;
      await tx.matchQuestion.update({
        where: { id: row.id },
        data: {
          verdict: row.verdict,
          decidedByUserId: isTakenBack ? null : access.userId,
          decidedByName: isTakenBack ? "" : access.userName,
          decidedAt: isTakenBack ? null : now,
        },
      });
      await recordEvent(tx, {
        workspaceId,
        actorUserId: access.userId,
        action: "match.decided",
        subject: `${row.recordType}:${row.sourceExternalId}`,
        before: { verdict: rows.find((one) => one.id === row.id)?.verdict ?? null },
        after: { ledgerExternalId: row.ledgerExternalId, verdict: row.verdict },
        at: now,
      });
    }
    return ok({ decided: changed.length });
  });
}

/**
 * A link that stands on a word alone goes with the word, and the record is looked at anew. Returns the record whose
 * link is more than that: it was posted, and words no longer change it; null where there is none.
 */
async function unlinkTakenBack(
  tx: Transaction,
  rows: readonly Answered[],
  wanted: ReadonlyMap<string, MatchAnswer["verdict"]>,
): Promise<string | null> {
  for (const row of rows) {
    const { pairId, recordType, sourceExternalId } = row;
    const key = { pairId_recordType_sourceExternalId: { pairId, recordType, sourceExternalId } };
    const link = await tx.recordLink.findUnique({ where: key });
    if (!link) continue;
    if (link.how !== "matched" || link.ledgerExternalId !== row.ledgerExternalId) return row.sourceWords;
    if (wanted.get(row.id) === "same") continue;
    await tx.recordLink.delete({ where: key });
    const pair = await tx.pair.findUniqueOrThrow({
      where: { id: pairId },
      select: { sourceConnectionId: true },
    });
    await tx.recordSnapshot.updateMany({
      where: { connectionId: pair.sourceConnectionId, recordType, externalId: sourceExternalId },
      data: { disposition: "pending", dispositionReason: null },
    });
  }
  return null;
}

interface Answered {
  readonly id: string;
  readonly pairId: string;
  readonly recordType: string;
  readonly sourceExternalId: string;
  readonly ledgerExternalId: string;
  readonly sourceWords: string;
  readonly ledgerWords: string;
  readonly verdict: string | null;
}

/** Why these answers cannot all be true, with what was said before; null where they can. */
async function findContradiction(tx: Transaction, changed: readonly Answered[]): Promise<string | null> {
  const same = changed.filter((row) => row.verdict === "same");
  for (const row of same) {
    const { pairId, recordType, sourceExternalId, ledgerExternalId } = row;
    const before = await tx.matchQuestion.findMany({
      where: {
        pairId,
        recordType,
        verdict: "same",
        id: { notIn: changed.map((one) => one.id) },
        OR: [{ sourceExternalId }, { ledgerExternalId }],
      },
    });
    const others = [
      ...before,
      ...same.filter(
        (one) =>
          one.id !== row.id &&
          one.recordType === recordType &&
          (one.sourceExternalId === sourceExternalId || one.ledgerExternalId === ledgerExternalId),
      ),
    ];
    const [other] = others;
    if (other)
      return other.sourceExternalId === sourceExternalId
        ? `${row.sourceWords} cannot be two records of the books: ${other.ledgerWords} and ${row.ledgerWords}.`
        : `${row.ledgerWords} cannot be both ${other.sourceWords} and ${row.sourceWords}.`;
    const linked = await tx.recordLink.findFirst({
      where: { pairId, recordType, ledgerExternalId, sourceExternalId: { not: sourceExternalId } },
      select: { id: true },
    });
    if (linked) return `${row.ledgerWords} belongs to another record already.`;
  }
  return null;
}
