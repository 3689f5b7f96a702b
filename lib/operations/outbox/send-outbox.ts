import { setTimeout as delay } from "node:timers/promises";
import { sendRequest } from "@/lib/http/send-request";
import { getRuntime, type Runtime } from "../runtime";

/**
 * Sends committed events to the step runner, by the public event address that Inngest and the embedded runner share.
 * Called right after a commit, and on a schedule for whatever a killed process left behind. An event's id goes
 * along, so that one that is sent twice counts once.
 */
const EVENTS_AT_ONCE = 100;
const TIMEOUT_MS = 10_000;

export async function sendOutbox(runtime: Runtime): Promise<number> {
  const { INNGEST_BASE_URL, INNGEST_EVENT_KEY } = runtime.env;
  const events = await runtime.database.system.unsentOutboxEvents(EVENTS_AT_ONCE);
  if (events.length === 0) return 0;
  const answer = await sendRequest({
    method: "POST",
    url: `${INNGEST_BASE_URL}/e/${encodeURIComponent(INNGEST_EVENT_KEY)}`,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(events.map(({ id, name, data }) => ({ id, name, data }))),
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.status >= 300) throw new Error(`the step runner took no events: status ${answer.status}`);
  await runtime.database.system.markOutboxEventsSent(
    events.map((event) => event.id),
    runtime.clock.now(),
  );
  return events.length;
}

/** The same for callers whose work is already committed: a runner that is down delays the event, nothing is lost. */
export async function sendOutboxSoon(runtime: Runtime): Promise<void> {
  try {
    while ((await sendOutbox(runtime)) === EVENTS_AT_ONCE);
  } catch (thrown) {
    runtime.logger.warn({ err: thrown }, "events wait in the outbox; the schedule sends them");
  }
}

/** The scheduled form: sends whatever waits, in this process's runtime. Returns how many events that were. */
export async function sendWaitingEvents(): Promise<number> {
  const runtime = await getRuntime();
  let sent = 0;
  for (let lot = EVENTS_AT_ONCE; lot === EVENTS_AT_ONCE; sent += lot) lot = await sendOutbox(runtime);
  return sent;
}

/** Whether the sender at work is to look once more when it is through. */
const senders = new WeakMap<Runtime, { again: boolean }>();

/** A burst of webhooks is one event when its first ones wait this long for the rest. */
const GATHER_MS = 100;

/**
 * For callers who answer somebody now: sends behind their back, one sender a process however many ask, and a runner that
 * is down delays the events.
 */
export function wakeOutbox(runtime: Runtime): void {
  const working = senders.get(runtime);
  if (working) {
    working.again = true;
    return;
  }
  const sender = { again: false };
  senders.set(runtime, sender);
  void sendUntilQuiet(runtime, sender).finally(() => senders.delete(runtime));
}

async function sendUntilQuiet(runtime: Runtime, sender: { again: boolean }): Promise<void> {
  do {
    await delay(GATHER_MS, undefined, { ref: false });
    sender.again = false;
    await sendOutboxSoon(runtime);
  } while (sender.again);
}
