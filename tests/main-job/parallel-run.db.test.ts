import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ParallelView } from "@/lib/domain/views/parallel-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { TestClient } from "@/sandbox/xero/test-client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { openCompany } from "./company";
import { type LedgerBooks, openLedger, readBooks } from "./ledger-books";

/** Weeks of looking before anything is posted: planned and compared by the schedule, written into a diary, then one press. */
let world: ProductWorld;
let access: WorkspaceAccess;
let ledger: TestClient;
let before: LedgerBooks;

beforeAll(async () => {
  world = await startProductWorld();
  access = await openCompany(world);
  ledger = await openLedger(world.sandbox.origin);
  before = await readBooks(ledger);
});
afterAll(() => world.stop());

async function parallel(): Promise<ParallelView> {
  const { getParallel } = await import("@/lib/operations/parallel/get-parallel");
  const view = await getParallel(access);
  if (!view) throw new Error("the set-up is confirmed");
  return view;
}

/** The next look by the clock, to its end: its time has come, as far as the pair can tell. */
async function lookByItself(): Promise<void> {
  const { getRuntime } = await import("@/lib/operations/runtime");
  const { startDueRuns } = await import("@/lib/operations/schedules/start-due-runs");
  const { database } = await getRuntime();
  await database.withWorkspace(access.workspaceId, (tx) =>
    tx.pair.updateMany({ data: { nextRunAt: new Date(0) } }),
  );
  expect(await startDueRuns()).toBe(1);
  await world.waitUntilIdle();
}

const writes = (since: number) => world.sandbox.callLog.totals(since)?.xero?.writes ?? 0;

describe("a parallel run", () => {
  it("is begun by an administrator and gives a pair without a schedule a daily one", async () => {
    const { startParallel } = await import("@/lib/operations/parallel/change-parallel");
    const { getSchedule } = await import("@/lib/operations/schedules/get-schedule");
    expect((await startParallel({ ...access, role: "bookkeeper" })).ok).toBe(false);
    expect(await startParallel(access)).toEqual({ ok: true, value: null });
    expect(await startParallel(access)).toEqual({ ok: true, value: null });
    expect((await getSchedule(access))?.schedule).toMatchObject({ mode: "dailyAt", hour: 6 });
  });

  it("plans, compares and writes a line a look, and posts nothing", async () => {
    const since = world.sandbox.callLog.seq;
    await lookByItself();
    await lookByItself();
    const view = await parallel();
    expect(view.entries).toHaveLength(2);
    const [latest] = view.entries;
    const invoices = latest?.wouldPost.filter((line) => line.recordType === "invoice") ?? [];
    expect(invoices.reduce((sum, line) => sum + line.count, 0)).toBeGreaterThan(50);
    expect(latest?.alreadyThere).toBeGreaterThan(0);
    expect(Number(latest?.debit.amount)).toBeGreaterThan(1000);
    expect(latest?.hasRecords).toBe(true);
    // The demo company has records that need a person, so nobody could trust it yet.
    expect(latest?.needYou).toBeGreaterThan(0);
    expect(view.trustedSince).toBeNull();
    expect(writes(since)).toBe(0);
    expect(await readBooks(ledger)).toEqual(before);
  });

  it("waits for its next time after a look, instead of looking every minute", async () => {
    const { startDueRuns } = await import("@/lib/operations/schedules/start-due-runs");
    expect(await startDueRuns()).toBe(0);
    expect(Date.parse((await parallel()).nextRunAt ?? "")).toBeGreaterThan(Date.now());
  });

  it("posts nothing by press or by operation either", async () => {
    const { startPosting } = await import("@/lib/operations/runs/start-posting");
    const { postRecordType } = await import("@/lib/operations/runs/post-run");
    const [entry] = (await parallel()).entries;
    const runId = entry?.runId ?? "";
    const since = world.sandbox.callLog.seq;
    expect(await startPosting(access, runId)).toEqual({
      ok: false,
      error: {
        message: "A parallel run is going on, and it posts nothing. Go live under Parallel run first.",
      },
    });
    for (const type of ["contact", "invoice"] as const)
      await postRecordType({ workspaceId: access.workspaceId, runId }, type).catch(() => null);
    expect(writes(since)).toBe(0);
  });

  it("is trusted since the first of an unbroken row of clean looks", async () => {
    const { getRuntime } = await import("@/lib/operations/runtime");
    const { database } = await getRuntime();
    const [latest, earlier] = (await parallel()).entries;
    await database.withWorkspace(access.workspaceId, (tx) =>
      tx.diaryEntry.updateMany({ where: { runId: latest?.runId ?? "" }, data: { isClean: true } }),
    );
    expect((await parallel()).trustedSince).toBe(latest?.at);
    await database.withWorkspace(access.workspaceId, (tx) =>
      tx.diaryEntry.updateMany({ data: { isClean: true } }),
    );
    expect((await parallel()).trustedSince).toBe(earlier?.at);
  });

  it("goes live by one press, pressed twice or not, and then posts by itself, each record once", async () => {
    const { goLive } = await import("@/lib/operations/parallel/change-parallel");
    expect((await goLive({ ...access, role: "bookkeeper" })).ok).toBe(false);
    await Promise.all([goLive(access), goLive(access)]);
    expect((await parallel()).since).toBeNull();
    await lookByItself();
    const after = await readBooks(ledger);
    expect(after.invoices.length).toBeGreaterThan(before.invoices.length + 50);
    const numbers = after.invoices.map((line) => line.split(" | ")[0]);
    expect(new Set(numbers).size).toBe(numbers.length);
    const { getRuntime } = await import("@/lib/operations/runtime");
    const { database } = await getRuntime();
    const events = await database.withWorkspace(access.workspaceId, (tx) =>
      tx.auditEvent.findMany({
        where: { action: { startsWith: "parallel." } },
        orderBy: { sequence: "asc" },
      }),
    );
    expect(events.map((event) => event.action)).toEqual(["parallel.started", "parallel.wentLive"]);
  });
});

describe("a flow that is for preview alone", () => {
  it("stays so when others are posted, and needs its contacts to be live before it goes", async () => {
    const { setFlowState } = await import("@/lib/operations/parallel/set-flow-state");
    const { addInvoice } = await import("./real-time-company");
    const { openSource } = await import("./source-books");
    const held = await setFlowState(access, { group: "parties", state: "paused" });
    expect(held.ok ? "" : held.error.message).toBe(
      "Documents that are posted need their contacts and items: stop those first.",
    );
    expect((await setFlowState(access, { group: "sales", state: "previewOnly" })).ok).toBe(true);
    await addInvoice(await openSource(world.sandbox.origin), "INV-9101");
    const since = world.sandbox.callLog.seq;
    await expect(world.owner.syncOnce(access)).rejects.toThrow(
      "What this preview would post is set to preview only, paused or off. Set it to live under Parallel run first.",
    );
    expect(writes(since)).toBe(0);
    expect((await parallel()).flows.find((flow) => flow.group === "sales")?.state).toBe("previewOnly");
    expect((await setFlowState(access, { group: "sales", state: "live" })).ok).toBe(true);
    await world.owner.syncOnce(access);
    const posted = (await readBooks(ledger)).invoices.filter((line) => line.startsWith("INV-9101 |"));
    expect(posted).toHaveLength(1);
  }, 180_000);
});
