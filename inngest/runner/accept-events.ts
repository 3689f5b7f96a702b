import { createHash } from "node:crypto";
import { z } from "zod";
import { canonicalJson, parseJson } from "./canonical-json";
import type { RunnerContext, RunnerEvent, Work } from "./context";
import { dispatchEvent } from "./dispatch-event";
import { claimKey } from "./start-run";
import { inWork } from "./work";

/*
 * Events from outside. One request is accepted as a whole, with all the runs that it starts, or not at all. An event
 * whose id was seen within a day is not accepted twice: its first acceptance is answered again. A sender's retry is
 * recognised by the seed that the SDK sends with it.
 */

const EVENT_ID_MS = 24 * 3_600_000;

const eventSchema = z.looseObject({
  id: z.string().min(1).max(256).nullish(),
  name: z
    .string()
    .min(1)
    .max(256)
    .refine((name) => !name.startsWith("inngest/"), 'names that begin with "inngest/" are the runner\'s own'),
  data: z.record(z.string(), z.unknown()).nullish(),
  ts: z.int().nullish(),
});
const eventsSchema = z.union([z.array(eventSchema), eventSchema.transform((event) => [event])]);
type GivenEvent = z.output<typeof eventSchema>;

/** Accepts one event or a list; the runner's ids for them. Throws a ZodError where one is malformed. */
export async function acceptEvents(
  runner: RunnerContext,
  body: unknown,
  seed: string | undefined,
): Promise<string[]> {
  const given = eventsSchema.parse(body);
  return inWork(runner, async (work) => {
    const ids: string[] = [];
    for (const [index, event] of given.entries())
      ids.push(await acceptEvent(work, event, seeded(seed, index)));
    return ids;
  });
}

function seeded(seed: string | undefined, index: number): string | undefined {
  return seed && createHash("sha256").update(`${seed}:${index}`).digest("hex");
}

async function acceptEvent(work: Work, given: GivenEvent, seededKey: string | undefined): Promise<string> {
  const internalId = work.ids.next();
  const key = given.id ? `id:${given.id}` : seededKey && `seed:${seededKey}`;
  if (key) {
    const fresh = await claimKey(work, "event", key, internalId, EVENT_ID_MS);
    if (!fresh.used) return fresh.ref;
  }
  const { id, ts, data, ...rest } = given;
  const text = canonicalJson({
    ...rest,
    id: id ?? internalId,
    ts: ts ?? work.clock.now().getTime(),
    data: data ?? {},
  });
  const event: RunnerEvent = { internalId, name: given.name, text, json: parseJson(text) };
  await work.query("INSERT INTO runner.events (id, name, event, received_at) VALUES ($1, $2, $3, $4)", [
    internalId,
    event.name,
    text,
    work.clock.now().toISOString(),
  ]);
  await dispatchEvent(work, event);
  return internalId;
}
