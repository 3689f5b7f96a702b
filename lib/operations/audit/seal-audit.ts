import { setTimeout as pause } from "node:timers/promises";
import { linkLines, NO_HEAD } from "@/lib/audit/chain";
import { readHead, readLines } from "@/lib/audit/read-trail";
import { getRuntime, type Runtime } from "../runtime";

/**
 * Chains the committed lines of the audit trail, each workspace by itself, outside the transactions that wrote them. The
 * order is the trail's own: a line that took its place earlier and is committed later is waited for, so that a line behind
 * the end of the chain is new and one before it was put in afterwards.
 */
const LINES_AT_ONCE = 500;
const WORKSPACES_AT_ONCE = 200;
const WAIT_FOR_WRITERS_MS = 5_000;
const LOOK_EVERY_MS = 50;

/** Seals whatever is committed; returns how many lines. Those of a transaction that takes long are left to the next call. */
export async function sealAudit(): Promise<number> {
  return sealTrails(await getRuntime());
}

async function sealTrails(runtime: Runtime): Promise<number> {
  const { system } = runtime.database;
  const upTo = await system.auditEnd();
  const first = await system.auditUnsealed(upTo, WORKSPACES_AT_ONCE);
  if (first.length === 0 || !(await areWritersGone(runtime))) return 0;
  let sealed = 0;
  const failures: unknown[] = [];
  for (const workspaceId of first) {
    try {
      sealed += await sealWorkspace(runtime, workspaceId, upTo);
    } catch (thrown) {
      runtime.logger.error({ err: thrown, workspaceId }, "an audit trail could not be sealed");
      failures.push(thrown);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, "some audit trails could not be sealed");
  return sealed;
}

/** Whether every transaction that could still bring in a line before the end that was just read is over. */
async function areWritersGone(runtime: Runtime): Promise<boolean> {
  const { system } = runtime.database;
  const waitedFor = new Set(await system.auditWriters());
  for (let waitedMs = 0; waitedFor.size > 0; waitedMs += LOOK_EVERY_MS) {
    if (waitedMs >= WAIT_FOR_WRITERS_MS) return false;
    await pause(LOOK_EVERY_MS);
    const working = new Set(await system.auditWriters());
    for (const writer of waitedFor) if (!working.has(writer)) waitedFor.delete(writer);
  }
  return true;
}

async function sealWorkspace(runtime: Runtime, workspaceId: string, upTo: bigint): Promise<number> {
  const { database, clock, auditKeys } = runtime;
  let sealed = 0;
  for (;;) {
    const { head, lines } = await database.withWorkspace(workspaceId, async (tx) => {
      const found = (await readHead(tx)) ?? NO_HEAD;
      return {
        head: found,
        lines: await readLines(tx, { after: found.sequence, upTo, limit: LINES_AT_ONCE }),
      };
    });
    if (lines.length === 0) return sealed;
    const made = linkLines(workspaceId, head, lines, clock.now(), auditKeys);
    const added = await database.system.appendAuditSeals(workspaceId, head, made.links, made.head.mac);
    // Another sealer was faster, and goes on.
    if (added === 0) return sealed;
    sealed += added;
  }
}

/** Whether the sealer at work is to look once more when it is through. */
const sealers = new WeakMap<Runtime, { again: boolean }>();

/** For callers who answer somebody now: seals behind their back, one sealer a process however many ask. */
export function wakeSealer(runtime: Runtime): void {
  const working = sealers.get(runtime);
  if (working) {
    working.again = true;
    return;
  }
  const sealer = { again: false };
  sealers.set(runtime, sealer);
  void sealUntilQuiet(runtime, sealer).finally(() => sealers.delete(runtime));
}

async function sealUntilQuiet(runtime: Runtime, sealer: { again: boolean }): Promise<void> {
  do {
    sealer.again = false;
    try {
      await sealTrails(runtime);
    } catch (thrown) {
      runtime.logger.warn({ err: thrown }, "lines of the audit trail wait; the schedule seals them");
    }
  } while (sealer.again);
}
