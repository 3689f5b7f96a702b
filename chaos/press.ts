import { setTimeout as delay } from "node:timers/promises";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { errorText } from "@/lib/kernel/errors";
import type { Result } from "@/lib/kernel/result";
import { listConnections } from "@/lib/operations/connections/list-connections";
import { startPosting } from "@/lib/operations/runs/start-posting";
import { connect } from "@/scripts/main-job/owner";
import type { Stage } from "./strike";
import type { Watch } from "./watch-run";

/**
 * The person at the screen: presses preview and post, presses again when a run failed, connects again what has ended, and
 * waits like anybody while a page does not load. Knows nothing of what is struck.
 */
export interface Pressing {
  readonly access: WorkspaceAccess;
  /** What the first button is. */
  readonly begin: () => Promise<Result<{ runId: string }, { message: string }>>;
  /** Told before the first press, and before each posting. */
  readonly onStage: (stage: Stage) => Promise<void>;
  /** Whether the run back to the source that follows must come to its good end as well. */
  readonly bothWays?: boolean;
  /** What the second button does; the product's own posting unless told. */
  readonly post?: (runId: string) => Promise<void>;
  /** Looks at the run, and lets the time pass that a vendor asked to wait. */
  readonly watch: Watch;
  /** How slow this machine is; see pace.ts. */
  readonly pace: number;
}

export interface Pressed {
  /** Each run that was begun, the last one last. */
  readonly runIds: readonly string[];
  readonly failures: readonly string[];
  /** Null: a run came to its good end. Else what the person was left with. */
  readonly stuck: string | null;
}

const LOOK_MS = 25;
const LOOKS_A_SKIP = 20;
const PRESSES_MAX = 12;
/** None follows where another run was at work by then. */
const LOOKS_FOR_BACK_MAX = 200;
/** A trial takes seconds; what is not over by then hangs. */
const PATIENCE_MS = 120_000;

export async function pressUntilDone(pressing: Pressing): Promise<Pressed> {
  const runIds: string[] = [];
  const failures: string[] = [];
  const patienceEnds = performance.now() + PATIENCE_MS * pressing.pace;
  const done = (stuck: string | null): Pressed => ({ runIds, failures, stuck });
  let lastError = "";
  let looks = 0;

  /** Null while the page does not load. */
  async function look<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (thrown) {
      lastError = errorText(thrown);
      return null;
    }
  }
  async function follow(runId: string, ends: readonly string[]): Promise<string | null> {
    while (performance.now() < patienceEnds) {
      const run = await look(() => pressing.watch.stateOf(pressing.access.workspaceId, runId));
      // Another preview took its place: for the person that is a run that came to nothing.
      const state = run?.state === "superseded" ? "failed" : run?.state;
      if (state === "failed") failures.push(run?.failure ?? "the run failed");
      if (state !== undefined && ends.includes(state)) return state;
      looks += 1;
      if (looks % LOOKS_A_SKIP === 0) await look(pressing.watch.skipLongSleeps);
      await delay(LOOK_MS * pressing.pace);
    }
    return null;
  }

  /** The run back begins in the transaction that ends the run before it. */
  async function isBack(runId: string): Promise<boolean> {
    if (!pressing.bothWays) return true;
    for (let lookedFor = 0; lookedFor < LOOKS_FOR_BACK_MAX; lookedFor += 1) {
      const following = await look(() => pressing.watch.followingBack(pressing.access.workspaceId, runId));
      if (following) return (await follow(following.id, ["finished", "failed"])) === "finished";
      await delay(LOOK_MS * pressing.pace);
    }
    failures.push("no run back followed");
    return false;
  }

  await pressing.onStage("preparing");
  for (let presses = 1; performance.now() < patienceEnds; ) {
    const begun = await look(pressing.begin);
    if (!begun?.ok) {
      lastError = begun?.error.message ?? lastError;
      await look(() => reconnect(pressing.access));
      await delay(LOOK_MS);
      continue;
    }
    const { runId } = begun.value;
    runIds.push(runId);
    const prepared = await follow(runId, ["previewed", "finished", "failed"]);
    if (prepared === "finished" && (await isBack(runId))) return done(null);
    if (prepared === "previewed") {
      await pressing.onStage("posting");
      if (pressing.post) await pressing.post(runId);
      else
        while (performance.now() < patienceEnds && !(await look(() => startPosting(pressing.access, runId))))
          await delay(LOOK_MS);
      const isPosted = pressing.post || (await follow(runId, ["finished", "failed"])) === "finished";
      if (isPosted && (await isBack(runId))) return done(null);
    }
    presses += 1;
    if (presses > PRESSES_MAX) return done(`${PRESSES_MAX} runs failed, the last one: ${failures.at(-1)}`);
  }
  return done(
    `nothing happened for ${(PATIENCE_MS * pressing.pace) / 1000} s; last seen: ${failures.at(-1) ?? lastError}`,
  );
}

const REGIONS: Readonly<Record<string, string>> = { xero: "global", "zoho-books": "eu" };

/** Gives consent again where a connection has ended. */
async function reconnect(access: WorkspaceAccess): Promise<void> {
  for (const { connectorId, status } of await listConnections(access))
    if (status !== "active") await connect(access, connectorId, REGIONS[connectorId] ?? "");
}
