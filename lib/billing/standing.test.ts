import { describe, expect, it } from "vitest";
import { CONNECT_PLAN } from "./plans";
import {
  type KnownSubscription,
  mayStart,
  releaseAt,
  SUBSCRIPTION_STATUSES,
  type SubscriptionStatus,
  standingOf,
} from "./standing";

const NOW = new Date("2026-11-21T12:00:00Z");
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);

function aSubscription(status: SubscriptionStatus, more: Partial<KnownSubscription> = {}): KnownSubscription {
  return {
    ...{ subscriptionId: "sub_1", status, quantity: 2, startedAt: daysAgo(400), periodEndsAt: daysAgo(-300) },
    ...{ endsAt: null, endedAt: status === "canceled" ? daysAgo(10) : null },
    owedSince: status === "past_due" || status === "unpaid" ? daysAgo(10) : null,
    ...more,
  };
}

const TABLE: Readonly<
  Record<SubscriptionStatus, { kind: string; posts: boolean; start: boolean; releasedInDays: number | null }>
> = {
  incomplete: { kind: "starting", posts: false, start: false, releasedInDays: null },
  incomplete_expired: { kind: "none", posts: false, start: true, releasedInDays: null },
  trialing: { kind: "trial", posts: true, start: false, releasedInDays: null },
  active: { kind: "active", posts: true, start: false, releasedInDays: null },
  past_due: { kind: "owed", posts: true, start: false, releasedInDays: null },
  unpaid: { kind: "stopped", posts: false, start: false, releasedInDays: 50 },
  canceled: { kind: "ended", posts: false, start: true, releasedInDays: 20 },
  paused: { kind: "resting", posts: false, start: false, releasedInDays: null },
};

describe("standingOf", () => {
  it.each(SUBSCRIPTION_STATUSES.map((status) => ({ status, ...TABLE[status] })))(
    "$status means $kind: posts $posts, may start anew $start, connections given back in $releasedInDays days",
    ({ status, kind, posts, start, releasedInDays }) => {
      const standing = standingOf([aSubscription(status)], NOW);
      expect([standing.kind, standing.mayPost, mayStart(standing)]).toEqual([kind, posts, start]);
      expect(releaseAt(standing)).toEqual(releasedInDays === null ? null : daysAgo(-releasedInDays));
    },
  );

  it("is nobody's without a subscription, who may start and post nothing", () => {
    const standing = standingOf([], NOW);
    expect([standing.kind, standing.mayPost, standing.pairs, mayStart(standing)]).toEqual([
      "none",
      false,
      0,
      true,
    ]);
  });

  it("lets posting go on for the days of grace, also where Stripe leaves it past due for ever", () => {
    const owed = (days: number) => standingOf([aSubscription("past_due", { owedSince: daysAgo(days) })], NOW);
    expect(owed(CONNECT_PLAN.graceDays - 1)).toMatchObject({ kind: "owed", mayPost: true });
    const over = owed(CONNECT_PLAN.graceDays);
    expect(over).toMatchObject({ kind: "stopped", mayPost: false, keptFrom: NOW });
    expect(releaseAt(over)).toEqual(daysAgo(-CONNECT_PLAN.keptDays));
  });

  it("gives no connection back before grace and keeping are over, whenever Stripe stops trying and whatever it says", () => {
    const owedSince = new Date("2027-01-14T00:00:00Z");
    const seen = new Date("2027-02-15T00:00:00Z");
    const at = (status: SubscriptionStatus, endedAt: Date | null = null) =>
      releaseAt(standingOf([aSubscription(status, { owedSince, endedAt })], seen))?.toISOString();
    expect([at("past_due"), at("unpaid"), at("canceled", new Date("2027-01-29T00:00:00Z"))]).toEqual(
      Array(3).fill("2027-03-15T00:00:00.000Z"),
    );
    expect(at("canceled", seen)).toBe("2027-03-17T00:00:00.000Z");
  });

  it("goes by the best of several, and by the younger of two alike", () => {
    const ended = aSubscription("canceled", { subscriptionId: "old" });
    const back = aSubscription("active", { subscriptionId: "back", startedAt: daysAgo(1) });
    for (const both of [
      [ended, back],
      [back, ended],
    ])
      expect(standingOf(both, NOW)).toMatchObject({ kind: "active", subscription: back });
    const later = aSubscription("canceled", { subscriptionId: "later", startedAt: daysAgo(50) });
    expect(standingOf([ended, later], NOW).subscription).toBe(later);
  });

  it("is paid with 599 a month, which is 7,188 a year", () => {
    expect([CONNECT_PLAN.monthlyMinor, CONNECT_PLAN.yearlyMinor]).toEqual([59_900n, 718_800n]);
  });
});
