/**
 * Call limits as both vendors state them: a sliding minute and day for each tenant, calls at once, and a
 * minute over all tenants of the app. Windows are divided by the sandbox's limit speed, so that a load that
 * takes an hour at the vendor takes seconds here while the counting stays the same.
 * A refused call is not counted.
 */
import { outsideScope } from "./call-scope";
import type { SandboxContext } from "./types";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export interface LimitRules {
  readonly perMinute: number;
  readonly perDay: number;
  /** Calls of one tenant at once; null where the vendor has no such limit. */
  readonly concurrent: number | null;
  /** Calls a minute over all tenants; null where the vendor has no such limit. */
  readonly appPerMinute: number | null;
}

export interface LimitsRemaining {
  readonly minute: number;
  readonly day: number;
  /** Infinity when there is no such limit. */
  readonly appMinute: number;
}

export type LimitProblem = "minute" | "day" | "concurrent" | "appminute";

export type Admission =
  | { readonly admitted: true; readonly remaining: LimitsRemaining; leave(): void }
  | {
      readonly admitted: false;
      readonly problem: LimitProblem;
      /** Whole seconds until the window has room, at least 1; null for "concurrent". */
      readonly retryAfterSeconds: number | null;
      readonly remaining: LimitsRemaining;
    };

export interface Limits {
  /** Counts one call of the tenant, or says why it must wait. The caller calls leave() once it has answered. */
  enter(tenant: string, rules: LimitRules): Admission;
  reset(): void;
}

interface Window {
  /** Instants of admitted calls, oldest first, from `first` on. */
  readonly at: number[];
  first: number;
}

/** Limits without any history. */
export function createLimits(context: Pick<SandboxContext, "clock" | "limitSpeed">): Limits {
  const minutes = new Map<string, Window>();
  const days = new Map<string, Window>();
  const running = new Map<string, number>();
  let app: Window = { at: [], first: 0 };

  return {
    enter(tenant, rules) {
      const now = outsideScope(() => context.clock.now().getTime());
      const speed = context.limitSpeed();
      const minuteMs = MINUTE_MS / speed;
      const dayMs = DAY_MS / speed;
      const minute = forTenant(minutes, tenant);
      const day = forTenant(days, tenant);
      const appLimit = rules.appPerMinute ?? Number.POSITIVE_INFINITY;
      const room = {
        minute: rules.perMinute - countWithin(minute, now, minuteMs),
        day: rules.perDay - countWithin(day, now, dayMs),
        appMinute: appLimit - countWithin(app, now, minuteMs),
      };
      const calls = running.get(tenant) ?? 0;
      const refuse = (problem: LimitProblem, window: Window | null, windowMs: number): Admission => ({
        admitted: false,
        problem,
        retryAfterSeconds: window === null ? null : secondsUntilRoom(window, now, windowMs),
        remaining: positive(room),
      });
      if (rules.concurrent !== null && calls >= rules.concurrent) return refuse("concurrent", null, 0);
      if (room.day <= 0) return refuse("day", day, dayMs);
      if (room.minute <= 0) return refuse("minute", minute, minuteMs);
      if (room.appMinute <= 0) return refuse("appminute", app, minuteMs);
      minute.at.push(now);
      day.at.push(now);
      app.at.push(now);
      running.set(tenant, calls + 1);
      let left = false;
      return {
        admitted: true,
        remaining: { minute: room.minute - 1, day: room.day - 1, appMinute: room.appMinute - 1 },
        leave() {
          if (left) return;
          left = true;
          running.set(tenant, (running.get(tenant) ?? 1) - 1);
        },
      };
    },
    reset() {
      minutes.clear();
      days.clear();
      app = { at: [], first: 0 };
    },
  };
}

function forTenant(windows: Map<string, Window>, tenant: string): Window {
  const found = windows.get(tenant);
  if (found !== undefined) return found;
  const made: Window = { at: [], first: 0 };
  windows.set(tenant, made);
  return made;
}

function countWithin(window: Window, now: number, windowMs: number): number {
  while (window.first < window.at.length && (window.at[window.first] ?? 0) <= now - windowMs)
    window.first += 1;
  // Calls "from the future" remain when the clock is set back; they count until it has caught up.
  if (window.first > 1024) {
    window.at.splice(0, window.first);
    window.first = 0;
  }
  return window.at.length - window.first;
}

function secondsUntilRoom(window: Window, now: number, windowMs: number): number {
  const oldest = window.at[window.first] ?? now;
  return Math.max(1, Math.ceil((oldest + windowMs - now) / 1000));
}

function positive(remaining: LimitsRemaining): LimitsRemaining {
  return {
    minute: Math.max(0, remaining.minute),
    day: Math.max(0, remaining.day),
    appMinute: Math.max(0, remaining.appMinute),
  };
}
