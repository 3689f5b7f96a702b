/**
 * How long to wait before the n-th try of something that can pass: doubling from a base, with a quarter of jitter
 * either way, so that what failed together does not come back together.
 */
export function backoffMs(
  attempt: number,
  bounds: { readonly baseMs: number; readonly maxMs: number },
  random: () => number = Math.random,
): number {
  const doubled = bounds.baseMs * 2 ** Math.min(Math.max(attempt, 1) - 1, DOUBLINGS_MAX);
  return Math.round(Math.min(doubled, bounds.maxMs) * (1 - JITTER + 2 * JITTER * random()));
}

const JITTER = 0.25;
/** Beyond it every bound is reached, and powers of two would lose their meaning. */
const DOUBLINGS_MAX = 30;
