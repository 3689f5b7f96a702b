import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { openBoughtCompany, openWholeLedger, readBought } from "./bought-company";
import { closeCompany, expectAgreement, waitUntil } from "./company";
import { holdCall, KILLABLE, killAndReplace } from "./killed-worker";
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

beforeAll(async () => {
  world = await startProductWorld(KILLABLE);
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

const hold = (operation: string, afterHandling: boolean): void =>
  holdCall(world, { service: "xero", method: "PUT", operation, afterHandling });

it("a worker that is killed between Xero's commit and its answer leaves bills that are posted once", async () => {
  const { startPosting } = await import("@/lib/operations/runs/start-posting");
  const client = await openWholeLedger(world.sandbox.origin);
  const bills = async () =>
    (await listAll(client, "Invoices")).filter(({ Type }) => Type === "ACCPAY").length;
  hold("/Invoices", true);
  await startPosting(access, runId);
  await waitUntil(async () => (await bills()) > 0);
  await killAndReplace(world);
  hold("/BankTransactions", false);
  await waitUntil(() => world.sandbox.faults.waiting === 0);
  // Sent again, they would be doubled: Xero takes a bill's number as often as it comes.
  expect(await bills()).toBe(13);
});

it("a worker that is killed while its call is still on the way leaves money spent that Xero takes later, once", async () => {
  await killAndReplace(world);
  hold("/ManualJournals", true);
  await waitUntil(() => world.sandbox.faults.waiting === 0);
  await killAndReplace(world);
  const run = await world.owner.followRun(access, runId, (one) => one.state === "finished");
  expect(run.failure).toBeNull();
});

it("after all this everything bought stands in Xero as after an undisturbed run, and both sides tie out", async () => {
  expect(await readBought(await openWholeLedger(world.sandbox.origin))).toEqual(undisturbed);
  await expectAgreement(access);
});
