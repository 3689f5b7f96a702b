import { namedError } from "./app-answers";
import { type Answered, applyAnswer } from "./apply-answer";
import { chooseWork } from "./choose-work";
import type { ActiveDrive, CheckpointedStep, RunnerContext } from "./context";
import { endRun } from "./end-run";
import { requestBody } from "./request-body";
import {
  pokeRun,
  type RunState,
  releaseRun,
  reloadSteps,
  type StepState,
  setStep,
  takeRun,
} from "./run-state";
import { settleDue } from "./settle-due";
import { claimSlots, olderRunWaits, releaseSlots } from "./slots";
import { addJob } from "./wake-run";
import { inWork } from "./work";

/*
 * Drives one run: asks the app for the next step, stores the result, and goes on while there is something to do now.
 * One driver holds a run at a time. After a crash the next driver finds every stored result and asks again only for
 * what was under way. A run that waits is let go of and holds nothing.
 */

const PARALLEL_MAX = 20;
/** A run whose driver died this often without a stored result probably kills its process. */
const LOST_MAX = 10;

interface Drive {
  readonly runner: RunnerContext;
  readonly state: RunState;
  readonly executing: Map<string, Promise<void>>;
  /** Units of every concurrency key that the run holds. */
  held: number;
  over: boolean;
  poked: boolean;
  /** Steps that the app reported during the discovery that is under way. */
  checkpointed: number;
  wake: () => void;
}

/** The task of graphile-worker's job `drive`. */
export async function driveRun(runner: RunnerContext, runId: string): Promise<void> {
  // The job is gone then, but the run's own row still says that it is due.
  if (runner.stopping.requested) return;
  for (let other = runner.active.get(runId); other; other = runner.active.get(runId)) {
    if ((await pokeRun(runner, runId)) === "told") return;
    await other.finished;
  }
  const lease = runner.ids.next();
  const { active, attach, finish } = announceDrive(lease);
  runner.active.set(runId, active);
  try {
    const state = await takeRun(runner, runId, lease);
    if (state) await drive(attach(runner, state));
  } finally {
    runner.active.delete(runId);
    finish();
  }
}

async function drive(drive: Drive): Promise<void> {
  if (drive.state.lostCount > LOST_MAX) await failLostRun(drive);
  while (!drive.over) await goOn(drive);
}

/** Known to this process before the run is taken, so that two jobs of one run never both take it. */
function announceDrive(lease: string) {
  let attached: Drive | undefined;
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const active: ActiveDrive = {
    lease,
    finished,
    poke() {
      if (!attached) return;
      attached.poked = true;
      attached.wake();
    },
    addCheckpointed(steps) {
      if (attached) takeOver(attached, steps);
    },
  };
  const attach = (runner: RunnerContext, state: RunState): Drive => {
    const fresh = { over: false, poked: false, held: 0, checkpointed: 0 };
    // Whatever happened while the run was being read is read again.
    attached = { ...fresh, runner, state, executing: new Map(), wake: () => {}, poked: true };
    return attached;
  };
  return { active, attach, finish };
}

function takeOver(drive: Drive, steps: readonly CheckpointedStep[]): void {
  for (const { operation, memo, completion } of steps) {
    drive.checkpointed += 1;
    setStep(drive.state, {
      id: operation.id,
      op: operation.op,
      status: "done",
      race: false,
      attempt: 0,
      dueAt: undefined,
      memo,
      completion: BigInt(completion),
    });
  }
}

async function goOn(drive: Drive): Promise<void> {
  const { runner, state, executing } = drive;
  if (drive.poked) await lookAgain(drive);
  if (drive.over) return;
  const now = runner.clock.now();
  if (runner.stopping.requested) return letGo(drive, now);
  const choice = chooseWork(state, new Set(executing.keys()), now);
  if (choice.due.length > 0) return settleDue(runner, state, choice.due);
  const wanted = Math.min(PARALLEL_MAX, choice.targets.length + (choice.discover ? 1 : 0) + executing.size);
  if (wanted === 0) return letGo(drive, choice.nextAt);
  const granted = await holdSlots(drive, wanted);
  if (granted === 0)
    return waitForRoom(drive, choice.nextAt && choice.nextAt > now ? choice.nextAt : undefined);
  await markStarted(drive);
  const room = granted - executing.size;
  for (const step of choice.targets.slice(0, Math.max(0, room))) execute(drive, step);
  if (choice.discover && room > choice.targets.length) return discover(drive);
  if (executing.size > 0) await somethingHappens(drive);
}

/** Runs the function to its next unknown step. */
async function discover(drive: Drive): Promise<void> {
  const { runner, state } = drive;
  const planOnly = [...state.steps.values()].some((step) => step.status === "planned");
  const seen = [...state.steps.values()].filter((step) => step.status === "done").length;
  drive.checkpointed = 0;
  const body = requestBody(state, { attempt: state.attempt, planOnly });
  const answer = await runner.app.post({
    functionId: state.definition.id,
    stepId: "step",
    body,
    jobId: state.lease,
  });
  const answered: Answered = { kind: "discovery", attempt: state.attempt, seen: seen + drive.checkpointed };
  await settle(drive, () => applyAnswer(runner, state, answered, answer));
}

function execute(drive: Drive, step: StepState): void {
  const { runner, state, executing } = drive;
  const { id, attempt } = step;
  const body = requestBody(state, { attempt, planOnly: true });
  const work = runner.app
    .post({ functionId: state.definition.id, stepId: id, body, jobId: state.lease })
    .then((answer) => settle(drive, () => applyAnswer(runner, state, { kind: "step", id, attempt }, answer)))
    .finally(() => {
      executing.delete(id);
      drive.wake();
    });
  executing.set(id, work);
  // Rejections are met in somethingHappens; this keeps one that comes after the run's end from being unhandled.
  work.catch(() => {});
}

async function settle(drive: Drive, apply: () => Promise<"open" | "over" | "poked">): Promise<void> {
  if (drive.runner.stopping.aborted) drive.over = true;
  if (drive.over) return;
  const result = await apply();
  if (result === "over") drive.over = true;
  if (result === "poked") drive.poked = true;
}

async function somethingHappens(drive: Drive): Promise<void> {
  const changed = new Promise<void>((resolve) => {
    drive.wake = resolve;
  });
  if (drive.poked) return;
  await Promise.race([...drive.executing.values(), changed]);
}

async function lookAgain(drive: Drive): Promise<void> {
  const { runner, state } = drive;
  drive.poked = false;
  const rows = await runner.database.query(
    "UPDATE runner.runs SET poked = FALSE WHERE id = $1 AND lease = $2 RETURNING id",
    [state.id, state.lease],
  );
  if (rows.length === 0) {
    drive.over = true;
    return;
  }
  await reloadSteps(runner, state);
}

async function letGo(drive: Drive, nextAt: Date | undefined): Promise<void> {
  const { runner, state } = drive;
  if (drive.executing.size > 0) return somethingHappens(drive);
  if (state.slotKeys.length === 0) return waitForRoom(drive, nextAt);
  await inWork(runner, (work) => releaseSlots(work.query, work.touched, state.id, state.slotKeys));
  drive.held = 0;
  await waitForRoom(drive, nextAt);
}

/** Lets go of the run but keeps its place among those that wait for a unit. */
async function waitForRoom(drive: Drive, nextAt: Date | undefined): Promise<void> {
  if (await releaseRun(drive.runner, drive.state, nextAt)) drive.over = true;
  else drive.poked = true;
}

/** Units for `wanted` requests at once; what is already held is kept unless an older run waits for it. */
async function holdSlots(drive: Drive, wanted: number): Promise<number> {
  const { runner, state, executing } = drive;
  if (state.slotKeys.length === 0) return wanted;
  if (drive.held === wanted && !(await olderRunWaits(runner.database.query, state.slotKeys, state.seq)))
    return wanted;
  drive.held = await inWork(runner, (work) =>
    claimSlots(work.query, work.touched, {
      runId: state.id,
      seq: state.seq,
      keys: state.slotKeys,
      wanted,
      executing: executing.size,
    }),
  );
  return drive.held;
}

async function markStarted({ runner, state }: Drive): Promise<void> {
  if (state.started) return;
  state.started = true;
  const now = runner.clock.now();
  const { finishTimeoutMs } = state.definition;
  const deadline = finishTimeoutMs === undefined ? null : new Date(now.getTime() + finishTimeoutMs);
  await runner.database.transaction(async (query) => {
    await query(
      `UPDATE runner.runs SET status = 'running', started_at = $3, start_deadline = NULL, finish_deadline = $4
        WHERE id = $1 AND lease = $2`,
      [state.id, state.lease, now.toISOString(), deadline?.toISOString() ?? null],
    );
    if (finishTimeoutMs !== undefined)
      await addJob(query, "deadline", state.id, { runId: state.id }, finishTimeoutMs);
  });
}

async function failLostRun(drive: Drive): Promise<void> {
  const { runner, state } = drive;
  const error = namedError(
    "RunLost",
    `the process that drove this run ended ${state.lostCount} times in the middle of it; it is not tried again`,
  );
  await inWork(runner, (work) => endRun(work, state.id, { status: "failed", error }, state.lease));
  drive.over = true;
}
