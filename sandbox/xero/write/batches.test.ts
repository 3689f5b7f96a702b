import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { type Answered, anInvoice, connectXero, type TestClient } from "../test-client";

let sandbox: RunningSandbox;
let xero: TestClient;
let ann: string;
beforeAll(async () => {
  sandbox = await startSandbox({
    port: 0,
    limitSpeed: 1_000_000,
    clock: createFrozenClock("2026-06-01T09:00:00Z"),
  });
  xero = await connectXero(sandbox.origin);
  ann = (await xero.create("Contacts", { Name: "Ann" }))[0]?.ContactID;
});
afterAll(() => sandbox.stop());
// The frozen clock would keep every call in one limit window.
beforeEach(() => sandbox.clock.advance(1));

const NO_ID = "00000000-0000-0000-0000-000000000000";
const document = (Type: string, bad: boolean): object => ({
  ...anInvoice(ann, { Type, ...(bad ? { Contact: {} } : {}) }),
  BankAccount: { Code: "090" },
});
const kinds: [string, string, (bad: boolean) => object][] = [
  ["Contacts", "ContactID", (bad) => ({ Name: bad ? "<>" : `C ${Math.random()}` })],
  ["Items", "ItemID", (bad) => ({ Code: bad ? "" : String(Math.random()) })],
  ["Invoices", "InvoiceID", (bad) => document("ACCREC", bad)],
  ["CreditNotes", "CreditNoteID", (bad) => document("ACCRECCREDIT", bad)],
  ["BankTransactions", "BankTransactionID", (bad) => document("RECEIVE", bad)],
];

describe.each(kinds)("a batch of %s", (plural, idField, element) => {
  const count = async (): Promise<number> => (await xero.call("GET", `/${plural}`)).json[plural].length;

  it("with summarizeErrors=false has an outcome for each element, in order, and saves the good ones", async () => {
    const before = await count();
    const reply = await xero.call("PUT", `/${plural}`, {
      body: { [plural]: [element(false), element(true), element(false)] },
      query: { summarizeErrors: "false" },
    });
    expect(reply.status).toBe(200);
    const outcomes: Answered[] = reply.json[plural];
    expect(outcomes.map(({ StatusAttributeString }) => StatusAttributeString)).toEqual(["OK", "ERROR", "OK"]);
    expect(outcomes.map(({ HasErrors }) => HasErrors)).toEqual([false, true, false]);
    expect(outcomes[1]?.[idField]).toBe(NO_ID);
    expect(outcomes[1]?.ValidationErrors.length).toBeGreaterThan(0);
    expect(outcomes[0]).not.toHaveProperty("ValidationErrors");
    expect(await count()).toBe(before + 2);
  });

  it.each<Record<string, string>>([{}, { summarizeErrors: "true" }])(
    "with %j fails as one and saves nothing",
    async (query) => {
      const before = await count();
      const reply = await xero.call("PUT", `/${plural}`, {
        body: { [plural]: [element(false), element(true)] },
        query,
      });
      expect(reply).toMatchObject({
        status: 400,
        json: { ErrorNumber: 10, Type: "ValidationException", Message: "A validation exception occurred" },
      });
      expect(reply.json.Elements).toHaveLength(1);
      expect(reply.json.Elements[0]).toMatchObject({ [idField]: NO_ID, ValidationErrors: [{}] });
      expect(await count()).toBe(before);
    },
  );

  it("without a bad element answers plainly", async () => {
    const { json } = await xero.call("PUT", `/${plural}`, { body: { [plural]: [element(false)] } });
    expect(json).toMatchObject({ Status: "OK" });
    expect(json[plural][0]).not.toHaveProperty("StatusAttributeString");
  });
});

describe("a large batch", () => {
  const contacts = (count: number, prefix: string): object => ({
    Contacts: Array.from({ length: count }, (_, index) => ({ Name: `${prefix} ${index}` })),
  });

  it("of more than fifty elements is taken, or refused as a whole where the switch says so", async () => {
    expect((await xero.call("PUT", "/Contacts", { body: contacts(51, "a") })).status).toBe(200);
    sandbox.context.switches.set("xero.elements-over-50", "refuse");
    expect(await xero.call("PUT", "/Contacts", { body: contacts(51, "b") })).toMatchObject({
      status: 400,
      json: { Type: "PostDataInvalidException", Message: "At most 50 Contacts in one request." },
    });
    expect((await xero.call("PUT", "/Contacts", { body: contacts(50, "b") })).status).toBe(200);
    sandbox.context.switches.set("xero.elements-over-50", "accept");
  });

  it("of items holds 500 at most, whatever the switch says", async () => {
    const items = (count: number, prefix: string): object => ({
      Items: Array.from({ length: count }, (_, index) => ({ Code: `${prefix}${index}` })),
    });
    expect(await xero.call("PUT", "/Items", { body: items(501, "a") })).toMatchObject({
      status: 400,
      json: { Message: "At most 500 items in one request." },
    });
    sandbox.context.switches.set("xero.elements-over-50", "refuse");
    expect((await xero.call("PUT", "/Items", { body: items(500, "b") })).status).toBe(200);
    sandbox.context.switches.set("xero.elements-over-50", "accept");
  });
});
