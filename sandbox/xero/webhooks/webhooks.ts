/**
 * The webhook subscription of the app, as Xero's developer site keeps it: whom it tells, of what, and whether
 * it may. A new or changed address must first prove itself (intent.ts). Events are kept for 31 days from their
 * making until they have arrived; they go out in order, several in one body; a body that fails is sent again at
 * once and then every 15 minutes for 24 hours, after which the subscription is disabled. Re-enabled, it gets
 * what it missed. https://developer.xero.com/documentation/guides/webhooks/overview/ (checked 2026-11-21)
 */
import { invariant } from "@/lib/kernel/invariant";
import type { Deliveries, RetryPlan } from "@/sandbox/kit/deliveries";
import { addressProblem } from "@/sandbox/kit/delivery-call";
import type { SandboxContext } from "@/sandbox/kit/types";
import {
  entropyOf,
  SIGNATURE_HEADER,
  type StoredEvent,
  signBody,
  type WebhookCategory,
  webhookBody,
  webhookHeaders,
} from "./event";
import { type Probe, probeEndpoint } from "./intent";

export const XERO_TARGET = "xero.webhooks";
/** Events in one body at most. */
export const BATCH_EVENTS_MAX = 50;
const MINUTE_MS = 60_000;
const KEPT_MS = 31 * 24 * 60 * MINUTE_MS;
const RETRY: RetryPlan = { atOnce: 1, everyMs: 15 * MINUTE_MS, forMs: 24 * 60 * MINUTE_MS };

export interface Subscription {
  readonly clientId: string;
  readonly url: string;
  readonly key: string;
  readonly categories: readonly WebhookCategory[];
  /** "validating" while probes are out; only "enabled" is told of events. */
  readonly status: "validating" | "enabled" | "intent-failed" | "disabled";
  /** Why it is not enabled. */
  readonly reason: string | null;
  /** Events are kept for it from the first time that it was enabled. */
  readonly wasEnabled: boolean;
  readonly probes: readonly Probe[];
  readonly nextSequence: number;
  /** Events up to here are on their way. */
  readonly sentSequence: number;
}

export type EventOf = Omit<StoredEvent, "sequence" | "atMs">;

export interface XeroWebhooks {
  subscription(): Subscription | null;
  /** Makes or changes the subscription and validates it; answers what became of it. */
  subscribe(wish: SubscriptionWish): Promise<Subscription>;
  /** Sends the probes again; answers what became of it. */
  enable(): Promise<Subscription>;
  /** As a person turns it off; events are kept on. */
  disable(): Subscription;
  unsubscribe(): void;
  /** Whether an event of this category would be kept now. */
  listensTo(category: WebhookCategory): boolean;
  /** Keeps events that really happened, and sends them soon. */
  record(events: readonly EventOf[]): void;
  /** Events that have not arrived yet, oldest first. */
  waiting(): readonly StoredEvent[];
}

export interface SubscriptionWish {
  readonly url: string;
  readonly categories: readonly WebhookCategory[];
  readonly clientId: string;
  readonly key: string;
}

const LANE = "xero.webhooks";
const RECORD = "subscription";

/** Opens the subscription and its events, and takes up what an earlier process left to send. */
export function openXeroWebhooks(context: SandboxContext, deliveries: Deliveries): XeroWebhooks {
  const kept = context.store.collection<Subscription, Subscription>(
    "xero.webhook-subscription",
    (one) => one,
  );
  const events = context.store.collection<StoredEvent, StoredEvent>("xero.webhook-events", (event) => event);
  const now = (): number => context.clock.now().getTime();
  const find = (): Subscription | null => kept.head(RECORD) ?? null;
  /** Each validation has a number, so that an overtaken one decides nothing. */
  let validation = 0;

  function change(changes: Partial<Subscription>): Subscription {
    const subscription = find();
    invariant(subscription !== null, "a subscription is there to be changed");
    const changed = { ...subscription, ...changes };
    kept.put(RECORD, changed);
    return changed;
  }
  function forgetOld(): void {
    for (const [id, { atMs }] of events.heads()) {
      if (now() - atMs < KEPT_MS) break;
      events.delete(id);
    }
  }
  function sendNext(): void {
    const subscription = find();
    if (subscription?.status !== "enabled" || deliveries.waiting(LANE) > 0) return;
    forgetOld();
    const most = context.switches.get("xero.webhook-batching") === "single" ? 1 : BATCH_EVENTS_MAX;
    const batch: StoredEvent[] = [];
    for (const [, event] of events.heads()) {
      if (event.sequence > subscription.sentSequence) batch.push(event);
      if (batch.length === most) break;
    }
    const [first, last] = [batch[0], batch.at(-1)];
    if (first === undefined || last === undefined) return;
    change({ sentSequence: last.sequence });
    const body = webhookBody(batch, entropyOf(context.newId()));
    deliveries.enqueue({
      ...{ target: XERO_TARGET, lane: LANE, url: subscription.url, method: "POST", body },
      reference: `${first.sequence} ${last.sequence}`,
      headers: webhookHeaders(signBody(body, subscription.key)),
      signatureHeader: SIGNATURE_HEADER,
      refusesCookies: context.switches.get("xero.webhook-cookies") === "refused",
      retry: RETRY,
    });
  }
  function stopSending(changes: Partial<Subscription>): Subscription {
    deliveries.clearLane(LANE);
    return change({ ...changes, sentSequence: 0 });
  }
  async function validate(): Promise<Subscription> {
    validation += 1;
    const mine = validation;
    const asked = stopSending({ status: "validating", reason: null, probes: [] });
    await context.store.flush();
    const probes = await probeEndpoint(asked, { context, deliveries, target: XERO_TARGET });
    const present = find();
    if (probes === null || mine !== validation || present === null) return present ?? asked;
    const wrong = probes.find(({ passed }) => !passed);
    const changed =
      wrong === undefined
        ? change({ status: "enabled", reason: null, wasEnabled: true, probes })
        : change({ status: "intent-failed", reason: `Intent to receive: ${wrong.outcome}`, probes });
    deliveries.soon(sendNext);
    await context.store.flush();
    return changed;
  }

  deliveries.watch(XERO_TARGET, {
    delivered(reference) {
      const [first = 0, last = 0] = reference.split(" ").map(Number);
      for (let sequence = first; sequence <= last; sequence += 1) events.delete(eventId(sequence));
      sendNext();
    },
    gaveUp() {
      if (find() === null) return;
      stopSending({
        status: "disabled",
        reason: "Disabled: deliveries have failed for 24 hours",
      });
    },
  });
  if (find()?.status === "validating")
    change({ status: "intent-failed", reason: "The sandbox ended before every probe was answered" });
  deliveries.soon(sendNext);

  return {
    subscription: find,
    async subscribe(wish) {
      const problem = addressProblem(wish.url);
      invariant(problem === null, "whoever asks for a subscription has looked at its address");
      const before = find();
      if (
        before !== null &&
        before.url === wish.url &&
        before.status === "enabled" &&
        before.key === wish.key
      )
        return change({ categories: wish.categories });
      kept.put(RECORD, {
        ...wish,
        ...{ status: "validating", reason: null, probes: [], sentSequence: 0 },
        wasEnabled: before?.wasEnabled ?? false,
        nextSequence: before?.nextSequence ?? 1,
      });
      return validate();
    },
    enable: validate,
    disable: () => {
      validation += 1;
      return stopSending({ status: "disabled", reason: "Disabled by a person" });
    },
    unsubscribe() {
      validation += 1;
      deliveries.clearLane(LANE);
      kept.delete(RECORD);
      for (const [id] of [...events.heads()]) events.delete(id);
    },
    listensTo(category) {
      const subscription = find();
      return subscription?.wasEnabled === true && subscription.categories.includes(category);
    },
    record(happened) {
      const subscription = find();
      if (subscription === null || happened.length === 0) return;
      let sequence = subscription.nextSequence;
      for (const event of happened) {
        events.put(eventId(sequence), { ...event, sequence, atMs: now() });
        sequence += 1;
      }
      change({ nextSequence: sequence });
      deliveries.soon(sendNext);
    },
    waiting() {
      forgetOld();
      return [...events.heads()].map(([, event]) => event);
    },
  };
}

const eventId = (sequence: number): string => String(sequence).padStart(12, "0");
