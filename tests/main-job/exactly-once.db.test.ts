import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { FaultOrder } from "@/sandbox/kit/faults";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { closeCompany, expectAgreement, openCompany } from "./company";
import { BOOK_KINDS, type LedgerBooks, openLedger, readBooks } from "./ledger-books";

/**
 * Whatever becomes of an answer, Xero holds each record once. The books after a run with faults are held against those
 * of a run without any, both read over Xero's own API; the call log says that each fault really struck.
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
  await expectAgreement(access);
  undisturbed = await readBooks(await openLedger(world.sandbox.origin));
});

afterAll(() => world.stop());

/** The first call that creates records of each type. */
const CREATING = [
  "/Contacts",
  "/Items",
  "/Invoices",
  "/CreditNotes",
  "/CreditNotes/{id}/Allocations",
  "/Payments",
  "/BankTransactions",
] as const;

const ERROR_500 = { type: "status", status: 500, body: "", headers: {} } as const;

const FAULTS: readonly { readonly what: string; readonly effect: FaultOrder["effect"] }[] = [
  { what: "whose answer was lost after it was saved", effect: { type: "drop-after" } },
  { what: "that was saved and answered with status 500", effect: { ...ERROR_500, afterHandling: true } },
  { what: "whose answer broke off", effect: { type: "truncate", bytes: 200 } },
  { what: "that never arrived", effect: { type: "drop-before" } },
];

describe.each(FAULTS)("the first call of every type, $what", ({ effect }) => {
  let books: LedgerBooks;

  beforeAll(async () => {
    await closeCompany(world, access);
    access = await openCompany(world);
    for (const operation of CREATING) orderFault({ method: "PUT", operation, effect });
    await world.owner.syncOnce(access);
    books = await readBooks(await openLedger(world.sandbox.origin));
  });

  it("was struck in each type", () => {
    expect(struckOperations()).toEqual([...CREATING].sort());
  });

  it.each(BOOK_KINDS)("leaves the %s as a run without faults does", (kind) => {
    expect(undisturbed[kind].length).toBeGreaterThan(0);
    expect(books[kind]).toEqual(undisturbed[kind]);
  });

  it("ties out without a discrepancy", () => expectAgreement(access));
});

describe("refusals on both sides", () => {
  const READING = ["/contacts", "/items", "/invoices", "/invoices/{id}", "/creditnotes", "/customerpayments"];

  beforeAll(async () => {
    await closeCompany(world, access);
    access = await openCompany(world);
    for (const operation of READING)
      orderFault({
        service: "zoho",
        method: "GET",
        operation,
        effect: { ...ERROR_500, afterHandling: false },
      });
    orderFault({
      method: "PUT",
      operation: "/Invoices",
      skip: 1,
      effect: { ...ERROR_500, status: 429, headers: { "retry-after": "1" }, afterHandling: false },
    });
    await world.owner.syncOnce(access);
  });

  it("of Zoho Books while it is read do not end the run", () => {
    expect(struckOperations()).toEqual(expect.arrayContaining(READING));
  });

  it("of Xero for too many calls are waited for as long as it says", () => {
    const calls = world.sandbox.callLog.entries().filter((call) => call.service === "xero");
    const refusedAt = Date.parse(calls.find((call) => call.status === 429)?.at ?? "");
    // The log is in the order of the answers: one that was under way may stand behind the refusal and have come before it.
    const nextAt = Math.min(...calls.map((call) => Date.parse(call.at)).filter((at) => at > refusedAt));
    expect(nextAt - refusedAt).toBeGreaterThanOrEqual(1000);
  });

  it("leave the books as a run without faults does", async () => {
    expect(await readBooks(await openLedger(world.sandbox.origin))).toEqual(undisturbed);
    await expectAgreement(access);
  });
});

describe("the order to post", () => {
  it("that comes again, during and after the posting, posts nothing twice", async () => {
    await closeCompany(world, access);
    access = await openCompany(world);
    const { startPreview } = await import("@/lib/operations/runs/start-preview");
    const { startPosting } = await import("@/lib/operations/runs/start-posting");
    const started = await startPreview(access);
    if (!started.ok) throw new Error(started.error.message);
    const data = { workspaceId: access.workspaceId, runId: started.value.runId };
    await world.owner.followRun(access, data.runId, (run) => run.state === "previewed");
    await startPosting(access, data.runId);
    const again = (id: string) => world.sendEvent({ id, name: "sync/posting.requested", data });
    await Promise.all([again("second"), again("third")]);
    await world.owner.followRun(access, data.runId, (run) => run.state === "finished");
    await again("fourth");
    await world.waitUntilIdle();
    expect(await readBooks(await openLedger(world.sandbox.origin))).toEqual(undisturbed);
    await expectAgreement(access);
  });
});

function orderFault(fault: Pick<FaultOrder, "method" | "operation" | "effect"> & Partial<FaultOrder>): void {
  world.sandbox.faults.order({ service: "xero", skip: 0, times: 1, ...fault });
}

function struckOperations(): string[] {
  return world.sandbox.callLog
    .entries()
    .filter((call) => call.fault !== undefined)
    .map((call) => call.operation)
    .sort();
}
