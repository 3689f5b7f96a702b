import type { Transaction } from "@/lib/db/client";
import type { Pace } from "./forecast";

const SECONDS_A_DAY = 86_400;

/** The pace at which a connection's calls may go from now on, and how many times faster than real it runs. */
export async function readPace(
  tx: Transaction,
  connectionId: string,
  now: Date,
): Promise<Pace & { readonly limitSpeed: number }> {
  const budget = await tx.quotaBudget.findUniqueOrThrow({ where: { connectionId } });
  const windowMs = 60_000 / budget.limitSpeed;
  const used = await tx.quotaCall.aggregate({
    where: {
      connectionId,
      OR: [{ completedAt: null }, { completedAt: { gt: new Date(now.getTime() - windowMs) } }],
    },
    _sum: { cost: true },
  });
  const secondsOfDay = ((now.getTime() - budget.dayStartedAt.getTime()) / 1000) * budget.limitSpeed;
  const isNewDay = secondsOfDay >= SECONDS_A_DAY;
  return {
    perMinute: budget.minuteLimit,
    perDay: budget.dayLimit,
    freeNow: Math.max(0, budget.minuteLimit - (used._sum.cost ?? 0)),
    leftToday: isNewDay ? budget.dayLimit : Math.max(0, budget.dayLimit - budget.dayUsed),
    secondsToNextDay: isNewDay ? SECONDS_A_DAY : SECONDS_A_DAY - secondsOfDay,
    othersPerMinute: 0,
    limitSpeed: budget.limitSpeed,
  };
}
