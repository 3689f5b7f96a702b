import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { TestClient } from "@/sandbox/xero/test-client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { type LedgerBooks, openLedger, readBooks, readTrialBalance } from "./ledger-books";

/** A whole run taken back: what it posted is out of the books again, what others put there stays. */
let world: ProductWorld;
let access: WorkspaceAccess;
let ledger: TestClient;
let before: LedgerBooks;
let posted: LedgerBooks;
let trialBalance: string[];
let firstRun: string;

beforeAll(async () => {
  world = await startProductWorld();
  access = await world.owner.signUp("olivia@tidewatergifts.test");
  await world.owner.connect(access, "xero", "global");
  await world.owner.connect(access, "zoho-books", "eu");
  await world.owner.confirmSuggestions(access);
  ledger = await openLedger(world.sandbox.origin);
  before = await readBooks(ledger);
  trialBalance = await readTrialBalance(ledger, YEAR_END);
  firstRun = (await world.owner.syncOnce(access)).runId;
  posted = await readBooks(ledger);
});
afterAll(() => world.stop());

const YEAR_END = "2026-12-31";
const KINDS_WITH_MONEY = ["invoices", "creditNotes", "allocations", "payments", "overpayments"] as const;

/** The books without what is voided or deleted. */
const standing = (books: LedgerBooks) =>
  Object.fromEntries(
    KINDS_WITH_MONEY.map((kind) => [
      kind,
      books[kind].filter((line) => !/\| (?:VOIDED|DELETED)$/.test(line)),
    ]),
  );

const calls = (since: number) => world.sandbox.callLog.totals(since)?.xero;

/** Xero keeps the number of a voided document, so what is posted anew has one of its own. */
const underNewNumber = (line: string): string => line.replace(/^(INV-\d+) \|/, "$1-2 |");

/** Previews the undo of a run; its id, or why there is none. */
async function undo(runId: string): Promise<string> {
  const { startUndo } = await import("@/lib/operations/runs/start-undo");
  const pressed = await Promise.all([startUndo(access, runId), startUndo(access, runId)]);
  const [first, second] = pressed.map((one) => (one.ok ? one.value.runId : one.error.message));
  expect(second).toBe(first);
  return first ?? "";
}

describe("a run that is undone", () => {
  it("shows first what goes and what stays, and changes nothing yet", async () => {
    const { getPreview } = await import("@/lib/operations/runs/get-preview");
    const { listPreviewRows } = await import("@/lib/operations/runs/list-preview-rows");
    const since = world.sandbox.callLog.seq;
    const undoing = await undo(firstRun);
    await world.owner.followRun(access, undoing, (run) => run.state === "previewed");
    const shown = await getPreview(access, undoing);
    const { getRun } = await import("@/lib/operations/runs/get-run");
    const run = await getRun(access, firstRun);
    for (const { recordType, counts } of shown?.byType ?? []) {
      const wasPosted = run?.passes.find((pass) => pass.recordType === recordType)?.posted ?? 0;
      expect(counts.void + counts.exclude, recordType).toBe(wasPosted);
    }
    const { rows } = await listPreviewRows(access, undoing, { recordType: "contact" });
    expect(new Set(rows.map((row) => row.sentence))).toEqual(
      new Set(["Contacts and items hold no money: they stay, and are used again."]),
    );
    expect(calls(since)?.writes).toBe(0);
  });

  it("leaves the books as they were before it, with all that others have put there", async () => {
    const { startPosting } = await import("@/lib/operations/runs/start-posting");
    const undoing = await undo(firstRun);
    expect(standing(await readBooks(ledger))).not.toEqual(standing(before));
    expect(await readTrialBalance(ledger, YEAR_END)).not.toEqual(trialBalance);
    await Promise.all([startPosting(access, undoing), startPosting(access, undoing)]);
    const run = await world.owner.followRun(access, undoing, (one) => one.state === "finished");
    expect(run.passes.map((pass) => pass.failed)).toEqual(run.passes.map(() => 0));
    expect(standing(await readBooks(ledger))).toEqual(standing(before));
    expect(await readTrialBalance(ledger, YEAR_END)).toEqual(trialBalance);
  });

  it("has nothing left to take back", async () => {
    const undoing = await undo(firstRun);
    const run = await world.owner.followRun(access, undoing, (one) => one.state === "finished");
    expect(run.passes.every((pass) => pass.toPost === 0)).toBe(true);
  });

  it("is not posted again by the next run, and both sides agree on what is left out", async () => {
    const { getTieOut } = await import("@/lib/operations/reconciliation/get-tie-out");
    const since = world.sandbox.callLog.seq;
    await world.owner.syncOnce(access);
    expect(calls(since)?.writes).toBe(0);
    const tieOut = await getTieOut(access);
    expect(tieOut?.discrepancies).toBe(0);
    const invoices = tieOut?.byType.find((line) => line.recordType === "invoice" && line.currency === "GBP");
    expect(invoices?.excluded.count).toBeGreaterThan(10);
  });

  it("is posted again when a person lets it, and both sides agree to the cent", async () => {
    const { releaseUndone } = await import("@/lib/operations/runs/release-undone");
    const { getTieOut } = await import("@/lib/operations/reconciliation/get-tie-out");
    expect(await releaseUndone(access)).toBeGreaterThan(50);
    const run = await world.owner.syncOnce(access);
    expect(run.state).toBe("finished");
    expect((await getTieOut(access))?.discrepancies).toBe(0);
    const reissued = (await readBooks(ledger)).invoices.filter((line) => /^INV-\d+-2 \|/.test(line));
    expect(reissued.length).toBeGreaterThan(50);
    expect(standing(await readBooks(ledger)).payments).toEqual(
      standing(posted).payments?.map(underNewNumber),
    );
  });
});
