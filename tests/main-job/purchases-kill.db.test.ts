import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { FaultOrder } from "@/sandbox/kit/faults";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { openBoughtCompany, openWholeLedger, readBought } from "./bought-company";
import { closeCompany, expectAgreement, waitUntil } from "./company";
import { listAll } from "./ledger-books";

/**
 * The functions run in a process of their own that is killed with SIGKILL while Xero has what was bought in hand: saved and
 * not yet answered, or still on its way. A worker that is started in its place finishes the run, each record once.
 */
// Whole runs, leases included, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let world: ProductWorld;
let access: WorkspaceAccess;
let runId: string;
let undisturbed: Awaited<ReturnType<typeof readBought>>;

/** Longer than the sandbox needs under load, short enough to wait for a dead worker's lease. */
const CALL_DEADLINE_MS = 6_000;
const LEASE_MS = 7_000;
/** Time enough to notice a call that is held and to kill the process that waits for it. */
const HELD_MS = 3_000;

beforeAll(async () => {
  world = await startProductWorld({
    worker: "process",
    env: { CALL_DEADLINE_MS: String(CALL_DEADLINE_MS), LEASE_MS: String(LEASE_MS) },
  });
  access = await openBoughtCompany(world);
  await world.owner.syncOnce(access);
  undisturbed = await readBought(await openWholeLedger(world.sandbox.origin));
  await world.waitUntilIdle();
  await closeCompany(world, access);
  access = await openBoughtCompany(world);
  const { startPreview } = await import("@/lib/operations/runs/start-preview");
  const started = await startPreview(access);
  if (!started.ok) throw new Error(started.error.message);
  runId = started.value.runId;
  await world.owner.followRun(access, runId, (run) => run.state === "previewed");
});

afterAll(() => world.stop());

function hold(operation: string, afterHandling: boolean): void {
  const effect: FaultOrder["effect"] = { type: "delay", milliseconds: HELD_MS, afterHandling };
  world.sandbox.faults.order({ service: "xero", method: "PUT", operation, skip: 0, times: 1, effect });
}

async function killAndReplace(): Promise<void> {
  await world.worker.kill();
  await world.worker.start();
}

it("a worker that is killed between Xero's commit and its answer leaves bills that are posted once", async () => {
  const { startPosting } = await import("@/lib/operations/runs/start-posting");
  const client = await openWholeLedger(world.sandbox.origin);
  const bills = async () =>
    (await listAll(client, "Invoices")).filter(({ Type }) => Type === "ACCPAY").length;
  hold("/Invoices", true);
  await startPosting(access, runId);
  await waitUntil(async () => (await bills()) > 0);
  await killAndReplace();
  hold("/BankTransactions", false);
  await waitUntil(() => world.sandbox.faults.waiting === 0);
  // Sent again, they would be doubled: Xero takes a bill's number as often as it comes.
  expect(await bills()).toBe(13);
});

it("a worker that is killed while its call is still on the way leaves money spent that Xero takes later, once", async () => {
  await killAndReplace();
  hold("/ManualJournals", true);
  await waitUntil(() => world.sandbox.faults.waiting === 0);
  await killAndReplace();
  const run = await world.owner.followRun(access, runId, (one) => one.state === "finished");
  expect(run.failure).toBeNull();
});

it("after all this everything bought stands in Xero as after an undisturbed run, and both sides tie out", async () => {
  expect(await readBought(await openWholeLedger(world.sandbox.origin))).toEqual(undisturbed);
  await expectAgreement(access);
});
