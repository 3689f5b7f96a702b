import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { closeCompany, expectAgreement, openCompany, waitUntil } from "./company";
import { holdCall, isHeld, KILLABLE, killAndReplace } from "./killed-worker";
import { BOOK_KINDS, type LedgerBooks, listAll, openLedger, readBooks } from "./ledger-books";

/**
 * The functions run in a process of their own that is killed with SIGKILL, again and again, in one run. A worker that is
 * started in its place finishes the run, and Xero's books are those of a run that nobody disturbed.
 */
// Whole runs, leases included, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let world: ProductWorld;
let access: WorkspaceAccess;
let runId: string;
let undisturbed: LedgerBooks;

beforeAll(async () => {
  world = await startProductWorld(KILLABLE);
  access = await openCompany(world);
  await world.owner.syncOnce(access);
  undisturbed = await readBooks(await openLedger(world.sandbox.origin));
  await world.waitUntilIdle();
  await closeCompany(world, access);
  access = await openCompany(world);
});

afterAll(() => world.stop());

const hold = (method: string, operation: string, afterHandling: boolean, skip = 0): void =>
  holdCall(world, { service: "xero", method, operation, afterHandling, skip });

/** How many records each creating call of an operation had. */
const elementsOf = (operation: string): (number | undefined)[] =>
  world.sandbox.callLog
    .entries()
    .filter((call) => call.method === "PUT" && call.operation === operation)
    .map((call) => call.elements);
const callsOf = (operation: string): number => elementsOf(operation).length;

it("a worker that is killed while it reads leaves a preview that another one finishes", async () => {
  const { startPreview } = await import("@/lib/operations/runs/start-preview");
  const started = await startPreview(access);
  if (!started.ok) throw new Error(started.error.message);
  runId = started.value.runId;
  await waitUntil(() => (world.sandbox.callLog.totals()?.zoho?.byOperation["GET /invoices/{id}"] ?? 0) > 20);
  await killAndReplace(world);
  await world.owner.followRun(access, runId, (run) => run.state === "previewed");
  expect(world.sandbox.callLog.totals()?.xero?.writes).toBe(0);
});

it("a worker that is killed between Xero's commit and its answer leaves contacts that are posted once", async () => {
  const { startPosting } = await import("@/lib/operations/runs/start-posting");
  const client = await openLedger(world.sandbox.origin);
  const before = (await listAll(client, "Contacts")).length;
  hold("PUT", "/Contacts", true);
  await startPosting(access, runId);
  await waitUntil(async () => (await listAll(client, "Contacts")).length > before);
  expect(callsOf("/Contacts")).toBe(0);
  await killAndReplace(world);
  // The dead worker's call counts with its answer, which nobody hears; a second one would double the contacts.
  await waitUntil(() => callsOf("/Items") > 0);
  expect(callsOf("/Contacts")).toBe(1);
});

it("a worker that is killed while its call is still on the way leaves invoices that Xero takes later, once", async () => {
  // The second batch reaches Xero, which saves it when its sender is long gone.
  hold("PUT", "/Invoices", false, callsOf("/Invoices") === 0 ? 1 : 0);
  await waitUntil(() => isHeld(world));
  await killAndReplace(world);
  await waitUntil(() => callsOf("/CreditNotes") > 0);
  // Two batches, and once more the one document that Xero refuses and that therefore could not be found.
  expect(elementsOf("/Invoices").slice(2)).toEqual([1]);
});

it("a worker that is killed between two batches leaves payments that another one goes on with", async () => {
  await waitUntil(() => callsOf("/Payments") > 0);
  await killAndReplace(world);
  const run = await world.owner.followRun(access, runId, (one) => one.state === "finished");
  expect(run.failure).toBeNull();
});

it.each(BOOK_KINDS)("after all this the %s stand in Xero as after an undisturbed run", async (kind) => {
  expect((await readBooks(await openLedger(world.sandbox.origin)))[kind]).toEqual(undisturbed[kind]);
});

it("after all this both sides tie out", () => expectAgreement(access));
