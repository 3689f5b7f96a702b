import { namedError, type RunError } from "./app-answers";
import type { RunnerEvent, Work } from "./context";
import { endRun } from "./end-run";
import { keyOf } from "./expressions";
import type { FunctionDefinition } from "./function-definition";
import { addJob, wakeRun } from "./wake-run";
import { addWatch } from "./watches";

/*
 * How an event becomes a run of a function: debounce may hold it back, idempotency and singleton may make it nothing.
 * Each of these decisions is taken under a lock or a unique key, so that two equal events that arrive at the same
 * moment in two processes cannot both win.
 */

/** Inngest's own window for idempotency keys. */
export const IDEMPOTENCY_MS = 24 * 3_600_000;

export interface RunOrigin {
  /** A run that this process must not make twice gets its id from its cause. */
  readonly runId?: string;
  readonly parent?: { readonly runId: string; readonly stepId: string };
}

export type Started =
  | { readonly kind: "started"; readonly runId: string }
  | { readonly kind: "held" }
  | { readonly kind: "skipped"; readonly error: RunError };

/** Starts a run for an event that triggers the function, or holds it back where the function debounces. */
export async function triggerRun(
  work: Work,
  definition: FunctionDefinition,
  event: RunnerEvent,
): Promise<Started> {
  if (definition.debounce) {
    await holdBack(work, definition, definition.debounce, event);
    return { kind: "held" };
  }
  return startRun(work, definition, event);
}

/** Starts a run unless idempotency or singleton say no. */
export async function startRun(
  work: Work,
  definition: FunctionDefinition,
  event: RunnerEvent,
  origin: RunOrigin = {},
): Promise<Started> {
  const runId = origin.runId ?? work.ids.next();
  if (definition.idempotency && !origin.parent) {
    const key = keyOf(definition.idempotency, event.json);
    const fresh = await claimKey(work, `run:${definition.id}`, key, runId, IDEMPOTENCY_MS);
    if (!fresh.used) return skipped("Idempotent", `a run for the idempotency key ${key} was started before`);
  }
  const singletonKey = definition.singleton && keyOf(definition.singleton.key, event.json);
  if (definition.singleton && singletonKey !== undefined) {
    const isFree = await makeRoom(work, definition.id, singletonKey, definition.singleton.mode);
    if (!isFree) return skipped("SingletonSkipped", `a run of the singleton ${definition.id} is active`);
  }
  await insertRun(work, definition, event, { ...origin, runId, singletonKey });
  return { kind: "started", runId };
}

/** Marks a key as used. `ref` is what used it first, while it lasts. */
export async function claimKey(
  work: Work,
  scope: string,
  key: string,
  ref: string,
  lastsMs: number,
): Promise<{ used: boolean; ref: string }> {
  const now = work.clock.now();
  const rows = await work.query(
    `INSERT INTO runner.used_keys AS known (scope, key, ref, expires_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (scope, key) DO UPDATE SET ref = excluded.ref, expires_at = excluded.expires_at
       WHERE known.expires_at <= $5 RETURNING ref`,
    [scope, key, ref, new Date(now.getTime() + lastsMs).toISOString(), now.toISOString()],
  );
  if (rows.length > 0) return { used: true, ref };
  const known = await work.query<{ ref: string }>(
    "SELECT ref FROM runner.used_keys WHERE scope = $1 AND key = $2",
    [scope, key],
  );
  return { used: false, ref: known[0]?.ref ?? ref };
}

function skipped(name: string, message: string): Started {
  return { kind: "skipped", error: namedError(name, message) };
}

async function makeRoom(
  work: Work,
  functionId: string,
  key: string,
  mode: "skip" | "cancel",
): Promise<boolean> {
  await work.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 7466))", [`${functionId}:${key}`]);
  const active = await work.query<{ id: string }>(
    "SELECT id FROM runner.runs WHERE function_id = $1 AND singleton_key = $2 AND ended_at IS NULL ORDER BY id",
    [functionId, key],
  );
  if (mode === "skip") return active.length === 0;
  const error = namedError("SingletonCancelled", "a newer run of this singleton took its place");
  for (const { id } of active) await endRun(work, id, { status: "cancelled", error });
  return true;
}

async function insertRun(
  work: Work,
  definition: FunctionDefinition,
  event: RunnerEvent,
  origin: RunOrigin & { readonly runId: string; readonly singletonKey: string | undefined },
): Promise<void> {
  const now = work.clock.now();
  const { startTimeoutMs } = definition;
  const startDeadline = startTimeoutMs === undefined ? null : new Date(now.getTime() + startTimeoutMs);
  const inserted = await work.query(
    `INSERT INTO runner.runs (id, function_id, status, event, event_id, singleton_key, parent_run_id, parent_step_id,
                              start_deadline, created_at)
     VALUES ($1, $2, 'queued', $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING RETURNING id`,
    [
      origin.runId,
      definition.id,
      event.text,
      event.internalId,
      origin.singletonKey ?? null,
      origin.parent?.runId ?? null,
      origin.parent?.stepId ?? null,
      startDeadline?.toISOString() ?? null,
      now.toISOString(),
    ],
  );
  if (inserted.length === 0) return;
  for (const rule of definition.cancel)
    await addWatch(work.query, {
      runId: origin.runId,
      kind: "cancel",
      eventName: rule.event,
      condition: rule.condition,
      event: event.json,
      expiresAt: rule.timeoutMs === undefined ? undefined : new Date(now.getTime() + rule.timeoutMs),
    });
  if (startTimeoutMs !== undefined)
    await addJob(work.query, "deadline", origin.runId, { runId: origin.runId }, startTimeoutMs);
  await wakeRun(work.query, work.touched, origin.runId);
}

async function holdBack(
  work: Work,
  { id }: FunctionDefinition,
  debounce: NonNullable<FunctionDefinition["debounce"]>,
  event: RunnerEvent,
): Promise<void> {
  const now = work.clock.now().getTime();
  const key = keyOf(debounce.key, event.json);
  const deadline = debounce.timeoutMs === undefined ? null : new Date(now + debounce.timeoutMs).toISOString();
  const rows = await work.query<{ due_at: Date; version: number }>(
    `INSERT INTO runner.debounces AS held (function_id, key, event, event_id, due_at, deadline_at)
     VALUES ($1, $2, $3, $4, least($5::timestamptz, $6::timestamptz), $6)
       ON CONFLICT (function_id, key) DO UPDATE
       SET event = excluded.event, event_id = excluded.event_id, version = held.version + 1,
           due_at = least($5::timestamptz, held.deadline_at)
       RETURNING due_at, version`,
    [id, key, event.text, event.internalId, new Date(now + debounce.periodMs).toISOString(), deadline],
  );
  const held = rows[0];
  if (!held) return;
  const payload = { functionId: id, key, version: held.version };
  await addJob(work.query, "debounce", `${id}:${key}`, payload, held.due_at.getTime() - now);
}
