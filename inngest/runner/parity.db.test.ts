import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inngestParityUrl } from "@/tests/setup/inngest-parity";
import { gateOf, gates, noted, openGate, parityFunctions, seen } from "./test-functions";
import { startEmbedded, startOnServer, type TestServer, until } from "./test-server";

/*
 * The same small functions on the embedded runner and, where a server's address is given, on that Inngest server, with
 * the same expectations.
 */

/** The embedded runner's clock can be set forward; another server's cannot, and its minute is waited for. */
let aheadMs = 0;
const clock = { now: () => new Date(Date.now() + aheadMs) };

const servers: [string, () => Promise<TestServer>][] = [
  ["the embedded runner", () => startEmbedded(parityFunctions, { clock })],
  [
    "the embedded runner, one request a step",
    () => startEmbedded(parityFunctions, { clock, checkpointing: false }),
  ],
];
if (inngestParityUrl !== undefined)
  servers.push([inngestParityUrl, () => startOnServer(parityFunctions, inngestParityUrl ?? "")]);

const started = Date.now();
let counter = 0;
const uniqueId = () => {
  counter += 1;
  return `id-${started}-${counter}`;
};

describe.each(servers)("on %s", (_name, start) => {
  let server: TestServer;
  beforeAll(async () => {
    seen.clear();
    aheadMs = 0;
    server = await start();
  });
  afterAll(async () => {
    await server?.stop();
  });

  test("a sequence runs each step once and hands results on", async () => {
    const id = uniqueId();
    const run = await server.runOf("sequence", { id });
    expect(run).toMatchObject({ status: "Completed", output: { second: { first: 1, at: 2 } } });
    expect(noted(id)).toEqual(["first", "second"]);
  });

  test("parallel steps all run before what follows them", async () => {
    const run = await server.runOf("parallel");
    expect(run).toMatchObject({ status: "Completed", output: { parts: ["A", "B", "C"], after: 3 } });
  });

  test("a run sleeps for a span and until an instant", async () => {
    const run = await server.runOf("sleep");
    expect(run.status).toBe("Completed");
    expect(run.output).toHaveProperty("sleptMs");
    expect(Number(Reflect.get(Object(run.output), "sleptMs"))).toBeGreaterThanOrEqual(1_200);
  });

  test("RetryAfterError tries the step again and no earlier one", async () => {
    const id = uniqueId();
    const run = await server.runOf("retry-after", { id });
    expect(run).toMatchObject({ status: "Completed", output: 4 });
    expect(noted(id)).toEqual(["before", "busy", "busy", "busy"]);
  });

  test("NonRetriableError fails the run at once", async () => {
    const id = uniqueId();
    const run = await server.runOf("non-retriable", { id });
    expect(run).toMatchObject({ status: "Failed", output: { message: "never again" } });
    expect(noted(id)).toEqual(["tried"]);
  });

  test("a function goes on after a step that failed for good, where it catches the error", async () => {
    const id = uniqueId();
    const run = await server.runOf("caught", { id });
    expect(run).toMatchObject({ status: "Completed", output: "went on after: out of range" });
    expect(noted(id)).toEqual(["tried"]);
  });

  test("a step whose attempts are used up fails the run with its last error", async () => {
    const id = uniqueId();
    const run = await server.runOf("used-up", { id });
    expect(run).toMatchObject({ status: "Failed", output: { message: "attempt 3 failed" } });
    expect(noted(id)).toEqual(["tried", "tried", "tried"]);
  });

  test("a parallel step that fails leaves the other one's result", async () => {
    const id = uniqueId();
    const run = await server.runOf("one-of-two", { id });
    expect(run).toMatchObject({ status: "Completed", output: ["rejected", "fulfilled"] });
    expect(noted(id).toSorted()).toEqual(["breaks", "holds"]);
  });

  test("a crash in mid-step asks for that step again, and for no earlier one", async () => {
    const id = uniqueId();
    const event = await server.send("crashing", { id });
    await until("the middle step", () => (noted(id).includes("middle") ? true : undefined));
    await server.crashApp();
    expect(await server.endedRuns(event)).toMatchObject([
      { status: "Completed", output: [1, "survived", 4] },
    ]);
    expect(noted(id)).toEqual(["before", "middle", "middle", "after"]);
  });

  test("an error outside of steps tries the function again without its stored steps", async () => {
    const id = uniqueId();
    const run = await server.runOf("function-retry", { id });
    expect(run).toMatchObject({ status: "Completed", output: "done" });
    expect(noted(id)).toEqual(["step", 0, 1, 2]);
  });

  test("onFailure hears of the failed run, its event and its error", async () => {
    const id = uniqueId();
    const run = await server.runOf("on-failure", { id });
    expect(run.status).toBe("Failed");
    await until("onFailure", () => noted(id)[0]);
    expect(noted(id)).toEqual([{ failed: "test-on-failure", message: "it broke" }]);
  });

  test("invoke gives the other function's result", async () => {
    const run = await server.runOf("parent", { value: 21 });
    expect(run).toMatchObject({ status: "Completed", output: { result: 42 } });
  });

  test("invoke throws where the other function failed", async () => {
    const run = await server.runOf("parent", { value: 21, fail: true });
    expect(run).toMatchObject({ status: "Failed", output: { message: "child failed" } });
  });

  test("an event sent by a step starts a function, whichever of its triggers it is", async () => {
    const id = uniqueId();
    const run = await server.runOf("sends", { id });
    expect(run).toMatchObject({ status: "Completed", output: 1 });
    await until("the told run", () => noted(id)[0]);
    await server.runOf("told-otherwise", { id });
    expect(noted(id)).toEqual(["told", "told-otherwise"]);
  });

  test("an event with an id that was seen starts nothing", async () => {
    const id = uniqueId();
    await server.endedRuns(await server.send("told", { id }, `told-${id}`));
    await server.send("told", { id }, `told-${id}`);
    const other = uniqueId();
    await server.endedRuns(await server.send("told", { id: other }));
    expect(noted(id)).toEqual(["told"]);
  });

  test("a concurrency key lets one step in at a time, the first run first, and other keys past", async () => {
    const [key, otherKey] = [uniqueId(), uniqueId()];
    const ids = [uniqueId(), uniqueId(), uniqueId()];
    const events: string[] = [];
    for (const id of ids) {
      events.push(await server.send("limited", { key, id }));
      await until("the first of the key", () => noted(key)[0]);
    }
    const other = uniqueId();
    const otherEvent = await server.send("limited", { key: otherKey, id: other });
    await openGate(other);
    await server.endedRuns(otherEvent);
    expect(noted(key)).toEqual([`in ${ids[0]}`]);
    for (const id of ids) await openGate(id);
    for (const event of events) await server.endedRuns(event);
    expect(noted(key)).toEqual(ids.flatMap((id) => [`in ${id}`, `out ${id}`]));
  });

  test("a concurrency limit of two lets two in at a time", async () => {
    const key = uniqueId();
    const ids = [uniqueId(), uniqueId(), uniqueId()] as const;
    const events: string[] = [];
    for (const id of ids) events.push(await server.send("two-at-once", { key, id }));
    await until("two at once", () => (noted(key).length === 2 ? true : undefined));
    const other = await server.send("limited", { key: uniqueId(), id: key });
    await openGate(key);
    await server.endedRuns(other);
    expect(noted(key)).toHaveLength(2);
    for (const [index] of ids.entries()) {
      const id = await until("a further one", () => noted(key)[index]);
      await openGate(String(id));
    }
    for (const event of events) await server.endedRuns(event);
    expect(noted(key).toSorted()).toEqual([...ids].toSorted());
  });

  test("a trigger's condition lets only those events through that meet it", async () => {
    const id = uniqueId();
    const refused = await server.send("chosen", { id, kind: "that" });
    await server.endedRuns(await server.send("chosen", { id, kind: "this" }));
    expect(await server.runsNow(refused)).toEqual([]);
    expect(noted(id)).toEqual(["chosen"]);
  });

  test("debounce holds no event back beyond its time-out", async () => {
    const key = uniqueId();
    await server.send("debounced-in-time", { key, value: 1 });
    await server.send("debounced-in-time", { key, value: 2 });
    await until("the run before the period is over", () => noted(key)[0], 15_000);
    expect(noted(key)).toEqual([2]);
  });

  test("a run that sleeps holds no place", async () => {
    const key = uniqueId();
    const events = [
      await server.send("limited-sleeper", { key }),
      await server.send("limited-sleeper", { key }),
    ];
    for (const event of events) await server.endedRuns(event);
    expect(noted(key)).toEqual(["begin", "begin", "end", "end"]);
  });

  test("a singleton that skips makes no second run while one is active", async () => {
    const key = uniqueId();
    const ids = [uniqueId(), uniqueId(), uniqueId()] as const;
    const first = await server.send("single", { key, id: ids[0] });
    await gateOf(ids[0]);
    const second = await server.send("single", { key, id: ids[1] });
    await openGate(ids[0]);
    await server.endedRuns(first);
    const third = await server.send("single", { key, id: ids[2] });
    await openGate(ids[2]);
    await server.endedRuns(third);
    expect(await server.runsNow(second)).toEqual([]);
    expect(gates.has(ids[1])).toBe(false);
  });

  test("a singleton that cancels ends the older run", async () => {
    const key = uniqueId();
    const ids = [uniqueId(), uniqueId()] as const;
    const first = await server.send("newest", { key, id: ids[0] });
    await until("the first run", async () => ((await server.runsNow(first)).length > 0 ? true : undefined));
    const second = await server.send("newest", { key, id: ids[1] });
    expect(await server.endedRuns(first)).toMatchObject([{ status: "Cancelled" }]);
    await until("the second run's end", async () => {
      await server.send("word", { id: ids[1] });
      const runs = await server.runsNow(second);
      return runs[0] && runs[0].status !== "Running" ? true : undefined;
    });
    expect(await server.runsNow(second)).toMatchObject([{ status: "Completed", output: ids[1] }]);
  });

  test("an idempotency key makes one run of two equal events", async () => {
    const order = uniqueId();
    const first = await server.send("idempotent", { order });
    const second = await server.send("idempotent", { order });
    await server.endedRuns(first);
    expect(await server.runsNow(second)).toEqual([]);
    expect(noted(order)).toEqual(["made"]);
  });

  test("debounce runs once, with the last event", async () => {
    const key = uniqueId();
    await server.send("debounced", { key, value: 1 });
    await server.send("debounced", { key, value: 2 });
    const last = await server.send("debounced", { key, value: 3 });
    await until("the debounced run", () => noted(key)[0]);
    await server.endedRuns(last);
    expect(noted(key)).toEqual([3]);
  });

  test("waitForEvent goes on with the event that matches", async () => {
    const [id, other] = [uniqueId(), uniqueId()];
    const event = await server.send("waits", { id });
    const run = await until("the run's end", async () => {
      await server.send("answer", { id: other, text: "not yours" });
      await server.send("answer", { id, text: "yours" });
      const runs = await server.runsNow(event);
      return runs[0]?.status === "Running" ? undefined : runs[0];
    });
    expect(run).toMatchObject({ status: "Completed", output: { answer: "yours" } });
  });

  test("waitForEvent gives null when its time is up", async () => {
    const run = await server.runOf("waits-in-vain", { id: uniqueId() });
    expect(run).toMatchObject({ status: "Completed", output: { answer: null } });
  });

  test("cancelOn ends the run that the event matches and no other", async () => {
    const ids = [uniqueId(), uniqueId()] as const;
    const events = [
      await server.send("cancellable", { id: ids[0] }),
      await server.send("cancellable", { id: ids[1] }),
    ] as const;
    for (const id of ids) await until("its first step", () => noted(id)[0]);
    await server.send("cancel", { id: ids[0] });
    expect(await server.endedRuns(events[0])).toMatchObject([{ status: "Cancelled" }]);
    expect(await server.runsNow(events[1])).toMatchObject([{ status: "Running" }]);
    await server.send("cancel", { id: ids[1] });
    await server.endedRuns(events[1]);
    expect(ids.flatMap(noted)).toEqual(["begin", "begin"]);
  });

  test("a run that does not finish in time is cancelled", async () => {
    const id = uniqueId();
    const run = await server.runOf("hurried", { id });
    expect(run.status).toBe("Cancelled");
    expect(noted(id)).toEqual(["begin"]);
  });

  test("a run that cannot start in time is cancelled", async () => {
    const key = uniqueId();
    const ids = [uniqueId(), uniqueId()] as const;
    const first = await server.send("late", { key, id: ids[0] });
    await gateOf(ids[0]);
    const second = await server.send("late", { key, id: ids[1] });
    expect(await server.endedRuns(second)).toMatchObject([{ status: "Cancelled" }]);
    await openGate(ids[0]);
    expect(await server.endedRuns(first)).toMatchObject([{ status: "Completed" }]);
    expect(gates.has(ids[1])).toBe(false);
  });

  test("a cron trigger fires at its minute", { timeout: 90_000 }, async () => {
    aheadMs = 60_000;
    await until("the cron's run", () => noted("cron")[0], 75_000);
    expect(noted("cron")[0]).toBe("inngest/scheduled.timer");
  });
});
