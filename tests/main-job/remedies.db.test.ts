import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SetupQuestion } from "@/lib/domain/views/setup-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { TIDEWATER_TENANT_ID, xeroSeed } from "@/sandbox/seed/xero-organisation";
import type { Books } from "@/sandbox/xero/books";
import { xeroRecords } from "@/sandbox/xero/open-books";
import type { TestClient } from "@/sandbox/xero/test-client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { expectAgreement, listOpen, openCompany } from "./company";
import { addedBy, listAll, openLedger } from "./ledger-books";
import { openSource, type SourceBooks } from "./source-books";

/**
 * Each bad input of the demo company: what its owner is told, the remedy that the sentence names, made where it says,
 * and the next run, which posts what waited for it and touches nothing else.
 */
let world: ProductWorld;
let access: WorkspaceAccess;
let ledger: TestClient;
let source: SourceBooks;

beforeAll(async () => {
  world = await startProductWorld();
  access = await openCompany(world, { prepare: addLevyRate, choose: leaveLevyOpen });
  await world.owner.syncOnce(access);
  ledger = await openLedger(world.sandbox.origin);
  source = await openSource(world.sandbox.origin);
});

afterAll(() => world.stop());

const LEVY = "Local levy";
const LONG_NAME = /^The Very Honourable Company/;

/** Xero's books, for what only a person in Xero's own pages can do. */
function xeroBooks(): Books {
  const books = xeroRecords(world.sandbox.context).books(TIDEWATER_TENANT_ID);
  if (!books) throw new Error("the organisation is there from the start");
  return books;
}

function addLevyRate(): void {
  const nowMs = world.sandbox.clock.now().getTime();
  xeroBooks().taxRates.put({
    id: world.sandbox.context.newId(),
    createdMs: nowMs,
    updatedMs: nowMs,
    name: "Local levy (3%)",
    taxType: "TAX001",
    reportTaxType: "OUTPUT",
    rate: "3",
    status: "ACTIVE",
    appliesTo: ["REVENUE"],
  });
}

/** The first set-up leaves one tax without a rate; every other question is answered as suggested. */
const leaveLevyOpen = (question: SetupQuestion): string | null =>
  question.sourceLabel === LEVY ? null : question.suggestedKey;

const addedByNextRun = () => addedBy(ledger, syncAndAgree);

async function syncAndAgree(): Promise<void> {
  await world.owner.syncOnce(access);
  await expectAgreement(access);
}

const line = (...starts: string[]) => starts.map((start) => expect.stringContaining(start));
const openNames = async (): Promise<string[]> => (await listOpen(access)).map((one) => one.name);

describe("before any remedy", () => {
  it("each exception names the record, what is the matter and what to do", async () => {
    const open = await listOpen(access);
    const told = open.map(({ message, remedy }) => `${message} ${remedy}`);
    const expected = [
      /Contact "Skärgårdens Presenter AB" is in SEK, .* Add SEK in Xero under Settings, Currencies/,
      /Invoice INV-1102 .* waits for its contact "Skärgårdens Presenter AB".* Mend the contact/,
      /Invoice INV-1103 .* uses the Zoho Books tax "Local levy".* Choose a tax rate .* in the set-up/,
      /Contact "The Very Honourable Company.*…" .* 255 characters.* Shorten the name in Zoho Books/,
      /Invoice INV-1104 .* waits for its contact .* Mend the contact/,
      /Contact "Driftwood & Co" is archived in Xero.* Restore the contact in Xero/,
      /Invoice INV-1105 .* waits for its contact "Driftwood & Co".* Mend the contact/,
      /Contact "Mason Gifts": another contact has the same name.* another name in Zoho Books/,
      /Invoice INV-1107 .* waits for its contact "Mason Gifts".* Mend the contact/,
      /Invoice INV-1109 .* number .* Change the number in Zoho Books/,
      /Invoice INV-1114 .* already has a document of this number, but it differs \(total 126\.00 GBP\).* Compare the two/,
      /Invoice INV-0990 .* locked in Xero \(up to 2026-06-30\).* Move the lock date in Xero .* or change the date in Zoho Books/,
    ];
    for (const sentence of expected) expect(told).toContainEqual(expect.stringMatching(sentence));
    expect(told).toHaveLength(expected.length);
    // No sentence is longer than a person reads, however long a name is.
    expect(told.filter((text) => text.length > 400)).toEqual([]);
    expect(open.find((one) => one.name === "INV-1109")?.vendorMessage).toBe("Invoice # must be unique.");
  });

  it("what a person compares leads to Matches, and what no comparison mends does not", async () => {
    const { listExceptions } = await import("@/lib/operations/exceptions/list-exceptions");
    const { groups } = await listExceptions(access);
    const actionFor = (number: string) =>
      groups.find(({ rows }) => rows.some((row) => row.number === number))?.action;
    expect(actionFor("INV-1114")).toEqual({ label: "Compare the two", href: `/${access.slug}/matches` });
    expect(actionFor("INV-1109")).toBeNull();
  });

  it("the preview shows what was changed on the way: a doubled space and a description that is too long", async () => {
    const { listRuns } = await import("@/lib/operations/runs/list-runs");
    const { listPreviewRows } = await import("@/lib/operations/runs/list-preview-rows");
    const [run] = await listRuns(access);
    const warnings: string[] = [];
    for (let after: string | undefined, isMore = true; isMore; ) {
      const { rows, next } = await listPreviewRows(access, run?.runId ?? "", { verb: "create", after });
      warnings.push(
        ...rows.flatMap((row) => row.warnings.map((text) => `${row.number || row.label}: ${text}`)),
      );
      after = next ?? undefined;
      isMore = next !== null;
    }
    expect(warnings).toEqual([
      expect.stringMatching(/^Anchor {2}Bay Traders: .*space/),
      expect.stringMatching(/^INV-1101: .* cut to 4000 characters/),
    ]);
    expect((await listAll(ledger, "Contacts")).map((one) => one.Name)).toContain("Anchor Bay Traders");
  });

  it("another run changes nothing and asks again for nothing", async () => {
    const since = world.sandbox.callLog.seq;
    expect(await addedByNextRun()).toEqual({});
    expect(world.sandbox.callLog.totals(since)?.xero?.writes).toBe(0);
  });
});

describe("a remedy in Xero", () => {
  it("a currency that is added lets the customer and the invoice in", async () => {
    await ledger.call("PUT", "/Currencies", { body: { Code: "SEK" } });
    expect(await addedByNextRun()).toEqual({
      contacts: line("Skärgårdens Presenter AB"),
      invoices: line("INV-1102 | Skärgårdens Presenter AB"),
    });
  });

  it("a contact that is restored takes its invoice, though contacts are only read when they changed", async () => {
    const { contacts } = xeroBooks();
    const [id = ""] = contacts.by("name", "driftwood & co");
    const archived = contacts.get(id);
    if (!archived) throw new Error("Driftwood & Co is in Xero");
    contacts.put({ ...archived, status: "ACTIVE", updatedMs: world.sandbox.clock.now().getTime() });
    const since = world.sandbox.callLog.seq;
    expect(await addedByNextRun()).toEqual({ invoices: line("INV-1105 | Driftwood & Co") });
    const reads = world.sandbox.callLog.totals(since)?.xero?.byOperation["GET /Contacts"];
    // The plan's, the one after posting and the tie-out's; the other two are the test's own.
    expect(reads).toBeLessThanOrEqual(5);
  });

  it("books that are opened again take the invoice of that period", async () => {
    xeroSeed(world.sandbox.context).setLockDate(TIDEWATER_TENANT_ID, { period: null });
    expect(await addedByNextRun()).toEqual({ invoices: line("INV-0990 | Castle Street Cards") });
  });

  it("an invoice that is corrected by hand is recognised, and nothing is posted", async () => {
    const [typed] = (await listAll(ledger, "Invoices")).filter((one) => one.InvoiceNumber === "INV-1114");
    const [only] = typed?.LineItems ?? [];
    await ledger.call("POST", `/Invoices/${typed?.InvoiceID}`, {
      body: { LineItems: [{ ...only, UnitAmount: 150, LineAmount: undefined, TaxAmount: undefined }] },
    });
    expect(await addedByNextRun()).toEqual({});
    expect(await openNames()).not.toContain("INV-1114");
  });
});

describe("a remedy in Zoho Books", () => {
  it("a name that is shortened lets the customer and the invoice in", async () => {
    const name = (await openNames()).find((one) => LONG_NAME.test(one)) ?? "";
    const contactId = await source.findId("contacts", name);
    await source.call("PUT", `/contacts/${contactId}`, { contact_name: "Coastal Gift Shops" });
    expect(await addedByNextRun()).toEqual({
      contacts: line("Coastal Gift Shops"),
      invoices: line("INV-1104 | Coastal Gift Shops"),
    });
  });

  it("a second customer who gets a name of his own is posted with his invoice", async () => {
    const [, second = ""] = await source.findIds("contacts", "Mason Gifts");
    await source.call("PUT", `/contacts/${second}`, { contact_name: "Mason Gifts of Swansea" });
    expect(await addedByNextRun()).toEqual({
      contacts: line("Mason Gifts of Swansea"),
      invoices: line("INV-1107 | Mason Gifts of Swansea"),
    });
  });

  it("an invoice that gets a number which Xero has not used is posted", async () => {
    const invoiceId = await source.findId("invoices", "INV-1109");
    await source.call("PUT", `/invoices/${invoiceId}`, { invoice_number: "INV-1209" });
    expect(await addedByNextRun()).toEqual({ invoices: line("INV-1209 | Castle Street Cards") });
  });
});

describe("a remedy in the set-up", () => {
  it("a tax that gets its rate lets the invoice in", async () => {
    await world.owner.confirmSuggestions(
      access,
      "approved",
      (question) => question.chosenKey ?? question.suggestedKey,
    );
    expect(await addedByNextRun()).toEqual({ invoices: line("INV-1103 | Dunes Beach Shop") });
  });
});

describe("after every remedy", () => {
  it("nothing needs a person any more", async () => {
    expect(await listOpen(access)).toEqual([]);
  });
});
