import { CONNECT_PLAN } from "./plans";

/**
 * What each status of a subscription at Stripe means in the product. Pure: it is handed what was last read from Stripe
 * and the present time. Nothing here ever deletes: the most that an ended subscription does is stop posting and, after
 * notice, give the connections back; what was read and compared stays readable.
 * https://docs.stripe.com/billing/subscriptions/overview (checked 2026-11-21)
 */
export const SUBSCRIPTION_STATUSES = [
  "incomplete",
  "incomplete_expired",
  "trialing",
  "active",
  "past_due",
  "canceled",
  "unpaid",
  "paused",
] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/** What the rules need of a subscription as it was last read. */
export interface KnownSubscription {
  readonly subscriptionId: string;
  readonly status: SubscriptionStatus;
  /** Pairs that are paid for. */
  readonly quantity: number;
  readonly startedAt: Date;
  readonly periodEndsAt: Date;
  /** When it ends by itself; null where it renews. */
  readonly endsAt: Date | null;
  readonly endedAt: Date | null;
  /** Since when a renewal is owed, or was when it ended; null where nothing is. */
  readonly owedSince: Date | null;
}

/**
 * `none`: nobody has subscribed yet. `starting`: the first payment did not go through. `trial`, `active`: paid for.
 * `owed`: a renewal was declined, posting goes on for a while. `stopped`: it stays unpaid. `resting`: paused after a
 * trial without a card. `ended`: cancelled.
 */
export type StandingKind =
  | "none"
  | "starting"
  | "trial"
  | "active"
  | "owed"
  | "stopped"
  | "resting"
  | "ended";

export interface Standing {
  readonly kind: StandingKind;
  /** Whether records are posted to production organisations. */
  readonly mayPost: boolean;
  /** Pairs that may post. */
  readonly pairs: number;
  /** The subscription that decides; null for `none`. */
  readonly subscription: KnownSubscription | null;
  /** Until when posting goes on though it is owed; null otherwise. */
  readonly graceUntil: Date | null;
  /** From when the days count that the connections are still kept: the end, and never within the grace of what is owed. */
  readonly keptFrom: Date | null;
}

const DAY_MS = 86_400_000;

/** Whoever has several subscriptions stands as the best of them says; of two alike the younger counts. */
const BEST_FIRST: readonly StandingKind[] = [
  "active",
  "trial",
  "owed",
  "resting",
  "stopped",
  "starting",
  "ended",
];

/** How a workspace stands with these subscriptions now. */
export function standingOf(subscriptions: readonly KnownSubscription[], now: Date): Standing {
  const [best] = subscriptions
    .map((subscription) => standingOfOne(subscription, now))
    .sort(
      (one, other) =>
        BEST_FIRST.indexOf(one.kind) - BEST_FIRST.indexOf(other.kind) ||
        (other.subscription?.startedAt.getTime() ?? 0) - (one.subscription?.startedAt.getTime() ?? 0),
    );
  return best ?? NOBODY;
}

const NOBODY: Standing = {
  kind: "none",
  mayPost: false,
  pairs: 0,
  subscription: null,
  graceUntil: null,
  keptFrom: null,
};

function standingOfOne(subscription: KnownSubscription, now: Date): Standing {
  const { status, quantity, owedSince, endedAt } = subscription;
  const stands = (kind: StandingKind, more: Partial<Standing> = {}): Standing => ({
    ...{ kind, mayPost: false, pairs: quantity, subscription, graceUntil: null, keptFrom: null },
    ...more,
  });
  switch (status) {
    case "active":
      return stands("active", { mayPost: true });
    case "trialing":
      return stands("trial", { mayPost: true });
    case "past_due": {
      // Stripe may be set to leave it past due for ever; the grace ends all the same.
      const graceUntil = graceEnd(owedSince ?? now);
      return graceUntil > now
        ? stands("owed", { mayPost: true, graceUntil })
        : stands("stopped", { keptFrom: graceUntil });
    }
    // Stripe gives up trying on its own day, before or after the grace is over: the connections are kept all the same.
    case "unpaid":
      return stands("stopped", { keptFrom: graceEnd(owedSince ?? now) });
    case "canceled": {
      const ended = endedAt ?? now;
      const graceUntil = owedSince === null ? ended : graceEnd(owedSince);
      return stands("ended", { keptFrom: new Date(Math.max(ended.getTime(), graceUntil.getTime())) });
    }
    case "paused":
      return stands("resting");
    case "incomplete":
      return stands("starting");
    case "incomplete_expired":
      // The first payment never came: as if nobody had subscribed.
      return stands("none", { pairs: 0 });
  }
}

const graceEnd = (owedSince: Date): Date => new Date(owedSince.getTime() + CONNECT_PLAN.graceDays * DAY_MS);

/** When the connections of a workspace that stopped paying are given back; null where they are kept. */
export function releaseAt({ keptFrom }: Standing): Date | null {
  return keptFrom === null ? null : new Date(keptFrom.getTime() + CONNECT_PLAN.keptDays * DAY_MS);
}

/** Whether a new subscription may be begun: never a second one beside one that is paid for or owed. */
export function mayStart({ kind }: Standing): boolean {
  return kind === "none" || kind === "ended";
}
