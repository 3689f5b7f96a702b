import { createServer } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { FaultOrder } from "@/sandbox/kit/faults";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { closeCompany, expectAgreement, openCompany, waitUntil } from "./company";
import { type LedgerBooks, openLedger, readBooks } from "./ledger-books";

/**
 * Runs of which the step runner lost sight: every attempt of their function met a worker that took the connection and
 * was gone, and so did every attempt to say so. The clock's look starts them anew or ends them; an order that comes while
 * the first one is alive changes nothing.
 */
// Whole runs, leases included, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let world: ProductWorld;
let access: WorkspaceAccess;
let undisturbed: LedgerBooks;

/** The shortest silence that the settings allow. */
const STALLED_MS = 1_000;
const HELD_MS = 3_000;

beforeAll(async () => {
  world = await startProductWorld({
    worker: "process",
    env: { CALL_DEADLINE_MS: "6000", LEASE_MS: "7000", STALLED_MS: String(STALLED_MS) },
  });
  access = await openCompany(world);
  await world.owner.syncOnce(access);
  undisturbed = await readBooks(await openLedger(world.sandbox.origin));
});

beforeEach(async () => {
  await world.waitUntilIdle();
  await closeCompany(world, access);
  access = await openCompany(world);
});

afterAll(() => world.stop());

const books = async (): Promise<LedgerBooks> => readBooks(await openLedger(world.sandbox.origin));

async function press(): Promise<string> {
  const { startPreview } = await import("@/lib/operations/runs/start-preview");
  const started = await startPreview(access);
  if (!started.ok) throw new Error(started.error.message);
  return started.value.runId;
}

async function previewed(): Promise<string> {
  const runId = await press();
  await world.owner.followRun(access, runId, (run) => run.state === "previewed");
  return runId;
}

async function startPosting(runId: string) {
  const operation = await import("@/lib/operations/runs/start-posting");
  return operation.startPosting(access, runId);
}

async function revive(): Promise<number> {
  const { reviveStalledRuns } = await import("@/lib/operations/runs/revive-stalled-runs");
  return reviveStalledRuns();
}

async function readRun(runId: string) {
  const { getRuntime } = await import("@/lib/operations/runtime");
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, (tx) =>
    tx.syncRun.findUniqueOrThrow({ where: { id: runId } }),
  );
}

/** Does something while connections to the worker are taken and dropped, as by a load balancer with nobody behind it. */
async function withoutWorker(work: () => Promise<void>): Promise<void> {
  await world.worker.kill();
  const balancer = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) =>
    balancer.listen(Number(new URL(world.appUrl).port), "127.0.0.1", resolve),
  );
  await work();
  await new Promise((resolve) => balancer.close(resolve));
  await world.worker.start();
}

it("a posting whose every attempt and whose word of failure were lost is started anew, and posts each record once", async () => {
  const runId = await previewed();
  await withoutWorker(async () => {
    await startPosting(runId);
    await world.waitUntilIdle();
  });
  expect(await readRun(runId)).toMatchObject({ state: "applying", failure: null });
  await waitUntil(async () => (await revive()) > 0);
  await world.owner.followRun(access, runId, (run) => run.state === "finished");
  expect(await books()).toEqual(undisturbed);
  await expectAgreement(access);
});

it("a preview that was lost is started anew", async () => {
  let runId = "";
  await withoutWorker(async () => {
    runId = await press();
    await world.waitUntilIdle();
  });
  expect(await readRun(runId)).toMatchObject({ state: "pulling", failure: null });
  await waitUntil(async () => (await revive()) > 0);
  await world.owner.followRun(access, runId, (run) => run.state === "previewed");
});

it("a run that gains nothing by being started anew ends with a sentence, and the next press works", async () => {
  let runId = "";
  await withoutWorker(async () => {
    runId = await press();
    await waitUntil(async () => {
      await revive();
      return (await readRun(runId)).state === "failed";
    });
    await world.waitUntilIdle();
  });
  expect(await readRun(runId)).toMatchObject({
    revivals: 3,
    failure: expect.stringMatching(/^The run stopped: .* You can start again\.$/),
  });
  expect(await press()).not.toBe(runId);
});

it("a run whose step takes longer than the silence is left alone", async () => {
  const runId = await previewed();
  const effect: FaultOrder["effect"] = { type: "delay", milliseconds: HELD_MS, afterHandling: true };
  world.sandbox.faults.order({
    service: "xero",
    method: "PUT",
    operation: "/Invoices",
    skip: 0,
    times: 1,
    effect,
  });
  await startPosting(runId);
  await waitUntil(() => world.sandbox.faults.waiting === 0);
  let revived = 0;
  await waitUntil(async () => {
    revived += await revive();
    return (await readRun(runId)).state === "finished";
  });
  expect(revived).toBe(0);
});

it("orders that come again while a run is alive, and after it has gone on, change nothing", async () => {
  const order = async (name: string, runId: string, times: number): Promise<void> => {
    const data = { workspaceId: access.workspaceId, runId };
    for (let count = 0; count < times; count += 1)
      await world.sendEvent({ id: `${name}-${runId}-${count}-${Math.random()}`, name, data });
  };
  const runId = await press();
  await order("sync/preview.requested", runId, 2);
  await world.owner.followRun(access, runId, (run) => run.state === "previewed");
  await order("sync/preview.requested", runId, 1);
  await startPosting(runId);
  await order("sync/posting.requested", runId, 2);
  await order("sync/preview.requested", runId, 1);
  await world.owner.followRun(access, runId, (run) => run.state === "finished");
  await order("sync/posting.requested", runId, 1);
  await order("sync/preview.requested", runId, 1);
  await world.waitUntilIdle();
  expect(await readRun(runId)).toMatchObject({ state: "finished", failure: null });
  expect(await books()).toEqual(undisturbed);
  await expectAgreement(access);
});
