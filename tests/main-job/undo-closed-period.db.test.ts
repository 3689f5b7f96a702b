import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { TestClient } from "@/sandbox/xero/test-client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { openBoughtCompany, openWholeLedger } from "./bought-company";
import { expectAgreement, listOpen, readTieOut } from "./company";
import { listAll } from "./ledger-books";
import {
  addBalances,
  closePeriod,
  followUndo,
  previewAgain,
  previewUndo,
  readYearToDate,
  whatStayedBooked,
} from "./undo-rounds";

/**
 * A run is taken back after part of its period was closed: what lies there is taken back by documents on the first open
 * day, where the owner chooses that, and from that day on the books are as they were.
 */
vi.setConfig({ testTimeout: 300_000, hookTimeout: 240_000 });

const LOCKED_TO = "2026-08-31";
const FIRST_OPEN_DAY = "2026-09-01";
const LATER_DAYS = ["2026-09-01", "2026-10-15", "2026-12-31"] as const;

let world: ProductWorld;
let access: WorkspaceAccess;
let ledger: TestClient;
let firstRun: string;
let before: Record<string, Record<string, bigint>>;
let closed: Record<string, bigint>;

const balances = async (): Promise<Record<string, Record<string, bigint>>> =>
  Object.fromEntries(
    await Promise.all(LATER_DAYS.map(async (day) => [day, await readYearToDate(ledger, day)] as const)),
  );

beforeAll(async () => {
  world = await startProductWorld();
  access = await openBoughtCompany(world, { withSales: true });
  ledger = await openWholeLedger(world.sandbox.origin);
  before = await balances();
  firstRun = (await world.owner.syncOnce(access)).runId;
  closed = await readYearToDate(ledger, LOCKED_TO);
  closePeriod(world, LOCKED_TO);
});
afterAll(() => world.stop());

const calls = (since: number) => world.sandbox.callLog.totals(since)?.xero?.writes ?? 0;

/** The database as it was before these were taken back. */
async function forgetReversals(numbers: readonly string[]): Promise<void> {
  const { getRuntime } = await import("@/lib/operations/runtime");
  const { database } = await getRuntime();
  const { workspaceId } = access;
  await database.withWorkspace(workspaceId, async (tx) => {
    const rows = await tx.reversal.findMany({ where: { number: { in: [...numbers] } } });
    expect(rows).toHaveLength(numbers.length);
    for (const { id, pairId, recordType, sourceExternalId, ledgerExternalId } of rows) {
      await tx.recordLink.create({
        data: {
          ...{ workspaceId, pairId, recordType, sourceExternalId, ledgerExternalId },
          ...{ how: "created", sourceHash: "", detail: {} },
        },
      });
      await tx.recordSnapshot.updateMany({
        where: { recordType, externalId: sourceExternalId },
        data: { disposition: "posted", dispositionReason: null },
      });
      await tx.reversal.delete({ where: { id } });
    }
  });
}

/** Invoices that the tie-out counts in Xero, and those that it leaves out, over all currencies. */
async function countInvoices(): Promise<{ ledger: number; excluded: number }> {
  const lines = (await readTieOut(access)).byType.filter(({ recordType }) => recordType === "invoice");
  return {
    ledger: lines.reduce((count, line) => count + line.ledger.count, 0),
    excluded: lines.reduce((count, line) => count + line.excluded.count, 0),
  };
}

describe("what lies in a closed period when a run is undone", () => {
  it("stays unless the owner chooses otherwise, and the preview says what could be done", async () => {
    const since = world.sandbox.callLog.seq;
    const { view, rows } = await previewUndo(world, access, firstRun, { takesLocked: false });
    expect(view.closedPeriods).toMatchObject({
      until: "31 August 2026",
      day: "1 September 2026",
      taken: false,
    });
    expect(view.closedPeriods?.documents).toBe(
      rows.filter(({ verb, sentence }) => verb === "block" && sentence?.includes("is locked in Xero"))
        .length -
        rows.filter(
          ({ recordType, verb, sentence }) =>
            /ayment|llocation/.test(recordType) &&
            verb === "block" &&
            sentence?.includes("is locked in Xero"),
        ).length,
    );
    expect(rows.some(({ verb }) => verb === "create")).toBe(false);
    expect(calls(since)).toBe(0);
  });

  it("is shown beforehand document by document, with what takes it back and what stays and why", async () => {
    const since = world.sandbox.callLog.seq;
    const { view, rows } = await previewUndo(world, access, firstRun, { takesLocked: true });
    expect(calls(since)).toBe(0);
    const sentenceOf = (number: string, verb: string) =>
      rows.find((row) => row.number === number && row.verb === verb)?.sentence;
    expect(sentenceOf("INV-1041", "exclude")).toBe(
      "Invoice INV-1041 lies in a closed period (until 31 August 2026). A credit note CN-INV-1041 dated 1 September 2026 takes it back.",
    );
    expect(sentenceOf("CN-209", "exclude")).toMatch(
      /An invoice REV-CN-209 dated 1 September 2026 takes it back\.$/,
    );
    expect(sentenceOf("INV-1035", "block")).toMatch(
      /stays: a payment or credit on it lies in a period that is closed/,
    );
    const made = rows.filter(({ verb }) => verb === "create");
    expect(new Set(made.map(({ recordType }) => recordType))).toEqual(
      new Set([
        ...["creditNote", "invoice", "allocation", "supplierCredit", "supplierAllocation"],
        ...["bankTransaction", "manualJournal"],
      ]),
    );
    const shown = made.find(({ number }) => number === "CN-INV-1041");
    expect(shown?.fields.find(({ field }) => field === "Date")?.after).toBe(FIRST_OPEN_DAY);
    expect(view.closedPeriods).toEqual({
      ...{ until: "31 August 2026", day: "1 September 2026", taken: true },
      documents: made.filter(({ recordType }) => !/llocation/.test(recordType)).length,
    });
  });

  it("is warned of where it stands in a tax return that was sent, or nobody said which were", async () => {
    const { setPostingRules } = await import("@/lib/operations/approvals/set-posting-rules");
    const rules = { perRecord: "", perRun: "", meanwhile: "postTheRest" as const };
    const unsaid = (await previewUndo(world, access, firstRun, { takesLocked: true })).view;
    expect(unsaid.filedTax).toBeNull();
    expect(unsaid.taxUnsaid).toMatchObject({ everyMonths: 3, earliest: expect.stringMatching(/ 2026$/) });
    expect(unsaid.taxUnsaid?.documents).toBeGreaterThan(10);

    expect((await setPostingRules(access, { ...rules, taxFiledTo: "2026-09-30" })).ok).toBe(true);
    const { view, rows } = await previewUndo(world, access, firstRun, { takesLocked: true });
    expect(view.taxUnsaid).toBeNull();
    // What goes by document is dated in the filed period as well, and counts with what is voided there.
    const byDocument = rows.filter(
      ({ verb, recordType }) => verb === "create" && recordType === "creditNote",
    );
    expect(view.filedTax?.to).toBe("2026-09-30");
    expect(view.filedTax?.documents).toBeGreaterThan(byDocument.length);
    await setPostingRules(access, { ...rules, taxFiledTo: "" });
  });

  it("is an exception of the record itself where Xero refuses what takes it back, and the next undo goes on", async () => {
    const { runId } = await previewUndo(world, access, firstRun, { takesLocked: true });
    // The accountant closes another month between preview and press.
    closePeriod(world, "2026-09-30");
    const run = await followUndo(world, access, runId);
    expect(run.report.join(" ")).toMatch(/stayed in Tidewater Gifts Ltd/);
    closePeriod(world, LOCKED_TO);
    const open = await listOpen(access);
    expect(open.find(({ name }) => name === "CN-209")).toMatchObject({ cause: "periodLocked" });
    expect(open.filter(({ name }) => name.startsWith("CN-INV") || name.startsWith("REV"))).toEqual([]);
    // Its payment of September was to go first and did not: nothing is sent that could not be set against it in full.
    expect(open.find(({ name }) => name === "INV-1041")).toBeUndefined();
    const numbers = (await listAll(ledger, "CreditNotes")).map((note) => note.CreditNoteNumber);
    expect(numbers).not.toContain("CN-INV-1041");
  });

  it("leaves the books as they were from the first open day on, but for what stayed, and the report says so", async () => {
    const { runId, view } = await previewUndo(world, access, firstRun, { takesLocked: true });
    const run = await followUndo(world, access, runId);
    expect(run.passes.map(({ failed, recordType }) => [recordType, failed])).toEqual(
      run.passes.map(({ recordType }) => [
        recordType,
        view.byType.find((type) => type.recordType === recordType)?.counts.block ?? 0,
      ]),
    );
    for (const day of LATER_DAYS) {
      const stayed = await whatStayedBooked(access, runId, ledger, day);
      expect(await readYearToDate(ledger, day), day).toEqual(addBalances(before[day] ?? {}, stayed));
    }
    // On the closed day itself the books show what they showed.
    expect(await readYearToDate(ledger, LOCKED_TO)).toEqual(closed);
    expect(run.report.join(" ")).toMatch(
      /From 1 September 2026 on the trial balance of Tidewater Gifts Ltd, year to date, equals the one before the run, but for what stayed/,
    );
  });

  it("is left out by the next run, and both sides agree", async () => {
    const since = world.sandbox.callLog.seq;
    const run = await world.owner.syncOnce(access);
    expect(run.state).toBe("finished");
    expect(calls(since)).toBe(0);
    await expectAgreement(access);
  });

  it("has nothing left to take back", async () => {
    const { runId, rows } = await previewUndo(world, access, firstRun, { takesLocked: true });
    const { getRun } = await import("@/lib/operations/runs/get-run");
    expect((await getRun(access, runId))?.state).toBe("finished");
    expect(rows.filter(({ verb }) => verb === "create" || verb === "void")).toEqual([]);
  });

  it("is recognised by what Xero shows where a restored backup knows nothing of it, and nothing is made twice", async () => {
    const balance = await readYearToDate(ledger, "2026-12-31");
    await forgetReversals(["INV-1040", "INV-1039"]);
    const notes = await listAll(ledger, "CreditNotes");
    const note = notes.find(({ CreditNoteNumber }) => CreditNoteNumber === "CN-INV-1039");
    await ledger.call(
      "DELETE",
      `/CreditNotes/${note?.CreditNoteID}/Allocations/${note?.Allocations[0].AllocationID}`,
    );
    const { runId, rows } = await previewUndo(world, access, firstRun, { takesLocked: true });
    const made = rows.filter(({ verb }) => verb === "create");
    expect(made.map(({ recordType, number }) => `${recordType} ${number}`)).toEqual([
      "allocation CN-INV-1039",
    ]);
    expect(rows.find(({ number }) => number === "INV-1040")?.sentence).toBe("It was taken back before.");
    await followUndo(world, access, runId);
    expect(await readYearToDate(ledger, "2026-12-31")).toEqual(balance);
    expect((await listAll(ledger, "CreditNotes")).length).toBe(notes.length);
    await expectAgreement(access);
  });

  it("counts again where somebody takes away what took it back", async () => {
    const before = await countInvoices();
    const notes = await listAll(ledger, "CreditNotes");
    const note = notes.find(({ CreditNoteNumber }) => CreditNoteNumber === "CN-INV-1041");
    const [allocation] = note?.Allocations ?? [];
    const path = `/CreditNotes/${note?.CreditNoteID}`;
    const voided = { CreditNoteID: note?.CreditNoteID, Status: "VOIDED" };
    const replies = [
      await ledger.call("DELETE", `${path}/Allocations/${allocation?.AllocationID}`),
      await ledger.call("POST", path, { body: voided }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    await world.owner.syncOnce(access);
    // A run that finds nothing to post ties out behind its end.
    await world.waitUntilIdle();
    const after = await countInvoices();
    expect(after).toEqual({ ledger: before.ledger + 1, excluded: before.excluded - 1 });
    await expectAgreement(access);
  });

  it("is posted again once the period is open and a person lets it, under a number of its own, once", async () => {
    const { releaseUndone } = await import("@/lib/operations/runs/release-undone");
    closePeriod(world, "2026-06-30");
    await releaseUndone(access);
    const { runId, rows } = await previewAgain(world, access);
    expect(rows.find(({ number }) => number === "INV-1040")?.warnings).toEqual([
      "It goes as INV-1040-2: INV-1040 lies in a closed period, where another document took it back, and keeps its number.",
    ]);
    await followUndo(world, access, runId);
    const numbers = (await listAll(ledger, "Invoices")).map(({ InvoiceNumber }) => InvoiceNumber);
    expect(numbers.filter((number) => number === "INV-1040-2")).toHaveLength(1);
    // Its opposite is void: it stands, and is recognised.
    expect(numbers.filter((number) => number.startsWith("INV-1041"))).toEqual(["INV-1041"]);
    await expectAgreement(access);
  });
});
