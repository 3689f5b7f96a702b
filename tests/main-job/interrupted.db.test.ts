import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { FaultOrder } from "@/sandbox/kit/faults";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { closeCompany, expectAgreement, openCompany } from "./company";
import { type LedgerBooks, listAll, openLedger, readBooks } from "./ledger-books";
import { openSource } from "./source-books";

/**
 * A run that ends in the middle with writes of which nobody knows what became of them: the next run finds out first, and
 * what it sends is what the source says then, not what it said before.
 */
// Whole runs, leases included, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let world: ProductWorld;
let access: WorkspaceAccess;
let undisturbed: LedgerBooks;

beforeAll(async () => {
  world = await startProductWorld();
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

/** Strikes the first call or calls with invoices, and every look-up of them, until the run gives up. */
async function failWhilePosting(effect: FaultOrder["effect"], writes = 1): Promise<string> {
  const order = (fault: Pick<FaultOrder, "method" | "operation" | "effect" | "times">): void =>
    world.sandbox.faults.order({ service: "xero", skip: 0, ...fault });
  const { runId } = await preview();
  order({ method: "PUT", operation: "/Invoices", times: writes, effect });
  order({ method: "GET", operation: "/Invoices", times: 1000, effect: { type: "drop-before" } });
  const { startPosting } = await import("@/lib/operations/runs/start-posting");
  await startPosting(access, runId);
  await expect(world.owner.followRun(access, runId, (run) => run.state === "finished")).rejects.toThrow(
    /^The run stopped: .*nothing is posted twice/,
  );
  world.sandbox.faults.clear();
  return runId;
}

async function preview(): Promise<{ runId: string }> {
  const { startPreview } = await import("@/lib/operations/runs/start-preview");
  const started = await startPreview(access);
  if (!started.ok) throw new Error(started.error.message);
  await world.owner.followRun(access, started.value.runId, (run) => run.state === "previewed");
  return started.value;
}

describe("after a run that failed with writes whose outcome is unknown", () => {
  it("the next run finds what was saved and posts the rest, each once", async () => {
    await failWhilePosting({ type: "drop-after" });
    await world.owner.syncOnce(access);
    expect(await readBooks(await openLedger(world.sandbox.origin))).toEqual(undisturbed);
    await expectAgreement(access);
  });

  it("the next run posts what never arrived as it is in the source by then, and leaves out what is void", async () => {
    // Several calls go at once, so which of them comes first is not known: none arrives.
    await failWhilePosting({ type: "drop-before" }, 1000);
    const source = await openSource(world.sandbox.origin);
    const voided = await source.findId("invoices", "INV-1108");
    await source.call("POST", `/invoices/${voided}/status/void`);
    const changed = await source.findId("invoices", "INV-1101");
    await source.call("PUT", `/invoices/${changed}`, { adjustment: 5, reference_number: "PO 4711" });

    await world.owner.syncOnce(access);

    const invoices = await listAll(await openLedger(world.sandbox.origin), "Invoices");
    expect(invoices.filter((one) => one.InvoiceNumber === "INV-1108")).toEqual([]);
    const [posted, ...others] = invoices.filter((one) => one.InvoiceNumber === "INV-1101");
    expect(others).toEqual([]);
    expect(posted?.Reference).toContain("PO 4711");
    await expectAgreement(access);
  });
});

describe("after a backup was restored that is older than the last run", () => {
  it("the next run recognises what bears our marker and posts nothing of it again", async () => {
    await world.owner.syncOnce(access);
    await forgetRuns();
    const since = world.sandbox.callLog.seq;
    await world.owner.syncOnce(access);
    expect(elementsWritten(since)).toEqual([1]);
    expect(await readBooks(await openLedger(world.sandbox.origin))).toEqual(undisturbed);
    await expectAgreement(access);
  });
});

/** Records in each write call; the one document that Xero refuses is sent by every first run. */
const elementsWritten = (since: number): (number | undefined)[] =>
  world.sandbox.callLog
    .entries(since)
    .filter((call) => call.service === "xero" && call.kind === "write")
    .map((call) => call.elements);

/** What the product remembers of its runs, gone; connections and set-up stay. */
async function forgetRuns(): Promise<void> {
  const { getRuntime } = await import("@/lib/operations/runtime");
  const { database } = await getRuntime();
  await database.withWorkspace(access.workspaceId, async (tx) => {
    await tx.recordLink.deleteMany();
    await tx.recordSnapshot.deleteMany();
    await tx.ledgerRecord.deleteMany();
    await tx.cursor.deleteMany();
    await tx.writeIntent.deleteMany();
    await tx.syncException.deleteMany();
    await tx.plannedChange.deleteMany();
    await tx.syncPass.deleteMany();
    await tx.syncRun.deleteMany();
  });
}

describe("an order to post", () => {
  it("that comes for a preview which nobody started posts nothing", async () => {
    const { runId } = await preview();
    const data = { workspaceId: access.workspaceId, runId };
    await world.sendEvent({ id: `stray-${runId}`, name: "sync/posting.requested", data });
    await world.waitUntilIdle();
    expect(world.sandbox.callLog.totals()?.xero?.writes).toBe(0);
  });

  it("that comes again after the run failed posts nothing", async () => {
    const runId = await failWhilePosting({ type: "drop-before" });
    await world.waitUntilIdle();
    const writes = world.sandbox.callLog.totals()?.xero?.writes;
    const data = { workspaceId: access.workspaceId, runId };
    await world.sendEvent({ id: `again-${runId}`, name: "sync/posting.requested", data });
    await world.waitUntilIdle();
    expect(world.sandbox.callLog.totals()?.xero?.writes).toBe(writes);
  });
});
