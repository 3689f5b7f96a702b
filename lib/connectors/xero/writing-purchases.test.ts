import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Connector, WriteElement, WriteOutcome } from "@/lib/connectors/contract/connector";
import type { WriteVerb } from "@/lib/connectors/contract/manifest";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { parseLocalDate } from "@/lib/domain/local-date";
import { parseMoney } from "@/lib/domain/money";
import { decimal } from "@/lib/kernel/decimal";
import { invariant } from "@/lib/kernel/invariant";
import { createVersionStore, idsOf, pullAll } from "@/tests/contract/contract-tools";
import {
  firstContact,
  typeBankTransaction,
  typeBill,
  typeContact,
  typeCreditNote,
  typeInvoice,
  typeJournal,
  typeOrder,
  typeOverpayment,
  typePayment,
  typeSupplierCredit,
} from "@/tests/contract/xero-seeding";
import { startXeroWorld, type XeroWorld } from "@/tests/contract/xero-world";
import {
  aBankTransaction,
  aBill,
  aBillPayment,
  aJournal,
  anOrder,
  aPurchaseLine,
  aSupplierCredit,
  aSupplierOverpayment,
} from "./fixtures/purchases";
import { CONTEXT } from "./fixtures/records";

/** Purchases, bank transactions and journals against the simulator, beyond what every connector must do. */

let world: XeroWorld;
let connector: Connector;

beforeAll(async () => {
  world = await startXeroWorld({ fill: (books) => typeContact(books, { Name: "Paper mill" }) });
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
    idempotencyKey: `purchases-${keys}`,
    elements: elements.map(
      ({ record, externalId }, index): WriteElement => ({
        intentId: `intent-${index}`,
        record,
        externalId: externalId ?? null,
      }),
    ),
  });
}

function ready<T extends CanonicalRecord>(record: T, sourceExternalId = "1"): T {
  const own = "contactId" in record ? { ...record, contactId: firstContact(world.books()) } : record;
  return world.definition.rules.prepare(own, { ...CONTEXT, sourceExternalId }).record as T;
}

const idOf = (outcome: WriteOutcome | undefined): string =>
  outcome !== undefined && "externalId" in outcome ? outcome.externalId : "";

/** The answer to the next write is lost after it was committed. */
const loseAnswer = () =>
  world.sandbox.faults.order({
    service: "xero",
    method: "PUT",
    skip: 0,
    times: 1,
    effect: { type: "drop-after" },
  });

describe("a lost answer", () => {
  const twins: readonly (readonly [string, () => CanonicalRecord, () => string])[] = [
    ["bill", () => aBill(), () => typeBill(world.books(), { ...TWIN, InvoiceNumber: "B-77" })],
    [
      "bill without a number",
      () => aBill({ number: "" }),
      () => typeBill(world.books(), { ...TWIN, InvoiceNumber: "" }),
    ],
    [
      "supplier credit",
      () => aSupplierCredit(),
      () => typeSupplierCredit(world.books(), { ...TWIN, CreditNoteNumber: "SC-5" }),
    ],
    ["bank transaction", () => aBankTransaction(), () => typeBankTransaction(world.books(), TWIN)],
    [
      "overpayment",
      () => aSupplierOverpayment(),
      () => typeOverpayment(world.books(), "24", "SPEND-OVERPAYMENT"),
    ],
    [
      "journal",
      () => aJournal(),
      () => typeJournal(world.books(), { Date: "2026-05-12", Narration: "JE-4, Paper, paid privately" }),
    ],
  ];
  const TWIN = {
    Date: "2026-05-10",
    LineItems: [{ Description: "Paper", Quantity: 2, UnitAmount: 10, AccountCode: "429", TaxType: "INPUT2" }],
  };

  test.each(twins)("of a %s is found by its marker beside its twin", async (_, make, typeTwin) => {
    typeTwin();
    const [mine, other] = [ready(make(), "mine"), ready(make(), "other")];
    await apply("create", [{ record: other }]);
    loseAnswer();
    expect(await apply("create", [{ record: mine }])).toMatchObject([{ kind: "unknown" }]);
    const found = await connector.find(mine.recordType, [mine]);
    expect(found.filter(({ marker }) => marker === mine.marker)).toHaveLength(1);
    expect(found.filter(({ marker }) => marker === "").length).toBeLessThanOrEqual(1);
  });

  test("a supplier's credit keeps its key when somebody adds a line to it", async () => {
    const record = ready(aSupplierCredit());
    const [made] = await apply("create", [{ record }]);
    const { creditNotes } = world.books();
    const note = creditNotes.get(idOf(made));
    invariant(note !== undefined, "the credit is there");
    const [line] = note.lines;
    invariant(line !== undefined, "it has lines");
    creditNotes.put({ ...note, lines: [...note.lines, { ...line, id: "another", description: "By hand" }] });
    const [found] = await connector.find("supplierCredit", [record]);
    expect(found).toMatchObject({ externalId: note.id, marker: record.marker });
    expect(
      found?.recordType === "supplierCredit" && found.lines.map(({ description }) => description),
    ).toEqual(["Paper returned", "Twine", "By hand"]);
  });
});

describe("numbers", () => {
  test("two suppliers' bills of one number are two bills, and each answer is of its own", async () => {
    const second = typeContact(world.books(), { Name: "Twine works" });
    const bills = [ready(aBill(), "a"), { ...ready(aBill(), "b"), contactId: second }];
    const outcomes = await apply(
      "create",
      bills.map((record) => ({ record })),
    );
    expect(outcomes.map((outcome) => outcome.kind === "applied" && outcome.record.marker)).toEqual(
      bills.map(({ marker }) => marker),
    );
    expect((await connector.find("bill", bills)).length).toBe(2);
    expect(await connector.find("bill", [{ ...ready(aBill(), "c"), contactId: second }])).toHaveLength(1);
  });

  test("where Xero refuses a whole call, the bill that it names is out and not its namesake", async () => {
    const bills = [ready(aBill(), "a"), ready(aBill(), "b")];
    const complaint = { ValidationErrors: [{ Message: "A strange complaint" }] };
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
          Type: "ValidationException",
          Elements: [{ InvoiceNumber: "B-77", Url: bills[1]?.marker, ...complaint }],
        }),
      },
    });
    const outcomes = await apply(
      "create",
      bills.map((record) => ({ record })),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(["applied", "rejected"]);
  });

  test("a bill refused for another reason is not taken for one of its number", async () => {
    typeBill(world.books(), { InvoiceNumber: "B-77" });
    const record = ready(aBill({ lines: [aPurchaseLine({ accountKey: "9999" })] }));
    expect(await apply("create", [{ record }])).toMatchObject([
      { kind: "rejected", problem: { cause: "accountNotUsable" } },
    ]);
  });

  test("an order whose number is there is ours only with our key", async () => {
    const ours = ready(anOrder({ number: "PO-OURS" }));
    const [made] = await apply("create", [{ record: ours }]);
    typeOrder(world.books(), { PurchaseOrderNumber: "PO-THEIRS", Date: "2026-05-10" });
    const outcomes = await apply("create", [
      { record: ours },
      { record: ready(anOrder({ number: "PO-THEIRS" }), "2") },
    ]);
    expect(outcomes).toMatchObject([
      { kind: "alreadyApplied", externalId: idOf(made) },
      { kind: "rejected", problem: { cause: "numberTaken" } },
    ]);
  });
});

describe("looking up", () => {
  test("orders of a few days are one call, however many", async () => {
    const orders = Array.from({ length: 30 }, (_, index) =>
      ready(
        anOrder({
          number: `PO-${index}`,
          date: parseLocalDate(`2026-05-${String(1 + (index % 6)).padStart(2, "0")}`),
        }),
        String(index),
      ),
    );
    await apply(
      "create",
      orders.map((record) => ({ record })),
    );
    const before = await world.countCalls();
    expect(await connector.find("purchaseOrder", orders)).toHaveLength(30);
    expect((await world.countCalls()) - before).toBe(1);
  });

  test.each([
    ["bankTransaction", () => aBankTransaction()],
    ["billPayment", () => aBillPayment({ billId: typeBill(world.books()) })],
    ["supplierOverpayment", () => aSupplierOverpayment()],
    ["supplierCredit", () => aSupplierCredit()],
  ] as const)("%s works on a list that Xero searches by its indexes alone", async (_, make) => {
    world.sandbox.context.switches.set("xero.high-volume-rows", "20");
    const books = world.books();
    for (let index = 0; index < 25; index += 1) {
      const type = index % 2 === 0 ? "RECEIVE-OVERPAYMENT" : "SPEND-OVERPAYMENT";
      typeOverpayment(books, "1", type);
      typePayment(books, typeInvoice(books), "1");
      typeCreditNote(books);
    }
    const record = ready(make());
    const [made] = await apply("create", [{ record }]);
    expect((await connector.find(record.recordType, [record])).map(({ externalId }) => externalId)).toContain(
      idOf(made),
    );
    const { records } = await pullAll(connector, record.recordType, { store: createVersionStore() });
    expect(idsOf(records, record.recordType)).toContain(idOf(made));
  });

  test("a bank transaction's list passes over what else moves on a bank account", async () => {
    const books = world.books();
    const spent = typeBankTransaction(books);
    typeOverpayment(books, "5");
    const store = createVersionStore();
    const first = await pullAll(connector, "bankTransaction", { store });
    expect(first.records.map(({ externalId }) => externalId)).toEqual([spent]);
    for await (const { seen, total } of connector.pull("bankTransaction", null, store))
      expect(seen).toBe(total);
    typeOverpayment(books, "6");
    const next = await pullAll(connector, "bankTransaction", { store, cursor: first.cursor });
    expect([...next.records, ...next.quarantined]).toEqual([]);
  });

  test("a record of the other side is none of this one", async () => {
    const books = world.books();
    const bill = typeBill(books);
    const overpayment = typeOverpayment(books, "5");
    expect(await connector.get("bill", bill)).not.toBeNull();
    expect(await connector.get("invoice", bill)).toBeNull();
    expect(await connector.get("creditNote", typeSupplierCredit(books))).toBeNull();
    expect(await connector.get("payment", typePayment(books, bill, "1"))).toBeNull();
    expect(await connector.get("bankTransaction", overpayment)).toBeNull();
    expect(await connector.get("supplierOverpayment", overpayment)).toBeNull();
  });
});

describe("journals", () => {
  test("one in another than the base currency is never sent, and its neighbour is", async () => {
    const outcomes = await apply("create", [
      { record: { ...ready(aJournal(), "a"), currency: "EUR" } },
      { record: ready(aJournal(), "b") },
    ]);
    expect(outcomes).toMatchObject([
      { kind: "rejected", problem: { cause: "journalInForeignCurrency", subject: "EUR" } },
      { kind: "applied", record: { currency: "GBP", total: parseMoney("120.00", "GBP") } },
    ]);
    expect(world.books().manualJournals.size).toBe(1);
  });

  test("the base currency is asked for once", async () => {
    await apply("create", [{ record: ready(aJournal(), "a") }]);
    const before = await world.countCalls();
    await apply("create", [{ record: ready(aJournal(), "b") }]);
    expect((await world.countCalls()) - before).toBe(1);
  });
});

describe("changing", () => {
  test("a bill's lines go on, and a paid one is refused here", async () => {
    const bill = ready(aBill());
    const [made] = await apply("create", [{ record: bill }]);
    const paid = typeBill(world.books());
    typePayment(world.books(), paid, "20");
    const lines = [aPurchaseLine({ quantity: decimal("3") })];
    const outcomes = await apply("update", [
      { record: { ...bill, lines }, externalId: idOf(made) },
      { record: ready(aBill({ number: "PAID" }), "2"), externalId: paid },
    ]);
    expect(outcomes).toMatchObject([
      { kind: "applied", record: { gross: parseMoney("36.00", "GBP"), marker: bill.marker } },
      { kind: "rejected", problem: { cause: "documentNotOpen", subject: "PAID" } },
    ]);
    const before = made?.kind === "applied" && made.record.recordType === "bill" ? made.record.lines : [];
    expect(world.books().invoices.get(idOf(made))?.lines[0]?.id).toBe(before[0]?.externalId);
  });

  test("an order is changed and billed, and a billed one stays as it is", async () => {
    const order = ready(anOrder());
    const [made] = await apply("create", [{ record: { ...order, status: "paid" } }]);
    expect(made).toMatchObject({ kind: "applied", record: { status: "open" } });
    const [billed] = await apply("update", [
      { record: { ...order, status: "paid" }, externalId: idOf(made) },
    ]);
    expect(billed).toMatchObject({ kind: "applied", record: { status: "paid", remaining: { minor: 0n } } });
    expect(await apply("update", [{ record: order, externalId: idOf(made) }])).toMatchObject([
      { kind: "rejected", problem: { cause: "documentNotOpen" } },
    ]);
  });

  test("a bank transaction and a journal are changed as a whole", async () => {
    const spent = ready(aBankTransaction());
    const [first] = await apply("create", [{ record: spent }]);
    const lines = [aPurchaseLine({ quantity: decimal("5") })];
    expect(await apply("update", [{ record: { ...spent, lines }, externalId: idOf(first) }])).toMatchObject([
      { kind: "applied", record: { gross: parseMoney("60.00", "GBP"), marker: spent.marker } },
    ]);
    const journal = ready(aJournal());
    const [second] = await apply("create", [{ record: journal }]);
    const narration = "JE-4, mended";
    expect(
      await apply("update", [{ record: { ...journal, narration }, externalId: idOf(second) }]),
    ).toMatchObject([{ kind: "applied", record: { narration, number: "JE-4", lines: [{}, {}] } }]);
  });
});
