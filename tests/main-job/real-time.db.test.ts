import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { TestClient } from "@/sandbox/xero/test-client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { expectAgreement, openCompany, waitUntil } from "./company";
import { addedBy, listAll, openLedger, readBooks } from "./ledger-books";
import {
  addInvoice,
  listRunRows,
  setUpXeroWebhook,
  setUpZohoWebhook,
  tellOf,
  untilSettled,
  type ZohoWebhook,
} from "./real-time-company";
import { openSource, type SourceBooks } from "./source-books";
import { openWebhookAddress, type WebhookAddress } from "./webhook-address";

/**
 * From a vendor's word to the posted document, without a press: both sandboxes send their own webhooks to the real route,
 * and the accountant's look into Xero is the witness.
 */
let world: ProductWorld;
let web: WebhookAddress;
let access: WorkspaceAccess;
let ledger: TestClient;
let source: SourceBooks;
let webhook: ZohoWebhook;

beforeAll(async () => {
  world = await startProductWorld({ control: true });
  web = await openWebhookAddress();
  access = await openCompany(world);
  await world.owner.syncOnce(access);
  ledger = await openLedger(world.sandbox.origin);
  source = await openSource(world.sandbox.origin);
  webhook = await setUpZohoWebhook(world, access, web.origin);
});

afterAll(async () => {
  await web.stop();
  await world.stop();
});

const runsOf = async (trigger: string) =>
  (await listRunRows(access)).filter((run) => run.trigger === trigger);
const writesSince = (seq: number): number =>
  world.sandbox.callLog.entries(seq).filter((call) => call.service === "xero" && call.method !== "GET")
    .length;

describe("a change in Zoho Books", () => {
  it("is in Xero without a press once Zoho has told of it", async () => {
    const added = await addedBy(ledger, async () => {
      await addInvoice(source, "INV-2001");
      await untilSettled(world, access);
    });
    expect(added).toEqual({ invoices: [expect.stringContaining("INV-2001 | ")] });
    await expectAgreement(access);
    expect((await runsOf("notice")).at(-1)).toMatchObject({ state: "finished" });
  });

  it("told of fifty times in a burst makes one run", async () => {
    const before = (await runsOf("notice")).length;
    const added = await addedBy(ledger, async () => {
      let invoiceId = "";
      await whileNothingIsTold(async () => {
        invoiceId = await addInvoice(source, "INV-2002");
      });
      const told = await Promise.all(
        Array.from({ length: 50 }, (_, time) =>
          tellOf(webhook, JSON.stringify({ invoice: { invoice_id: invoiceId, time } })),
        ),
      );
      expect(new Set(told)).toEqual(new Set([200]));
      await untilSettled(world, access);
    });
    expect(added).toEqual({ invoices: [expect.stringContaining("INV-2002 | ")] });
    expect(await runsOf("notice")).toHaveLength(before + 1);
  });
});

describe("Xero's word of what we have just written", () => {
  it("comes to an address that passes its probes", async () => {
    expect(await setUpXeroWebhook(world, web.origin)).toBe("enabled");
  });

  it("is recognised: it writes nothing and starts no run", async () => {
    await addInvoice(source, "INV-2003");
    await untilSettled(world, access);
    const { ledgerConnectionId } = await readPair();
    const { database } = await runtimeOf();
    const byState = await database.withWorkspace(access.workspaceId, (tx) =>
      tx.changeNotice.groupBy({ by: ["state"], where: { connectionId: ledgerConnectionId }, _count: true }),
    );
    expect(byState).toEqual([{ state: "echo", _count: expect.any(Number) }]);
  });
});

describe("notices out of order, twice and late", () => {
  it("give the same books as one of each in order", async () => {
    const { faults } = world.sandbox.deliveries();
    faults.order({ target: "zoho.webhooks", skip: 0, times: 1, seed: 1, effect: { type: "reorder" } });
    faults.order({
      target: "zoho.webhooks",
      skip: 0,
      times: 4,
      seed: 1,
      effect: { type: "duplicate", copies: 2 },
    });
    const ids: string[] = [];
    const added = await addedBy(ledger, async () => {
      for (const number of ["INV-2004", "INV-2005", "INV-2006"]) ids.push(await addInvoice(source, number));
      world.sandbox.deliveries().clearFaults();
      await untilSettled(world, access);
    });
    expect(added.invoices).toHaveLength(3);
    const [books, seq] = [await readBooks(ledger), world.sandbox.callLog.seq];
    for (const id of ids.reverse()) await tellOf(webhook, JSON.stringify({ invoice: { invoice_id: id } }));
    await untilSettled(world, access);
    expect(writesSince(seq)).toBe(0);
    expect(await readBooks(ledger)).toEqual(books);
    await expectAgreement(access);
  });

  it("of our own writes lead to a look at most, which only reads", async () => {
    await changePair({}, "UPDATE write_intents SET resolved_at = resolved_at - interval '1 hour'");
    const [books, seq] = [await readBooks(ledger), world.sandbox.callLog.seq];
    const before = (await runsOf("notice")).length;
    await touchInXero();
    await untilSettled(world, access);
    expect((await runsOf("notice")).length).toBe(before + 1);
    expect(writesSince(seq)).toBe(1);
    expect(await readBooks(ledger)).toEqual(books);
  });
});

describe("a notice that was lost", () => {
  it("is made up for by the next look, one however many start it", async () => {
    const before = (await runsOf("schedule")).length;
    const added = await addedBy(ledger, async () => {
      await whileNothingIsTold(async () => void (await addInvoice(source, "INV-2007")));
      expect(await startDue()).toBe(0);
      await changePair({ nextRunAt: new Date(0) });
      const started = await Promise.all([startDue(), startDue(), startDue()]);
      expect(started.reduce((sum, count) => sum + count, 0)).toBe(1);
      await untilSettled(world, access);
    });
    expect(added).toEqual({ invoices: [expect.stringContaining("INV-2007 | ")] });
    expect((await runsOf("schedule")).length).toBe(before + 1);
    const { nextRunAt } = await readPair();
    expect(nextRunAt?.getTime()).toBeGreaterThan(Date.now() + 13 * 60_000);
  });
});

describe("a pair that is paused", () => {
  it("posts nothing, whoever asks, and what came meanwhile is posted after it is resumed", async () => {
    const { pausePosting, resumePosting } = await import("@/lib/operations/schedules/pause-posting");
    const { startPreview } = await import("@/lib/operations/runs/start-preview");
    const { startPosting } = await import("@/lib/operations/runs/start-posting");
    await pausePosting(access);
    const [books, seq] = [await readBooks(ledger), world.sandbox.callLog.seq];
    await addInvoice(source, "INV-2008");
    await world.sandbox.deliveries().settled();
    await changePair({ nextRunAt: new Date(0) });
    await world.waitUntilIdle();
    expect(await startDue()).toBe(0);
    const preview = await startPreview(access);
    if (!preview.ok) throw new Error(preview.error.message);
    await world.owner.followRun(access, preview.value.runId, (run) => run.state === "previewed");
    expect(await startPosting(access, preview.value.runId)).toEqual({
      ok: false,
      error: { message: "Posting is paused. Resume it under Schedules first." },
    });
    expect(writesSince(seq)).toBe(0);
    expect(await readBooks(ledger)).toEqual(books);
    await resumePosting(access);
    const posting = await startPosting(access, preview.value.runId);
    expect(posting.ok).toBe(true);
    await untilSettled(world, access);
    await expectAgreement(access);
    expect((await readBooks(ledger)).invoices.join()).toContain("INV-2008");
  });

  it("while a run posts sends no further batch, and goes on where it stopped", async () => {
    const { pausePosting, resumePosting } = await import("@/lib/operations/schedules/pause-posting");
    const { startPreview } = await import("@/lib/operations/runs/start-preview");
    const { startPosting } = await import("@/lib/operations/runs/start-posting");
    await whileNothingIsTold(async () => {
      await source.call("POST", "/contacts", { contact_name: "Later Larch Ltd", contact_type: "customer" });
      await addInvoice(source, "INV-2009", "Later Larch Ltd");
    });
    const preview = await startPreview(access);
    if (!preview.ok) throw new Error(preview.error.message);
    await world.owner.followRun(access, preview.value.runId, (run) => run.state === "previewed");
    await startPosting(access, preview.value.runId);
    await pausePosting(access);
    const seq = world.sandbox.callLog.seq;
    await world.owner.followRun(access, preview.value.runId, (run) => run.state === "finished");
    // The one call that was on its way already.
    expect(writesSince(seq)).toBeLessThanOrEqual(1);
    await resumePosting(access);
    await changePair({ nextRunAt: new Date(0) });
    await startDue();
    await untilSettled(world, access);
    await expectAgreement(access);
    expect((await readBooks(ledger)).invoices.join()).toContain("INV-2009 | Later Larch Ltd");
  });
});

describe("a run that started by itself and failed", () => {
  it("is tried again after a while, not at each notice, and the books agree when it can", async () => {
    world.sandbox.faults.order({
      service: "zoho",
      operation: "/invoices",
      skip: 0,
      times: 40,
      effect: { type: "status", status: 500, body: "{}", headers: {}, afterHandling: false },
    });
    const contactId = await source.findId("contacts", "Later Larch Ltd");
    await tellOf(webhook, JSON.stringify({ contact: { contact_id: contactId } }));
    await waitUntil(async () => (await readPair()).failedRuns === 1);
    const { nextRunAt } = await readPair();
    expect(nextRunAt?.getTime()).toBeGreaterThan(Date.now());
    const runs = (await listRunRows(access)).length;
    await tellOf(webhook, JSON.stringify({ contact: { contact_id: contactId }, again: true }));
    expect(await takeNow()).toBe("waiting");
    expect((await listRunRows(access)).length).toBe(runs);
    world.sandbox.faults.clear();
    await addInvoice(source, "INV-2010");
    await changePair({ nextRunAt: new Date(0) });
    expect(await startDue()).toBe(1);
    await untilSettled(world, access);
    expect(await readPair()).toMatchObject({ failedRuns: 0 });
    await expectAgreement(access);
  });
});

describe("a live change", () => {
  it("asks the call budget in the lane before back-fill", async () => {
    const { database } = await runtimeOf();
    const budgets = await database.withWorkspace(access.workspaceId, (tx) => tx.quotaBudget.findMany());
    expect(budgets.map((budget) => budget.liveSeenAt)).toEqual([expect.any(Date), expect.any(Date)]);
  });
});

describe("a flow that is for preview alone", () => {
  it("makes a preview of what a notice tells of, and posts it once the flow is live", async () => {
    await changeFlow("invoice", "previewOnly");
    const books = await readBooks(ledger);
    await addInvoice(source, "INV-2011");
    await untilSettled(world, access);
    expect((await listRunRows(access)).at(-1)).toMatchObject({ state: "previewed", appliedFrom: null });
    expect(await readBooks(ledger)).toEqual(books);
    await changeFlow("invoice", "live");
    await changePair({ nextRunAt: new Date(0) });
    await startDue();
    await untilSettled(world, access);
    expect((await readBooks(ledger)).invoices.join()).toContain("INV-2011");
    await expectAgreement(access);
  });
});

describe("the schedule that a person chooses", () => {
  it("is by the organisation's clock, stands in the audit trail, and holds notices until its time", async () => {
    const { setSchedule } = await import("@/lib/operations/schedules/set-schedule");
    const { getSchedule } = await import("@/lib/operations/schedules/get-schedule");
    const hour = (new Date().getUTCHours() + 12) % 24;
    expect((await setSchedule(access, { mode: "dailyAt", hour })).ok).toBe(true);
    const view = await getSchedule(access);
    expect(view).toMatchObject({
      schedule: { mode: "dailyAt", hour, timeZone: "Europe/London" },
      isPaused: false,
      isLive: true,
    });
    expect(new Date(view?.nextRunAt ?? "").getTime()).toBeGreaterThan(Date.now() + 10 * 3_600_000);
    const { database } = await runtimeOf();
    const [line] = await database.withWorkspace(access.workspaceId, (tx) =>
      tx.auditEvent.findMany({ where: { action: "schedule.changed" } }),
    );
    expect(line).toMatchObject({
      actorUserId: access.userId,
      before: { mode: "realTime" },
      after: { mode: "dailyAt", hour, timeZone: "Europe/London" },
    });
    const [books, runs] = [await readBooks(ledger), (await listRunRows(access)).length];
    await addInvoice(source, "INV-2012");
    await world.sandbox.deliveries().settled();
    expect(await takeNow()).toBe("waiting");
    expect(await startDue()).toBe(0);
    expect((await listRunRows(access)).length).toBe(runs);
    expect(await readBooks(ledger)).toEqual(books);
    await changePair({ nextRunAt: new Date(0) });
    expect(await startDue()).toBe(1);
    await untilSettled(world, access);
    expect((await readBooks(ledger)).invoices.join()).toContain("INV-2012");
    expect((await readPair()).nextRunAt?.getTime()).toBeGreaterThan(Date.now() + 10 * 3_600_000);
  });
});

async function changeFlow(recordType: string, state: string): Promise<void> {
  const { database } = await runtimeOf();
  await database.withWorkspace(access.workspaceId, (tx) =>
    tx.flow.updateMany({ where: { recordType }, data: { state } }),
  );
}

/** Every notice that Zoho sends meanwhile is lost. */
async function whileNothingIsTold(work: () => Promise<void>): Promise<void> {
  const deliveries = world.sandbox.deliveries();
  const effect = { type: "drop" } as const;
  deliveries.faults.order({ target: "zoho.webhooks", skip: 0, times: 99, seed: 1, effect });
  await work();
  await deliveries.settled();
  deliveries.clearFaults();
}

async function runtimeOf() {
  const { getRuntime } = await import("@/lib/operations/runtime");
  return getRuntime();
}

async function readPair() {
  const { database } = await runtimeOf();
  return database.withWorkspace(access.workspaceId, (tx) => tx.pair.findFirstOrThrow());
}

/** As if time had passed: the columns that say when something is due. */
async function changePair(data: { nextRunAt?: Date }, statement?: string): Promise<void> {
  const { database } = await runtimeOf();
  await database.withWorkspace(access.workspaceId, async (tx) => {
    await tx.pair.updateMany({ data });
    if (statement !== undefined) await tx.$executeRawUnsafe(statement);
  });
}

async function startDue(): Promise<number> {
  const { startDueRuns } = await import("@/lib/operations/schedules/start-due-runs");
  return startDueRuns();
}

async function takeNow(): Promise<string> {
  const { takeNotices } = await import("@/lib/operations/notices/take-notices");
  const { id: pairId, workspaceId } = await readPair();
  return takeNotices({ workspaceId, pairId });
}

/** Saves a posted invoice in Xero as it is, which Xero tells of. */
async function touchInXero(): Promise<void> {
  const [posted] = (await listAll(ledger, "Invoices")).filter((one) => one.InvoiceNumber === "INV-2004");
  await ledger.call("POST", `/Invoices/${posted?.InvoiceID}`, {
    body: { Reference: posted?.Reference ?? "" },
  });
}
