import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { SetupQuestion } from "@/lib/domain/views/setup-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { timsDesk } from "@/sandbox/tims/type-in";
import type { TestClient } from "@/sandbox/xero/test-client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { letBack, syncBothWays } from "./back-to-source";
import { expectAgreement, waitUntil } from "./company";
import { holdCall, isHeld, KILLABLE, killAndReplace } from "./killed-worker";
import { listAll, openLedger } from "./ledger-books";
import { connectTims, openTimsCompany } from "./tims-company";

/**
 * TIMS as the source, with the functions in a process of their own that is killed with SIGKILL: while it reads TIMS, while
 * Xero has its invoices in hand, and while TIMS has a payment in hand. TIMS has no idempotency key: our marker alone keeps
 * the payment from being entered twice.
 */
// Whole runs, leases included, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let world: ProductWorld;
let access: WorkspaceAccess;
let runId: string;
let ledger: TestClient;

beforeAll(async () => {
  world = await startProductWorld(KILLABLE);
  access = await openTimsCompany(world);
  const connected = await connectTims(world, access);
  if (!connected.ok) throw new Error(connected.error.message);
  await world.owner.confirmSuggestions(access, "approved", choose);
  ledger = await openLedger(world.sandbox.origin);
});

afterAll(() => world.stop());

const choose = (question: SetupQuestion): string | null =>
  question.chosenKey ?? question.suggestedKey ?? (question.kind === "account" ? "429" : null);

const hold = (service: "xero" | "tims", method: string, operation: string, afterHandling: boolean): void =>
  holdCall(world, { service, method, operation, afterHandling });

async function ordersInXero(): Promise<string[]> {
  const invoices = await listAll(ledger, "Invoices");
  return invoices.map((one) => String(one.InvoiceNumber)).filter((number) => number.startsWith("SO-"));
}

it("a worker that is killed while TIMS answers leaves a preview that another one finishes", async () => {
  const { startPreview } = await import("@/lib/operations/runs/start-preview");
  hold("tims", "GET", "/salesorders", true);
  const started = await startPreview(access);
  if (!started.ok) throw new Error(started.error.message);
  runId = started.value.runId;
  await waitUntil(() => isHeld(world));
  await killAndReplace(world);
  await world.owner.followRun(access, runId, (run) => run.state === "previewed");
  expect(await ordersInXero()).toEqual([]);
});

it("a worker that is killed between Xero's commit and its answer leaves each order's invoice once", async () => {
  const { startPosting } = await import("@/lib/operations/runs/start-posting");
  hold("xero", "PUT", "/Invoices", true);
  expect((await startPosting(access, runId)).ok).toBe(true);
  await waitUntil(async () => (await ordersInXero()).length > 0);
  await killAndReplace(world);
  const run = await world.owner.followRun(access, runId, (one) => one.state === "finished");
  expect(run.failure).toBeNull();
  const numbers = await ordersInXero();
  expect(numbers.length).toBeGreaterThan(5);
  expect(new Set(numbers).size).toBe(numbers.length);
  await expectAgreement(access);
});

it.each([
  ["between TIMS' commit of a payment and its answer", true, "SO-4004"],
  ["while a payment is still on its way to TIMS", false, "SO-4006"],
] as const)("a worker that is killed %s leaves one payment in TIMS", async (_when, afterHandling, number) => {
  await letBack(world, access, ["payment"]);
  await syncBothWays(world, access);
  const [invoice] = (await listAll(ledger, "Invoices")).filter((one) => one.InvoiceNumber === number);
  const half = Number((Number(invoice?.AmountDue) / 2).toFixed(2));
  const [paid] = await ledger.create("Payments", {
    ...{ Invoice: { InvoiceID: invoice?.InvoiceID }, Account: { Code: "090" } },
    ...{ Date: "2026-10-21", Amount: half },
  });
  expect(paid?.Amount).toBe(half);
  const before = receipts().length;
  hold("tims", "POST", "/accounts/receivable/invoices/*", afterHandling);
  await world.owner.syncOnce(access);
  await waitUntil(() => isHeld(world));
  if (afterHandling) await waitUntil(() => receipts().length > before);
  await killAndReplace(world);
  await world.waitUntilIdle();
  await syncBothWays(world, access);
  // A second one would fit: only half of the receivable is paid.
  expect(receipts().length).toBe(before + 1);
  await expectAgreement(access);
});

function receipts(): string[] {
  return [...timsDesk(world.sandbox.context).books.table("receipts").heads()].map(([id]) => id);
}
