import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { SetupProgress } from "@/lib/domain/setup-progress";
import { MATCH_STATUSES } from "@/lib/domain/views/match-row";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { xeroRecords } from "@/sandbox/xero/open-books";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { readTieOut } from "./company";

/** The set-up as its owner is led through it: at each moment what is stored alone says what the next press is. */
// Whole runs, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let world: ProductWorld;
let access: WorkspaceAccess;
/** Calls that counting took. */
let countReads: number;

beforeAll(async () => {
  world = await startProductWorld();
  access = await world.owner.signUp("olivia-led@tidewatergifts.test");
});
afterAll(() => world.stop());

async function progress(): Promise<SetupProgress | null> {
  const { getSetupProgress } = await import("@/lib/operations/setup/get-setup-progress");
  return getSetupProgress(access);
}

const nextStep = async () => (await progress())?.next.step;

async function changeConnections(status: string): Promise<void> {
  const { getRuntime } = await import("@/lib/operations/runtime");
  const { database } = await getRuntime();
  await database.withWorkspace(access.workspaceId, (tx) =>
    tx.connection.updateMany({ where: { connectorId: "xero" }, data: { status } }),
  );
}

const sourceReads = (since: number) => world.sandbox.callLog.totals(since)?.zoho?.reads ?? 0;
const ledgerWrites = (since: number) => world.sandbox.callLog.totals(since)?.xero?.writes ?? 0;

describe("an owner who sets a pair up", () => {
  it("connects one side, then the other, and comes to the questions", async () => {
    expect(await nextStep()).toBe("connectLedger");
    await world.owner.connect(access, "xero", "global");
    expect(await nextStep()).toBe("connectSource");
    await world.owner.connect(access, "zoho-books", "eu");
    expect((await progress())?.next).toMatchObject({ step: "answer", phase: "configure", path: "setup" });
  });

  it("is asked what to keep in step once nothing is", async () => {
    const { setFlowState } = await import("@/lib/operations/parallel/set-flow-state");
    const { getKept } = await import("@/lib/operations/setup/list-kept");
    await setFlowState(access, { group: "sales", state: "off" });
    expect((await getKept(access))?.kept.some(({ isKept }) => isKept)).toBe(false);
    expect(await nextStep()).toBe("chooseKept");
    await setFlowState(access, { group: "sales", state: "previewOnly" });
    expect(await getKept(access)).toMatchObject({ sourceLabel: "Zoho Books", ledgerLabel: "Xero" });
    expect(await nextStep()).toBe("answer");
  });

  it("has the source counted before choosing how far back, and the first preview need not read it again", async () => {
    const { startCount } = await import("@/lib/operations/runs/count-source");
    const { getSetup } = await import("@/lib/operations/setup/get-setup");
    expect((await getSetup(access)).cutOver).toMatchObject({ history: [], isCounting: false });
    const since = world.sandbox.callLog.seq;
    const counted = await startCount(access);
    expect(await startCount(access)).toEqual(counted);
    expect((await getSetup(access)).cutOver?.isCounting).toBe(true);
    await world.waitUntilIdle();
    countReads = sourceReads(since);
    const { cutOver } = await getSetup(access);
    expect(cutOver?.isCounting).toBe(false);
    expect(cutOver?.history[0]?.records).toBeGreaterThan(50);
    expect(cutOver?.history[0]?.calls).toBeGreaterThan(0);
    expect(ledgerWrites(since)).toBe(0);
    // Nothing is planned by it: the questions are still to be answered.
    expect(await nextStep()).toBe("answer");
  });

  it("is sent to a connection that ended, and goes on where it was once it is back", async () => {
    await world.owner.confirmSuggestions(access);
    expect(await nextStep()).toBe("preview");
    await changeConnections("reconnectNeeded");
    expect(await nextStep()).toBe("reconnect");
    await changeConnections("active");
    expect(await nextStep()).toBe("preview");
  });

  it("is told in the set-up that Xero ended the connection, and where to go", async () => {
    const { getSetup } = await import("@/lib/operations/setup/get-setup");
    const { getRuntime } = await import("@/lib/operations/runtime");
    const { database } = await getRuntime();
    await database.withWorkspace(access.workspaceId, (tx) => tx.referenceSet.deleteMany());
    const { connections } = xeroRecords(world.sandbox.context);
    for (const [id] of [...connections.heads()]) connections.delete(id);
    expect((await getSetup(access)).unread).toMatch(/^Xero no longer lets Tieout in\. Connect it again/);
    expect(await nextStep()).toBe("reconnect");
    await world.owner.connect(access, "xero", "global");
    expect((await getSetup(access)).unread).toBeUndefined();
    expect(await nextStep()).toBe("preview");
  });

  it("watches the preview, and has what both sides hold counted by status", async () => {
    const { startPreview } = await import("@/lib/operations/runs/start-preview");
    const since = world.sandbox.callLog.seq;
    const started = await startPreview(access);
    if (!started.ok) throw new Error(started.error.message);
    expect(await nextStep()).toBe("watchPreview");
    await world.owner.followRun(access, started.value.runId, (run) => run.state === "previewed");
    expect(sourceReads(since)).toBeLessThan(countReads / 2);
    const { startCount } = await import("@/lib/operations/runs/count-source");
    expect((await startCount(access)).ok).toBe(false);
    const { countMatches } = await import("@/lib/operations/setup/count-matches");
    const { getMatchReview } = await import("@/lib/operations/matches/review-matches");
    const counted = await countMatches(access);
    const first = await getMatchReview(access);
    const reviews = [];
    for (const recordType of first?.recordTypes ?? [])
      reviews.push((await getMatchReview(access, { recordType }))?.counts);
    for (const status of MATCH_STATUSES.filter((one) => one !== "leftOut")) {
      const sum = reviews.reduce((total, counts) => total + (counts?.[status] ?? 0), 0);
      expect(counted?.counts.find((one) => one.status === status)?.count, status).toBe(sum);
    }
  });

  it("says of what may be there already whether it is, and looks again", async () => {
    const { listMatches } = await import("@/lib/operations/matches/list-matches");
    const { decideMatch } = await import("@/lib/operations/matches/decide-match");
    const open = (await listMatches(access))?.open ?? [];
    if (open.length > 0) {
      expect(await nextStep()).toBe("decideMatches");
      const answers = open.flatMap(({ candidates }) =>
        candidates.map(({ questionId }) => ({ questionId, verdict: "another" as const })),
      );
      await decideMatch(access, { answers });
      expect(await nextStep()).toBe("lookAgain");
      await world.owner.followRun(access, await startLook(), (run) => run.state === "previewed");
    }
    expect(await nextStep()).toBe("compare");
  });

  it("has both sides compared before anything is posted, and nothing is posted by it", async () => {
    const { requestTieOut } = await import("@/lib/operations/reconciliation/request-tie-out");
    const since = world.sandbox.callLog.seq;
    expect((await requestTieOut(access)).ok).toBe(true);
    await world.waitUntilIdle();
    expect((await readTieOut(access)).byType.length).toBeGreaterThan(0);
    expect(ledgerWrites(since)).toBe(0);
    expect((await progress())?.next).toMatchObject({ step: "goLive", phase: "launch" });
  });

  it("may stay in a parallel run first", async () => {
    const { goLive, startParallel } = await import("@/lib/operations/parallel/change-parallel");
    await startParallel(access);
    const { startDueRuns } = await import("@/lib/operations/schedules/start-due-runs");
    await startDueRuns();
    await world.waitUntilIdle();
    expect(await nextStep()).toBe("endParallel");
    expect(await goLive(access)).toEqual({ ok: true, value: null });
  });

  it("has nothing left to set up once the pair is live", async () => {
    expect(await progress()).toBeNull();
  });
});

async function startLook(): Promise<string> {
  const { startPreview } = await import("@/lib/operations/runs/start-preview");
  const started = await startPreview(access);
  if (!started.ok) throw new Error(started.error.message);
  return started.value.runId;
}
