import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TieOutFindingView } from "@/lib/domain/views/tie-out-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { Answered, TestClient } from "@/sandbox/xero/test-client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { openCompany, readTieOut } from "./company";
import { listAll, openLedger } from "./ledger-books";
import { openSource } from "./source-books";

/**
 * What people do in Xero after everything was posted: the next look by the clock notices it although there is nothing to
 * post, says what was there before, and leaves it alone until a person decides.
 */
let world: ProductWorld;
let access: WorkspaceAccess;
let ledger: TestClient;

beforeAll(async () => {
  world = await startProductWorld();
  access = await openCompany(world);
  await world.owner.syncOnce(access);
  ledger = await openLedger(world.sandbox.origin);
});

afterAll(() => world.stop());

async function inXero(number: string): Promise<Answered> {
  const [only] = (await listAll(ledger, "Invoices")).filter(
    (one) => one.InvoiceNumber === number && one.Status !== "VOIDED",
  );
  if (!only) throw new Error(`${number} is not in Xero`);
  return only;
}

async function change(number: string, body: object): Promise<void> {
  const { InvoiceID } = await inXero(number);
  const reply = await ledger.call("POST", `/Invoices/${InvoiceID}`, { body });
  if (reply.status !== 200) throw new Error(`Xero refused: ${reply.text.slice(0, 500)}`);
}

/** A look by the clock, to its end; nothing is posted by it here. */
async function lookAgain(): Promise<void> {
  const run = await world.owner.syncOnce(access);
  expect(run.state).toBe("finished");
  await world.waitUntilIdle();
}

async function findingsOf(number: string): Promise<readonly TieOutFindingView[]> {
  const { listFindings } = await import("@/lib/operations/reconciliation/list-findings");
  const { rows } = await listFindings(access, { weights: ["discrepancy", "look", "waiting"] });
  return rows.filter((row) => row.number === number);
}

async function onlyFinding(number: string): Promise<TieOutFindingView> {
  const [only, ...others] = await findingsOf(number);
  if (!only || others.length > 0) throw new Error(`${number} has not exactly one finding`);
  return only;
}

const unwrap = <T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

describe("a contact that Xero's clock dates five minutes back", () => {
  it("is in no list of changes, is asked for by its id once, and is not called missing", async () => {
    const source = await openSource(world.sandbox.origin);
    await source.call("POST", "/contacts", { contact_name: "Dated Back Ltd", contact_type: "customer" });
    const order = { service: "xero", method: "PUT", operation: "/Contacts", times: 1 } as const;
    world.sandbox.faults.order({ ...order, effect: { type: "clock-skew", seconds: -300 } });
    const since = world.sandbox.callLog.seq;
    await lookAgain();
    expect(world.sandbox.faults.waiting).toBe(0);
    expect(world.sandbox.callLog.totals(since)?.xero?.byOperation["GET /Contacts/{id}"]).toBe(1);
    expect((await readTieOut(access)).discrepancies).toBe(0);
  });
});

describe("a run that finds nothing to post", () => {
  it("compares nothing again while nothing changed, and asks Xero once for each kind of record", async () => {
    const before = (await readTieOut(access)).tieOutId;
    const since = world.sandbox.callLog.seq;
    await lookAgain();
    expect((await readTieOut(access)).tieOutId).toBe(before);
    expect(world.sandbox.callLog.totals(since)?.xero?.byOperation["GET /Invoices"]).toBe(1);
  });

  it("names an invoice that was dated anew in Xero, with both days, and reads for it what changed alone", async () => {
    const { DateString } = await inXero("INV-1038");
    const dated = String(DateString).slice(0, 10);
    await change("INV-1038", { Date: "2026-08-31" });
    const since = world.sandbox.callLog.seq;
    await lookAgain();
    const calls = world.sandbox.callLog.totals(since)?.xero;
    expect([calls?.byOperation["GET /Invoices"], calls?.writes]).toEqual([1, 0]);
    const finding = await onlyFinding("INV-1038");
    expect(finding).toMatchObject({ kind: "dateDiffers", action: "postAgain", mayAccept: true });
    expect(finding.fields).toEqual([{ field: "date", source: dated, ledger: "2026-08-31" }]);
    expect(finding.changedSince).not.toBeNull();
    expect(finding.sentence).toBe(
      `It was changed in the ledger after it was posted: date from ${dated} to 2026-08-31.`,
    );
    expect(await readTieOut(access)).toMatchObject({ scope: "changed", discrepancies: 1 });
  });

  it("names an account, a contact and an amount that were changed, each as what it is", async () => {
    const { LineItems } = await inXero("INV-1050");
    const [first, ...rest] = LineItems.map(
      ({ LineAmount: _amount, TaxAmount: _tax, Tracking: _tags, ...line }: Answered) => line,
    );
    await change("INV-1050", { LineItems: [{ ...first, AccountCode: "260" }, ...rest] });
    const { LineItems: priced } = await inXero("INV-1048");
    const [dear, ...others] = priced.map(
      ({ LineAmount: _amount, TaxAmount: _tax, Tracking: _tags, ...line }: Answered) => line,
    );
    await change("INV-1048", { LineItems: [{ ...dear, UnitAmount: 1 }, ...others] });
    const { Contact } = await inXero("INV-1048");
    await change("INV-1106", { Contact: { ContactID: Contact.ContactID } });
    await lookAgain();
    expect((await onlyFinding("INV-1050")).kind).toBe("accountDiffers");
    expect((await onlyFinding("INV-1050")).fields[0]?.ledger).toContain("260");
    expect((await onlyFinding("INV-1048")).kind).toBe("amountDiffers");
    expect((await onlyFinding("INV-1106")).kind).toBe("contactDiffers");
  });

  it("points at a second copy that somebody typed in under another number", async () => {
    const { Contact, LineItems, ...invoice } = await inXero("INV-1101");
    await ledger.create("Invoices", {
      Type: "ACCREC",
      Status: "AUTHORISED",
      Contact: { ContactID: Contact.ContactID },
      Date: invoice.DateString,
      DueDate: invoice.DueDateString,
      LineAmountTypes: invoice.LineAmountTypes,
      LineItems: LineItems.map(({ LineItemID: _id, Tracking: _tags, ...line }: Answered) => line),
      InvoiceNumber: "TYPED-TWICE",
    });
    await lookAgain();
    expect(await onlyFinding("TYPED-TWICE")).toMatchObject({ kind: "likelyDouble", action: "openLedger" });
    expect((await onlyFinding("TYPED-TWICE")).sentence).toContain("INV-1101");
  });
});

describe("what a person says is right", () => {
  it("stays named with who said so and why, and is no discrepancy any more", async () => {
    const { acceptFinding } = await import("@/lib/operations/reconciliation/settle-finding");
    const { discrepancies } = await readTieOut(access);
    const { findingId } = await onlyFinding("INV-1038");
    expect(await acceptFinding(access, { findingId, why: "  " })).toMatchObject({ ok: false });
    unwrap(await acceptFinding(access, { findingId, why: "Agreed with the customer." }));
    await world.waitUntilIdle();
    const view = await readTieOut(access);
    expect(view.discrepancies).toBe(discrepancies - 1);
    const accepted = view.named.find((row) => row.number === "INV-1038");
    expect(accepted).toMatchObject({
      kind: "accepted",
      accepted: { by: access.userName, why: "Agreed with the customer." },
      sentence: `${access.userName} says that it is right: Agreed with the customer.`,
    });
    const line = view.byType.find((one) => one.recordType === "invoice" && one.currency === "GBP");
    expect(line?.source.count).toBe(
      (line?.ledger.count ?? 0) +
        (line?.excluded.count ?? 0) +
        (line?.exceptions.count ?? 0) +
        (line?.waiting.count ?? 0) +
        (line?.accepted.count ?? 0) +
        (line?.discrepancies.count ?? 0),
    );
  });

  it("speaks of that difference alone: another one is named again", async () => {
    await change("INV-1038", { Date: "2026-07-31" });
    await lookAgain();
    expect((await onlyFinding("INV-1038")).fields[0]?.ledger).toBe("2026-07-31");
  });
});

describe("posting the source's version again", () => {
  it("shows first what it would do, and puts the date, account and contact back in Xero", async () => {
    const { postAgain } = await import("@/lib/operations/reconciliation/settle-finding");
    for (const number of ["INV-1038", "INV-1050", "INV-1106"]) {
      const since = world.sandbox.callLog.seq;
      const { findingId } = await onlyFinding(number);
      const { runId } = unwrap(await postAgain(access, { findingId }));
      await world.owner.followRun(access, runId, (run) => run.state === "previewed");
      expect(world.sandbox.callLog.totals(since)?.xero?.writes).toBe(0);
    }
    await world.owner.syncOnce(access);
    for (const number of ["INV-1038", "INV-1050", "INV-1106"]) expect(await findingsOf(number)).toEqual([]);
  });

  it("puts a voided invoice back under its next number, and settles what it names", async () => {
    const { postAgain } = await import("@/lib/operations/reconciliation/settle-finding");
    await change("INV-1108", { Status: "VOIDED" });
    await lookAgain();
    // The run that saw it opened an exception, which waits for the same decision.
    const finding = await onlyFinding("INV-1108");
    expect(finding).toMatchObject({ kind: "exception", action: "postAgain" });
    expect(finding.fields).toEqual([{ field: "status", source: "standing", ledger: "void" }]);
    const { runId } = unwrap(await postAgain(access, { findingId: finding.findingId }));
    await world.owner.followRun(access, runId, (run) => run.state === "previewed");
    await world.owner.syncOnce(access);
    expect(await findingsOf("INV-1108")).toEqual([]);
    expect((await inXero("INV-1108-2")).Status).toBe("AUTHORISED");
  });

  it("refuses what is in Xero after all", async () => {
    const { postAgain } = await import("@/lib/operations/reconciliation/settle-finding");
    expect(await postAgain(access, { findingId: "1" })).toMatchObject({ ok: false });
    expect(await postAgain(access, { findingId: "1 OR 1=1" })).toMatchObject({ ok: false });
  });
});

describe("a tie-out that a person presses for", () => {
  it("reads every record anew, writes nothing, and is made once for two presses", async () => {
    const { requestTieOut } = await import("@/lib/operations/reconciliation/request-tie-out");
    const before = (await readTieOut(access)).tieOutId;
    const since = world.sandbox.callLog.seq;
    unwrap(await requestTieOut(access));
    unwrap(await requestTieOut(access));
    await world.waitUntilIdle();
    const view = await readTieOut(access);
    expect(view.tieOutId).not.toBe(before);
    expect(view.scope).toBe("whole");
    const calls = world.sandbox.callLog.totals(since);
    expect([calls?.xero?.writes, calls?.xero?.byOperation["GET /Invoices"]]).toEqual([0, 1]);
  });
});

describe("a month that was signed off", () => {
  it("lists what changed in it since on either side, and nothing from before", async () => {
    const { closeMonth, reopenMonth } = await import("@/lib/operations/reconciliation/close-month");
    const { listMonths, listMonthChanges } = await import("@/lib/operations/reconciliation/list-months");
    const month = String((await inXero("INV-1101")).DateString).slice(0, 7);
    unwrap(await closeMonth(access, { month }));
    expect((await listMonths(access)).find((one) => one.month === month)).toMatchObject({
      closed: { by: access.userName },
      changes: 0,
    });
    await change("INV-1101", { Reference: "no change of what is compared" });
    const source = await openSource(world.sandbox.origin);
    const invoiceId = await source.findId("invoices", "INV-1107");
    await change("INV-1101", { Date: `${month}-28` });
    await source.call("PUT", `/invoices/${invoiceId}`, { date: `${month}-27` });
    await world.owner.syncOnce(access);
    await world.waitUntilIdle();
    const { rows } = await listMonthChanges(access, { month });
    expect(rows.map((row) => `${row.side} ${row.number} ${row.what}`)).toContain("ledger INV-1101 changed");
    const dated = rows.find((row) => row.side === "ledger" && row.number === "INV-1101");
    expect(dated?.fields.map(({ field, after }) => [field, after])).toEqual([["date", `${month}-28`]]);
    expect((await listMonths(access)).find((one) => one.month === month)?.changes).toBe(rows.length);
    unwrap(await reopenMonth(access, { month }));
    expect((await listMonthChanges(access, { month })).rows).toEqual([]);
  });
});

describe("the Excel export", () => {
  it("has a sheet for each question, and every finding in it, and who took it is in the trail", async () => {
    const { exportTieOut } = await import("@/lib/operations/reconciliation/export-tie-out");
    const file = await exportTieOut(access);
    if (!file) throw new Error("there is a tie-out to export");
    const { listAudit } = await import("@/lib/operations/audit/list-audit");
    const [newest] = (await listAudit(access, { area: null, from: null, to: null })).rows;
    expect(newest).toMatchObject({ action: "file.downloaded", subject: file.fileName });
    const pieces: Uint8Array[] = [];
    for await (const piece of file.bytes) pieces.push(piece);
    const parts = unzipSync(new Uint8Array(Buffer.concat(pieces)));
    const workbook = strFromU8(parts["xl/workbook.xml"] ?? new Uint8Array());
    for (const name of [
      "Summary",
      "Records with a reason",
      "By month and tax",
      "By account",
      "By contact",
      "By day",
    ])
      expect(workbook).toContain(`name="${name}"`);
    const records = strFromU8(parts["xl/worksheets/sheet3.xml"] ?? new Uint8Array());
    expect(records).toContain("INV-1048");
    expect(file.fileName).toMatch(/^tie-out-\d{4}-\d{2}-\d{2}\.xlsx$/);
  });
});
