import { createServer } from "node:http";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Connector, WriteElement, WriteOutcome } from "@/lib/connectors/contract/connector";
import type { WriteVerb } from "@/lib/connectors/contract/manifest";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { Invoice } from "@/lib/domain/document";
import { parseMoney } from "@/lib/domain/money";
import { Decimal, decimal } from "@/lib/kernel/decimal";
import { invariant } from "@/lib/kernel/invariant";
import {
  firstContact,
  typeContact,
  typeCreditNote,
  typeInvoice,
  typePayment,
} from "@/tests/contract/xero-seeding";
import { startXeroWorld, type XeroWorld } from "@/tests/contract/xero-world";
import { aContact, aLine, anAllocation, anInvoice, anItem, anOverpayment, CONTEXT } from "./fixtures/records";
import { predict } from "./predict";

/** Writing against the simulator, beyond what every connector must do. */

let world: XeroWorld;
let connector: Connector;

beforeAll(async () => {
  world = await startXeroWorld({ fill: (books) => typeContact(books, { Name: "Ada Lovelace" }) });
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset();
  connector = world.definition.open(await world.openSession());
});

let keys = 0;
function apply(
  verb: WriteVerb,
  elements: readonly { record: CanonicalRecord; externalId?: string }[],
): Promise<readonly WriteOutcome[]> {
  keys += 1;
  const [first] = elements;
  invariant(first !== undefined, "something to write");
  return connector.apply({
    recordType: first.record.recordType,
    verb,
    idempotencyKey: `writing-${keys}`,
    elements: elements.map(
      ({ record, externalId }, index): WriteElement => ({
        intentId: `intent-${index}`,
        record,
        externalId: externalId ?? null,
      }),
    ),
  });
}

function ready<T extends CanonicalRecord>(record: T, sourceExternalId = record.externalId): T {
  const { record: prepared } = world.definition.rules.prepare(record, { ...CONTEXT, sourceExternalId });
  invariant(prepared.recordType === record.recordType, "prepare keeps the type");
  return prepared as T;
}

const anOwnInvoice = (changes: Partial<Invoice> = {}): Invoice =>
  ready(anInvoice({ contactId: firstContact(world.books()), externalId: changes.number ?? "1", ...changes }));

describe("creating", () => {
  test("what is posted is what was foreseen, to the last unit", async () => {
    const ledger = await connector.referenceData();
    const lines = fc.array(
      fc.record({
        quantity: fc.integer({ min: 1, max: 999_999 }),
        unitPrice: fc.integer({ min: 0, max: 9_999_999 }),
        taxKey: fc.constantFrom("OUTPUT2", "RROUTPUT", "ZERORATEDOUTPUT"),
      }),
      { minLength: 1, maxLength: 12 },
    );
    const [sample] = fc.sample(
      fc.array(
        fc.record({ lines, lineAmounts: fc.constantFrom("exclusive" as const, "inclusive" as const) }),
        {
          minLength: 50,
          maxLength: 50,
        },
      ),
      { numRuns: 1, seed: 7 },
    );
    invariant(sample !== undefined, "fast-check gave a sample");
    const invoices = sample.map(({ lines: drawn, lineAmounts }, index) =>
      anOwnInvoice({
        number: `INV-${index}`,
        lineAmounts,
        lines: drawn.map(({ quantity, unitPrice, taxKey }) =>
          aLine({
            quantity: new Decimal(quantity).dividedBy(10_000),
            unitPrice: new Decimal(unitPrice).dividedBy(10_000),
            taxKey,
          }),
        ),
      }),
    );
    const outcomes = await apply(
      "create",
      invoices.map((record) => ({ record })),
    );
    outcomes.forEach((outcome, index) => {
      const asked = invoices[index];
      invariant(outcome.kind === "applied" && asked !== undefined, `invoice ${index} was ${outcome.kind}`);
      const { net, tax, gross } = predict(asked, ledger);
      expect(outcome.record).toMatchObject({ net, tax, gross });
    });
  });

  test("the bytes foreseen are the bytes sent", async () => {
    const invoices = ["A", "B", "C"].map((number) => anOwnInvoice({ number }));
    await apply(
      "create",
      invoices.map((record) => ({ record })),
    );
    const [call] = world.sandbox.callLog.entries().filter(({ method }) => method === "PUT");
    const foreseen = invoices.reduce((sum, record) => sum + world.definition.rules.encodedBytes(record), 0);
    expect(Math.abs(foreseen - (call?.bytesIn ?? 0))).toBeLessThan(25);
  });

  test("a number that is there without our address is refused; with it the record is recognised", async () => {
    typeInvoice(world.books(), { InvoiceNumber: "TAKEN" });
    const ours = anOwnInvoice({ number: "OURS" });
    const [first] = await apply("create", [{ record: ours }]);
    const outcomes = await apply("create", [{ record: anOwnInvoice({ number: "TAKEN" }) }, { record: ours }]);
    expect(outcomes).toMatchObject([
      { kind: "rejected", problem: { cause: "numberTaken", subject: "TAKEN" } },
      {
        kind: "alreadyApplied",
        externalId: first !== undefined && "externalId" in first ? first.externalId : "",
      },
    ]);
  });

  test("a contact's name that is taken is refused and the other contact stays as it is", async () => {
    const before = world.books().contacts.get(firstContact(world.books()));
    const [outcome] = await apply("create", [
      { record: ready(aContact({ name: "Ada Lovelace", email: "other@example.com" })) },
    ]);
    expect(outcome).toMatchObject({
      kind: "rejected",
      problem: { cause: "nameTaken", subject: "Ada Lovelace" },
    });
    expect(world.books().contacts.get(firstContact(world.books()))).toEqual(before);
  });

  test("an item whose code is there already is taken as the same item", async () => {
    const [first] = await apply("create", [{ record: ready(anItem()) }]);
    const [second] = await apply("create", [{ record: ready(anItem()) }]);
    expect([first?.kind, second?.kind]).toEqual(["applied", "alreadyApplied"]);
  });

  test("an amount that no number carries is refused here, and its neighbours are sent", async () => {
    const tooLarge = anOwnInvoice({
      number: "BIG",
      lines: [aLine({ unitPrice: decimal("123456789012345.5") })],
    });
    const outcomes = await apply("create", [
      { record: tooLarge },
      { record: anOwnInvoice({ number: "SMALL" }) },
    ]);
    expect(outcomes).toMatchObject([
      { intentId: "intent-0", kind: "rejected", problem: { cause: "amountTooLarge", subject: "BIG" } },
      { intentId: "intent-1", kind: "applied" },
    ]);
  });

  test("a foreign invoice carries the rate the other way round", async () => {
    const record = anOwnInvoice({ currency: "EUR", fxRate: decimal("0.85"), lines: [aLine()] });
    const [outcome] = await apply("create", [{ record }]);
    invariant(outcome?.kind === "applied", "the invoice was taken");
    const kept = world.books().invoices.get(outcome.externalId);
    expect(kept).toMatchObject({ currency: "EUR", currencyRate: "1.176471" });
    expect(outcome.record).toMatchObject({ currency: "EUR" });
  });

  test("tracking, account and item code of a line arrive as sent", async () => {
    await apply("create", [{ record: ready(anItem()) }]);
    const { trackingCategories } = await connector.referenceData();
    const [region] = trackingCategories;
    const tracking = [{ categoryKey: region?.key ?? "", optionKey: region?.options[1]?.key ?? "" }];
    const record = anOwnInvoice({ lines: [aLine({ itemCode: "BOX-1", tracking })] });
    const [outcome] = await apply("create", [{ record }]);
    expect(outcome).toMatchObject({
      kind: "applied",
      record: { lines: [{ itemCode: "BOX-1", accountKey: "200", tracking }] },
    });
  });

  test("the debtors account is looked up once for many overpayments", async () => {
    const overpayment = (number: string) =>
      ready(
        anOverpayment({ contactId: firstContact(world.books()), externalId: number, paymentNumber: number }),
      );
    await apply("create", [{ record: overpayment("1") }]);
    const before = await world.countCalls();
    const [outcome] = await apply("create", [{ record: overpayment("2") }]);
    expect((await world.countCalls()) - before).toBe(1);
    expect(outcome).toMatchObject({ kind: "applied", record: { paymentNumber: "2", accountKey: "090" } });
  });
});

describe("a call that is refused as a whole", () => {
  const refusal = (numbers: readonly string[]) =>
    world.sandbox.faults.order({
      service: "xero",
      method: "PUT",
      skip: 0,
      times: 1,
      effect: {
        type: "status",
        status: 400,
        headers: { "content-type": "application/json" },
        afterHandling: false,
        body: JSON.stringify({
          ErrorNumber: 10,
          Type: "ValidationException",
          Message: "A validation exception occurred",
          Elements: numbers.map((InvoiceNumber) => ({
            InvoiceNumber,
            ValidationErrors: [{ Message: "A strange complaint" }],
          })),
        }),
      },
    });
  const three = () => ["A", "B", "C"].map((number) => ({ record: anOwnInvoice({ number }) }));

  test("fails the elements that Xero names and sends the others again", async () => {
    refusal(["B"]);
    const outcomes = await apply("create", three());
    expect(outcomes.map(({ kind }) => kind)).toEqual(["applied", "rejected", "applied"]);
    expect(outcomes[1]).toMatchObject({ problem: { vendorMessage: "A strange complaint" } });
    expect(world.books().invoices.size).toBe(2);
  });

  test("is taken apart where Xero names none", async () => {
    refusal([]);
    const outcomes = await apply("create", three());
    expect(outcomes.map(({ kind }) => kind)).toEqual(["applied", "applied", "applied"]);
    expect(world.books().invoices.size).toBe(3);
  });
});

describe("allocations", () => {
  const pair = (note: string, invoice: string, pence: bigint) => ({
    record: anAllocation({
      creditNoteId: note,
      invoiceId: invoice,
      amount: { minor: pence, currency: "GBP" },
    }),
  });

  test("of one note are one call, of two notes two", async () => {
    const [first, second] = [typeCreditNote(world.books()), typeCreditNote(world.books())];
    const invoice = typeInvoice(world.books());
    const before = await world.countCalls();
    const outcomes = await apply("create", [
      pair(first, invoice, 100n),
      pair(second, invoice, 200n),
      pair(first, invoice, 300n),
    ]);
    expect((await world.countCalls()) - before).toBe(2);
    expect(outcomes.map(({ intentId, kind }) => [intentId, kind])).toEqual([
      ["intent-0", "applied"],
      ["intent-1", "applied"],
      ["intent-2", "applied"],
    ]);
    const ids = outcomes.map((outcome) => ("externalId" in outcome ? outcome.externalId : ""));
    expect(new Set(ids).size).toBe(3);
    const found = await connector.find("allocation", [pair(first, invoice, 300n).record]);
    expect(found.map(({ externalId }) => externalId)).toEqual([ids[2]]);
  });

  test("that a limit keeps from being sent after others were applied are unknown, not lost", async () => {
    const [first, second] = [typeCreditNote(world.books()), typeCreditNote(world.books())];
    const invoice = typeInvoice(world.books());
    world.sandbox.faults.order({
      service: "xero",
      method: "PUT",
      skip: 1,
      times: 1,
      effect: {
        type: "status",
        status: 429,
        body: "",
        headers: { "retry-after": "3" },
        afterHandling: false,
      },
    });
    const outcomes = await apply("create", [pair(first, invoice, 100n), pair(second, invoice, 200n)]);
    expect(outcomes).toMatchObject([
      { kind: "applied" },
      { kind: "unknown", why: expect.stringMatching(/^Not sent/) },
    ]);
    expect(world.books().allocations.size).toBe(1);
  });
});

describe("changing", () => {
  test("an update of a contact keeps the number that another app gave it", async () => {
    const id = typeContact(world.books(), { Name: "Grace Hopper", ContactNumber: "CRM-77" });
    const [outcome] = await apply("update", [
      { record: ready(aContact({ name: "Grace M. Hopper", email: "grace@example.com" })), externalId: id },
    ]);
    expect(outcome?.kind).toBe("applied");
    expect(world.books().contacts.get(id)).toMatchObject({
      name: "Grace M. Hopper",
      email: "grace@example.com",
      contactNumber: "CRM-77",
    });
  });

  test("an update of an invoice keeps the ids of the lines that go on", async () => {
    const two = [aLine({ description: "One" }), aLine({ description: "Two" })];
    const [created] = await apply("create", [{ record: anOwnInvoice({ lines: two }) }]);
    invariant(created?.kind === "applied" && created.record.recordType === "invoice", "created");
    const [before] = [created.record.lines];
    const lines = [aLine({ description: "Two", quantity: decimal("5") }), aLine({ description: "Three" })];
    const [updated] = await apply("update", [
      { record: anOwnInvoice({ lines }), externalId: created.externalId },
    ]);
    invariant(updated?.kind === "applied" && updated.record.recordType === "invoice", "updated");
    expect(updated.record.lines.map(({ description }) => description)).toEqual(["Two", "Three"]);
    expect(updated.record.lines[0]?.externalId).toBe(before[1]?.externalId);
    expect(updated.record.gross).toEqual(parseMoney("84.00", "GBP"));
  });

  test("a draft is deleted, an approved invoice voided, and either only once", async () => {
    const draft = typeInvoice(world.books(), { Status: "DRAFT" });
    const approved = typeInvoice(world.books());
    const elements = [draft, approved].map((externalId) => ({ record: anInvoice(), externalId }));
    const first = await apply("void", elements);
    expect(first).toMatchObject([
      { kind: "applied", record: { status: "deleted" } },
      { kind: "applied", record: { status: "void" } },
    ]);
    const before = await world.countCalls();
    const second = await apply("void", elements);
    expect(second.map(({ kind }) => kind)).toEqual(["alreadyApplied", "alreadyApplied"]);
    expect((await world.countCalls()) - before).toBe(1);
  });

  test("an invoice with money on it is neither changed nor voided, and its neighbour is", async () => {
    const paid = typeInvoice(world.books());
    typePayment(world.books(), paid, "20");
    const free = typeInvoice(world.books());
    for (const verb of ["update", "void"] as const) {
      const outcomes = await apply(verb, [
        { record: anOwnInvoice({ number: "PAID" }), externalId: paid },
        { record: anOwnInvoice({ number: `FREE-${verb}` }), externalId: free },
      ]);
      expect(outcomes).toMatchObject([
        { kind: "rejected", problem: { cause: "documentNotOpen", subject: "PAID" } },
        { kind: "applied" },
      ]);
    }
  });

  test("a credit note is voided, and one that Xero has not is named", async () => {
    const note = typeCreditNote(world.books());
    const { dueDate: _dueDate, ...document } = anInvoice();
    const record = { ...document, recordType: "creditNote" as const };
    const outcomes = await apply("void", [
      { record, externalId: note },
      { record, externalId: "00000000-0000-4000-8000-000000000000" },
    ]);
    expect(outcomes).toMatchObject([
      { kind: "applied", record: { status: "void" } },
      { kind: "rejected", problem: { cause: "documentNotPosted" } },
    ]);
  });
});

/** An address whose port was free a moment ago. */
async function addressOfNobody(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  invariant(address !== null && typeof address === "object", "the server listens");
  await new Promise((resolve) => server.close(resolve));
  return `http://localhost:${address.port}`;
}

describe("a ledger that cannot be reached", () => {
  test("has certainly done nothing", async () => {
    const session = await world.openSession();
    const nowhere = world.definition.open({ ...session, apiBase: await addressOfNobody() });
    const request = {
      recordType: "item",
      verb: "create",
      idempotencyKey: "unreachable",
      elements: [{ intentId: "intent-0", record: ready(anItem()), externalId: null }],
    } as const;
    await expect(nowhere.apply(request)).rejects.toMatchObject({
      kind: "unavailable",
      mayHaveBeenApplied: false,
    });
  });
});
