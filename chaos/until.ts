import { setTimeout as delay } from "node:timers/promises";

const POLL_MS = 8;
const INSIST_MS = 50;
const INSIST_TIMES_MAX = 200;

/** Looks again and again until it is so, and says true; false once `isOver` says that it will not be any more. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  isOver: () => boolean = () => false,
): Promise<boolean> {
  for (;;) {
    if (await isSo()) return true;
    if (isOver()) return false;
    await delay(POLL_MS);
  }
}

/** Does something that a victim's absence may make fail, again until it succeeds; about ten seconds at most. */
export async function insist<T>(work: () => Promise<T>): Promise<T> {
  for (let times = 1; ; times += 1) {
    try {
      return await work();
    } catch (thrown) {
      if (times === INSIST_TIMES_MAX) throw thrown;
      await delay(INSIST_MS);
    }
  }
}
