import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "@/lib/db/client";

/**
 * Leave to call a vendor. One budget a connection in Postgres serves every process, so a limit holds however many
 * of them work; what the vendor's answers say is learned from their headers. The wait happens here, in small pieces
 * and up to `waitMaxMs`: beyond that the caller is told when to come back, since a step must not sit idle.
 */
export interface BudgetOptions {
  readonly database: Database;
  readonly connectionId: string;
  readonly lane: Lane;
  readonly dayRemainingHeader: string | null;
  readonly appRemainingHeader: string | null;
  readonly retryAfterHeader: string | null;
  /** True only for calls to the configured sandbox: its announced limit speed is obeyed then. */
  readonly isSandbox: boolean;
  readonly waitMaxMs: number;
  /** After this long without an answer a permit counts as ended. */
  readonly callDeadlineMs: number;
}

/** Who asks: a person at the screen goes before a live change, and that before back-fill. */
export type Lane = "person" | "live" | "backfill";

const LANE_ORDER: Readonly<Record<Lane, number>> = { person: 0, live: 1, backfill: 2 };

export interface CallPermit {
  observe(answer: EndedCall | null): Promise<void>;
}

/** What a call's answer said, and what it moved. */
export interface EndedCall {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytesReceived: number;
  /** Calls that one record a call would have taken. */
  readonly records: number;
}

export type PermitAnswer =
  | { readonly granted: true; readonly permit: CallPermit }
  | { readonly granted: false; readonly retryAfterMs: number };

const LIMIT_SPEED_HEADER = "x-sandbox-limit-speed";
const TOO_MANY_REQUESTS = 429;
/** Where a 429 names no time, the longest that a minute limit can last. */
const RETRY_AFTER_DEFAULT_MS = 60_000;
/** No limit of a vendor lasts longer than its day; a header that says more is not believed. */
const RETRY_AFTER_MAX_MS = 86_400_000;
/** A place among the calls at once comes free at any moment: asked for often at first, then less. */
const POLL_MS_MAX = 40;

export async function requestPermit(options: BudgetOptions, cost: number): Promise<PermitAnswer> {
  const askedUntil = performance.now() + options.waitMaxMs;
  for (let refusals = 1; ; refusals += 1) {
    const { permitId, waitMs } = await options.database.system.takePermit(options.connectionId, {
      cost,
      deadlineMs: options.callDeadlineMs,
      lane: LANE_ORDER[options.lane],
    });
    if (permitId !== null) return { granted: true, permit: createPermit(options, permitId) };
    if (performance.now() + waitMs > askedUntil) return { granted: false, retryAfterMs: waitMs };
    await delay(Math.max(waitMs, Math.min(refusals * 5, POLL_MS_MAX)));
  }
}

function createPermit(options: BudgetOptions, permitId: string): CallPermit {
  return {
    async observe(answer) {
      const headers = answer?.headers ?? {};
      const numberIn = (header: string | null): number | null =>
        header === null ? null : wholeNumber(headers[header]);
      // A speed of 0 would make every window endless.
      const limitSpeed = (options.isSandbox && wholeNumber(headers[LIMIT_SPEED_HEADER])) || null;
      await options.database.system.completePermit(permitId, {
        dayRemaining: numberIn(options.dayRemainingHeader),
        appRemaining: numberIn(options.appRemainingHeader),
        blockedMs: answer?.status === TOO_MANY_REQUESTS ? blockedMs(options, headers, limitSpeed ?? 1) : null,
        limitSpeed,
        singleCalls: answer?.records ?? 1,
        bytesReceived: answer?.bytesReceived ?? 0,
      });
    },
  };
}

function blockedMs(
  options: BudgetOptions,
  headers: Readonly<Record<string, string>>,
  limitSpeed: number,
): number {
  const seconds = options.retryAfterHeader === null ? null : wholeNumber(headers[options.retryAfterHeader]);
  return seconds === null
    ? Math.ceil(RETRY_AFTER_DEFAULT_MS / limitSpeed)
    : Math.min(seconds * 1000, RETRY_AFTER_MAX_MS);
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text.trim()) : null;
}
