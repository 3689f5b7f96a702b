import { z } from "zod";
import { invariant } from "@/lib/kernel/invariant";
import { canonicalJson } from "./canonical-json";
import type { RunnerContext } from "./context";
import type { FunctionDefinition } from "./function-definition";
import { type SlotKey, slotKeysOf } from "./slots";

/*
 * What a driver knows of its run: the row, every step, and the lease by which it may write. A lease belongs to a process
 * that is alive; the lease of a dead one is taken over. Each write names the lease, so that a driver that was thought
 * dead and wakes up again changes nothing.
 */

export type StepStatus = "planned" | "sleeping" | "waiting" | "invoking" | "done";

export interface StepState {
  readonly id: string;
  status: StepStatus;
  readonly race: boolean;
  attempt: number;
  dueAt: Date | undefined;
  /** Canonical JSON of what later requests tell of this step. */
  memo: string | undefined;
  /** Order of completion. */
  completion: bigint | undefined;
  readonly op: string;
}

export interface RunState {
  readonly id: string;
  readonly seq: string;
  readonly lease: string;
  readonly definition: FunctionDefinition;
  readonly slotKeys: readonly SlotKey[];
  readonly event: unknown;
  readonly eventText: string;
  readonly steps: Map<string, StepState>;
  started: boolean;
  attempt: number;
  /** How many completed steps the last discovery had seen; -1 before the first. */
  discovered: number;
  discoverAt: Date | undefined;
  lostCount: number;
  stateBytes: number;
}

interface RunRow {
  readonly seq: string;
  readonly function_id: string;
  readonly event: unknown;
  readonly started_at: Date | null;
  readonly attempt: number;
  readonly discovered: number;
  readonly discover_at: Date | null;
  readonly lost_count: number;
  readonly [column: string]: unknown;
}

/** Takes the run for this process, which drives it nowhere else; undefined where it has ended or another one has it. */
export async function takeRun(
  runner: RunnerContext,
  runId: string,
  lease: string,
): Promise<RunState | undefined> {
  for (let attempt = 0; attempt < TAKE_ATTEMPTS_MAX; attempt += 1) {
    const rows = await runner.database.query<RunRow>(
      `UPDATE runner.runs
          SET lease = $2, lease_instance = $3, poked = FALSE, next_due_at = NULL,
              lost_count = CASE WHEN lease IS NULL THEN lost_count ELSE lost_count + 1 END
        WHERE id = $1 AND ended_at IS NULL
          AND (lease IS NULL OR lease_instance = $3
               OR NOT EXISTS (SELECT 1 FROM runner.instances WHERE instances.id = lease_instance))
        RETURNING seq, function_id, event, started_at, attempt, discovered, discover_at, lost_count`,
      [runId, lease, runner.instanceId()],
    );
    if (rows[0]) return stateOf(runner, runId, lease, rows[0]);
    if ((await pokeRun(runner, runId)) !== "free") return undefined;
  }
  throw new Error(`the lease of run ${runId} changed hands ${TAKE_ATTEMPTS_MAX} times at once`);
}

const TAKE_ATTEMPTS_MAX = 10;

/** Tells the driver that holds the run to look again. `free`: nobody holds it. */
export async function pokeRun(runner: RunnerContext, runId: string): Promise<"told" | "free" | "ended"> {
  const rows = await runner.database.query<{ told: boolean }>(
    "UPDATE runner.runs SET poked = lease IS NOT NULL WHERE id = $1 AND ended_at IS NULL RETURNING poked AS told",
    [runId],
  );
  runner.active.get(runId)?.poke();
  if (!rows[0]) return "ended";
  return rows[0].told ? "told" : "free";
}

async function stateOf(runner: RunnerContext, id: string, lease: string, row: RunRow): Promise<RunState> {
  const definition = (await runner.definitions()).get(row.function_id);
  invariant(
    definition,
    `the function ${row.function_id} was registered before it ran, and is never forgotten`,
  );
  const eventText = canonicalJson(row.event);
  const state: RunState = {
    id,
    seq: row.seq,
    lease,
    definition,
    slotKeys: slotKeysOf(definition.id, definition.concurrency, row.event),
    event: row.event,
    eventText,
    steps: new Map(),
    started: row.started_at !== null,
    attempt: row.attempt,
    discovered: row.discovered,
    discoverAt: row.discover_at ?? undefined,
    lostCount: row.lost_count,
    stateBytes: eventText.length,
  };
  await reloadSteps(runner, state);
  return state;
}

const stepRowSchema = z.object({
  id: z.string(),
  op: z.string(),
  status: z.enum(["planned", "sleeping", "waiting", "invoking", "done"]),
  race: z.boolean(),
  attempt: z.int(),
  due_at: z.date().nullable(),
  memo: z.string().nullable(),
  completion: z.string().nullable(),
});

/** Reads what changed since the last look: steps that are done never change again and are not read twice. */
export async function reloadSteps(runner: RunnerContext, state: RunState): Promise<void> {
  const known = [...state.steps.values()].filter((step) => step.status === "done").map(({ id }) => id);
  const rows = await runner.database.query(
    `SELECT id, op, status, race, attempt, due_at, memo::text AS memo, completion FROM runner.steps
      WHERE run_id = $1 AND NOT (id = ANY($2))`,
    [state.id, known],
  );
  for (const [id, step] of state.steps) if (step.status !== "done") state.steps.delete(id);
  for (const row of rows.map((raw) => stepRowSchema.parse(raw)))
    setStep(state, {
      id: row.id,
      op: row.op,
      status: row.status,
      race: row.race,
      attempt: row.attempt,
      dueAt: row.due_at ?? undefined,
      memo: row.memo ?? undefined,
      completion: row.completion === null ? undefined : BigInt(row.completion),
    });
}

/** Puts a step into the state and counts its bytes once. */
export function setStep(state: RunState, step: StepState): void {
  const before = state.steps.get(step.id);
  state.stateBytes += (step.memo?.length ?? 0) - (before?.memo?.length ?? 0);
  state.steps.set(step.id, step);
}

export function doneSteps(state: RunState): StepState[] {
  return [...state.steps.values()]
    .filter((step) => step.status === "done")
    .sort((one, other) => Number((one.completion ?? 0n) - (other.completion ?? 0n)));
}

/**
 * Lets go of the run until `dueAt`, or until somebody wakes it. False where it changed meanwhile: the driver must look
 * again. Also true where the lease is no longer ours.
 */
export async function releaseRun(
  runner: RunnerContext,
  state: RunState,
  dueAt: Date | undefined,
): Promise<boolean> {
  const delayMs = dueAt ? Math.max(0, dueAt.getTime() - runner.clock.now().getTime()) : null;
  const rows = await runner.database.query<{ released: boolean }>(
    `WITH mine AS (
       SELECT id, poked FROM runner.runs WHERE id = $1 AND lease = $2 FOR UPDATE
     ), changed AS (
       UPDATE runner.runs SET poked = FALSE,
           lease = CASE WHEN mine.poked THEN runs.lease END,
           lease_instance = CASE WHEN mine.poked THEN runs.lease_instance END,
           next_due_at = CASE WHEN mine.poked THEN NULL ELSE $3::timestamptz END,
           lost_count = 0
         FROM mine WHERE runs.id = mine.id RETURNING runs.id, NOT mine.poked AS released
     )
     SELECT released,
            CASE WHEN released AND $4::float8 IS NOT NULL THEN graphile_worker.add_job('drive',
              payload := json_build_object('runId', id), job_key := 'drive:' || id, max_attempts := 30000,
              run_at := now() + make_interval(secs => $4 / 1000)) END
       FROM changed`,
    [state.id, state.lease, dueAt?.toISOString() ?? null, delayMs],
  );
  return rows[0]?.released ?? true;
}
