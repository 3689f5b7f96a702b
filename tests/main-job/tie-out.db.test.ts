import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TieOutRecordRow } from "@/lib/domain/views/tie-out-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import type { Books } from "@/sandbox/xero/books";
import { xeroRecords } from "@/sandbox/xero/open-books";
import type { Answered, TestClient } from "@/sandbox/xero/test-client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { openCompany, readTieOut } from "./company";
import { listAll, openLedger } from "./ledger-books";

/**
 * Errors made by hand in Xero after everything had agreed. Each is found by the next tie-out, named by the record and the
 * kind of error, and nothing that is right is called wrong. The errors stay, so each tie-out also finds the ones before.
 */
let world: ProductWorld;
let access: WorkspaceAccess;
let runId: string;
let ledger: TestClient;
let before: Set<string>;

beforeAll(async () => {
  world = await startProductWorld();
  access = await openCompany(world);
  runId = (await world.owner.syncOnce(access)).runId;
  ledger = await openLedger(world.sandbox.origin);
});

beforeEach(async () => {
  before = new Set((await tieOut()).map(describeRow));
});

afterAll(() => world.stop());

const describeRow = ({ recordType, number, kind }: TieOutRecordRow): string =>
  `${recordType} ${number}: ${kind}`;

/** Rows of a tie-out of both systems as they are now; nothing is read from the source and nothing is posted. */
async function tieOut(): Promise<readonly TieOutRecordRow[]> {
  const { runTieOut } = await import("@/lib/operations/reconciliation/run-tie-out");
  const since = world.sandbox.callLog.seq;
  const { discrepancies } = await runTieOut({ workspaceId: access.workspaceId, runId }, { scope: "whole" });
  expect(world.sandbox.callLog.totals(since)?.xero?.writes).toBe(0);
  const { named, onlyInLedger, ...report } = await readTieOut(access);
  expect(report.discrepancies).toBe(discrepancies);
  return [...named, ...onlyInLedger.rows];
}

/** What a tie-out finds that the one before the test did not, and that it no longer finds. */
async function found(): Promise<readonly string[]> {
  const now = (await tieOut()).map(describeRow);
  expect([...before].filter((row) => !now.includes(row))).toEqual([]);
  return now.filter((row) => !before.has(row)).sort();
}

async function inXero(number: string): Promise<Answered> {
  const [only] = (await listAll(ledger, "Invoices")).filter((one) => one.InvoiceNumber === number);
  if (!only) throw new Error(`${number} is not in Xero`);
  const reply = await ledger.call("GET", `/Invoices/${only.InvoiceID}`, { query: { unitdp: "4" } });
  return reply.json.Invoices[0];
}

/** A change as a person makes it in Xero; throws with Xero's words where it refuses. */
async function change(path: string, body: object): Promise<void> {
  const reply = await ledger.call("POST", path, { body });
  if (reply.status !== 200) throw new Error(`Xero refused ${path}: ${reply.text.slice(0, 500)}`);
}

function books(): Books {
  const found = xeroRecords(world.sandbox.context).books(TIDEWATER_TENANT_ID);
  if (!found) throw new Error("the organisation is there from the start");
  return found;
}

describe("with nothing wrong", () => {
  it("nothing disagrees, and each record that waits or is left out is named with its reason", async () => {
    const rows = await tieOut();
    const kinds = new Set(rows.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(["exception", "excluded", "onlyInLedger", "rounding"]);
    expect(
      rows
        .filter(({ kind }) => kind === "onlyInLedger")
        .map(describeRow)
        .sort(),
    ).toEqual([
      "contact : onlyInLedger",
      "contact : onlyInLedger",
      "invoice INV-1114: onlyInLedger",
      "invoice TPS-5001: onlyInLedger",
    ]);
    expect((await readTieOut(access)).discrepancies).toBe(0);
  });
});

describe("an invoice", () => {
  it("that was voided in Xero is named so", async () => {
    const { InvoiceID } = await inXero("INV-1108");
    await change(`/Invoices/${InvoiceID}`, { Status: "VOIDED" });
    expect(await found()).toEqual(["invoice INV-1108: voidedInLedger"]);
  });

  it("that was deleted in Xero is missing", async () => {
    const { InvoiceID } = await inXero("INV-1106");
    books().invoices.delete(InvoiceID);
    expect(await found()).toEqual(["invoice INV-1106: missing"]);
  });

  it("that was copied under another number, with our address on it, is doubled", async () => {
    const { InvoiceID: _id, LineItems, Contact, ...invoice } = await inXero("INV-1101");
    await ledger.create("Invoices", {
      Type: "ACCREC",
      Status: "AUTHORISED",
      Contact: { ContactID: Contact.ContactID },
      Date: invoice.DateString,
      DueDate: invoice.DueDateString,
      LineAmountTypes: invoice.LineAmountTypes,
      LineItems: LineItems.map(({ LineItemID: _lineId, Tracking: _tags, ...line }: Answered) => line),
      Url: invoice.Url,
      InvoiceNumber: "INV-1101-COPY",
    });
    expect(await found()).toEqual(["invoice INV-1101: doubled"]);
  });

  it("whose price was changed has another amount", async () => {
    const { InvoiceID, LineItems } = await inXero("INV-1048");
    await change(`/Invoices/${InvoiceID}`, { LineItems: editFirst(LineItems, { UnitAmount: 1 }) });
    expect(await found()).toEqual(["invoice INV-1048: amountDiffers"]);
  });

  it("whose total stays while a line moves to another tax rate has another tax", async () => {
    const { InvoiceID, LineItems, SubTotal, TotalTax } = await inXero("INV-1050");
    // One untaxed line of the same total: nothing but the split into net and tax is wrong.
    const [first] = LineItems;
    const line = { ...first, Quantity: 1, UnitAmount: SubTotal + TotalTax, TaxType: "ZERORATEDOUTPUT" };
    await change(`/Invoices/${InvoiceID}`, { LineItems: editFirst([line], {}) });
    expect(await found()).toEqual(["invoice INV-1050: taxDiffers"]);
  });

  it("whose date was moved has another date", async () => {
    const { InvoiceID } = await inXero("INV-1038");
    await change(`/Invoices/${InvoiceID}`, { Date: "2026-08-31" });
    expect(await found()).toEqual(["invoice INV-1038: dateDiffers"]);
  });

  it("that was typed by hand before, was linked, and is voided now is named so", async () => {
    const { InvoiceID } = await inXero("INV-1111");
    await change(`/Invoices/${InvoiceID}`, { Status: "VOIDED" });
    expect(await found()).toEqual(["invoice INV-1111: voidedInLedger"]);
  });

  it("that somebody typed in is shown as theirs, and is no discrepancy", async () => {
    const { discrepancies } = await readTieOut(access);
    const { Contact } = await inXero("INV-1048");
    await ledger.create("Invoices", {
      Type: "ACCREC",
      Status: "AUTHORISED",
      InvoiceNumber: "BY-HAND-1",
      Contact: { ContactID: Contact.ContactID },
      Date: "2026-11-02",
      DueDate: "2026-12-02",
      LineItems: [
        { Description: "Stand", Quantity: 1, UnitAmount: 30, AccountCode: "200", TaxType: "OUTPUT2" },
      ],
    });
    expect(await found()).toEqual(["invoice BY-HAND-1: onlyInLedger"]);
    expect((await readTieOut(access)).discrepancies).toBe(discrepancies);
  });
});

describe("money", () => {
  it("that was taken off an invoice is a payment that was deleted in Xero", async () => {
    const [payment] = (await listAll(ledger, "Payments")).filter(
      (one) => one.Invoice?.InvoiceNumber === "INV-1012" && one.Status === "AUTHORISED",
    );
    await change(`/Payments/${payment?.PaymentID}`, { Status: "DELETED" });
    expect(await found()).toEqual(["payment PAY-1012: voidedInLedger"]);
  });

  it("that was taken back from an invoice's credit is a missing allocation", async () => {
    const [note] = (await listAll(ledger, "CreditNotes")).filter((one) => one.CreditNoteNumber === "CN-201");
    const [allocation] = note?.Allocations ?? [];
    const path = `/CreditNotes/${note?.CreditNoteID}/Allocations/${allocation?.AllocationID}`;
    expect((await ledger.call("DELETE", path)).status).toBe(200);
    expect(await found()).toEqual([expect.stringMatching(/^allocation .*: missing$/)]);
  });
});

describe("the report of all these errors", () => {
  it("counts each of them once and gives every one a sentence", async () => {
    const rows = await tieOut();
    const wrong = rows.filter(
      ({ kind }) => !["excluded", "exception", "rounding", "onlyInLedger"].includes(kind),
    );
    const report = await readTieOut(access);
    expect(report.discrepancies).toBe(wrong.length);
    expect(report.headline).toBe(`${wrong.length} records do not agree.`);
    expect(wrong.every(({ sentence }) => sentence.length > 20)).toBe(true);
  });

  it("still accounts for every record of the source", async () => {
    for (const { source, ledger: inLedger, excluded, exceptions, discrepancies } of (await readTieOut(access))
      .byType)
      expect(source.count).toBe(inLedger.count + excluded.count + exceptions.count + discrepancies.count);
  });
});

/** Line items as Xero takes them back, the first one changed: amounts are worked out anew. */
const editFirst = (lines: readonly Answered[], edit: object): object[] =>
  lines.map(({ LineAmount: _amount, TaxAmount: _tax, Tracking: _tags, ...line }, index) =>
    index === 0 ? { ...line, ...edit } : line,
  );
