import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { type ProductWorld, startProductWorld } from "../setup/product-world";

/**
 * The main job on the demo company, without a browser: what is meant to be posted is posted once, what is not is named,
 * both sides agree, and nothing is done a second time.
 */
let world: ProductWorld;
let access: WorkspaceAccess;

beforeAll(async () => {
  world = await startProductWorld();
  access = await world.owner.signUp("olivia@tidewatergifts.test");
  await world.owner.connect(access, "xero", "global");
  await world.owner.connect(access, "zoho-books", "eu");
  await world.owner.confirmSuggestions(access);
});

afterAll(() => world.stop());

const calls = (since = 0) => world.sandbox.callLog.totals(since)?.xero;

describe("the first run", () => {
  it("posts nothing before a person starts it", async () => {
    const { startPreview } = await import("@/lib/operations/runs/start-preview");
    const started = await startPreview(access);
    if (!started.ok) throw new Error(started.error.message);
    await world.owner.followRun(access, started.value.runId, (run) => run.state === "previewed");
    expect(calls()?.writes).toBe(0);
  });

  it("posts what the preview showed, and both sides agree to the cent", async () => {
    const { listRuns } = await import("@/lib/operations/runs/list-runs");
    const { getPreview } = await import("@/lib/operations/runs/get-preview");
    const { startPosting } = await import("@/lib/operations/runs/start-posting");
    const { getTieOut } = await import("@/lib/operations/reconciliation/get-tie-out");
    const [preview] = await listRuns(access);
    const shown = await getPreview(access, preview?.runId ?? "");
    // Pressed twice, as an impatient person does.
    const pressed = await Promise.all([
      startPosting(access, shown?.runId ?? ""),
      startPosting(access, shown?.runId ?? ""),
    ]);
    expect(pressed.map((one) => one.ok)).toEqual([true, true]);
    const run = await world.owner.followRun(access, shown?.runId ?? "", (one) => one.state === "finished");

    const tieOut = await getTieOut(access);
    expect(tieOut?.discrepancies).toBe(0);
    const invoices = tieOut?.byType.filter((line) => line.recordType === "invoice") ?? [];
    for (const { source, ledger, excluded, exceptions, discrepancies } of invoices) {
      expect(source.count).toBe(ledger.count + excluded.count + exceptions.count + discrepancies.count);
    }
    // What the preview showed, less the one document that only Xero itself refuses.
    const shownInvoices = shown?.byType.find((type) => type.recordType === "invoice")?.counts.create ?? 0;
    const posted = run.passes.find((pass) => pass.recordType === "invoice");
    expect(posted?.posted).toBe(shownInvoices - 1);
    expect(posted?.failed).toBeGreaterThan(0);
  });

  it("links what the accountant had typed by hand instead of doubling it", async () => {
    const { listPreviewRows } = await import("@/lib/operations/runs/list-preview-rows");
    const { listRuns } = await import("@/lib/operations/runs/list-runs");
    const [run] = await listRuns(access);
    const { rows } = await listPreviewRows(access, run?.runId ?? "", { recordType: "invoice", verb: "link" });
    expect(rows.map((row) => row.number).sort()).toEqual(["INV-1111", "INV-1112", "INV-1113"]);
    expect(rows.every((row) => row.sentence?.includes("same number"))).toBe(true);
  });

  it("names a cause and a remedy for each record that cannot be posted", async () => {
    const { listExceptions } = await import("@/lib/operations/exceptions/list-exceptions");
    const { groups } = await listExceptions(access);
    const found = groups
      .flatMap((group) => group.rows.map((row) => `${row.number || row.label.slice(0, 20)}: ${group.cause}`))
      .sort();
    expect(found).toMatchInlineSnapshot(`
      [
        "Driftwood & Co: contactArchived",
        "INV-0990: periodLocked",
        "INV-1102: contactNotPosted",
        "INV-1103: taxNotMapped",
        "INV-1104: contactNotPosted",
        "INV-1105: contactNotPosted",
        "INV-1107: contactNotPosted",
        "INV-1109: numberTaken",
        "INV-1114: numberTaken",
        "Mason Gifts: nameTaken",
        "Skärgårdens Presente: currencyNotEnabled",
        "The Very Honourable : nameTooLong",
      ]
    `);
    expect(groups.every((group) => group.message.length > 20 && group.remedy.length > 20)).toBe(true);
  });

  it("makes no write call more than batches of 50 and one a credit note need", async () => {
    const { countWritesFloor } = await import("@/scripts/main-job/report");
    const { writesFloor } = await countWritesFloor(access);
    expect(calls()?.writes).toBeLessThanOrEqual(Math.ceil(writesFloor * 1.1));
    expect(calls()?.rateLimited).toBe(0);
  });
});

describe("a second run with nothing changed", () => {
  it("writes nothing and asks each record type once", async () => {
    const since = world.sandbox.callLog.seq;
    const run = await world.owner.syncOnce(access);
    expect(run.state).toBe("finished");
    const second = calls(since);
    expect(second?.writes).toBe(0);
    expect(second?.byOperation).toMatchInlineSnapshot(`
      {
        "GET /Accounts": 1,
        "GET /BankTransactions": 1,
        "GET /Contacts": 1,
        "GET /CreditNotes": 1,
        "GET /Currencies": 1,
        "GET /Invoices": 1,
        "GET /Items": 1,
        "GET /Organisation": 1,
        "GET /Payments": 1,
        "GET /TaxRates": 1,
        "GET /TrackingCategories": 1,
      }
    `);
  });
});
