import type { Runtime } from "../runtime";
import { WORKING_STATES } from "./run-states";

/**
 * What the clock's look at stalled runs goes by: when a step of the run was last done, and until when the run sleeps
 * of its own will. Whoever writes these says nothing about how far the run came.
 */

interface RunRef {
  readonly workspaceId: string;
  readonly runId: string;
}

/** After a step: `result` may name a wait in milliseconds (`waitMs`), as a piece of work that is to be continued does. */
export async function noteStep(runtime: Runtime, ref: RunRef, result: unknown): Promise<void> {
  const now = runtime.clock.now();
  const waitMs = waitIn(result);
  await update(runtime, ref, {
    progressAt: now,
    resumesAt: waitMs > 0 ? new Date(now.getTime() + waitMs) : null,
  });
}

/**
 * Does a long piece of work and lets it be known, again and again, that somebody is at it. A piece that hangs falls
 * silent in the end: the step runner has given it up by then.
 */
export async function whileHeard<T>(runtime: Runtime, ref: RunRef, work: () => Promise<T>): Promise<T> {
  const everyMs = runtime.env.STALLED_MS / BEATS_BEFORE_STALLED;
  let beatsLeft = Math.ceil(HEARD_MAX_MS / everyMs);
  const beating = setInterval(() => {
    beatsLeft -= 1;
    if (beatsLeft <= 0) clearInterval(beating);
    update(runtime, ref, { progressAt: runtime.clock.now() }).catch((thrown: unknown) => {
      runtime.logger.warn({ err: thrown, runId: ref.runId }, "a run at work could not say so");
    });
  }, everyMs);
  beating.unref();
  try {
    return await work();
  } finally {
    clearInterval(beating);
  }
}

const BEATS_BEFORE_STALLED = 4;
/** Longer than a request to the functions may take. */
const HEARD_MAX_MS = 15 * 60_000;

/** After a step that failed and is tried again no earlier than in `waitMs`. */
export async function notePause(runtime: Runtime, ref: RunRef, waitMs: number): Promise<void> {
  await update(runtime, ref, { resumesAt: new Date(runtime.clock.now().getTime() + waitMs) });
}

async function update(
  runtime: Runtime,
  { workspaceId, runId }: RunRef,
  data: { readonly progressAt?: Date; readonly resumesAt?: Date | null },
): Promise<void> {
  await runtime.database.withWorkspace(workspaceId, (tx) =>
    tx.syncRun.updateMany({ where: { id: runId, state: { in: [...WORKING_STATES] } }, data }),
  );
}

function waitIn(result: unknown): number {
  if (result === null || typeof result !== "object" || !("waitMs" in result)) return 0;
  return typeof result.waitMs === "number" ? result.waitMs : 0;
}
