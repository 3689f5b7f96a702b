import { type GetStepTools, NonRetriableError, RetryAfterError } from "inngest";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import { type Progress, waitFor } from "@/lib/domain/progress";
import { backoffMs } from "@/lib/kernel/backoff";
import type { inngest } from "../inngest";

/**
 * How the functions of a run repeat a piece of work until it is done: a step a piece, a durable sleep where the budget
 * says wait, and an end before a function run carries more results than a request should.
 */
const STEPS_MAX = 150;

export type StepTools = GetStepTools<typeof inngest>;

/** Thrown when the function run has made enough steps: the caller sends the event to continue. */
export class StepsUsedUp extends Error {
  override readonly name = "StepsUsedUp";
}

export interface StepCounter {
  used: number;
}

/** Repeats a piece of work under stable step ids ("read-source-invoice-3") until it reports that it is done. */
export async function untilDone(
  step: StepTools,
  counter: StepCounter,
  id: string,
  work: () => Promise<Progress>,
): Promise<void> {
  for (let piece = 1; ; piece += 1) {
    if (counter.used >= STEPS_MAX) throw new StepsUsedUp();
    counter.used += 1;
    const progress = await step.run(`${id}-${piece}`, () => translateErrors(() => restWhereLimited(work)));
    if (progress.done) return;
    if (progress.waitMs > 0) {
      counter.used += 1;
      await step.sleep(`${id}-${piece}-wait`, progress.waitMs);
    }
  }
}

/**
 * A vendor that has had too many calls says when to come back: that is a wait and no failure, so it uses up no try. What
 * waits together does not come back together.
 */
async function restWhereLimited(work: () => Promise<Progress>): Promise<Progress> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError) || thrown.retry !== "after") throw thrown;
    const waitMs = thrown.retryAfterMs ?? LIMITED_WAIT_MS;
    return waitFor(Math.max(waitMs, backoffMs(1, { baseMs: waitMs, maxMs: waitMs })));
  }
}

/** Where a vendor says no time. */
const LIMITED_WAIT_MS = 1_000;

/** A connector's error as the runner understands it: try after a time, try with backoff, or never again. */
export async function translateErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    if (thrown.retry === "never") throw new NonRetriableError(thrown.message, { cause: thrown });
    if (thrown.retryAfterMs !== null)
      throw new RetryAfterError(thrown.message, thrown.retryAfterMs, { cause: thrown });
    throw thrown;
  }
}
