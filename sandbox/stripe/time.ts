/**
 * What falls due with time, done in its order: renewals, trial ends, drafts that become final, retries, first
 * payments and Checkout pages that expire. Sandbox time is looked at whenever the account is called; a test clock
 * moves when it is told to, and stops at each thing that falls due on the way.
 */
import { changeRow, newestFirst, rowOf, type StripeBooks } from "./books";
import { emit } from "./events";
import { presentTestClock } from "./present";
import { presentSession } from "./present-payments";
import { expireIncomplete, finalizeAndCollect, renew, settle, tellSubscription } from "./subscriptions";
import type { Subscription, TestClock } from "./wire";

const HOUR_SECONDS = 3_600;
const INCOMPLETE_SECONDS = 23 * HOUR_SECONDS;
const TRIAL_NOTICE_SECONDS = 72 * HOUR_SECONDS;
/** More steps than any account's years have; a fault of the rules ends here and not never. */
const STEPS_MAX = 100_000;

interface Due {
  readonly at: number;
  run(): void;
}

/** Does what has fallen due in sandbox time, for everything that is on no test clock. */
export function catchUp(books: StripeBooks): void {
  runDue(books, null, books.now());
}

/** Moves a test clock forward and does what falls due on the way, each at its own instant. */
export function advanceClock(books: StripeBooks, id: string, frozenTime: number): TestClock {
  runDue(books, id, frozenTime);
  const clock = changeRow(books.clocks, id, { frozen_time: frozenTime });
  emit(books, "test_helpers.test_clock.ready", presentTestClock(clock), { clock: id });
  return clock;
}

/** Puts a customer and all that is its own on a test clock of its own, which Stripe itself allows at its making only. */
export function clockOf(books: StripeBooks, customerId: string): TestClock {
  const customer = rowOf(books.customers, customerId);
  if (customer.test_clock !== null) return rowOf(books.clocks, customer.test_clock);
  const now = books.now();
  const clock = { id: books.newId("clock"), created: now, frozen_time: now, name: "From the control page" };
  books.clocks.put(clock.id, clock);
  changeRow(books.customers, customerId, { test_clock: clock.id });
  for (const { id, customer: owner } of newestFirst(books.subscriptions))
    if (owner === customerId) changeRow(books.subscriptions, id, { test_clock: clock.id });
  for (const { id, customer: owner } of newestFirst(books.invoices))
    if (owner === customerId) changeRow(books.invoices, id, { test_clock: clock.id });
  return clock;
}

function runDue(books: StripeBooks, clock: string | null, until: number): void {
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const next = earliest(books, clock);
    if (next === null || next.at > until) return;
    if (clock !== null) {
      const { frozen_time } = rowOf(books.clocks, clock);
      changeRow(books.clocks, clock, { frozen_time: Math.max(frozen_time, next.at) });
    }
    next.run();
  }
}

function earliest(books: StripeBooks, clock: string | null): Due | null {
  let first: Due | null = null;
  const offer = (due: Due): void => {
    if (first === null || due.at < first.at) first = due;
  };
  for (const [, subscription] of books.subscriptions.heads())
    if (subscription.test_clock === clock)
      for (const due of dueOfSubscription(books, subscription)) offer(due);
  for (const [, invoice] of books.invoices.heads()) {
    if (invoice.test_clock !== clock) continue;
    const { automatically_finalizes_at: finalizesAt, next_payment_attempt: triedAt } = invoice;
    if (invoice.status === "draft" && finalizesAt !== null)
      offer({ at: finalizesAt, run: () => finalizeAndCollect(books, invoice) });
    if (invoice.status === "open" && triedAt !== null)
      offer({ at: triedAt, run: () => void settle(books, invoice) });
  }
  if (clock !== null) return first;
  for (const [, session] of books.sessions.heads())
    if (session.status === "open")
      offer({
        at: session.expires_at,
        run() {
          const expired = changeRow(books.sessions, session.id, { status: "expired" });
          emit(books, "checkout.session.expired", presentSession(books, expired));
        },
      });
  return first;
}

function dueOfSubscription(books: StripeBooks, subscription: Subscription): Due[] {
  const { status, current_period_end, created, trial_end, id } = subscription;
  if (status === "incomplete")
    return [{ at: created + INCOMPLETE_SECONDS, run: () => expireIncomplete(books, subscription) }];
  if (status === "canceled" || status === "incomplete_expired" || status === "paused") return [];
  const renewal = { at: current_period_end, run: () => renew(books, subscription) };
  if (status !== "trialing" || trial_end === null || noticed(books).has(id)) return [renewal];
  const notice = {
    at: trial_end - TRIAL_NOTICE_SECONDS,
    run() {
      noticed(books).add(id);
      tellSubscription(books, "customer.subscription.trial_will_end", subscription);
    },
  };
  return [notice, renewal];
}

const noticedOf = new WeakMap<StripeBooks, Set<string>>();

/** Trials whose end was announced; a sandbox that was restarted may announce one again, as Stripe may too. */
function noticed(books: StripeBooks): Set<string> {
  const known = noticedOf.get(books) ?? new Set<string>();
  noticedOf.set(books, known);
  return known;
}
