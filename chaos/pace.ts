/** A piece of work that is long against one turn of the processor and short against a trial. */
const WORK_MS = 250;
/** Beyond this a machine is not busy, it is at its end. */
const PACE_MAX = 10;

/**
 * How many times longer something takes at present than on a machine of our own: what waits in a trial waits that many times
 * longer, so that a busy machine is not taken for a vendor that does not answer. From 1 to 10.
 */
export function measurePace(): number {
  const [startedAt, before] = [performance.now(), process.cpuUsage()];
  let spent = 0;
  while (spent < WORK_MS) {
    const { user, system } = process.cpuUsage(before);
    spent = (user + system) / 1000;
  }
  return Math.min(PACE_MAX, Math.max(1, Math.round((performance.now() - startedAt) / spent)));
}
