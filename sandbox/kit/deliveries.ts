/**
 * The outgoing deliveries of a sandbox: kept in the store until they have arrived or were given up, in order
 * within their lane, and tried again by a plan in sandbox time. At least once, never twice by itself: a sandbox
 * that ends between an arrival and its note sends that one again. It knows no vendor's body or signature; who
 * sends tells it where the signature stands, so that a fault can spoil it.
 */
import { setImmediate as turn } from "node:timers/promises";
import { outsideScope } from "./call-scope";
import { createBusy, judge, spoiled } from "./delivery-attempt";
import { type CallOutcome, callOut, DEADLINE_MS, type OutgoingCall } from "./delivery-call";
import { createDeliveryFaults, type DeliveryEffect, type DeliveryFaults } from "./delivery-faults";
import { createDeliveryLog, type DeliveryLog } from "./delivery-log";
import type { Collection, SandboxContext } from "./types";

/** When a delivery that failed is tried again; all in sandbox time. */
export interface RetryPlan {
  /** Attempts that follow the first one without any wait. */
  readonly atOnce: number;
  readonly everyMs: number;
  /** Given up when an attempt fails so long after the first one did. */
  readonly forMs: number;
}

export interface NewDelivery extends OutgoingCall {
  readonly target: string;
  /** Deliveries of one lane wait for each other. */
  readonly lane: string;
  /** What its sender knows it by. */
  readonly reference: string;
  readonly signatureHeader: string | null;
  /** Whether an answer that sets a cookie counts as a failure. */
  readonly refusesCookies: boolean;
  /** null: one attempt, whatever comes of it. */
  readonly retry: RetryPlan | null;
}

interface StoredDelivery extends NewDelivery {
  readonly queuedMs: number;
  readonly attempts: number;
  readonly firstFailedMs: number | null;
  readonly nextMs: number;
  /** Held back by a fault until the next of its lane has arrived. */
  readonly held: boolean;
  /** A delay has struck it already. */
  readonly delayed: boolean;
}
type DeliveryHead = Pick<StoredDelivery, "target" | "lane" | "nextMs" | "held" | "url" | "attempts">;

export interface DeliveryWatcher {
  delivered(reference: string): void;
  gaveUp(reference: string): void;
  /** The headers of an attempt where each is signed anew; the delivery's own without it. */
  sign?(delivery: NewDelivery): Readonly<Record<string, string>>;
}

export interface Deliveries {
  readonly log: DeliveryLog;
  readonly faults: DeliveryFaults;
  enqueue(delivery: NewDelivery): void;
  /** Told how deliveries to a target end. */
  watch(target: string, watcher: DeliveryWatcher): void;
  /** How many of a lane still have to go, those aside that a fault holds back. */
  waiting(lane: string): number;
  /** What still has to go, oldest first. */
  list(): readonly (DeliveryHead & { readonly id: string })[];
  /** Forgets what a lane still has to send. */
  clearLane(lane: string): void;
  /** Lets go what a fault holds back, and forgets the faults. */
  clearFaults(): void;
  /** One call outside of every lane, filed by whoever makes it. */
  call(call: OutgoingCall): Promise<CallOutcome>;
  /** Runs something after the present call, and counts as busy until then. */
  soon(run: () => void): void;
  /** Goes on with what an earlier process left. */
  resume(): void;
  /** Resolves once nothing can go on unless sandbox time passes. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** The deliveries of a context, whose collection "kit.deliveries" is theirs. */
export function openDeliveries(
  context: Pick<SandboxContext, "clock" | "store">,
  { deadlineMs = DEADLINE_MS }: { readonly deadlineMs?: number } = {},
): Deliveries {
  const stored = context.store.collection<StoredDelivery, DeliveryHead>("kit.deliveries", headOf);
  const lanes = readLanes(stored);
  const [log, faults] = [createDeliveryLog(), createDeliveryFaults()];
  const watchers = new Map<string, DeliveryWatcher>();
  const stopping = new AbortController();
  const busy = createBusy();
  /** Lanes with a pump, and how to wake it from waiting for its time. */
  const pumps = new Map<string, () => void>();
  let nextId = 1 + Math.max(0, ...[...stored.heads()].map(([id]) => Number(id)));

  // A call whose clock is skewed makes deliveries that are due now, not by its clock.
  const present = (): number => outsideScope(() => context.clock.now().getTime());
  const change = (id: string, delivery: StoredDelivery, changes: Partial<StoredDelivery>): void =>
    stored.put(id, { ...delivery, ...changes });
  function remove(id: string, lane: string): void {
    stored.delete(id);
    lanes.get(lane)?.delete(id);
  }
  const firstOf = (lane: string): string | null => {
    for (const id of lanes.get(lane) ?? []) if (stored.head(id)?.held === false) return id;
    return null;
  };
  function release(lane: string): void {
    for (const id of lanes.get(lane) ?? []) {
      const delivery = stored.get(id);
      if (delivery?.held === true) change(id, delivery, { held: false });
    }
  }
  function soon(run: () => void): void {
    busy.enter();
    // Neither the skew nor the view of the call that made it necessary is the delivery's own.
    outsideScope(() =>
      setImmediate(() => {
        if (!stopping.signal.aborted) run();
        busy.leave();
      }),
    );
  }
  function start(lane: string): void {
    const wake = pumps.get(lane);
    if (wake !== undefined) {
      wake();
      return;
    }
    pumps.set(lane, () => undefined);
    busy.enter();
    outsideScope(() => setImmediate(() => void pump(lane)));
  }
  async function pump(lane: string): Promise<void> {
    for (let id = firstOf(lane); id !== null && !stopping.signal.aborted; id = firstOf(lane)) {
      const waitMs = (stored.head(id)?.nextMs ?? 0) - present();
      if (waitMs > 0) await untilWoken(lane, waitMs);
      else await attempt(id);
    }
    pumps.delete(lane);
    busy.leave();
  }
  async function untilWoken(lane: string, waitMs: number): Promise<void> {
    const woken = new Promise<void>((resolve) => {
      pumps.set(lane, resolve);
    });
    busy.leave();
    await context.clock.wait(waitMs, woken);
    busy.enter();
    pumps.set(lane, () => undefined);
  }
  async function attempt(id: string): Promise<void> {
    const delivery = stored.get(id);
    if (delivery === undefined) return;
    const effect = delivery.delayed && delivery.attempts === 0 ? null : faults.strike(delivery.target);
    if (effect?.type === "reorder") return change(id, delivery, { held: true });
    if (effect?.type === "delay")
      return change(id, delivery, { delayed: true, nextMs: present() + effect.milliseconds });
    // What is announced outside must have happened inside, also after a crash.
    await context.store.flush();
    const calls = effect?.type === "duplicate" ? 1 + effect.copies : 1;
    let arrived = false;
    for (let call = 0; call < calls && !stopping.signal.aborted; call += 1) {
      const verdict = await send(id, delivery, effect);
      if (verdict === null) return;
      arrived ||= verdict;
    }
    // Ended before any answer: the next start sends it again.
    if (stopping.signal.aborted && !arrived) return;
    if (stored.head(id) !== undefined) close(id, delivery, arrived);
    await context.store.flush();
  }
  /** Whether it arrived as far as its sender can tell; null when the sandbox ended meanwhile. */
  async function send(
    id: string,
    delivery: StoredDelivery,
    effect: DeliveryEffect | null,
  ): Promise<boolean | null> {
    const isDropped = effect?.type === "drop";
    const headers = watchers.get(delivery.target)?.sign?.(delivery) ?? delivery.headers;
    const signed = { ...delivery, headers };
    const outcome: CallOutcome = isDropped
      ? { kind: "answered", status: 0, setsCookie: false }
      : await callOut(effect?.type === "wrong-signature" ? spoiled(signed) : signed, {
          signal: stopping.signal,
          deadlineMs,
        });
    if (outcome.kind === "stopped") return null;
    const verdict = isDropped ? ({ outcome: "dropped", reason: null } as const) : judge(delivery, outcome);
    log.record({
      at: new Date(present()).toISOString(),
      ...{ target: delivery.target, delivery: id, url: delivery.url, method: delivery.method },
      attempt: delivery.attempts + 1,
      outcome: verdict.outcome,
      status: outcome.kind === "answered" && !isDropped ? outcome.status : null,
      reason: verdict.reason,
      fault: effect?.type ?? null,
      bytes: Buffer.byteLength(delivery.body),
    });
    return verdict.outcome === "delivered" || isDropped;
  }
  function close(id: string, delivery: StoredDelivery, arrived: boolean): void {
    const { target, lane, reference, retry } = delivery;
    if (arrived) {
      remove(id, lane);
      release(lane);
      watchers.get(target)?.delivered(reference);
      return;
    }
    const attempts = delivery.attempts + 1;
    const firstFailedMs = delivery.firstFailedMs ?? present();
    if (retry === null || present() - firstFailedMs >= retry.forMs) {
      remove(id, lane);
      release(lane);
      watchers.get(target)?.gaveUp(reference);
      return;
    }
    const waitMs = attempts <= retry.atOnce ? 0 : retry.everyMs;
    change(id, delivery, { attempts, firstFailedMs, nextMs: present() + waitMs });
  }

  async function settled(): Promise<void> {
    // Whoever was woken by a change of the clock a moment ago is not busy yet.
    await turn();
    await busy.over();
  }

  return {
    log,
    faults,
    soon,
    enqueue(delivery) {
      const id = String(nextId).padStart(12, "0");
      nextId += 1;
      const nowMs = present();
      const counters = { queuedMs: nowMs, nextMs: nowMs, attempts: 0, firstFailedMs: null };
      stored.put(id, { ...delivery, ...counters, held: false, delayed: false });
      const inLane = lanes.get(delivery.lane) ?? new Set();
      lanes.set(delivery.lane, inLane.add(id));
      start(delivery.lane);
    },
    watch: (target, watcher) => void watchers.set(target, watcher),
    waiting: (lane) => [...(lanes.get(lane) ?? [])].filter((id) => stored.head(id)?.held === false).length,
    list: () => [...stored.heads()].map(([id, head]) => ({ id, ...head })),
    clearLane(lane) {
      for (const id of [...(lanes.get(lane) ?? [])]) remove(id, lane);
      pumps.get(lane)?.();
    },
    clearFaults() {
      faults.clear();
      for (const lane of lanes.keys()) {
        release(lane);
        if (firstOf(lane) !== null) start(lane);
      }
    },
    call: (call) => callOut(call, { signal: stopping.signal, deadlineMs }),
    resume() {
      for (const lane of lanes.keys()) if (firstOf(lane) !== null) start(lane);
    },
    settled,
    stop() {
      stopping.abort();
      for (const wake of pumps.values()) wake();
      return settled();
    },
  };
}

function headOf({ target, lane, nextMs, held, url, attempts }: StoredDelivery): DeliveryHead {
  return { target, lane, nextMs, held, url, attempts };
}

/** Ids by lane, oldest first. */
function readLanes(stored: Collection<StoredDelivery, DeliveryHead>): Map<string, Set<string>> {
  const lanes = new Map<string, Set<string>>();
  for (const [id, { lane }] of [...stored.heads()].sort(([one], [other]) => (one < other ? -1 : 1)))
    lanes.set(lane, (lanes.get(lane) ?? new Set()).add(id));
  return lanes;
}
