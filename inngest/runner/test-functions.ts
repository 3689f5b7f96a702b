import { type Inngest, NonRetriableError, RetryAfterError } from "inngest";
import { until } from "./test-server";

/*
 * The functions of the parity suite. What they did is seen in `seen`, since they run in the test's own process; a step
 * at a gate goes on when the test opens it.
 */

export const seen = new Map<string, unknown[]>();
export const gates = new Map<string, () => void>();

function note(id: unknown, value: unknown): number {
  const list = seen.get(String(id)) ?? [];
  list.push(value);
  seen.set(String(id), list);
  return list.length;
}

export const noted = (id: unknown) => seen.get(String(id)) ?? [];

/** A step that goes on only when the test opens its gate. */
function atGate(name: unknown): Promise<void> {
  return new Promise((resolve) => gates.set(String(name), resolve));
}

export const gateOf = (name: string) => until(`gate ${name}`, () => gates.get(name));

export async function openGate(name: string): Promise<void> {
  (await gateOf(name))();
  gates.delete(name);
}

function plainFunctions(client: Inngest) {
  return [
    client.createFunction({ id: "sequence", triggers: { event: "sequence" } }, async ({ event, step }) => {
      const first = await step.run("first", () => note(event.data.id, "first"));
      const second = await step.run("second", () => ({ first, at: note(event.data.id, "second") }));
      return { second };
    }),
    client.createFunction({ id: "parallel", triggers: { event: "parallel" } }, async ({ step }) => {
      const parts = await Promise.all(
        ["a", "b", "c"].map((name) => step.run(name, () => name.toUpperCase())),
      );
      const after = await step.run("after", () => parts.length);
      return { parts, after };
    }),
    client.createFunction({ id: "sleep", triggers: { event: "sleep" } }, async ({ event, step }) => {
      const before = await step.run("before", () => Date.now());
      await step.sleep("nap", "1s");
      await step.sleepUntil("until", new Date(before + 1_200));
      return { sleptMs: (await step.run("after", () => Date.now())) - before, id: event.data.id };
    }),
    client.createFunction(
      { id: "retry-after", triggers: { event: "retry-after" } },
      async ({ event, step }) => {
        await step.run("before", () => note(event.data.id, "before"));
        return step.run("busy", () => {
          const count = note(event.data.id, "busy");
          if (count < 4) throw new RetryAfterError("try later", 1_000);
          return count;
        });
      },
    ),
    client.createFunction(
      { id: "non-retriable", triggers: { event: "non-retriable" }, retries: 3 },
      async ({ event, step }) => {
        await step.run("refused", () => {
          note(event.data.id, "tried");
          throw new NonRetriableError("never again");
        });
      },
    ),
    client.createFunction(
      { id: "caught", triggers: { event: "caught" }, retries: 0 },
      async ({ event, step }) => {
        try {
          await step.run("fails", () => {
            note(event.data.id, "tried");
            throw new RangeError("out of range");
          });
        } catch (error) {
          const text = error instanceof Error ? error.message : "?";
          return step.run("afterwards", () => `went on after: ${text}`);
        }
      },
    ),
    client.createFunction(
      { id: "function-retry", triggers: { event: "function-retry" }, retries: 2 },
      async ({ event, step, attempt }) => {
        await step.run("once", () => note(event.data.id, "step"));
        if (note(event.data.id, attempt) < 4) throw new RetryAfterError("outside of a step", 1_000);
        return "done";
      },
    ),
  ];
}

function failureFunctions(client: Inngest) {
  return [
    client.createFunction(
      { id: "used-up", triggers: { event: "used-up" }, retries: 2 },
      async ({ event, step }) =>
        step.run("fails", () => {
          throw new RetryAfterError(`attempt ${note(event.data.id, "tried")} failed`, 1_000);
        }),
    ),
    client.createFunction(
      { id: "one-of-two", triggers: { event: "one-of-two" }, retries: 0 },
      async ({ event, step }) => {
        const outcomes = await Promise.allSettled([
          step.run("breaks", () => {
            note(event.data.id, "breaks");
            throw new Error("broken");
          }),
          step.run("holds", () => note(event.data.id, "holds")),
        ]);
        return outcomes.map(({ status }) => status);
      },
    ),
    client.createFunction(
      { id: "crashing", triggers: { event: "crashing" }, retries: 3 },
      async ({ event, step }) => {
        const before = await step.run("before", () => note(event.data.id, "before"));
        // The app hands over here: what it crashes with afterwards is not the answer of the step before.
        await step.sleep("handed over", 50);
        const middle = await step.run("middle", async () => {
          // The first time it never comes to its end.
          if (note(event.data.id, "middle") === 2) await new Promise(() => {});
          return "survived";
        });
        return step.run("after", () => [before, middle, note(event.data.id, "after")]);
      },
    ),
    client.createFunction(
      {
        id: "on-failure",
        triggers: { event: "on-failure" },
        retries: 0,
        onFailure: async ({ event, error, step }) => {
          await step.run("mark", () =>
            note(event.data.event.data.id, { failed: event.data.function_id, message: error.message }),
          );
        },
      },
      async () => {
        throw new Error("it broke");
      },
    ),
    client.createFunction(
      { id: "child", triggers: { event: "child" }, retries: 0 },
      async ({ event, step }) => {
        if (event.data.fail) throw new Error("child failed");
        return step.run("double", () => Number(event.data.value) * 2);
      },
    ),
    client.createFunction(
      { id: "parent", triggers: { event: "parent" }, retries: 0 },
      async ({ event, step }) => {
        const child = client.createFunction({ id: "child", triggers: [] }, async () => 0);
        const result = await step.invoke("ask", {
          function: child,
          data: { value: event.data.value, fail: event.data.fail },
        });
        return { result };
      },
    ),
    client.createFunction({ id: "sends", triggers: { event: "sends" } }, async ({ event, step }) => {
      const sent = await step.sendEvent("tell", { name: "told", data: { id: event.data.id } });
      return sent.ids.length;
    }),
    client.createFunction(
      { id: "told", triggers: [{ event: "told" }, { event: "told-otherwise" }] },
      async ({ event, step }) => step.run("hear", () => note(event.data.id, event.name)),
    ),
  ];
}

function flowFunctions(client: Inngest) {
  return [
    client.createFunction(
      { id: "limited", triggers: { event: "limited" }, concurrency: { limit: 1, key: "event.data.key" } },
      async ({ event, step }) => {
        await step.run("work", async () => {
          note(event.data.key, `in ${event.data.id}`);
          await atGate(event.data.id);
          note(event.data.key, `out ${event.data.id}`);
        });
      },
    ),
    client.createFunction(
      {
        id: "two-at-once",
        triggers: { event: "two-at-once" },
        concurrency: { limit: 2, key: "event.data.key" },
      },
      async ({ event, step }) => {
        await step.run("work", async () => {
          note(event.data.key, event.data.id);
          await atGate(event.data.id);
        });
      },
    ),
    client.createFunction(
      { id: "chosen", triggers: [{ event: "chosen", if: "event.data.kind == 'this'" }] },
      async ({ event, step }) => step.run("work", () => note(event.data.id, "chosen")),
    ),
    client.createFunction(
      {
        id: "debounced-in-time",
        triggers: { event: "debounced-in-time" },
        debounce: { period: "20s", key: "event.data.key", timeout: "2s" },
      },
      async ({ event, step }) => step.run("work", () => note(event.data.key, event.data.value)),
    ),
    client.createFunction(
      {
        id: "limited-sleeper",
        triggers: { event: "limited-sleeper" },
        concurrency: { limit: 1, key: "event.data.key" },
      },
      async ({ event, step }) => {
        await step.run("begin", () => note(event.data.key, "begin"));
        await step.sleep("nap", "2s");
        await step.run("end", () => note(event.data.key, "end"));
      },
    ),
    client.createFunction(
      { id: "single", triggers: { event: "single" }, singleton: { key: "event.data.key", mode: "skip" } },
      async ({ event, step }) => step.run("work", () => atGate(event.data.id)),
    ),
    client.createFunction(
      { id: "newest", triggers: { event: "newest" }, singleton: { key: "event.data.key", mode: "cancel" } },
      async ({ event, step }) => {
        await step.waitForEvent("word", { event: "word", timeout: "1m", match: "data.id" });
        return event.data.id;
      },
    ),
    client.createFunction(
      { id: "idempotent", triggers: { event: "idempotent" }, idempotency: "event.data.order" },
      async ({ event, step }) => step.run("work", () => note(event.data.order, "made")),
    ),
    client.createFunction(
      {
        id: "debounced",
        triggers: { event: "debounced" },
        debounce: { period: "1s", key: "event.data.key" },
      },
      async ({ event, step }) => step.run("work", () => note(event.data.key, event.data.value)),
    ),
    client.createFunction({ id: "waits", triggers: { event: "waits" } }, async ({ step }) => {
      const answer = await step.waitForEvent("answer", { event: "answer", timeout: "1m", match: "data.id" });
      return { answer: answer?.data.text ?? null };
    }),
    client.createFunction({ id: "waits-in-vain", triggers: { event: "waits-in-vain" } }, async ({ step }) => {
      const answer = await step.waitForEvent("answer", { event: "answer", timeout: "1s", match: "data.id" });
      return { answer };
    }),
    client.createFunction(
      {
        id: "cancellable",
        triggers: { event: "cancellable" },
        cancelOn: [{ event: "cancel", match: "data.id" }],
      },
      async ({ event, step }) => {
        await step.run("begin", () => note(event.data.id, "begin"));
        await step.sleep("long", "1h");
        await step.run("end", () => note(event.data.id, "end"));
      },
    ),
    client.createFunction(
      { id: "hurried", triggers: { event: "hurried" }, timeouts: { finish: "1s" } },
      async ({ event, step }) => {
        await step.run("begin", () => note(event.data.id, "begin"));
        await step.sleep("long", "1h");
      },
    ),
    client.createFunction(
      {
        id: "late",
        triggers: { event: "late" },
        concurrency: { limit: 1, key: "event.data.key" },
        timeouts: { start: "1s" },
      },
      async ({ event, step }) => step.run("work", () => atGate(event.data.id)),
    ),
    client.createFunction({ id: "every-minute", triggers: { cron: "* * * * *" } }, async ({ event, step }) =>
      step.run("tick", () => note("cron", event.name)),
    ),
  ];
}

export const parityFunctions = (client: Inngest) => [
  ...plainFunctions(client),
  ...failureFunctions(client),
  ...flowFunctions(client),
];
