import type { Transaction } from "@/lib/db/client";
import type { Pace } from "./forecast";

const SECONDS_A_DAY = 86_400;
const MINUTE_MS = 60_000;
/** As in system.take_permit: for how long a live change counts as about, and how far back-fill then runs ahead of its pace. */
const ABOUT_MS = 5 * MINUTE_MS;
const AHEAD = 3;
/** As there: one call in so many is kept free for what is live. */
const KEPT_SHARE = 60;
const LIVE_LANE = 1;

/** The pace at which a connection's back-fill may go from now on, and how many times faster than real it runs. */
export async function readPace(
  tx: Transaction,
  connectionId: string,
  now: Date,
): Promise<Pace & { readonly limitSpeed: number }> {
  const budget = await tx.quotaBudget.findUniqueOrThrow({ where: { connectionId } });
  const { limitSpeed, minuteLimit, liveSeenAt } = budget;
  const windowStart = new Date(now.getTime() - MINUTE_MS / limitSpeed);
  const calls = await tx.quotaCall.findMany({
    where: { connectionId, OR: [{ completedAt: null }, { completedAt: { gt: windowStart } }] },
    select: { cost: true, lane: true, grantedAt: true, completedAt: true },
  });
  const costOf = (some: typeof calls): number => some.reduce((sum, call) => sum + call.cost, 0);
  const free = Math.max(0, minuteLimit - costOf(calls));
  const isLiveAbout = liveSeenAt !== null && liveSeenAt.getTime() + ABOUT_MS / limitSpeed > now.getTime();
  const secondsOfDay = ((now.getTime() - budget.dayStartedAt.getTime()) / 1000) * limitSpeed;
  const isNewDay = secondsOfDay >= SECONDS_A_DAY;
  return {
    perMinute: isLiveAbout ? minuteLimit - Math.floor(minuteLimit / KEPT_SHARE) : minuteLimit,
    perDay: budget.dayLimit,
    freeNow: isLiveAbout ? Math.min(free, AHEAD) : free,
    leftToday: isNewDay ? budget.dayLimit : Math.max(0, budget.dayLimit - budget.dayUsed),
    secondsToNextDay: isNewDay ? SECONDS_A_DAY : SECONDS_A_DAY - secondsOfDay,
    // What a person at the screen used just now is no sign of what is to come.
    othersPerMinute: costOf(calls.filter((call) => call.lane === LIVE_LANE && call.grantedAt >= windowStart)),
    callSeconds: meanSeconds(calls) * limitSpeed,
    limitSpeed,
  };
}

function meanSeconds(
  calls: readonly { readonly grantedAt: Date; readonly completedAt: Date | null }[],
): number {
  const ended = calls.flatMap(({ grantedAt, completedAt }) =>
    completedAt === null ? [] : [(completedAt.getTime() - grantedAt.getTime()) / 1000],
  );
  return ended.length === 0 ? 0 : ended.reduce((sum, seconds) => sum + seconds, 0) / ended.length;
}
