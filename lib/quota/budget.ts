import type { Database } from "@/lib/db/client";

/**
 * Leave to call a vendor. One budget a connection in Postgres serves every process, so a limit holds however many
 * of them work; what the vendor's answers say is learned from their headers. The wait happens here, in small pieces
 * and up to `waitMaxMs`: beyond that the caller is told when to come back, since a step must not sit idle.
 */
export interface BudgetOptions {
  readonly database: Database;
  readonly connectionId: string;
  readonly dayRemainingHeader: string | null;
  readonly retryAfterHeader: string | null;
  /** True only for calls to the configured sandbox: its announced limit speed is obeyed then. */
  readonly isSandbox: boolean;
  readonly waitMaxMs: number;
  /** After this long without an answer a permit counts as ended. */
  readonly callDeadlineMs: number;
}

export interface CallPermit {
  observe(answer: { status: number; headers: Readonly<Record<string, string>> } | null): Promise<void>;
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

export async function requestPermit(options: BudgetOptions, cost: number): Promise<PermitAnswer> {
  const askedUntil = performance.now() + options.waitMaxMs;
  for (;;) {
    const { permitId, waitMs } = await options.database.system.takePermit(
      options.connectionId,
      cost,
      options.callDeadlineMs,
    );
    if (permitId !== null) return { granted: true, permit: createPermit(options, permitId) };
    if (performance.now() + waitMs > askedUntil) return { granted: false, retryAfterMs: waitMs };
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

function createPermit(options: BudgetOptions, permitId: string): CallPermit {
  return {
    async observe(answer) {
      const headers = answer?.headers ?? {};
      // A speed of 0 would make every window endless.
      const limitSpeed = (options.isSandbox && wholeNumber(headers[LIMIT_SPEED_HEADER])) || null;
      await options.database.system.completePermit(permitId, {
        dayRemaining:
          options.dayRemainingHeader === null ? null : wholeNumber(headers[options.dayRemainingHeader]),
        blockedMs: answer?.status === TOO_MANY_REQUESTS ? blockedMs(options, headers, limitSpeed ?? 1) : null,
        limitSpeed,
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
