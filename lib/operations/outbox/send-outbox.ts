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
    await sendOutbox(runtime);
  } catch (thrown) {
    runtime.logger.warn({ err: thrown }, "events wait in the outbox; the schedule sends them");
  }
}

/** The scheduled form: sends whatever waits, in this process's runtime. */
export async function sendWaitingEvents(): Promise<number> {
  return sendOutbox(await getRuntime());
}
