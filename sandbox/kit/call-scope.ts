/**
 * What holds for one call alone while others run beside it: a skewed clock, a view of the records as they were
 * before recent writes, and the wish that what this call writes is seen late. Outside of a call that a fault
 * has touched there is no scope, and everything is as it is.
 */
import { AsyncLocalStorage } from "node:async_hooks";

export interface CallScope {
  /** Added to every time that the call reads. */
  readonly skewMs: number;
  /** The call sees records as they were before the writes that are still hidden. */
  readonly seesStale: boolean;
  /** Until this instant of sandbox time the call's own writes are hidden from reads; null: seen at once. */
  readonly hidesUntilMs: number | null;
}

const scopes = new AsyncLocalStorage<CallScope>();

/** Runs one call in its scope. */
export function inScope<T>(scope: CallScope, run: () => T): T {
  return scopes.run(scope, run);
}

/** The scope of the running call, if it has one. */
export function callScope(): CallScope | undefined {
  return scopes.getStore();
}

/** Runs something that no fault of a call may touch, such as the counting of limits. */
export function outsideScope<T>(run: () => T): T {
  return scopes.getStore() === undefined ? run() : scopes.exit(run);
}
