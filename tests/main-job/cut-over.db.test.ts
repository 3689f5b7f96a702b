import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { CutOverChoice } from "@/lib/domain/views/setup-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { TestClient } from "@/sandbox/xero/test-client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { expectAgreement, openCompany, readTieOut } from "./company";
import { listAll, openLedger } from "./ledger-books";
import { openSource, type SourceBooks } from "./source-books";

/**
 * A firm that keeps its old years elsewhere: what is dated before the cut-over stays out of Xero, what was still owed on
 * that day is matched or brought in, and money that came afterwards goes to it.
 */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let world: ProductWorld;
let access: WorkspaceAccess;
let source: SourceBooks;
let ledger: TestClient;

const CUT_OVER = "2026-10-01";
const CUSTOMER = "Penrose Home";

beforeAll(async () => {
  world = await startProductWorld();
  source = await openSource(world.sandbox.origin);
  ledger = await openLedger(world.sandbox.origin);
  access = await openCompany(world);
  await makeOldBooks();
  await choose({ date: CUT_OVER, openDocuments: "match", openingAccountKey: null });
  await world.owner.syncOnce(access);
});

afterAll(() => world.stop());

/** Four old invoices: paid before, paid afterwards, paid in part before and afterwards, and one that Xero has. */
async function makeOldBooks(): Promise<void> {
  const customerId = await source.findId("contacts", CUSTOMER);
  const invoice = async (number: string, date: string): Promise<void> => {
    await source.call("POST", "/invoices?send=true", {
      customer_id: customerId,
      invoice_number: number,
      date,
      line_items: [{ description: "Parasols", rate: 25, quantity: 4 }],
    });
  };
  const pay = async (number: string, amount: number, date: string): Promise<void> => {
    await source.call("POST", "/customerpayments", {
      customer_id: customerId,
      payment_mode: "banktransfer",
      amount,
      date,
      invoices: [{ invoice_id: await source.findId("invoices", number), amount_applied: amount }],
    });
  };
  await invoice("OLD-1", "2026-08-10");
  await pay("OLD-1", 100, "2026-09-01");
  await invoice("OLD-2", "2026-08-11");
  await pay("OLD-2", 100, "2026-10-05");
  await invoice("OLD-3", "2026-08-12");
  await pay("OLD-3", 60, "2026-09-02");
  await pay("OLD-3", 30, "2026-10-06");
  await invoice("OLD-4", "2026-08-13");
  await pay("OLD-4", 40, "2026-10-07");
  await ledger.create("Invoices", {
    Type: "ACCREC",
    InvoiceNumber: "OLD-4",
    Contact: { Name: CUSTOMER },
    Date: "2026-08-13",
    DueDate: "2026-08-13",
    Status: "AUTHORISED",
    LineAmountTypes: "NoTax",
    LineItems: [{ Description: "Parasols", Quantity: 4, UnitAmount: 25, AccountCode: "200" }],
  });
}

async function choose(cutOver: CutOverChoice | null) {
  const { getSetup } = await import("@/lib/operations/setup/get-setup");
  const { confirmSetup } = await import("@/lib/operations/setup/confirm-setup");
  const setup = await getSetup(access);
  const confirmed = await confirmSetup(access, {
    documentStatus: "approved",
    cutOver,
    choices: setup.sections
      .flatMap((section) => section.questions)
      .map(({ kind, sourceKey, chosenKey, suggestedKey }) => ({
        kind,
        sourceKey,
        targetKey: chosenKey ?? suggestedKey,
      })),
  });
  return confirmed.ok ? null : confirmed.error;
}

const oldInvoices = async () =>
  (await listAll(ledger, "Invoices"))
    .filter((one) => one.InvoiceNumber?.startsWith("OLD-"))
    .map((one) => `${one.InvoiceNumber} ${one.Total} due ${one.AmountDue}`)
    .sort();

const oldPayments = async () =>
  (await listAll(ledger, "Payments"))
    .filter((one) => one.Invoice?.InvoiceNumber?.startsWith("OLD-") && one.Status !== "DELETED")
    .map((one) => `${one.Invoice.InvoiceNumber} ${one.Amount}`)
    .sort();

async function snapshots() {
  const { getRuntime } = await import("@/lib/operations/runtime");
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, (tx) =>
    tx.recordSnapshot.findMany({
      where: { OR: [{ number: { startsWith: "OLD-" } }, { label: { contains: "OLD-" } }] },
      select: {
        recordType: true,
        number: true,
        label: true,
        documentDate: true,
        disposition: true,
        dispositionReason: true,
      },
    }),
  );
}

const stateOf = async (number: string): Promise<string> => {
  const row = (await snapshots()).find((one) => one.recordType === "invoice" && one.number === number);
  return [row?.disposition, row?.dispositionReason].filter((part) => part).join(" ");
};

describe("what is dated before the cut-over", () => {
  it("is not posted: left out where it was paid by then, linked where Xero has it, and else named as open", async () => {
    expect(await stateOf("OLD-1")).toBe("excluded beforeCutOver");
    expect(await stateOf("OLD-2")).toBe("excluded openBeforeCutOver");
    expect(await stateOf("OLD-3")).toBe("excluded openBeforeCutOver");
    expect(await stateOf("OLD-4")).toBe("linked");
  });

  it("leaves nothing in Xero that is older, but what was there", async () => {
    const { getRuntime } = await import("@/lib/operations/runtime");
    const { database } = await getRuntime();
    const intents = await database.withWorkspace(access.workspaceId, (tx) =>
      tx.writeIntent.findMany({ where: { state: "applied" }, select: { payload: true } }),
    );
    const dates = intents.flatMap(({ payload }) =>
      typeof payload === "object" && payload !== null && "date" in payload ? [String(payload.date)] : [],
    );
    expect(dates.length).toBeGreaterThan(0);
    expect(dates.filter((date) => date < CUT_OVER)).toEqual([]);
  });

  it("takes the money that came afterwards where Xero has the document; else that money waits and says why", async () => {
    expect(await oldPayments()).toEqual(["OLD-4 40"]);
    const { getRuntime } = await import("@/lib/operations/runtime");
    const { database } = await getRuntime();
    const open = await database.withWorkspace(access.workspaceId, (tx) =>
      tx.syncException.findMany({ where: { state: "open", cause: "documentBeforeCutOver" } }),
    );
    expect(open.map((one) => one.subject).sort()).toEqual(expect.arrayContaining(["OLD-2", "OLD-3"]));
    expect(open.find((one) => one.subject === "OLD-2")?.message).toMatch(
      /came after the cut-over and is for OLD-2, which is from before it and is not in Xero\.$/,
    );
  });

  it("is a line of its own in the tie-out, by currency, and every record is accounted for", async () => {
    await expectAgreement(access);
    const { beforeCutOver } = await readTieOut(access);
    expect(beforeCutOver?.date).toBe(CUT_OVER);
    expect(beforeCutOver?.leftOut.count).toBeGreaterThan(4);
    expect(beforeCutOver?.leftOut.totals.map(({ currency }) => currency)).toContain("GBP");
  });
});

describe("opening balances", () => {
  it("need the account that they are booked against", async () => {
    const refused = await choose({ date: CUT_OVER, openDocuments: "bringIn", openingAccountKey: null });
    expect(refused?.fieldErrors).toEqual({
      cutOver: "Choose the account that opening balances are booked against.",
    });
    expect(
      (await choose({ date: "soon", openDocuments: "match", openingAccountKey: null }))?.fieldErrors,
    ).toEqual({
      cutOver: "Give the first day that is kept, or choose to post everything.",
    });
  });

  it("are brought in where a person chose so: what was open, once, and the money that came afterwards goes to them", async () => {
    const { getSetup } = await import("@/lib/operations/setup/get-setup");
    const account = (await getSetup(access)).cutOver?.accounts[0]?.key ?? "";
    expect(await choose({ date: CUT_OVER, openDocuments: "bringIn", openingAccountKey: account })).toBeNull();
    await world.owner.syncOnce(access);
    expect(await oldInvoices()).toEqual(["OLD-2 100 due 0", "OLD-3 40 due 10", "OLD-4 100 due 60"]);
    expect(await oldPayments()).toEqual(["OLD-2 100", "OLD-3 30", "OLD-4 40"]);
    const [opening] = (await listAll(ledger, "Invoices")).filter((one) => one.InvoiceNumber === "OLD-3");
    expect(opening?.TotalTax).toBe(0);
    expect(opening?.LineItems?.[0]?.AccountCode).toBe(account);
  });

  it("tie out at what was open, and the tie-out says what had been paid before", async () => {
    await expectAgreement(access);
    const { beforeCutOver } = await readTieOut(access);
    expect(beforeCutOver?.settledOfBroughtIn.count).toBeGreaterThanOrEqual(2);
  });

  it("are not posted again", async () => {
    const since = world.sandbox.callLog.seq;
    await world.owner.syncOnce(access);
    expect(world.sandbox.callLog.totals(since)?.xero?.writes).toBe(0);
    await expectAgreement(access);
  });
});

describe("how far back it goes", () => {
  it("is shown with records, calls and time before anything starts", async () => {
    const { getSetup } = await import("@/lib/operations/setup/get-setup");
    const history = (await getSetup(access)).cutOver?.history ?? [];
    expect(history[0]).toMatchObject({ from: null, records: expect.any(Number), calls: expect.any(Number) });
    expect(history[0]?.records).toBeGreaterThan(0);
    expect(history[0]?.calls).toBeLessThan(history[0]?.records ?? 0);
  });
});
