import type { RecordGroup } from "@/lib/domain/record-type";
import type { SetupQuestion } from "@/lib/domain/views/setup-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { disconnect } from "@/lib/operations/connections/disconnect";
import { listConnections } from "@/lib/operations/connections/list-connections";
import { dismissExceptions } from "@/lib/operations/exceptions/dismiss-exceptions";
import { listExceptionRows } from "@/lib/operations/exceptions/list-exception-rows";
import { retryExceptions } from "@/lib/operations/exceptions/retry-exceptions";
import { setFlow } from "@/lib/operations/flows/set-flow";
import { setFlowState } from "@/lib/operations/parallel/set-flow-state";
import { releaseUndone } from "@/lib/operations/runs/release-undone";
import { startPreview } from "@/lib/operations/runs/start-preview";
import { startUndo } from "@/lib/operations/runs/start-undo";
import { getRuntime } from "@/lib/operations/runtime";
import { confirmSuggestions, connect, signUp } from "@/scripts/main-job/owner";
import { openWitnesses, readLedger, readSource, type Witnesses } from "./books";
import { compareLines } from "./compare";
import { describeHang } from "./describe-hang";
import { workInLedger } from "./ledger-desk";
import type { Line } from "./line";
import type { NaivePoster } from "./naive";
import { readOurRecords } from "./our-records";
import { BACK_TYPES } from "./plan-back";
import type { Phase, TrialPlan } from "./plan-trial";
import { type Pressed, type Pressing, pressUntilDone } from "./press";
import type { Rig } from "./rig";
import type { SandboxDesk } from "./sandbox-desk";
import { beginStrikes } from "./strike";
import type { Tally } from "./tally";
import { insist } from "./until";
import type { Watch } from "./watch-run";

/**
 * One trial: a new company, its runs with what strikes them, and then source, Xero and our records side by side, read over
 * the vendors' own addresses.
 */
export interface TrialReport {
  readonly told: readonly string[];
  /** What is wrong, in sentences; empty after a good trial. */
  readonly wrong: readonly string[];
  /** True: a run hangs, so that the processes are not fit for another trial. */
  readonly hangs: boolean;
  readonly documents: number;
}

export interface TrialParts {
  readonly rig: Rig;
  /** Posts in place of the product's own engine; null for the product. */
  readonly naive: NaivePoster | null;
  readonly desk: SandboxDesk;
  readonly tally: Tally;
  readonly watch: Watch;
}

/** Tells how long it is since it was last asked. */
function stopwatch(): () => string {
  let last = performance.now();
  return () => {
    const seconds = (performance.now() - last) / 1000;
    last = performance.now();
    return `${seconds.toFixed(1)} s`;
  };
}

const BOUGHT = ["purchaseOrders", "purchases", "bank", "journals"] as const satisfies readonly RecordGroup[];

/** What is suggested; a cost account that Xero has no like of goes to the first one that is offered. */
const chooseForTrial = ({ kind, suggestedKey, options }: SetupQuestion): string | null =>
  suggestedKey ?? (kind === "account" ? (options[0]?.key ?? null) : null);

const MONEY_STAYS_OUT: ReadonlySet<string> = new Set(["contact", "item"]);

export async function runTrial(parts: TrialParts, plan: TrialPlan): Promise<TrialReport> {
  const took = stopwatch();
  const { access, witnesses } = await openTrial(parts, plan);
  const told = [`set up in ${took()}`];
  const wrong: string[] = [];
  const posted: string[] = [];
  for (const phase of plan.phases) {
    if (phase.changes) await witnesses.desk.change(phase.changes);
    if (phase.back) {
      await letBack(access);
      await workInLedger(witnesses.ledger, witnesses.desk, phase.back);
    }
    const stuck = await runPhase(parts, access, phase, { posted, told });
    told.push(`${phase.does} in ${took()}`);
    if (stuck !== null) wrong.push(`stuck: ${stuck}`);
    if (stuck !== null) break;
  }
  if (wrong.length > 0) {
    parts.tally.stuck += 1;
    const under = [...(await describeHang(parts.rig.ownerUrl)), ...(await describeRuns(access))];
    return { told, wrong: [...wrong, ...under], hangs: true, documents: 0 };
  }
  const outcome = {
    wentBack: plan.phases.some(({ back }) => back !== undefined),
    isUndone: plan.phases.at(-1)?.does === "undo",
    hasEdits: plan.phases.some(({ changes }) => changes?.edits === true),
  };
  const judged = await judge(parts, access, witnesses, outcome, told);
  await insist(() => closeTrial(access));
  return { told, wrong: judged.wrong, hangs: false, documents: judged.documents };
}

const textOf = (row: object): string =>
  JSON.stringify(row, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value));

/** How our own runs and events stand when a trial hangs. */
async function describeRuns(access: WorkspaceAccess): Promise<string[]> {
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => [
    ...(await tx.syncRun.findMany()).map((run) => `our run: ${textOf(run)}`),
    ...(await tx.outboxEvent.findMany()).map(
      ({ name, data, sentAt, createdAt }) => `event: ${textOf({ name, data, sentAt, createdAt })}`,
    ),
  ]);
}

async function openTrial({ desk, rig }: TrialParts, plan: TrialPlan) {
  await desk.openCompany();
  const witnesses = await openWitnesses(rig.origin);
  await witnesses.desk.write(plan.company);
  const access = await signUp(`olivia-${crypto.randomUUID()}@tidewatergifts.test`);
  // A busy machine may not answer within the short deadlines of a trial.
  await insist(() => connect(access, "xero", "global"));
  await insist(() => connect(access, "zoho-books", "eu"));
  await insist(() => confirmSuggestions(access, "approved", chooseForTrial));
  if (plan.company.purchases !== null)
    for (const group of BOUGHT) await insist(() => setFlowState(access, { group, state: "previewOnly" }));
  return { access, witnesses };
}

/** Lets customers, items, payments and voids go to Zoho Books by themselves. */
async function letBack(access: WorkspaceAccess): Promise<void> {
  const set = async (state: "previewOnly" | "live"): Promise<void> => {
    for (const recordType of BACK_TYPES) {
      const flow = { recordType, direction: "toSource", state, voidRule: "follow" } as const;
      const outcome = await insist(() => setFlow(access, flow));
      if (!outcome.ok) throw new Error(outcome.error.message);
    }
  };
  await set("previewOnly");
  await insist(() => connect(access, "zoho-books", "eu"));
  await set("live");
}

async function closeTrial(access: WorkspaceAccess): Promise<void> {
  for (const { connectionId, status } of await listConnections(access))
    if (status !== "disconnected") await disconnect(access, connectionId);
}

/** Null, or what the person was left with. */
async function runPhase(
  parts: TrialParts,
  access: WorkspaceAccess,
  phase: Phase,
  seen: { readonly posted: string[]; readonly told: string[] },
): Promise<string | null> {
  const { rig, naive } = parts;
  const strikes = beginStrikes(
    naive
      ? { ...parts, poster: naive.member, turnAway: () => {} }
      : { ...parts, poster: rig.workers.active, turnAway: rig.workers.turnAway },
    phase,
  );
  const post = naive ? (runId: string) => naive.post(access, runId) : undefined;
  const press = (begin: Pressing["begin"]): Promise<Pressed> =>
    pressUntilDone({
      access,
      begin,
      // A run to Xero that has nothing to post ends without that stage; the run back posts without a press.
      onStage: async (stage) => {
        await strikes.enter(stage);
        if (phase.does === "syncBack") await strikes.enter("posting");
      },
      bothWays: phase.does === "syncBack",
      watch: parts.watch,
      pace: rig.pace,
      ...(post ? { post } : {}),
    });
  const pressed: Pressed[] = [];
  if (phase.does === "repost") await insist(() => releaseUndone(access));
  if (phase.does !== "undo") {
    const one = await press(() => startPreview(access));
    seen.posted.push(...one.runIds);
    pressed.push(one);
  } else
    for (const runId of seen.posted.toReversed()) {
      const begun = await insist(() => startUndo(access, runId));
      if (!begun.ok && begun.error.message.includes("posted nothing")) continue;
      pressed.push(await press(() => startUndo(access, runId)));
    }
  seen.told.push(...(await strikes.end()));
  for (const { failures } of pressed)
    if (failures.length > 0) seen.told.push(`pressed again ${failures.length} times`);
  return pressed.find(({ stuck }) => stuck !== null)?.stuck ?? null;
}

/**
 * An invoice's reference that was changed after it was posted is never carried over silently: the person who made the change
 * looks at it and leaves it at that. Any other exception stays open and counts.
 */
async function acceptEdits(access: WorkspaceAccess): Promise<void> {
  const { rows } = await listExceptionRows(access, {});
  const edited = rows.find(
    ({ cause, recordType }) => cause === "changedAfterPosting" && recordType === "invoice",
  );
  if (!edited) return;
  const filter = { exceptionIds: [edited.exceptionId] };
  const accepted = await dismissExceptions(access, filter, "The reference is for our own desk alone");
  if (!accepted.ok) throw new Error(accepted.error.message);
}

interface Outcome {
  readonly wentBack: boolean;
  readonly isUndone: boolean;
  readonly hasEdits: boolean;
}

async function judge(
  { rig, tally, naive, watch }: TrialParts,
  access: WorkspaceAccess,
  witnesses: Witnesses,
  { wentBack, isUndone, hasEdits }: Outcome,
  told: string[],
): Promise<{ readonly wrong: readonly string[]; readonly documents: number }> {
  const readExpected = async (): Promise<Line[]> =>
    (await readSource(witnesses.desk)).filter((line) => !isUndone || MONEY_STAYS_OUT.has(line.kind));
  let expected = await readExpected();
  let ledger = await readLedger(witnesses.ledger);
  let ours = await insist(() => readOurRecords(access, ledger));
  if (naive) ours = { unresolved: [], exceptions: [], mismatches: [] };
  if (ours.exceptions.length + ours.mismatches.length > 0) {
    // What a person can see is looked at again by that person, once, when all is quiet.
    told.push(`looked at again: ${[...ours.exceptions, ...ours.mismatches].join("; ")}`);
    await pressUntilDone({
      access,
      begin: async () => {
        await retryExceptions(access);
        return startPreview(access);
      },
      onStage: async () => {},
      bothWays: wentBack,
      watch,
      pace: rig.pace,
    });
    if (hasEdits) await insist(() => acceptEdits(access));
    ledger = await readLedger(witnesses.ledger);
    ours = await readOurRecords(access, ledger);
    expected = await readExpected();
  }
  // What went back was asked for in Xero: there it stands, and Zoho Books is to hold it.
  const books = wentBack ? compareLines(ledger.standing, expected) : compareLines(expected, ledger.standing);
  tally.lost += books.lost;
  tally.duplicated += books.duplicated;
  tally.mismatched += books.mismatched + ours.mismatches.length;
  tally.stuck += ours.unresolved.length + ours.exceptions.length;
  tally.documents += expected.length;
  return {
    wrong: [...books.sentences, ...ours.mismatches, ...ours.unresolved, ...ours.exceptions],
    documents: expected.length,
  };
}
