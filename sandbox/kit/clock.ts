/**
 * Sandbox time: the machine's clock plus an offset. After `set` it goes on ticking from the instant given,
 * so that windows and deadlines still pass; a test that wants time to stand still hands in its own clock.
 */
import type { SandboxClock } from "./types";

/** A clock that follows the machine's until it is set or advanced. */
export function createClock(machineNow: () => number = Date.now): SandboxClock {
  let offsetMs = 0;
  return {
    now: () => new Date(machineNow() + offsetMs),
    set(instant) {
      offsetMs = instant === null ? 0 : instant.getTime() - machineNow();
    },
    advance(milliseconds) {
      offsetMs += milliseconds;
    },
  };
}

/** A clock that stands still at an instant; `set(null)` brings it back there. */
export function createFrozenClock(iso: string): SandboxClock {
  const start = new Date(iso).getTime();
  let instant = start;
  return {
    now: () => new Date(instant),
    set(next) {
      instant = next === null ? start : next.getTime();
    },
    advance(milliseconds) {
      instant += milliseconds;
    },
  };
}
