import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { TestClient } from "@/sandbox/xero/test-client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { openBoughtCompany, openWholeLedger, readBought } from "./bought-company";
import { closeCompany, expectAgreement, listOpen } from "./company";
import { readTrialBalance } from "./ledger-books";

/**
 * What was bought is in Xero exactly once, whatever happens: typed there by hand before, taken back and posted anew, or cut
 * off in the middle of posting.
 */
vi.setConfig({ testTimeout: 300_000, hookTimeout: 240_000 });

const YEAR_END = "2026-12-31";

let world: ProductWorld;
let access: WorkspaceAccess;
let ledger: TestClient;

beforeAll(async () => {
  world = await startProductWorld();
});

afterEach(async () => {
  await world.waitUntilIdle();
  await closeCompany(world, access);
});

afterAll(() => world.stop());

describe("what somebody typed into Xero before", () => {
  it("is recognised where supplier, number, date and total agree, and asked about where something differs", async () => {
    access = await openBoughtCompany(world);
    ledger = await openWholeLedger(world.sandbox.origin);
    const [landlord] = await ledger.create("Contacts", { Name: "Quay Property Lettings" });
    const [energy] = await ledger.create("Contacts", { Name: "Kernow Energy" });
    const [rail] = await ledger.create("Contacts", { Name: "Coastline Rail" });
    const bill = (contact: object | undefined, number: string, date: string, line: object) => ({
      ...{ Type: "ACCPAY", Status: "AUTHORISED", Contact: contact, InvoiceNumber: number },
      ...{ Date: date, DueDate: date, LineItems: [{ Description: "Typed by hand", Quantity: 1, ...line }] },
    });
    await ledger.create(
      "Invoices",
      bill(landlord, "QPL-0901", "2026-09-01", {
        UnitAmount: 1250,
        AccountCode: "469",
        TaxType: "ZERORATEDINPUT",
      }),
      bill(energy, "KE-3391", "2026-08-12", { UnitAmount: 210, AccountCode: "429", TaxType: "RRINPUT" }),
      // Another supplier who numbers alike is another bill.
      bill(rail, "QPL-0801", "2026-08-01", { UnitAmount: 60, AccountCode: "429", TaxType: "NONE" }),
    );
    await ledger.create("BankTransactions", {
      ...{
        Type: "SPEND",
        Contact: rail,
        Date: "2026-07-08",
        BankAccount: { Code: "090" },
        Reference: "card",
      },
      LineItems: [
        {
          Description: "Train",
          Quantity: 1,
          UnitAmount: 84.5,
          AccountCode: "429",
          TaxType: "ZERORATEDINPUT",
        },
      ],
    });
    await ledger.create("ManualJournals", {
      ...{ Narration: "Fees put right", Date: "2026-08-31", Status: "POSTED", LineAmountTypes: "NoTax" },
      JournalLines: [
        { AccountCode: "405", LineAmount: 36.5 },
        { AccountCode: "404", LineAmount: -36.5 },
      ],
    });
    const before = await readBought(ledger);
    await world.owner.syncOnce(access);
    const after = await readBought(ledger);
    const withText = (lines: readonly string[], text: string) => lines.filter((one) => one.includes(text));
    expect(withText(after.Invoices, "QPL-0901")).toEqual(withText(before.Invoices, "QPL-0901"));
    expect(withText(after.Invoices, "KE-3391")).toEqual(withText(before.Invoices, "KE-3391"));
    expect(withText(after.Invoices, "QPL-0801")).toHaveLength(2);
    expect(withText(after.BankTransactions, "84.5")).toEqual(withText(before.BankTransactions, "84.5"));
    expect(withText(after.ManualJournals, "36.5")).toEqual(withText(before.ManualJournals, "36.5"));
    const asked = (await listOpen(access)).map(({ name, cause }) => `${name}: ${cause}`);
    expect(asked).toEqual(expect.arrayContaining(["KE-3391: numberTaken", "2: possibleTwin"]));
    await expectAgreement(access);
  });
});

describe("a run of all kinds that is undone", () => {
  it("leaves the trial balance of before, and posts all of it again, orders under numbers of their own", async () => {
    const { startUndo } = await import("@/lib/operations/runs/start-undo");
    const { startPosting } = await import("@/lib/operations/runs/start-posting");
    const { releaseUndone } = await import("@/lib/operations/runs/release-undone");
    access = await openBoughtCompany(world, { withSales: true });
    ledger = await openWholeLedger(world.sandbox.origin);
    const [balance, books] = [await readTrialBalance(ledger, YEAR_END), await readBought(ledger)];
    const { runId } = await world.owner.syncOnce(access);
    const [postedBalance, posted] = [await readTrialBalance(ledger, YEAR_END), await readBought(ledger)];
    expect(posted.ManualJournals).toHaveLength(3);

    const undo = await startUndo(access, runId);
    if (!undo.ok) throw new Error(undo.error.message);
    await world.owner.followRun(access, undo.value.runId, (run) => run.state === "previewed");
    await startPosting(access, undo.value.runId);
    const undone = await world.owner.followRun(access, undo.value.runId, (run) => run.state === "finished");
    expect(undone.passes.map(({ failed }) => failed)).toEqual(undone.passes.map(() => 0));
    expect(await readTrialBalance(ledger, YEAR_END)).toEqual(balance);
    expect(await readBought(ledger)).toEqual(books);
    await expectAgreement(access);

    // Nothing is posted again until a person lets it; and then even where no number is ever free again.
    world.sandbox.context.switches.set("xero.number-reuse", "never");
    await releaseUndone(access);
    await world.owner.syncOnce(access);
    expect(await readTrialBalance(ledger, YEAR_END)).toEqual(postedBalance);
    const again = await readBought(ledger);
    expect(again.PurchaseOrders.map((line) => line.replace(/^(PO-\d+)-2 /, "$1 "))).toEqual(
      posted.PurchaseOrders,
    );
    expect(again.PurchaseOrders.every((line) => /^PO-\d+-2 /.test(line))).toBe(true);
    for (const kind of ["CreditNotes", "BankTransactions", "ManualJournals"] as const)
      expect(again[kind]).toHaveLength(posted[kind].length);
    await expectAgreement(access);
  });
});

describe("a run that breaks off while it posts", () => {
  it.each(["drop-after", "drop-before"] as const)(
    "is finished by the next one, each record once (%s)",
    async (type) => {
      access = await openBoughtCompany(world);
      ledger = await openWholeLedger(world.sandbox.origin);
      for (const operation of [
        "/PurchaseOrders",
        "/Invoices",
        "/CreditNotes",
        "/Payments",
        "/BankTransactions",
        "/ManualJournals",
      ])
        world.sandbox.faults.order({
          service: "xero",
          method: "PUT",
          operation,
          skip: 0,
          times: 1,
          effect: { type },
        });
      await world.owner.syncOnce(access);
      const posted = await readBought(ledger);
      expect(Object.values(posted).map((lines) => new Set(lines).size)).toEqual(
        Object.values(posted).map((lines) => lines.length),
      );
      expect(posted).toMatchObject({ PurchaseOrders: { length: 3 }, ManualJournals: { length: 3 } });
      expect(world.sandbox.faults.waiting).toBe(0);
      await expectAgreement(access);
      const since = world.sandbox.callLog.seq;
      await world.owner.syncOnce(access);
      expect(world.sandbox.callLog.totals(since)?.xero?.writes).toBe(0);
    },
  );
});
