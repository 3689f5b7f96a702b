import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Connector, PullOptions } from "@/lib/connectors/contract/connector";
import type { Json } from "@/lib/kernel/json";
import { createVersionStore, pullAll } from "@/tests/contract/contract-tools";
import {
  typeAllocation,
  typeContact,
  typeCreditNote,
  typeInvoice,
  typePayment,
} from "@/tests/contract/xero-seeding";
import { startXeroWorld, type XeroWorld } from "@/tests/contract/xero-world";
import { createXeroConnector } from ".";
import { aContact, anInvoice } from "./fixtures/records";

/** Reading against the simulator, beyond what every connector must do. Pages hold five records here. */

let world: XeroWorld;
let connector: Connector;

beforeAll(async () => {
  world = await startXeroWorld({ fill: () => undefined });
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset();
  connector = world.definition.open(await world.openSession());
});

const NOTHING_KNOWN: PullOptions = { knownVersions: async () => new Map() };

async function callsOf(action: () => Promise<unknown>): Promise<number> {
  const before = await world.countCalls();
  await action();
  return (await world.countCalls()) - before;
}

const pull = (cursor: Json = null) => pullAll(connector, "invoice", { store: createVersionStore(), cursor });

describe("an incremental read", () => {
  test.each(["inclusive", "exclusive"])(
    "is one call when nothing has changed, however many records the last second holds (If-Modified-Since %s)",
    async (position) => {
      world.sandbox.context.switches.set("xero.modified-since", position);
      for (let index = 0; index < 23; index += 1) typeInvoice(world.books());
      const { cursor } = await pull();
      expect(await callsOf(() => pull(cursor))).toBe(1);
      const again = await pull(cursor);
      expect(await callsOf(() => pull(again.cursor))).toBe(1);
    },
  );

  test.each(["inclusive", "exclusive"])(
    "brings what was added and changed within the very second of the last read (If-Modified-Since %s)",
    async (position) => {
      world.sandbox.context.switches.set("xero.modified-since", position);
      const second = Math.floor(Date.now() / 1000) * 1000 + 60_000;
      world.sandbox.clock.set(new Date(second));
      const ids = Array.from({ length: 12 }, () => typeInvoice(world.books()));
      const { cursor } = await pull();
      const paid = ids[3] ?? "";
      world.sandbox.clock.set(new Date(second + 400));
      typePayment(world.books(), paid, "20");
      const added = typeInvoice(world.books());
      const { records } = await pull(cursor);
      const found = new Map(records.map((record) => [record.externalId, record]));
      expect(found.has(added)).toBe(true);
      expect(found.get(paid)).toMatchObject({ remaining: { minor: 10_000n } });
    },
  );

  test("loses no record to one that changes while the pages are read", async () => {
    const { books, sandbox } = world;
    const ids: string[] = [];
    for (let index = 0; index < 14; index += 1) {
      ids.push(typeInvoice(books()));
      sandbox.clock.advance(1_000);
    }
    const first = await pullAll(connector, "invoice", {
      store: createVersionStore(),
      afterFirstPage: async () => {
        typePayment(books(), ids[0] ?? "", "20");
        typePayment(books(), ids[13] ?? "", "20");
      },
    });
    const second = await pull(first.cursor);
    const seen = new Set([...first.records, ...second.records].map(({ externalId }) => externalId));
    expect([...seen].sort()).toEqual([...ids].sort());
    const paid = second.records.filter(
      (record) => "remaining" in record && record.remaining.minor === 10_000n,
    );
    expect(paid.map(({ externalId }) => externalId).sort()).toEqual([ids[0], ids[13]].sort());
  });

  test("goes on after a change of the page size without leaving a record out", async () => {
    const ids = Array.from({ length: 14 }, () => typeInvoice(world.books()));
    const started = await pullAll(connector, "invoice", { store: createVersionStore(), stopAfterPages: 1 });
    const wider = createXeroConnector({
      clientId: "unused",
      clientSecret: "unused",
      authority: "http://localhost:1",
      apiBase: world.where.apiBase,
      pageSizeMax: 7,
    }).open(await world.openSession());
    const rest = await pullAll(wider, "invoice", { store: createVersionStore(), cursor: started.cursor });
    const seen = new Set([...started.records, ...rest.records].map(({ externalId }) => externalId));
    expect([...seen].sort()).toEqual([...ids].sort());
  });

  test("shows voided documents and archived contacts", async () => {
    const contact = typeContact(world.books(), { Name: "Gone" });
    const { cursor } = await pullAll(connector, "contact", { store: createVersionStore() });
    world.books().contacts.put({
      ...aKept(world.books().contacts.get(contact)),
      status: "ARCHIVED",
      updatedMs: Date.now() + 5_000,
    });
    const { records } = await pullAll(connector, "contact", { store: createVersionStore(), cursor });
    expect(records).toMatchObject([{ externalId: contact, active: false }]);
  });

  test("leaves bills, supplier credits and other people's receipts where they are", async () => {
    typeInvoice(world.books(), { Type: "ACCPAY", LineItems: purchase });
    typeCreditNote(world.books(), { Type: "ACCPAYCREDIT", LineItems: purchase });
    const sale = typeInvoice(world.books());
    expect((await pull()).records.map(({ externalId }) => externalId)).toEqual([sale]);
    const notes = await pullAll(connector, "creditNote", { store: createVersionStore() });
    expect(notes.records).toEqual([]);
  });
});

const purchase = [
  { Description: "Paper", Quantity: 1, UnitAmount: 5, AccountCode: "429", TaxType: "INPUT2" },
];

function aKept<T>(record: T | undefined): T {
  if (record === undefined) throw new Error("the record was just kept");
  return record;
}

describe("a page", () => {
  test("says how many there are and how many have been read", async () => {
    for (let index = 0; index < 12; index += 1) typeInvoice(world.books());
    const pages: (readonly [number | null, number])[] = [];
    for await (const page of connector.pull("invoice", null, NOTHING_KNOWN))
      pages.push([page.total, page.seen]);
    expect(pages).toEqual([
      [12, 5],
      [12, 10],
      [12, 12],
    ]);
  });

  test("brings the allocations with their credit notes, in the order of references", async () => {
    const note = typeCreditNote(world.books());
    const invoice = typeInvoice(world.books());
    typeAllocation(world.books(), note, invoice, "5");
    typeAllocation(world.books(), note, invoice, "5");
    const { records } = await pullAll(connector, "creditNote", { store: createVersionStore() });
    expect(records.map(({ recordType }) => recordType)).toEqual(["creditNote", "allocation", "allocation"]);
    expect(records[1]).toMatchObject({ creditNoteId: note, invoiceId: invoice, amount: { minor: 500n } });
    const [first] = records.filter((record) => record.recordType === "allocation");
    expect(await connector.get("allocation", first?.externalId ?? "")).toEqual(first);
    expect(await connector.get("allocation", `${note}/${invoice}/another`)).toBeNull();
  });

  test("a cursor that is none of ours is refused and not read from the beginning", async () => {
    await expect(
      pullAll(connector, "invoice", { store: createVersionStore(), cursor: { page: "two" } }),
    ).rejects.toMatchObject({ kind: "wireMismatch" });
  });
});

describe("find", () => {
  test("asks for sixty invoices in a few calls and finds each", async () => {
    const numbers = Array.from({ length: 60 }, (_, index) => `INV-2026-${String(index).padStart(6, "0")}`);
    for (const InvoiceNumber of numbers) typeInvoice(world.books(), { InvoiceNumber });
    typeInvoice(world.books(), { InvoiceNumber: "ANOTHER" });
    const sought = numbers.map((number) => anInvoice({ number }));
    let found: readonly { externalId: string }[] = [];
    const calls = await callsOf(async () => {
      found = await connector.find("invoice", sought);
    });
    expect(found).toHaveLength(60);
    expect(calls).toBeLessThanOrEqual(2);
  });

  test("reads on where an answer has more than a page", async () => {
    const { books } = world;
    const id = typeInvoice(books(), { InvoiceNumber: "INV-1" });
    const kept = aKept(books().invoices.get(id));
    for (let index = 0; index < 255; index += 1)
      books().invoices.put({ ...kept, id: books().newId(), status: "DELETED" });
    expect(await connector.find("invoice", [anInvoice()])).toHaveLength(256);
  });

  test("takes numbers with commas and names with quotes as they are", async () => {
    const comma = typeInvoice(world.books(), { InvoiceNumber: 'A,"1"\\' });
    expect(await connector.find("invoice", [anInvoice({ number: 'A,"1"\\' })])).toMatchObject([
      { externalId: comma },
    ]);
    const quoted = typeContact(world.books(), { Name: 'The "Old" Mill \\ Leeds' });
    expect(await connector.find("contact", [aContact({ name: 'The "Old" Mill \\ Leeds' })])).toMatchObject([
      { externalId: quoted },
    ]);
  });

  test("an equal number without our address is found and bears no marker", async () => {
    typeInvoice(world.books(), { InvoiceNumber: "INV-1", Url: "https://shop.example/orders/1" });
    expect(await connector.find("invoice", [anInvoice()])).toMatchObject([{ number: "INV-1", marker: "" }]);
  });

  test("nothing sought is no call", async () => {
    expect(await callsOf(() => connector.find("contact", []))).toBe(0);
  });
});

describe("reference data", () => {
  test("is five calls, and the later lock date counts", async () => {
    const { books } = world;
    books().setOrganisation({
      ...books().organisation(),
      periodLockDate: "2026-01-31",
      endOfYearLockDate: "2025-03-31",
    });
    let data: Awaited<ReturnType<Connector["referenceData"]>> | null = null;
    const calls = await callsOf(async () => {
      data = await connector.referenceData();
    });
    expect(calls).toBe(5);
    expect(data).toMatchObject({
      organisationName: "Tidewater Gifts Ltd",
      baseCurrency: "GBP",
      lockDate: "2026-01-31",
      yearEnd: { month: 3, day: 31 },
      taxPeriodMonths: 3,
    });
  });

  test("tells usable accounts from Xero's own, and sales rates from purchase rates", async () => {
    const { accounts, taxRates, trackingCategories, currencies } = await connector.referenceData();
    expect(accounts.find(({ key }) => key === "200")).toMatchObject({
      accountClass: "income",
      isSystem: false,
    });
    expect(accounts.find(({ key }) => key === "090")).toMatchObject({ isBank: true, acceptsPayments: true });
    expect(accounts.filter(({ isSystem }) => isSystem).length).toBeGreaterThan(2);
    expect(taxRates.find(({ key }) => key === "OUTPUT2")?.appliesTo).not.toContain("expense");
    expect(taxRates.filter(({ isNoTax }) => isNoTax).map(({ key }) => key)).toEqual(["NONE"]);
    expect(trackingCategories.map(({ name }) => name).sort()).toEqual(["Channel", "Region"]);
    expect(currencies).toContain("JPY");
  });
});
