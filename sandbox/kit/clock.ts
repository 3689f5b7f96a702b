/**
 * Sandbox time: the machine's clock moved to another instant and run at another pace. After `set` it goes on
 * ticking from the instant given, so that windows and deadlines still pass; a test that wants time to stand
 * still takes the frozen clock. Whoever waits, waits for sandbox time, whichever way it comes to pass.
 */
import { callScope } from "./call-scope";
import type { ClockSetting, SandboxClock } from "./types";

const SCALE_MAX = 1_000_000;
/** Timers of the machine are set for at most this long, so that a far deadline does not overflow them. */
const TIMER_MAX_MS = 60_000;

/** A clock that follows the machine's until it is set, advanced or scaled. */
export function createClock(machineNow: () => number = Date.now): SandboxClock {
  let setting: ClockSetting | null = null;
  const waiting = createWaiting();
  const present = (): number =>
    setting === null ? machineNow() : setting.atMs + (machineNow() - setting.machineMs) * setting.scale;
  const change = (atMs: number, scale: number): void => {
    setting = { atMs, machineMs: machineNow(), scale };
    waiting.wake();
  };
  return {
    now: () => new Date(present() + (callScope()?.skewMs ?? 0)),
    set(instant) {
      if (instant !== null) {
        change(instant.getTime(), setting?.scale ?? 1);
        return;
      }
      setting = null;
      waiting.wake();
    },
    advance: (milliseconds) => change(present() + milliseconds, setting?.scale ?? 1),
    get scale() {
      return setting?.scale ?? 1;
    },
    setScale: (scale) => change(present(), Math.min(SCALE_MAX, scale)),
    get setting() {
      return setting;
    },
    restore(kept) {
      setting = kept;
    },
    wait: (milliseconds, until) =>
      waiting.wait(present() + milliseconds, until, () => ({ nowMs: present(), scale: setting?.scale ?? 1 })),
  };
}

/** A clock that stands still at an instant; `set(null)` brings it back there. */
export function createFrozenClock(iso: string): SandboxClock {
  const start = new Date(iso).getTime();
  let instant = start;
  let scale = 1;
  const waiting = createWaiting();
  return {
    now: () => new Date(instant + (callScope()?.skewMs ?? 0)),
    set(next) {
      instant = next === null ? start : next.getTime();
      waiting.wake();
    },
    advance(milliseconds) {
      instant += milliseconds;
      waiting.wake();
    },
    get scale() {
      return scale;
    },
    setScale(next) {
      scale = next;
    },
    setting: null,
    restore: () => undefined,
    wait: (milliseconds, until) =>
      waiting.wait(instant + milliseconds, until, () => ({ nowMs: instant, scale: null })),
  };
}

/** Those who wait for an instant; all look again whenever the clock was changed. */
function createWaiting() {
  const waking = new Set<() => void>();
  return {
    wake() {
      for (const look of [...waking]) look();
    },
    /** `scale` null: no time passes by itself. */
    wait(
      atMs: number,
      until: Promise<void> | undefined,
      present: () => { nowMs: number; scale: number | null },
    ): Promise<void> {
      return new Promise((resolve) => {
        let timer: NodeJS.Timeout | undefined;
        const done = (): void => {
          clearTimeout(timer);
          waking.delete(look);
          resolve();
        };
        function look(): void {
          clearTimeout(timer);
          const { nowMs, scale } = present();
          if (nowMs >= atMs) done();
          else if (scale !== null)
            timer = setTimeout(look, Math.min(TIMER_MAX_MS, Math.ceil((atMs - nowMs) / scale)));
        }
        waking.add(look);
        void until?.then(done);
        look();
      });
    },
  };
}
