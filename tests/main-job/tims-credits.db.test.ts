import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { SetupQuestion } from "@/lib/domain/views/setup-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { type TimsDesk, timsDesk } from "@/sandbox/tims/type-in";
import type { TestClient } from "@/sandbox/xero/test-client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { setGroups } from "./bought-company";
import { expectAgreement, listOpen } from "./company";
import { listAll, openLedger } from "./ledger-books";
import { chooseForTims, connectTims, openTimsCompany } from "./tims-company";

/**
 * Credits of TIMS in Xero: what a customer or vendor is owed is there once, set against what TIMS says, and an order that is
 * cancelled after it was paid is credited, since Xero refuses to void it.
 */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let world: ProductWorld;
let access: WorkspaceAccess;
let ledger: TestClient;
let desk: TimsDesk;

beforeAll(async () => {
  world = await startProductWorld();
  access = await openTimsCompany(world);
  const connected = await connectTims(world, access, { salesAccountFrom: "categories" });
  if (!connected.ok) throw new Error(connected.error.message);
  await setGroups(access, ["purchases", "bank"], "previewOnly");
  await world.owner.confirmSuggestions(access, "approved", choose);
  await world.owner.syncOnce(access);
  ledger = await openLedger(world.sandbox.origin);
  desk = timsDesk(world.sandbox.context);
});

afterAll(() => world.stop());

/** Gases and safety gear are sold on accounts of their own. */
const ACCOUNT_BY_CATEGORY: Readonly<Record<string, string>> = {
  "Product category GAS": "200",
  "Product category GEAR": "200",
  "Product category SAFE": "260",
  "Product category WELD": "260",
};

const choose = (question: SetupQuestion): string | null =>
  ACCOUNT_BY_CATEGORY[question.sourceLabel] ?? chooseForTims(question);

const credited = async (number: string) =>
  (await listAll(ledger, "CreditNotes")).filter((one) => one.CreditNoteNumber === number);

const invoiced = async (number: string) =>
  (await listAll(ledger, "Invoices")).find((one) => one.InvoiceNumber === number);

const idOf = (name: "invoices" | "bills" | "salesOrders", field: string, value: string): string =>
  [...desk.books.table(name).heads()].find(
    ([id]) => desk.books.table(name).get(id)?.[field] === value,
  )?.[0] ?? "";

const LINE = { description: "Cylinder came back", taxCode: "S", quantity: "1" } as const;

describe("sales by the category of each product", () => {
  it("stand on the account that the owner chose for it, item by item", async () => {
    const invoice = await invoiced("SO-4001");
    expect(
      invoice?.LineItems?.map((line: { ItemCode: string; AccountCode: string }) => [
        ...[line.ItemCode, line.AccountCode],
      ]),
    ).toEqual([
      ["OXY-K", "200"],
      ["ROD-7018", "260"],
    ]);
    const items = await listAll(ledger, "Items");
    expect(items.find((one) => one.Code === "MASK-AUTO")?.SalesDetails?.AccountCode).toBe("260");
    await expectAgreement(access);
  });
});

describe("an order that is cancelled after its invoice was paid", () => {
  it("is credited, and what was paid is left to the customer", async () => {
    desk.change("salesOrders", idOf("salesOrders", "orderNumber", "SO-4001"), {
      ...{ status: "Cancelled", cancelledDate: "2026-10-01" },
    });
    await world.owner.syncOnce(access);
    const invoice = await invoiced("SO-4001");
    expect(invoice).toMatchObject({ Status: "PAID", AmountDue: 0 });
    const [note] = await credited("SO-4001-CR");
    expect(note).toMatchObject({
      Status: "AUTHORISED",
      Total: invoice?.Total,
      RemainingCredit: invoice?.Total,
    });
    expect(await listOpen(access)).toEqual([]);
    await expectAgreement(access);
  });

  it("is credited and set against what was still open, where a part was paid", async () => {
    desk.change("salesOrders", idOf("salesOrders", "orderNumber", "SO-4002"), {
      ...{ status: "Cancelled", cancelledDate: "2026-10-02" },
    });
    await world.owner.syncOnce(access);
    expect(await invoiced("SO-4002")).toMatchObject({ Status: "PAID", AmountDue: 0, AmountPaid: 100 });
    const [note] = await credited("SO-4002-CR");
    expect(note).toMatchObject({ RemainingCredit: 100 });
    await expectAgreement(access);
  });

  it("has TIMS' own credit alone once TIMS makes one", async () => {
    const salesOrderId = idOf("salesOrders", "orderNumber", "SO-4001");
    const lines = desk.books.table("salesOrders").get(salesOrderId)?.lines;
    desk.addCreditMemo({
      ...{ partyId: "C100", creditMemoNumber: "CR-88", salesOrderId, date: "2026-10-03", applied: [] },
      lines: (Array.isArray(lines) ? lines : []).map((line) => ({
        ...line,
        ...{ quantity: String(line.quantity), unitPrice: String(line.unitPrice), dimensions: {} },
      })),
    });
    await world.owner.syncOnce(access);
    expect(await credited("CR-88")).toEqual([expect.objectContaining({ Status: "AUTHORISED" })]);
    expect(await credited("SO-4001-CR")).toEqual([expect.objectContaining({ Status: "VOIDED" })]);
    await expectAgreement(access);
  });
});

describe("a credit memo of TIMS", () => {
  it("is a credit note in Xero, set against its invoice, once", async () => {
    desk.addCreditMemo({
      ...{ partyId: "C103", creditMemoNumber: "CR-91", date: "2026-10-05", reference: "Return of 6 October" },
      applied: [[idOf("invoices", "invoiceNumber", "AR-9004"), "24"]],
      lines: [{ ...LINE, unitPrice: "35", accountCode: "4000" }],
    });
    await world.owner.syncOnce(access);
    const [note, ...more] = await credited("CR-91");
    expect(more).toEqual([]);
    expect(note).toMatchObject({ Total: 42, RemainingCredit: 18 });
    expect(note?.Allocations?.map((one: { Amount: number }) => one.Amount)).toEqual([24]);
    const invoice = await invoiced("SO-4004");
    expect(Number(invoice?.AmountCredited)).toBe(24);
    await world.owner.syncOnce(access);
    expect(await credited("CR-91")).toHaveLength(1);
    await expectAgreement(access);
  });
});

describe("a vendor's credit", () => {
  it("is a supplier's credit note in Xero, set against its bill", async () => {
    const before = (await invoiced("WH 3390"))?.AmountDue;
    desk.addVendorCredit({
      ...{ partyId: "V202", creditNumber: "WH-C12", date: "2026-10-06" },
      applied: [[idOf("bills", "billNumber", "WH 3390"), "60"]],
      lines: [{ ...LINE, unitPrice: "50", accountCode: "6400" }],
    });
    await world.owner.syncOnce(access);
    expect(await credited("WH-C12")).toEqual([
      expect.objectContaining({ Type: "ACCPAYCREDIT", Status: "PAID", RemainingCredit: 0 }),
    ]);
    expect((await invoiced("WH 3390"))?.AmountDue).toBe(Number(before) - 60);
    await expectAgreement(access);
  });
});

describe("a transfer between bank accounts", () => {
  it("is kept aside with what to do, and nothing of it is posted", async () => {
    desk.put("accounts", { accountCode: "1010", name: "Savings", accountType: "Bank", active: true });
    desk.put("entries", {
      ...{ entryNumber: "GL-T", date: "2026-10-07", description: "To savings", journal: "General" },
      ...{ status: "Posted", currency: "GBP" },
      lines: [
        { lineId: "1", accountCode: "1010", debit: 500, credit: 0 },
        { lineId: "2", accountCode: "1000", debit: 0, credit: 500 },
      ],
    });
    await world.owner.syncOnce(access);
    const { listKeptAside } = await import("@/lib/operations/exceptions/list-kept-aside");
    const { rows } = await listKeptAside(access);
    expect(rows.map(({ problem }) => problem)).toContainEqual(
      expect.stringContaining("enter the transfer in the ledger by hand"),
    );
    expect((await listAll(ledger, "BankTransactions")).filter((one) => one.Total === 500)).toEqual([]);
    await expectAgreement(access);
  });
});
