import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { FaultOrder } from "@/sandbox/kit/faults";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { closeCompany, expectAgreement, openCompany, waitUntil } from "./company";
import { openLedger, readBooks } from "./ledger-books";

/**
 * A worker that is stopped in its tracks (a paused machine) for longer than its lease, while another one takes over its
 * work, and then wakes up. An overpayment has neither number nor balance by which Xero would refuse a second one.
 */
// Whole runs, leases included, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let world: ProductWorld;
let access: WorkspaceAccess;
let runId: string;

const HELD_MS = 3_000;

beforeAll(async () => {
  world = await startProductWorld({
    worker: "process",
    env: { CALL_DEADLINE_MS: "6000", LEASE_MS: "7000" },
  });
  access = await openCompany(world);
});

beforeEach(async () => {
  await world.waitUntilIdle();
  await closeCompany(world, access);
  access = await openCompany(world);
  const { startPreview } = await import("@/lib/operations/runs/start-preview");
  const started = await startPreview(access);
  if (!started.ok) throw new Error(started.error.message);
  runId = started.value.runId;
  await world.owner.followRun(access, runId, (run) => run.state === "previewed");
});

afterAll(() => world.stop());

function hold(method: string, operation: string, afterHandling: boolean): void {
  const effect: FaultOrder["effect"] = { type: "delay", milliseconds: HELD_MS, afterHandling };
  world.sandbox.faults.order({ service: "xero", method, operation, skip: 0, times: 1, effect });
}

async function startPosting(): Promise<void> {
  const operation = await import("@/lib/operations/runs/start-posting");
  await operation.startPosting(access, runId);
}

/** Key of the call for which the overpayment is claimed; null while it is not. */
async function claimedFor(): Promise<string | null> {
  const { getRuntime } = await import("@/lib/operations/runtime");
  const { database } = await getRuntime();
  const intent = await database.withWorkspace(access.workspaceId, (tx) =>
    tx.writeIntent.findFirst({ where: { runId, recordType: "overpayment", state: "sending" } }),
  );
  return intent?.callKey ?? null;
}

/** Does the other worker's part in this process, until overpayments are done. */
async function takeOver(): Promise<void> {
  const { postRecordType } = await import("@/lib/operations/runs/post-run");
  for (;;) {
    const progress = await postRecordType({ workspaceId: access.workspaceId, runId }, "overpayment");
    if (progress.done) return;
    await new Promise((resolve) => setTimeout(resolve, progress.waitMs));
  }
}

const overpayments = async (): Promise<readonly string[]> =>
  (await readBooks(await openLedger(world.sandbox.origin))).overpayments;

it("news that comes after another worker has settled the write changes nothing", async () => {
  hold("PUT", "/BankTransactions", true);
  await startPosting();
  await waitUntil(async () => (await overpayments()).length === 1);
  world.worker.pause();
  await takeOver();
  world.worker.resume();
  await world.owner.followRun(access, runId, (run) => run.state === "finished");
  expect(await overpayments()).toHaveLength(1);
  await expectAgreement(access);
});

it("a worker that wakes up before its call finds its lease gone, sends nothing and leaves the other one's call alone", async () => {
  // Looked up between the claim and the call that creates.
  hold("GET", "/Accounts", true);
  await startPosting();
  await waitUntil(async () => (await claimedFor()) !== null);
  const first = await claimedFor();
  world.worker.pause();
  hold("PUT", "/BankTransactions", false);
  const other = takeOver();
  await waitUntil(async () => ![null, first].includes(await claimedFor()));
  world.worker.resume();
  await other;
  await world.owner.followRun(access, runId, (run) => run.state === "finished");
  expect(await overpayments()).toHaveLength(1);
  await expectAgreement(access);
});
