import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { TestClient } from "@/sandbox/xero/test-client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { openBoughtCompany, openWholeLedger } from "./bought-company";
import { expectAgreement, waitUntil } from "./company";
import { holdCall, isHeld, KILLABLE, killAndReplace } from "./killed-worker";
import { listAll } from "./ledger-books";
import { addBalances, closePeriod, previewUndo, readYearToDate, whatStayedBooked } from "./undo-rounds";

/**
 * The process that takes a run back is killed with SIGKILL between Xero's commit and its answer, and while its call is still
 * on the way, with the documents that take back what lies in a closed period in hand: each stands in Xero once.
 */
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const LOCKED_TO = "2026-08-31";
const YEAR_END = "2026-12-31";
const ALLOCATIONS = "/CreditNotes/{id}/Allocations";

let world: ProductWorld;
let access: WorkspaceAccess;
let ledger: TestClient;
let before: Record<string, bigint>;
let undo: string;

beforeAll(async () => {
  world = await startProductWorld(KILLABLE);
  access = await openBoughtCompany(world, { withSales: true });
  ledger = await openWholeLedger(world.sandbox.origin);
  before = await readYearToDate(ledger, YEAR_END);
  const { runId } = await world.owner.syncOnce(access);
  await world.waitUntilIdle();
  closePeriod(world, LOCKED_TO);
  undo = (await previewUndo(world, access, runId, { takesLocked: true })).runId;
});
afterAll(() => world.stop());

const hold = (method: string, operation: string, afterHandling: boolean): void =>
  holdCall(world, { service: "xero", method, operation, afterHandling });

/** Opposite documents that stand in Xero, by what people know them by; sorted. */
async function opposites(): Promise<string[]> {
  const lists = await Promise.all(
    (["Invoices", "CreditNotes", "BankTransactions", "ManualJournals"] as const).map(async (kind) =>
      (await listAll(ledger, kind))
        .filter(({ Status }) => Status !== "VOIDED" && Status !== "DELETED")
        .map((one) => one.InvoiceNumber ?? one.CreditNoteNumber ?? one.Reference ?? one.Narration ?? ""),
    ),
  );
  return (
    lists
      .flat()
      // The firm's own credit notes are CN and a number.
      .filter((name: string) => /^(?:CN-[A-Z]|REV-)/.test(name))
      .sort()
  );
}

it("a worker that is killed between Xero's commit of the credit notes and its answer leaves each once", async () => {
  const { startPosting } = await import("@/lib/operations/runs/start-posting");
  hold("PUT", "/CreditNotes", true);
  await startPosting(access, undo);
  await waitUntil(async () => (await opposites()).some((name) => name.startsWith("CN-INV-")));
  await killAndReplace(world, () => hold("PUT", ALLOCATIONS, true));
});

it("one that is killed between the commit of what sets them against their invoices and the answer, too", async () => {
  await waitUntil(async () =>
    (await listAll(ledger, "CreditNotes")).some(
      (note) => /^CN-INV-/.test(note.CreditNoteNumber) && note.Allocations.length > 0,
    ),
  );
  await killAndReplace(world, () => hold("PUT", "/BankTransactions", false));
});

it("one that is killed while the money's opposite is still on the way, too", async () => {
  await waitUntil(() => isHeld(world));
  await killAndReplace(world, () => hold("PUT", "/ManualJournals", true));
});

it("one that is killed between the commit of the journals and the answer, too, and the undo comes to its end", async () => {
  await waitUntil(async () => (await opposites()).some((name) => /^REV-\d/.test(name)));
  await killAndReplace(world);
  const run = await world.owner.followRun(access, undo, (one) => one.state === "finished");
  expect(run.failure).toBeNull();
});

it("after all this each opposite stands once, set against its record once, and the books are those of before", async () => {
  const { listAllRows } = await import("./undo-rounds");
  const rows = await listAllRows(access, undo);
  const planned = rows.filter(({ verb, recordType }) => verb === "create" && !/llocation/.test(recordType));
  const found = await opposites();
  expect(found).toHaveLength(planned.length);
  for (const { number } of planned) expect(found.filter((name) => name.startsWith(number))).toHaveLength(1);
  for (const note of await listAll(ledger, "CreditNotes"))
    if (/^CN-[A-Z]/.test(note.CreditNoteNumber))
      expect([note.CreditNoteNumber, note.Allocations.length, note.RemainingCredit]).toEqual([
        note.CreditNoteNumber,
        1,
        0,
      ]);
  const stayed = await whatStayedBooked(access, undo, ledger, YEAR_END);
  expect(await readYearToDate(ledger, YEAR_END)).toEqual(addBalances(before, stayed));
  await expectAgreement(access);
});
