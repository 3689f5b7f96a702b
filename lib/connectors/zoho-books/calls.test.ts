import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { RecordType } from "@/lib/domain/record-type";
import type { Json } from "@/lib/kernel/json";
import { createVersionStore, idsOf, openCounted, pullAll } from "@/tests/contract/contract-tools";
import { startZohoBooksWorld, type ZohoBooksWorld } from "@/tests/contract/zoho-books-world";

/**
 * What a pull costs, counted by the sandbox: the call budget of an organisation is 100 a minute, so a call too
 * many on every schedule is time that live changes wait.
 */
let world: ZohoBooksWorld;
beforeAll(async () => {
  // Five more than a list page.
  world = await startZohoBooksWorld({ invoices: 205 });
});
afterAll(() => world.close());
beforeEach(() => world.reset());

async function callsOf(action: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = world.sandbox.callLog.seq;
  await action();
  const totals = world.sandbox.callLog.totals(before)?.zoho;
  const { byOperation = {} } = totals ?? {};
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

test.each([
  ["contact", { contacts: 1 }],
  ["item", { items: 2 }],
  ["invoice", { invoices: 1 }],
  ["creditNote", { creditnotes: 1 }],
  ["payment", { customerpayments: 1 }],
] as const)(
  "nothing changed since the last pull of %s costs list calls alone: %j",
  async (recordType, calls) => {
    const { pullAgain } = await firstPull(recordType);
    const { cursor } = await pullAgain();
    expect(await callsOf(() => pullAgain(cursor))).toEqual(calls);
  },
);

test("a first pull costs a list call for every 200 records, one more for a page with something new, and one for each document", async () => {
  expect(await callsOf(() => firstPull("invoice"))).toEqual({ invoices: 3, "invoices/{id}": 205 });
  expect(await callsOf(() => firstPull("creditNote"))).toEqual({ creditnotes: 1, "creditnotes/{id}": 30 });
  expect(await callsOf(() => firstPull("payment"))).toEqual({
    customerpayments: 1,
    "customerpayments/{id}": 60,
  });
  expect(await callsOf(() => firstPull("contact"))).toEqual({ contacts: 2 });
  expect(await callsOf(() => firstPull("item"))).toEqual({ items: 2 });
});

test("one changed invoice costs one list call and one for itself", async () => {
  const { pullAgain } = await firstPull("invoice");
  const added = world.addInvoice();
  const calls = await callsOf(async () => {
    const { records } = await pullAgain();
    expect(idsOf(records, "invoice")).toEqual([added]);
  });
  expect(calls).toEqual({ invoices: 1, "invoices/{id}": 1 });
});

test("one changed payment costs one call besides the list", async () => {
  const { pullAgain } = await firstPull("payment");
  const added = await world.reading.insert("payment");
  const calls = await callsOf(async () => {
    const { records } = await pullAgain();
    expect(idsOf(records, "payment")).toEqual([added]);
  });
  expect(calls).toEqual({ customerpayments: 1, "customerpayments/{id}": 1 });
});

test("reference data costs five calls, one for the tags, and one for each tag", async () => {
  const { connector } = await openCounted(world);
  const calls = await callsOf(async () => {
    const { accounts, taxRates, trackingCategories, currencies, lockDate } = await connector.referenceData();
    expect(accounts.find(({ name }) => name === "Business Bank Account")).toMatchObject({
      accountClass: "asset",
      isBank: true,
      acceptsPayments: true,
      isSystem: false,
    });
    expect(accounts.find(({ name }) => name === "Accounts Receivable")?.isSystem).toBe(true);
    expect(taxRates.map(({ name, ratePercent }) => `${name} ${ratePercent.toFixed()}`)).toContain(
      "Standard rate 20",
    );
    expect(trackingCategories).toMatchObject([
      { name: "Region", options: [{ name: "North" }, { name: "South" }] },
    ]);
    expect([...currencies].sort()).toEqual(["EUR", "GBP", "JPY"]);
    expect(lockDate).toBeNull();
  });
  expect(calls).toEqual({
    "organizations/{id}": 1,
    chartofaccounts: 1,
    "settings/taxes": 1,
    "settings/currencies": 1,
    reportingtags: 1,
    "reportingtags/{id}/options/all": 1,
    transactionlocks: 1,
  });
});

test("no more than four calls run at once", async () => {
  const { connector, session } = await openCounted(world);
  let running = 0;
  let most = 0;
  const watched = world.definition.open({
    ...session,
    async permit(cost) {
      const permit = await session.permit(cost);
      running += 1;
      most = Math.max(most, running);
      return {
        async observe(answer) {
          running -= 1;
          await permit.observe(answer);
        },
      };
    },
  });
  expect(connector).toBeDefined();
  await pullAll(watched, "invoice", { store: createVersionStore(), stopAfterPages: 1 });
  expect(most).toBe(4);
});

test("what was read before a limit struck is kept and not read again", async () => {
  const { connector } = await openCounted(world);
  const store = createVersionStore();
  world.sandbox.faults.order({
    service: "zoho",
    operation: "/invoices/{id}",
    skip: 10,
    times: 1,
    effect: {
      type: "status",
      status: 429,
      body: '{"code":44,"message":"blocked"}',
      headers: {},
      afterHandling: false,
    },
  });
  let cursor: Json = null;
  const kept: string[] = [];
  const pull = async () => {
    for await (const page of connector.pull("invoice", null, store)) {
      store.take(page);
      cursor = page.nextCursor;
      kept.push(...idsOf(page.records, "invoice"));
    }
  };
  await expect(pull()).rejects.toMatchObject({ kind: "rateLimited", retryAfterMs: 60_000 });
  expect(kept.length).toBeGreaterThanOrEqual(10);
  const calls = await callsOf(async () => {
    const rest = await pullAll(connector, "invoice", { store, cursor });
    expect([...kept, ...idsOf(rest.records, "invoice")].sort()).toEqual(
      [...(await world.reading.externalIds("invoice"))].sort(),
    );
  });
  expect(calls["invoices/{id}"]).toBe(205 - kept.length);
});

test.each(["invoice", "payment"] as const)(
  "a %s that moves over a page's edge because another was deleted is not missed",
  async (recordType) => {
    const { books } = world.seed();
    const { connector } = await openCounted(world);
    for (let more = 0; recordType === "payment" && more < 145; more += 1)
      await world.reading.insert("payment");
    // Invoices are listed from the oldest on, payments from the newest: this one stands on the first page.
    const table = recordType === "invoice" ? books.invoices : books.payments;
    const ids = [...table.heads()].map(([id]) => id);
    const deleted = recordType === "invoice" ? (ids[0] ?? "") : (ids.at(-1) ?? "");
    const { records } = await pullAll(connector, recordType, {
      store: createVersionStore(),
      afterFirstPage: async () => table.delete(deleted),
    });
    expect(idsOf(records, recordType)).toEqual(
      expect.arrayContaining([...(await world.reading.externalIds(recordType))]),
    );
  },
);

test("an excess that was used up since is passed on as deleted", async () => {
  const { pullAgain } = await firstPull("payment");
  const { books } = world.seed();
  const [excess = ""] = await world.reading.externalIds("overpayment");
  const [paymentId = ""] = excess.split(":");
  const payment = books.payments.get(paymentId);
  if (payment === undefined) throw new Error("the payment was seeded");
  const invoiceId = world.addInvoice({ customerId: payment.customerId });
  books.payments.put(paymentId, {
    ...payment,
    applied: [...payment.applied, { id: "1", invoiceId, amount: "20" }],
  });
  const { records } = await pullAgain();
  expect(records.find(({ externalId }) => externalId === excess)).toMatchObject({ status: "deleted" });
  expect(idsOf(records, "payment")).toContain(`${paymentId}:${invoiceId}`);
});
