import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { RecordType } from "@/lib/domain/record-type";
import type { Json } from "@/lib/kernel/json";
import { purchaseSeed } from "@/sandbox/seed/zoho-purchases";
import { createVersionStore, idsOf, openCounted, pullAll } from "@/tests/contract/contract-tools";
import { startZohoBooksWorld, type ZohoBooksWorld } from "@/tests/contract/zoho-books-world";

/** What reading purchases, expenses and journals costs, and what must not be missed, counted and judged by the sandbox. */
let world: ZohoBooksWorld;
beforeAll(async () => {
  world = await startZohoBooksWorld({ invoices: 60 });
});
afterAll(() => world.close());
beforeEach(() => world.reset());

const EACH = 28;

async function callsOf(action: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = world.sandbox.callLog.seq;
  await action();
  const { byOperation = {} } = world.sandbox.callLog.totals(before)?.zoho ?? {};
  return Object.fromEntries(
    Object.entries(byOperation).map(([name, count]) => [name.replace("GET /", ""), count]),
  );
}

async function firstPull(recordType: RecordType) {
  const { connector } = await openCounted(world);
  const store = createVersionStore();
  const first = await pullAll(connector, recordType, { store });
  const pullAgain = (cursor: Json = first.cursor) => pullAll(connector, recordType, { store, cursor });
  return { connector, store, first, pullAgain };
}

const TYPES = [
  ["purchaseOrder", "purchaseorders", {}],
  ["bill", "bills", {}],
  ["supplierCredit", "vendorcredits", {}],
  ["billPayment", "vendorpayments", { "settings/currencies": 1 }],
  ["bankTransaction", "expenses", {}],
  ["manualJournal", "journals", {}],
] as const;

describe.each(TYPES)("%s", (recordType, path, beside) => {
  test("costs one list call and one for each record at first, and one list call when nothing changed", async () => {
    const { connector, store } = await firstPull("contact");
    let cursor: Json = null;
    const pull = async () => {
      cursor = (await pullAll(connector, recordType, { store, cursor })).cursor;
    };
    expect(await callsOf(pull)).toEqual({ [path]: 1, [`${path}/{id}`]: EACH, ...beside });
    await pull();
    expect(await callsOf(pull)).toEqual({ [path]: 1 });
  });

  test("costs one list call and one for the record when one was added", async () => {
    const { pullAgain } = await firstPull(recordType);
    const { cursor } = await pullAgain();
    const added = await world.reading.insert(recordType);
    const calls = await callsOf(async () => {
      const { records } = await pullAgain(cursor);
      expect(idsOf(records, recordType)).toEqual([added]);
    });
    expect(calls).toEqual({ [path]: 1, [`${path}/{id}`]: 1 });
  });

  test("lists every id that there is", async () => {
    const { connector } = await openCounted(world);
    const listed: string[] = [];
    for await (const ids of connector.listIds(recordType)) listed.push(...ids);
    const external = await world.reading.externalIds(recordType);
    expect(listed.sort()).toEqual([...new Set(external.map((id) => id.split(":")[0] ?? ""))].sort());
  });
});

test.each([["bankTransaction"], ["manualJournal"], ["bill"]] as const)(
  "a lost cursor of %s costs no call for what is stored already",
  async (recordType) => {
    const { connector, store } = await firstPull(recordType);
    const calls = await callsOf(async () => {
      expect((await pullAll(connector, recordType, { store, cursor: null })).records).toEqual([]);
    });
    expect(Object.values(calls)).toEqual([1]);
  },
);

test.each(["inclusive", "exclusive"])(
  "a vendor payment changed within the second of the last pull is seen (filter %s)",
  async (position) => {
    world.sandbox.context.switches.set("zoho.modified-since", position);
    const { pullAgain } = await firstPull("billPayment");
    const seed = world.seed();
    const added = await world.reading.insert("billPayment");
    const { cursor } = await pullAgain();
    const [paymentId = ""] = added.split(":");
    const payment = seed.books.vendorPayments.get(paymentId);
    if (payment === undefined) throw new Error("the payment was just made");
    seed.books.vendorPayments.put(paymentId, { ...payment, amount: "45" });
    const { records } = await pullAgain(cursor);
    expect(idsOf(records, "supplierOverpayment")).toEqual([`${paymentId}:excess`]);
  },
);

test("an excess that bills have used up since is passed on as deleted", async () => {
  const { pullAgain } = await firstPull("billPayment");
  const seed = world.seed();
  const [excess = ""] = await world.reading.externalIds("supplierOverpayment");
  const [paymentId = ""] = excess.split(":");
  const payment = seed.books.vendorPayments.get(paymentId);
  if (payment === undefined) throw new Error("the payment was seeded");
  const [share] = payment.applied;
  seed.books.vendorPayments.put(paymentId, {
    ...payment,
    applied: [{ id: "1", billId: share?.billId ?? "", amount: payment.amount }],
    modified: seed.books.stamp(),
  });
  const { records } = await pullAgain();
  expect(records.find(({ externalId }) => externalId === excess)).toMatchObject({ status: "deleted" });
});

test("a payment over two bills asks for the number of each, and names its currency by its id", async () => {
  const { connector, store } = await firstPull("billPayment");
  const purchases = purchaseSeed(world.seed());
  const [billId = ""] = await world.reading.externalIds("bill");
  const bill = world.seed().books.bills.head(billId);
  const bills = ["E-1", "E-2"].map((number) =>
    purchases.addBill({
      number,
      customerId: bill?.customerId ?? "",
      date: "2026-08-04",
      currencyCode: "EUR",
      lines: [
        { description: "Paper", rate: "10", quantity: "1", accountId: world.seed().accountId("Samples") },
      ],
    }),
  );
  const paymentId = purchases.addVendorPayment({
    number: "900",
    vendorId: bill?.customerId ?? "",
    date: "2026-08-20",
    amount: "20",
    currencyCode: "EUR",
    applied: bills.map((each) => ({ billId: each, amount: "10" })),
    created: world.seed().books.stamp(),
  });
  const calls = await callsOf(async () => {
    const { records } = await pullAll(connector, "billPayment", { store });
    const own = records.filter(({ externalId }) => externalId.startsWith(paymentId));
    expect(own).toMatchObject(
      ["E-1", "E-2"].map((billNumber) => ({ billNumber, amount: { currency: "EUR", minor: 1000n } })),
    );
    expect(own).toHaveLength(2);
  });
  expect(calls["bills/{id}"]).toBe(2);
});

test("a journal in a foreign currency is read in base currency, which costs one call", async () => {
  const { connector, store, first } = await firstPull("manualJournal");
  const seed = world.seed();
  const journalId = purchaseSeed(seed).addJournal({
    number: "900",
    date: "2026-08-20",
    notes: "Deposit in Paris",
    currencyCode: "EUR",
    lines: [
      { accountId: seed.accountId("Samples"), side: "debit", amount: "33.33" },
      { accountId: seed.accountId("Bad Debt"), side: "debit", amount: "66.67" },
      { accountId: seed.accountId("Petty Cash"), side: "credit", amount: "100" },
    ],
    created: seed.books.stamp(),
  });
  const calls = await callsOf(async () => {
    const { records } = await pullAll(connector, "manualJournal", { store, cursor: first.cursor });
    expect(records).toMatchObject([{ externalId: journalId, currency: "GBP" }]);
    const [journal] = records;
    if (journal?.recordType !== "manualJournal") throw new Error("a journal was asked for");
    expect(journal.lines.reduce((sum, { amount }) => sum + amount.minor, 0n)).toBe(0n);
  });
  expect(calls).toEqual({ journals: 1, "journals/{id}": 1, "settings/currencies": 1 });
});
