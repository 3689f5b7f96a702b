import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Connector, WriteOutcome } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { purchaseOrders } from "@/sandbox/xero/purchase-orders/purchase-order";
import {
  typeAllocation,
  typeBankTransaction,
  typeBill,
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
  aSupplierAllocation,
  aSupplierCredit,
  aSupplierOverpayment,
} from "./fixtures/purchases";
import { anAllocation, anOverpayment, aPayment } from "./fixtures/records";

/** What was posted taken out of the books again, against the simulator. */

let world: XeroWorld;
let connector: Connector;

beforeAll(async () => {
  world = await startXeroWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset();
  connector = world.definition.open(await world.openSession());
});

let keys = 0;
function takeBack(record: CanonicalRecord, externalIds: readonly string[]): Promise<readonly WriteOutcome[]> {
  keys += 1;
  return connector.apply({
    recordType: record.recordType,
    verb: "void",
    idempotencyKey: `taking-back-${keys}`,
    elements: externalIds.map((externalId, index) => ({ intentId: `intent-${index}`, record, externalId })),
  });
}

const kindsOf = (outcomes: readonly WriteOutcome[]): string[] => outcomes.map(({ kind }) => kind);

test("payments are deleted, the invoice is open again, and a second time changes nothing", async () => {
  const invoice = typeInvoice(world.books());
  const payments = [typePayment(world.books(), invoice, "20"), typePayment(world.books(), invoice, "30")];
  expect(kindsOf(await takeBack(aPayment(), payments))).toEqual(["applied", "applied"]);
  expect(await connector.get("payment", payments[0] ?? "")).toMatchObject({ status: "deleted" });
  const shown = await connector.get("invoice", invoice);
  expect(shown?.remaining).toEqual(shown?.gross);
  expect(kindsOf(await takeBack(aPayment(), payments))).toEqual(["alreadyApplied", "alreadyApplied"]);
});

test("an allocation is taken off its invoice and its note has its credit back", async () => {
  const invoice = typeInvoice(world.books());
  const note = typeCreditNote(world.books());
  typeAllocation(world.books(), note, invoice, "10");
  const pages = [];
  for await (const page of connector.pull("creditNote", null, { knownVersions: async () => new Map() }))
    pages.push(...page.records);
  const allocation = pages.find(
    (record) => record.recordType === "allocation" && record.creditNoteId === note,
  );
  const id = allocation?.externalId ?? "";
  expect(kindsOf(await takeBack(anAllocation(), [id]))).toEqual(["applied"]);
  const shown = await connector.get("creditNote", note);
  expect(shown?.remaining).toEqual(shown?.gross);
  expect(kindsOf(await takeBack(anAllocation(), [id]))).toEqual(["alreadyApplied"]);
});

test("an overpayment is deleted", async () => {
  const overpayment = typeOverpayment(world.books(), "25");
  expect(await takeBack(anOverpayment(), [overpayment])).toMatchObject([
    { kind: "applied", record: { status: "deleted" } },
  ]);
  expect(kindsOf(await takeBack(anOverpayment(), [overpayment]))).toEqual(["alreadyApplied"]);
});

test("one that Xero keeps is named with Xero's own words, and its neighbours are gone", async () => {
  const invoice = typeInvoice(world.books());
  const payment = typePayment(world.books(), invoice, "20");
  const books = world.books();
  const organisation = books.organisation();
  const locked = typePayment(books, invoice, "5");
  const kept = books.payments.get(locked);
  if (kept === undefined) throw new Error("the payment is there");
  books.payments.put({ ...kept, date: "2020-01-31" });
  books.setOrganisation({ ...organisation, periodLockDate: "2020-12-31" });
  const outcomes = await takeBack(aPayment(), [locked, payment]);
  expect(outcomes).toMatchObject([
    { kind: "rejected", problem: { cause: "periodLocked" } },
    { kind: "applied" },
  ]);
});

const DRAFT = { Status: "DRAFT" };
const BACK: readonly (readonly [string, CanonicalRecord, () => string, string])[] = [
  ["a bill", aBill(), () => typeBill(world.books()), "void"],
  ["a drafted bill", aBill(), () => typeBill(world.books(), DRAFT), "deleted"],
  ["a supplier's credit", aSupplierCredit(), () => typeSupplierCredit(world.books()), "void"],
  ["an order", anOrder(), () => typeOrder(world.books()), "deleted"],
  ["a drafted order", anOrder(), () => typeOrder(world.books(), DRAFT), "deleted"],
  ["a bank transaction", aBankTransaction(), () => typeBankTransaction(world.books()), "deleted"],
  ["a journal", aJournal(), () => typeJournal(world.books()), "void"],
  ["a drafted journal", aJournal(), () => typeJournal(world.books(), DRAFT), "deleted"],
  [
    "an overpayment to a supplier",
    aSupplierOverpayment(),
    () => typeOverpayment(world.books(), "5", "SPEND-OVERPAYMENT"),
    "deleted",
  ],
  [
    "a payment of a bill",
    aBillPayment(),
    () => typePayment(world.books(), typeBill(world.books()), "20"),
    "deleted",
  ],
];

test.each(BACK)(
  "%s is taken back once, and a second time changes nothing",
  async (_, record, type, status) => {
    const id = type();
    expect(await takeBack(record, [id])).toMatchObject([{ kind: "applied", record: { status } }]);
    expect(await connector.get(record.recordType, id)).toMatchObject({ status });
    expect(kindsOf(await takeBack(record, [id]))).toEqual(["alreadyApplied"]);
  },
);

test("a bill with money on it stays, and so does an order that is billed", async () => {
  const bill = typeBill(world.books());
  const payment = typePayment(world.books(), bill, "20");
  expect(await takeBack(aBill(), [bill])).toMatchObject([
    { kind: "rejected", problem: { cause: "documentNotOpen" } },
  ]);
  await takeBack(aBillPayment(), [payment]);
  expect(kindsOf(await takeBack(aBill(), [bill]))).toEqual(["applied"]);
  const order = typeOrder(world.books());
  const orders = purchaseOrders(world.books());
  const kept = orders.get(order);
  if (kept === undefined) throw new Error("the order is there");
  orders.put({ ...kept, status: "BILLED" });
  expect(await takeBack(anOrder(), [order])).toMatchObject([
    { kind: "rejected", problem: { cause: "documentNotOpen" } },
  ]);
});

test("a supplier's credit is taken off the bill and has its amount back", async () => {
  const bill = typeBill(world.books());
  const credit = typeSupplierCredit(world.books());
  const allocation = typeAllocation(world.books(), credit, bill, "10");
  const id = [credit, bill, allocation].join("/");
  expect(await connector.get("supplierAllocation", id)).toMatchObject({
    amount: { minor: 1_000n },
    billId: bill,
  });
  expect(await takeBack(aSupplierCredit(), [credit])).toMatchObject([{ kind: "rejected" }]);
  expect(kindsOf(await takeBack(aSupplierAllocation(), [id]))).toEqual(["applied"]);
  expect(kindsOf(await takeBack(aSupplierAllocation(), [id]))).toEqual(["alreadyApplied"]);
  expect(kindsOf(await takeBack(aSupplierCredit(), [credit]))).toEqual(["applied"]);
});
