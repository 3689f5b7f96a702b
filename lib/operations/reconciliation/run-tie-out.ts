import { toInputJson } from "@/lib/db/input-json";
import { DONE, type Progress, waitFor } from "@/lib/domain/progress";
import type { ReferenceData } from "@/lib/domain/reference-data";
import { invariant } from "@/lib/kernel/invariant";
import { buildValueMaps } from "@/lib/mapping/value-maps";
import { AS_STORED, loadReference } from "../connections/load-reference";
import { type RunContext, type RunRef, withRun } from "../runs/run-context";
import { WORKING_STATES } from "../runs/run-states";
import { sumBeforeCutOver } from "./before-cut-over";
import { compareEntries } from "./compare-entries";
import type { CompareContext } from "./comparison-work";
import { describeTieOut } from "./describe-tie-out";
import type { Expectation } from "./expected-entry";
import { listMissing, lookUpMissing } from "./look-up-missing";
import { pairEntries } from "./pair-entries";
import { isWholeReadingDue, readWholeLedger, requestWholeReading } from "./read-whole-ledger";
import { mappingVersion, refreshSourceEntries } from "./refresh-source-entries";
import { ratesOf } from "./tax-rates";

/**
 * Ties both systems out: the source as it was read, and the ledger as GET shows it. Links and intents are not looked at, so
 * a mistake in them cannot hide itself; exclusions and exceptions only name their reasons. What the ledger said is kept as
 * it was read (note-ledger-page), so after a run only what changed has been read anew; once a day, or when a person asks,
 * everything is (docs/decisions/0013-tie-out.md).
 */

/** One piece of work may wait for its calls, at the pace of the budget. */
const PERMIT_WAIT_MAX_MS = 120_000;
/** A tie-out in one piece is for companies that can be read while somebody waits. */
const READ_MAX_MS = 60 * 60_000;
/** How soon a tie-out that waits for a run to end looks again. */
const IDLE_POLL_MS = 3_000;
/** Sorting and comparing a million records on a small machine, with room to spare. */
const COMPARE_MAX_MS = 15 * 60_000;

export interface TieOutOptions {
  /** `whole`: reads everything whatever was read when. */
  readonly scope?: "whole";
  readonly onPage?: CompareContext["onPage"];
}

/** The whole of it at once; the step function does it in pieces. */
export async function runTieOut(
  ref: RunRef,
  options: TieOutOptions = {},
): Promise<{ discrepancies: number }> {
  return withRun(
    ref,
    async (run) => {
      const { context, runtime } = run;
      if (options.scope === "whole") await requestWholeReading(context, runtime.clock.now());
      const until = new Date(runtime.clock.now().getTime() + READ_MAX_MS);
      const progress = await readBothSides(run, until);
      invariant(progress.done, "the budget did not let a tie-out read in one piece");
      return compareForSure(run, ref, options);
    },
    { permitWaitMaxMs: PERMIT_WAIT_MAX_MS },
  );
}

/** One piece of a tie-out; the last one compares. Repeating it is harmless. */
export async function tieOutPiece(ref: RunRef): Promise<Progress> {
  return withRun(ref, async (run) => {
    const progress = await readBothSides(run, run.until);
    if (!progress.done) return progress;
    await compareForSure(run, ref);
    return DONE;
  });
}

/**
 * Ties out where a poll or a notice brought something that the last tie-out did not see, although the run had nothing to
 * post: that is how a hand in the ledger is noticed. Once in a while it reads the whole ledger, for what no list of changes
 * shows. Does nothing while there has been no tie-out at all.
 */
export async function tieOutChanges(ref: RunRef): Promise<Progress> {
  return withRun(ref, async (run) => {
    const news = await findNews(run);
    if (news === "none") return DONE;
    if (news === "nothing new" && !(await isWholeReadingDue(run.context, run.runtime.clock.now())))
      return DONE;
    const progress = await readBothSides(run, run.until);
    if (progress.done) await compareForSure(run, ref);
    return progress;
  });
}

/** "none" where there is nothing to compare, or a run goes on to post and ties out at its end. */
async function findNews({ context }: RunContext): Promise<"none" | "nothing new" | "something"> {
  const { pairId, workspaceId } = context;
  return context.database.withWorkspace(workspaceId, async (tx) => {
    const last = await tx.tieOut.findFirst({
      where: { pairId },
      orderBy: { asOf: "desc" },
      select: { asOf: true },
    });
    const run = await tx.syncRun.findUnique({ where: { id: context.runId }, select: { state: true } });
    if (!last || run?.state !== "finished") return "none";
    const changed = await tx.tieOutEntry.findFirst({
      where: { pairId, changedAt: { gt: last.asOf } },
      select: { id: true },
    });
    if (changed) return "something";
    const gone = await tx.entryChange.findFirst({
      where: { pairId, what: "gone", noticedAt: { gt: last.asOf } },
      select: { id: true },
    });
    return gone === null ? "nothing new" : "something";
  });
}

/**
 * The tie-out that a person pressed for: it waits until no run is at work, and compares again where one began meanwhile,
 * since half of what a run posts would look like errors.
 */
export async function tieOutWhenIdle(ref: RunRef): Promise<Progress> {
  return withRun(ref, async (run) => {
    const begun = run.runtime.clock.now();
    if (await isRunAtWork(run, null)) return waitFor(IDLE_POLL_MS);
    const progress = await readBothSides(run, run.until);
    if (!progress.done) return progress;
    await compareForSure(run, ref);
    return (await isRunAtWork(run, begun)) ? waitFor(IDLE_POLL_MS) : DONE;
  });
}

/** Also one that began since and has ended already. */
async function isRunAtWork({ context }: RunContext, since: Date | null): Promise<boolean> {
  const begunSince = since === null ? [] : [{ startedAt: { gte: since } }];
  const working = await context.database.withWorkspace(context.workspaceId, (tx) =>
    tx.syncRun.findFirst({
      where: { pairId: context.pairId, OR: [{ state: { in: [...WORKING_STATES] } }, ...begunSince] },
      select: { id: true },
    }),
  );
  return working !== null;
}

/** Lets go of a tie-out that a person pressed for and that could not be made. */
export async function failTieOut(ref: RunRef): Promise<void> {
  await withRun(ref, async ({ context: { database, workspaceId, pairId } }) => {
    await database.withWorkspace(workspaceId, (tx) =>
      tx.ledgerReading.updateMany({ where: { pairId }, data: { requestedAt: null } }),
    );
  });
}

async function readBothSides(run: RunContext, until: Date): Promise<Progress> {
  const { context, runtime } = run;
  const { expectation, version } = await loadExpectation(run);
  if (await isWholeReadingDue(context, runtime.clock.now())) {
    const progress = await readWholeLedger(context, expectation.ledgerRates, until);
    if (!progress.done) return progress;
  }
  return refreshSourceEntries(context, expectation, version, until);
}

async function loadReferences({ runtime, context }: RunContext) {
  const { workspaceId } = context;
  return {
    source: await loadReference(runtime, workspaceId, context.source.connectionId, AS_STORED),
    ledger: await loadReference(runtime, workspaceId, context.ledger.connectionId, AS_STORED),
  };
}

async function loadExpectation(run: RunContext): Promise<{ expectation: Expectation; version: string }> {
  const { context } = run;
  const reference = await loadReferences(run);
  const rows = await context.database.withWorkspace(context.workspaceId, (tx) =>
    tx.valueMap.findMany({
      where: { pairId: context.pairId },
      select: { kind: true, sourceKey: true, sourceLabel: true, targetKey: true },
      orderBy: [{ kind: "asc" }, { sourceKey: "asc" }],
    }),
  );
  const documentStatus = context.settings.documentStatus ?? "draft";
  const sourceRates = ratesOf(reference.source);
  const ledgerRates = ratesOf(reference.ledger);
  return {
    expectation: {
      maps: buildValueMaps(rows, documentStatus, reference.ledger),
      rules: context.ledger.rules,
      marker: { origin: context.origin, pairId: context.pairId },
      sourceRates,
      ledgerRates,
    },
    version: mappingVersion([
      rows,
      documentStatus,
      context.origin,
      [...sourceRates].map(([key, rate]) => [key, rate.toString()]),
      [...ledgerRates].map(([key, rate]) => [key, rate.toString()]),
      reference.ledger.accounts.map(({ key, accountClass }) => [key, accountClass]),
    ]),
  };
}

interface Compared {
  readonly discrepancies: number;
  /** Whether all of the ledger was read for it, or what changed alone. */
  readonly scope: "whole" | "changed";
}

/** Compares, and once more where something that seemed to be missing is there when it is asked for by its id. */
async function compareForSure(
  run: RunContext,
  ref: RunRef,
  options: TieOutOptions = {},
): Promise<{ discrepancies: number }> {
  const { context, runtime } = run;
  const missingBefore = await listMissing(context);
  const compared = await compareBothSides(run, ref, options);
  if (compared.discrepancies === 0 || compared.scope === "whole") return compared;
  const ledger = await loadReference(runtime, context.workspaceId, context.ledger.connectionId, AS_STORED);
  const found = await lookUpMissing(context, ratesOf(ledger), missingBefore);
  return found === 0 ? compared : compareBothSides(run, ref, options);
}

async function compareBothSides(
  run: RunContext,
  ref: RunRef,
  options: TieOutOptions = {},
): Promise<Compared> {
  const { context, runtime } = run;
  const { workspaceId, pairId } = context;
  const reference = await loadReferences(run);
  const asOf = runtime.clock.now();
  const tieOutId = runtime.ids.next();
  return context.database.withWorkspace(
    workspaceId,
    async (tx) => {
      // One after the other: the newest tie-out alone keeps its findings and figures.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`tie-out:${pairId}`}, 0))`;
      await tx.tieOutFinding.deleteMany({ where: { pairId } });
      await tx.tieOutFigure.deleteMany({ where: { pairId } });
      const { connectionId: sourceConnectionId } = context.source;
      await pairEntries(tx, { pairId, sourceConnectionId, recordTypes: context.recordTypes });
      const names = namesOf(reference.ledger, await listTrackedCategories(tx, pairId));
      const summary = await compareEntries(tx, {
        workspaceId,
        pairId,
        tieOutId,
        names,
        figureNames: { account: names.accountName, tracking: names.trackingName },
        ...(options.onPage ? { onPage: options.onPage } : {}),
      });
      const before = await tx.tieOut.findFirst({ where: { pairId }, orderBy: { asOf: "desc" } });
      const reading = await tx.ledgerReading.findUnique({ where: { pairId } });
      const wholeAsOf = reading?.finishedAt ?? asOf;
      const scope = before && before.asOf >= wholeAsOf ? "changed" : "whole";
      const connections = await tx.connection.findMany({
        where: { id: { in: [sourceConnectionId, context.ledger.connectionId] } },
      });
      const nameOf = (id: string): string => connections.find((row) => row.id === id)?.tenantName ?? "";
      const report = describeTieOut(summary, {
        tieOutId,
        asOf,
        scope,
        wholeAsOf,
        sourceName: nameOf(sourceConnectionId),
        ledgerName: nameOf(context.ledger.connectionId),
        voided: await countVoided(tx),
        beforeCutOver: await sumBeforeCutOver(tx, { pairId, sourceConnectionId, settings: context.settings }),
      });
      const { discrepancies } = summary;
      await tx.tieOut.create({
        data: {
          id: tieOutId,
          workspaceId,
          pairId,
          runId: ref.runId,
          asOf,
          scope,
          discrepancies,
          ...summary.score,
          report: toInputJson(report),
        },
      });
      return { discrepancies, scope };
    },
    { timeoutMs: COMPARE_MAX_MS },
  );
}

type Tx = Parameters<Parameters<RunContext["context"]["database"]["withWorkspace"]>[1]>[0];

async function countVoided(tx: Tx): Promise<{ source: number; ledger: number }> {
  const rows = await tx.$queryRaw<{ side: string; count: bigint }[]>`
    SELECT side, count(*) AS count FROM tie_gone GROUP BY side`;
  const of = (side: string): number => Number(rows.find((row) => row.side === side)?.count ?? 0n);
  return { source: of("source"), ledger: of("ledger") };
}

/** Categories that some confirmed mapping leads to. */
async function listTrackedCategories(tx: Tx, pairId: string): Promise<ReadonlySet<string>> {
  const rows = await tx.valueMap.findMany({
    where: { pairId, kind: "tracking", targetKey: { not: null } },
    select: { targetKey: true },
  });
  return new Set(rows.map((row) => row.targetKey?.split("/")[0] ?? ""));
}

function namesOf(ledger: ReferenceData, trackedCategories: ReadonlySet<string>): CompareContext["names"] {
  const accounts = new Map(ledger.accounts.map((account) => [account.key, account]));
  const options = new Map(
    ledger.trackingCategories.flatMap((category) =>
      category.options.map((option) => [`${category.key}/${option.key}`, `${category.name}: ${option.name}`]),
    ),
  );
  return {
    trackedCategories,
    accountName: (key) => {
      const account = accounts.get(key);
      if (!account) return key;
      return account.code === "" ? account.name : `${account.code} ${account.name}`;
    },
    trackingName: (key) => options.get(key) ?? key,
  };
}
