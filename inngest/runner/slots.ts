import type { Query } from "./database";
import { keyOf } from "./expressions";
import type { ConcurrencyLimit } from "./function-definition";
import { wakeRun } from "./wake-run";

/*
 * Concurrency limits. A request to the app holds one unit of each of its run's keys while it executes; a run that
 * sleeps or waits holds none. The first run first served: a younger run gives up its unit, between two requests, to an
 * older one that waits for it. Claims on a key are serialised by an advisory lock, so that the limit holds over every
 * process.
 */

export interface SlotKey {
  readonly key: string;
  readonly limit: number;
}

export interface SlotClaim {
  readonly runId: string;
  /** The order in which runs were made. */
  readonly seq: string;
  readonly keys: readonly SlotKey[];
  /** Requests that the run would send at once. */
  readonly wanted: number;
  /** Requests that are under way and cannot be given up. */
  readonly executing: number;
}

/** The keys of a run, sorted, so that two claims never wait for each other. */
export function slotKeysOf(
  functionId: string,
  limits: readonly ConcurrencyLimit[],
  event: unknown,
): readonly SlotKey[] {
  return limits
    .map(({ limit, key }, index) => ({ key: `${functionId}#${index}:${keyOf(key, event)}`, limit }))
    .sort((one, other) => (one.key < other.key ? -1 : 1));
}

/** Takes what is free, up to what is wanted; with 0 the run is noted as waiting and will be woken. */
export async function claimSlots(query: Query, touched: Set<string>, claim: SlotClaim): Promise<number> {
  await lockKeys(query, claim.keys);
  const free = await freeUnits(query, claim);
  const room = Math.min(...free.map(({ units }) => units));
  const granted = Math.max(claim.executing, Math.min(claim.wanted, room), 0);
  const before = await holdUnits(query, claim, granted);
  if (granted === 0) await noteBlocked(query, claim, free.find(({ units }) => units <= 0)?.key);
  else await query("DELETE FROM runner.blocked WHERE run_id = $1", [claim.runId]);
  if (granted < before || granted === 0) await wakeBlocked(query, touched, claim.keys, claim.runId);
  return granted;
}

/** Whether an older run waits for a unit of one of these keys. */
export async function olderRunWaits(query: Query, keys: readonly SlotKey[], seq: string): Promise<boolean> {
  const rows = await query("SELECT 1 FROM runner.blocked WHERE key = ANY($1) AND seq < $2 LIMIT 1", [
    keys.map(({ key }) => key),
    seq,
  ]);
  return rows.length > 0;
}

/** Gives back all that a run holds or waits for, and wakes those who can now go on. */
export async function releaseSlots(
  query: Query,
  touched: Set<string>,
  runId: string,
  keys: readonly SlotKey[],
): Promise<void> {
  if (keys.length === 0) return;
  await lockKeys(query, keys);
  await query("DELETE FROM runner.slots WHERE run_id = $1", [runId]);
  await query("DELETE FROM runner.blocked WHERE run_id = $1", [runId]);
  await wakeBlocked(query, touched, keys, runId);
}

async function lockKeys(query: Query, keys: readonly SlotKey[]): Promise<void> {
  for (const { key } of keys) await query("SELECT pg_advisory_xact_lock(hashtextextended($1, 7465))", [key]);
}

async function freeUnits(query: Query, claim: SlotClaim): Promise<{ key: string; units: number }[]> {
  const rows = await query<{ key: string; used: number; older: number }>(
    `SELECT key,
        (SELECT coalesce(sum(units), 0)::int FROM runner.slots WHERE slots.key = asked.key AND run_id <> $2) AS used,
        (SELECT count(*)::int FROM runner.blocked WHERE blocked.key = asked.key AND seq < $3) AS older
       FROM unnest($1::text[]) AS asked (key)`,
    [claim.keys.map(({ key }) => key), claim.runId, claim.seq],
  );
  const limits = new Map(claim.keys.map(({ key, limit }) => [key, limit]));
  return rows.map(({ key, used, older }) => ({ key, units: (limits.get(key) ?? 0) - used - older }));
}

async function holdUnits(query: Query, { runId, keys }: SlotClaim, units: number): Promise<number> {
  const rows = await query<{ units: number }>("DELETE FROM runner.slots WHERE run_id = $1 RETURNING units", [
    runId,
  ]);
  if (units > 0)
    await query(
      "INSERT INTO runner.slots (run_id, key, units) SELECT $1, key, $3 FROM unnest($2::text[]) AS asked (key)",
      [runId, keys.map(({ key }) => key), units],
    );
  return rows[0]?.units ?? 0;
}

async function noteBlocked(query: Query, claim: SlotClaim, key: string | undefined): Promise<void> {
  await query(
    `INSERT INTO runner.blocked (run_id, key, seq) VALUES ($1, $2, $3)
       ON CONFLICT (run_id) DO UPDATE SET key = excluded.key`,
    [claim.runId, key ?? claim.keys[0]?.key, claim.seq],
  );
}

/** A woken run that finds another of its keys full is noted there and passes this one on, so none starves. */
async function wakeBlocked(
  query: Query,
  touched: Set<string>,
  keys: readonly SlotKey[],
  exceptRunId: string,
): Promise<void> {
  for (const { key, limit } of keys) {
    const rows = await query<{ run_id: string }>(
      `SELECT run_id FROM runner.blocked WHERE key = $1 AND run_id <> $2 ORDER BY seq
        LIMIT greatest(0, $3 - (SELECT coalesce(sum(units), 0) FROM runner.slots WHERE key = $1))`,
      [key, exceptRunId, limit],
    );
    for (const { run_id } of rows) await wakeRun(query, touched, run_id);
  }
}
