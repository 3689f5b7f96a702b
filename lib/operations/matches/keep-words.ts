import { recordEvent } from "@/lib/audit/record-event";
import type { Transaction } from "@/lib/db/client";
import { err, ok, type Result } from "@/lib/kernel/result";
import { findWorkingRun } from "../runs/start-preview";
import type { Runtime } from "../runtime";
import type { MatchedPair } from "./find-plan";
import type { WeighedWord } from "./match-words";

/** Whose words they are. */
interface Author {
  readonly workspaceId: string;
  readonly userId: string;
  readonly userName: string;
}

const LISTED_IN_TRAIL = 500;
const ROWS_AT_ONCE = 1_000;

/**
 * Keeps weighed words, none of which has a fault. A preview that would do something else with one of these records gives way,
 * so that it cannot post what a person has just denied; the next look goes by the words.
 */
export async function keepWords(
  runtime: Runtime,
  tx: Transaction,
  { workspaceId, userId, userName }: Author,
  pair: MatchedPair,
  words: readonly WeighedWord[],
): Promise<Result<{ said: number; outdated: boolean }, { message: string }>> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`runs:${workspaceId}`}, 0))`;
  if ((await findWorkingRun(tx, pair.id)) !== null)
    return err({ message: "A run is at work just now. Say it again once it has ended." });
  const changed = words.filter((word) => word.before !== word.verdict);
  const now = runtime.clock.now();
  const decided = (verdict: WeighedWord["verdict"]) =>
    verdict === null
      ? { verdict, decidedByUserId: null, decidedByName: "", decidedAt: null }
      : { verdict, decidedByUserId: userId, decidedByName: userName, decidedAt: now };
  for (const verdict of ["same", "another", null] as const) {
    const own = changed.filter((word) => word.verdict === verdict);
    const ids = own.flatMap((word) => word.questionId ?? []);
    for (let at = 0; at < ids.length; at += ROWS_AT_ONCE)
      await tx.matchQuestion.updateMany({
        where: { id: { in: ids.slice(at, at + ROWS_AT_ONCE) } },
        data: decided(verdict),
      });
    const fresh = own.filter((word) => word.questionId === null && verdict !== null);
    for (let at = 0; at < fresh.length; at += ROWS_AT_ONCE)
      await tx.matchQuestion.createMany({
        data: fresh.slice(at, at + ROWS_AT_ONCE).map((word) => ({
          workspaceId,
          pairId: pair.id,
          recordType: word.recordType,
          sourceExternalId: word.sourceExternalId,
          ledgerExternalId: word.ledgerExternalId,
          sourceWords: word.sourceWords,
          ledgerWords: word.ledgerWords,
          differences: "a person put the two together",
          createdAt: now,
          ...decided(verdict),
        })),
      });
  }
  if (changed.length > 0)
    await recordEvent(tx, {
      workspaceId,
      actorUserId: userId,
      action: "match.decided",
      subject: pair.id,
      before: { records: changed.slice(0, LISTED_IN_TRAIL).map((word) => [nameOf(word), word.before]) },
      after: {
        count: changed.length,
        records: changed
          .slice(0, LISTED_IN_TRAIL)
          .map((word) => [nameOf(word), word.ledgerExternalId, word.verdict]),
      },
      at: now,
    });
  return ok({ said: changed.length, outdated: await supersedePlan(tx, pair.id, changed) });
}

const nameOf = (word: WeighedWord): string => `${word.recordType}:${word.sourceExternalId}`;

/** True where a preview that nobody started gave way. */
async function supersedePlan(
  tx: Transaction,
  pairId: string,
  changed: readonly WeighedWord[],
): Promise<boolean> {
  if (changed.length === 0) return false;
  const [run] = await tx.syncRun.findMany({
    where: { pairId, state: "previewed", direction: "toLedger", undoesRunId: null },
    select: { id: true },
  });
  if (!run) return false;
  for (let at = 0; at < changed.length; at += ROWS_AT_ONCE) {
    const planned = await tx.plannedChange.findFirst({
      where: {
        runId: run.id,
        verb: { in: ["link", "create", "update"] },
        OR: changed
          .slice(at, at + ROWS_AT_ONCE)
          .map(({ recordType, sourceExternalId }) => ({ recordType, sourceExternalId })),
      },
      select: { id: true },
    });
    if (!planned) continue;
    const { count } = await tx.syncRun.updateMany({
      where: { id: run.id, state: "previewed" },
      data: { state: "superseded" },
    });
    return count > 0;
  }
  return false;
}
