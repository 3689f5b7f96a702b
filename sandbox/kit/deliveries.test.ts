import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inScope } from "./call-scope";
import { createFrozenClock } from "./clock";
import { type Deliveries, type NewDelivery, openDeliveries } from "./deliveries";
import { createStore, type ResettableStore } from "./store";
import { type Receiver, startReceiver } from "./test-receiver";

const HOUR_MS = 3_600_000;

let dir: string;
let store: ResettableStore;
let receiver: Receiver;
let deliveries: Deliveries;
const clock = createFrozenClock("2026-05-20T09:00:00Z");
const open = async (): Promise<void> => {
  store = await createStore({ dir, clock });
  deliveries = openDeliveries({ clock, store }, { deadlineMs: 300 });
};
const close = async (): Promise<void> => {
  await deliveries.stop();
  await store.close();
};
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "deliveries-"));
  clock.set(null);
  receiver = await startReceiver();
  await open();
});
afterEach(async () => {
  await close();
  await receiver.close();
  await rm(dir, { recursive: true, force: true });
});

const send = (reference: string, more: Partial<NewDelivery> = {}): void =>
  deliveries.enqueue({
    ...{ target: "zoho.webhooks", lane: "one", reference, url: `${receiver.origin}/${reference}` },
    ...{ method: "POST", headers: { "content-type": "text/plain" }, body: reference },
    ...{ signatureHeader: null, refusesCookies: false, retry: null },
    ...more,
  });
const arrived = (): string[] => receiver.received.map(({ body }) => body);
const outcomes = () => deliveries.log.entries().map(({ outcome }) => outcome);

describe("deliveries", () => {
  it("arrive in the order of their lane", async () => {
    for (const reference of ["1", "2", "3"]) send(reference);
    await deliveries.settled();
    expect(arrived()).toEqual(["1", "2", "3"]);
    expect(deliveries.list()).toEqual([]);
  });

  it("go no further than this machine, whatever redirect or address they meet", async () => {
    receiver.answerWith(() => ({ status: 307, headers: { location: `${receiver.origin}/elsewhere` } }));
    send("redirected");
    for (const url of [
      "http://example.com/",
      "http://127.0.0.1.example.com/",
      "http://0.0.0.0:1/",
      "file:///etc/hosts",
      "nowhere",
    ])
      send("away", { url });
    await deliveries.settled();
    expect(arrived()).toEqual(["redirected"]);
    expect(outcomes()).toEqual(["refused", ...Array(5).fill("forbidden")]);
  });

  it("wait for an answer until the deadline, and say when nobody is there", async () => {
    receiver.answerWith(() => null);
    send("unanswered");
    send("nobody", { url: "http://127.0.0.1:1/" });
    await deliveries.settled();
    expect(outcomes()).toEqual(["timeout", "unreachable"]);
  });

  it("hold up their own lane while they wait to be tried again, and no other", async () => {
    receiver.answerWith(({ body }) => ({ status: body === "first" ? 500 : 200 }));
    send("first", { retry: { atOnce: 0, everyMs: HOUR_MS, forMs: 2 * HOUR_MS } });
    send("second");
    send("other", { lane: "two" });
    await deliveries.settled();
    expect(arrived().sort()).toEqual(["first", "other"]);
    clock.advance(HOUR_MS);
    await deliveries.settled();
    clock.advance(HOUR_MS);
    await deliveries.settled();
    expect(arrived().filter((body) => body !== "other")).toEqual(["first", "first", "first", "second"]);
  });

  it("are due at once, also when the call that makes them has a skewed clock", async () => {
    inScope({ skewMs: HOUR_MS, seesStale: false, hidesUntilMs: null }, () => send("skewed"));
    await deliveries.settled();
    expect(arrived()).toEqual(["skewed"]);
    expect(deliveries.log.entries()[0]?.at).toBe("2026-05-20T09:00:00.000Z");
  });

  it("outlive a stop in the middle of an attempt", async () => {
    receiver.answerWith(() => null);
    send("first");
    send("second");
    await expect.poll(arrived).toEqual(["first"]);
    await close();
    receiver.received.length = 0;
    receiver.answerWith(() => ({ status: 200 }));
    await open();
    deliveries.resume();
    await deliveries.settled();
    expect(arrived()).toEqual(["first", "second"]);
  });

  it("that a fault holds back go when the faults are forgotten", async () => {
    deliveries.faults.order({ target: "zoho.webhooks", skip: 0, seed: 1, effect: { type: "reorder" } });
    send("held");
    await deliveries.settled();
    expect([arrived(), deliveries.waiting("one")]).toEqual([[], 0]);
    deliveries.clearFaults();
    await deliveries.settled();
    expect(arrived()).toEqual(["held"]);
  });

  it("of a cleared lane are not sent", async () => {
    deliveries.faults.order({
      ...{ target: "zoho.webhooks", skip: 0, seed: 1 },
      effect: { type: "delay", milliseconds: HOUR_MS },
    });
    send("late");
    await deliveries.settled();
    deliveries.clearLane("one");
    clock.advance(HOUR_MS);
    await deliveries.settled();
    expect(arrived()).toEqual([]);
  });

  it("are struck by chance alike for the same seed", async () => {
    const struck = async (): Promise<string> => {
      deliveries.clearFaults();
      receiver.received.length = 0;
      deliveries.faults.order({
        target: "zoho.webhooks",
        skip: 0,
        chance: 0.5,
        seed: 7,
        effect: { type: "drop" },
      });
      for (let number = 0; number < 20; number += 1) send(String(number));
      await deliveries.settled();
      return arrived().join();
    };
    const once = await struck();
    expect(once.split(",").length).toBeLessThan(20);
    expect(await struck()).toBe(once);
  });
});
