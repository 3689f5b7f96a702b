import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Connector } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { ConnectionValues } from "@/lib/domain/connection-field";
import { moneyText } from "@/lib/domain/money";
import type { RecordType } from "@/lib/domain/record-type";
import { invariant } from "@/lib/kernel/invariant";
import { createVersionStore, failureOf, idsOf, pullAll } from "@/tests/contract/contract-tools";
import { startTimsWorld, type TimsWorld } from "@/tests/contract/tims-world";
import { createTimsConnector } from "./index";

let world: TimsWorld;
beforeAll(async () => {
  world = await startTimsWorld();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

/** Connected with other values than the world's own. */
async function openWith(change: ConnectionValues): Promise<Connector> {
  const session = await world.openSession();
  const { settings } = await world.definition.auth.connect(world.values(change));
  return world.definition.open({ ...session, settings });
}

const open = (): Promise<Connector> => openWith({});

async function pulled(recordType: RecordType, connector?: Connector) {
  return pullAll(connector ?? (await open()), recordType, { store: createVersionStore() });
}

function recordOf<T extends CanonicalRecord["recordType"]>(
  records: readonly CanonicalRecord[],
  recordType: T,
  externalId: string,
) {
  const found = records.find(
    (record) => record.recordType === recordType && record.externalId === externalId,
  );
  invariant(found !== undefined, `${recordType} ${externalId} was read`);
  return found;
}

const LINE = { description: "Argon", quantity: "2", unitPrice: "50", taxCode: "S", accountCode: "4000" };

const addOrder = (number: string, change: Readonly<Record<string, unknown>> = {}): string =>
  world.desk().addOrder({
    ...{ orderNumber: number, customerId: "C1", orderDate: "2026-07-01", shippedDate: "2026-07-04" },
    ...{ paymentTermsDays: 30, lines: [LINE], ...change },
  });

describe("the connection", () => {
  test.each([
    "https://127.0.0.1",
    "https://0x7f000001",
    "https://[::1]",
    "http://erp.example.com",
    "https://tims.local",
  ])("to %s is refused before anything is sent", async (address) => {
    const before = world.sandbox.callLog.seq;
    const failure = await failureOf(world, () => world.definition.auth.connect(world.values({ address })));
    expect(failure.kind).toBe("validation");
    expect(world.sandbox.callLog.seq).toBe(before);
  });

  test("to a name that resolves inside a private network gets no secret", async () => {
    const { auth } = createTimsConnector({
      sandboxOrigin: null,
      resolve: (_host, answer) => answer(null, [{ address: "10.0.0.7", family: 4 }]),
    });
    const failure = await failureOf(world, () =>
      auth.connect(world.values({ address: "https://erp.example.com" })),
    );
    expect(failure.kind).toBe("permission");
    expect(failure.message).toContain("private network");
  });

  test("with a wrong secret is refused, and the secret stands in no error", async () => {
    const failure = await failureOf(world, () =>
      world.definition.auth.connect(world.values({ clientSecret: "not-the-right-secret" })),
    );
    expect(failure.kind).toBe("authExpired");
    expect(failure.message).not.toContain("not-the-right");
  });

  test.each<readonly [string, string]>([
    ["fieldMap", "customers"],
    ["fieldMap", "customers.__proto__ = name"],
    ["pageSize", "5000"],
    ["tokenPath", "//elsewhere.example.com/token"],
    ["tokenPath", "/../admin"],
  ])("with %s as %s is refused with a sentence", async (name, value) => {
    const failure = await failureOf(world, () =>
      world.definition.auth.connect(world.values({ [name]: value })),
    );
    expect(failure.kind).toBe("validation");
    expect(failure.message).toMatch(/\.$/);
  });

  test("keeps no secret among its settings and names the company by its host", async () => {
    const connected = await world.definition.auth.connect(world.values());
    expect(JSON.stringify(connected.settings)).not.toContain("secret");
    const [tenant] = await world.definition.auth.listTenants(connected.tokens, connected);
    expect(tenant?.tenantId).toBe(`${new URL(world.sandbox.origin).host}/SGW`);
  });
});

describe("another installation", () => {
  test.each(["number", "text"])("with amounts as %s gives the same records", async (position) => {
    world.sandbox.context.switches.set("tims.amounts", position);
    const { records, quarantined } = await pulled("invoice");
    expect(quarantined).toEqual([]);
    expect(
      recordOf(records, "invoice", idsOf(records, "invoice").find((id) => id.startsWith("AR-")) ?? ""),
    ).toMatchObject({
      gross: { minor: 3600n, currency: "GBP" },
    });
  });

  test("that pages by offset gives the same records", async () => {
    const byPage = await pulled("contact");
    const byOffset = await pulled("contact", await openWith({ paging: "offset" }));
    expect(idsOf(byOffset.records, "contact").sort()).toEqual(idsOf(byPage.records, "contact").sort());
  });

  test("without lists of credits is read as one that has none", async () => {
    const whole = await pulled("invoice");
    world.sandbox.context.switches.set("tims.credits", "absent");
    const without = await pulled("invoice");
    expect(idsOf(without.records, "invoice")).toEqual(idsOf(whole.records, "invoice"));
    expect(idsOf(without.records, "invoice").length).toBeGreaterThan(0);
    expect((await pulled("supplierCredit")).records).toEqual([]);
  });

  test("whose fields have other names is read and written by the field map", async () => {
    const connector = await openWith({
      fieldMap: "# theirs\ncustomers.CompanyName = name\ncustomers.Mail = email",
    });
    world.desk().put("customers", { customerId: "C77", CompanyName: "Avon Steel", Mail: "a@avon.test" });
    expect(await connector.get("contact", "C-C77")).toMatchObject({
      name: "Avon Steel",
      email: "a@avon.test",
    });
  });
});

const receive = (invoiceId: string, amount: string): string =>
  world.desk().receive({
    ...{ partyId: "C1", paymentNumber: `RC ${invoiceId}`, date: "2026-07-20", bankAccountCode: "1000" },
    ...{ amount, applied: [[invoiceId, amount]] },
  });

describe("a credit", () => {
  test("of a customer is set against the invoices that TIMS says, and its rest is open", async () => {
    const orderId = addOrder("SO-J");
    const invoiceId = world.desk().invoiceOrder(orderId, "AR-J");
    const memo = world.desk().addCreditMemo({
      ...{ partyId: "C1", creditMemoNumber: "CM-J", date: "2026-08-03", reference: "Cylinder came back" },
      ...{ applied: [[invoiceId, "30"]], lines: [{ ...LINE, quantity: "1" }] },
    });
    const { records } = await pulled("invoice");
    expect(recordOf(records, "creditNote", `CM-${memo}`)).toMatchObject({
      ...{ number: "CM-J", contactId: "C-C1", reference: "Cylinder came back", status: "open" },
      ...{ gross: { minor: 6_000n, currency: "GBP" }, remaining: { minor: 3_000n } },
    });
    expect(recordOf(records, "allocation", `CM-${memo}:SO-${orderId}`)).toMatchObject({
      ...{ creditNoteId: `CM-${memo}`, invoiceId: `SO-${orderId}`, invoiceNumber: "SO-J" },
      ...{ amount: { minor: 3_000n }, date: "2026-08-03" },
    });
    expect(recordOf(records, "invoice", `SO-${orderId}`)).toMatchObject({ remaining: { minor: 9_000n } });
    const connector = await open();
    expect(await connector.get("allocation", `CM-${memo}:SO-${orderId}`)).toMatchObject({
      invoiceNumber: "SO-J",
    });
  });

  test("of a vendor is set against the bills, of orders where orders are the bills", async () => {
    const orderId = world.desk().addPurchaseOrder({
      ...{ orderNumber: "P-9", vendorId: "V1", orderDate: "2026-07-01", receivedDate: "2026-07-09" },
      ...{ status: "Received", lines: [LINE] },
    });
    const billId = world.desk().billOrder(orderId, "VB-9");
    const creditId = world.desk().addVendorCredit({
      ...{ partyId: "V1", creditNumber: "VC-9", date: "2026-08-03" },
      ...{ applied: [[billId, "60"]], lines: [{ ...LINE, quantity: "1" }] },
    });
    const asBills = (await pulled("supplierCredit")).records;
    expect(recordOf(asBills, "supplierCredit", creditId)).toMatchObject({ number: "VC-9", status: "paid" });
    expect(recordOf(asBills, "supplierAllocation", `${creditId}:${billId}`)).toMatchObject({ billId });
    const asOrders = (await pulled("supplierCredit", await openWith({ billsFrom: "orders" }))).records;
    expect(recordOf(asOrders, "supplierAllocation", `${creditId}:PO-${orderId}`)).toMatchObject({
      ...{ billId: `PO-${orderId}`, billNumber: "P-9", amount: { minor: 6_000n } },
    });
  });

  test("that was paid out in money is kept aside, and a void one is set against nothing", async () => {
    const add = (creditNumber: string) =>
      world.desk().addVendorCredit({
        ...{ partyId: "V1", creditNumber, date: "2026-08-03", applied: [], lines: [LINE] },
      });
    const [paidOut, gone] = [add("VC-out"), add("VC-void")];
    world.desk().change("vendorCredits", paidOut, { balance: 20 });
    world.desk().change("vendorCredits", gone, { status: "Void", balance: 0 });
    const { records, quarantined } = await pulled("supplierCredit");
    expect(quarantined.map(({ externalId, problem }) => [externalId, problem])).toEqual([
      [paidOut, expect.stringMatching(/leaves 120.00 of it and TIMS says 20.00; money that was paid out/)],
    ]);
    expect(recordOf(records, "supplierCredit", gone)).toMatchObject({
      status: "void",
      remaining: { minor: 0n },
    });
  });
});

describe("a sales order", () => {
  test("is no invoice before it is shipped, and one with its due date afterwards", async () => {
    const id = addOrder("SO-A", { status: "Open", shippedDate: null });
    const connector = await open();
    const store = createVersionStore();
    const { records, cursor } = await pullAll(connector, "invoice", { store });
    expect(idsOf(records, "invoice")).not.toContain(`SO-${id}`);
    world.desk().change("salesOrders", id, { status: "Shipped", shippedDate: "2026-08-01" });
    const next = await pullAll(connector, "invoice", { store, cursor });
    expect(recordOf(next.records, "invoice", `SO-${id}`)).toMatchObject({
      ...{ number: "SO-A", date: "2026-08-01", dueDate: "2026-08-31", status: "open" },
      gross: { minor: 12_000n, currency: "GBP" },
    });
  });

  test("is due by the words of its terms, and kept aside where nobody can say what they mean", async () => {
    const known = addOrder("SO-K", { paymentTermsDays: null, paymentTerms: "30 days EOM" });
    const unknown = addOrder("SO-L", { paymentTermsDays: null, paymentTerms: "When it suits" });
    const { records, quarantined } = await pulled("invoice");
    expect(recordOf(records, "invoice", `SO-${known}`)).toMatchObject({ dueDate: "2026-08-30" });
    expect(quarantined.map(({ externalId, problem }) => [externalId, problem])).toEqual([
      [`SO-${unknown}`, expect.stringContaining('"When it suits" are no terms that Tieout knows')],
    ]);
  });

  test("that was invoiced with another total is kept aside with both totals", async () => {
    const id = addOrder("SO-B");
    world.desk().invoiceOrder(id, "AR-B", { total: 119.99 });
    const { quarantined } = await pulled("invoice");
    expect(quarantined).toHaveLength(1);
    expect(quarantined[0]).toMatchObject({ externalId: `SO-${id}` });
    expect(quarantined[0]?.problem).toContain(
      "SO-B comes to 120 GBP, and what TIMS invoiced of it (AR-B) to 119.99",
    );
  });

  test("that is done but not wholly shipped is invoiced only while the rest is on hand", async () => {
    const desk = world.desk();
    desk.change("items", "REG-OXY", { quantityOnHand: 3 });
    const lines = [{ ...LINE, sku: "REG-OXY", quantity: "5", shippedQuantity: "1" }];
    const id = addOrder("SO-C", { status: "Completed", lines });
    const connector = await open();
    const store = createVersionStore();
    const { quarantined, cursor } = await pullAll(connector, "invoice", { store });
    expect(quarantined.map(({ problem }) => problem)).toEqual([
      expect.stringContaining("4 of REG-OXY are still to be shipped and 3 are on hand"),
    ]);
    desk.change("items", "REG-OXY", { quantityOnHand: 4 });
    desk.change("salesOrders", id, {});
    const next = await pullAll(connector, "invoice", { store, cursor });
    expect(idsOf(next.records, "invoice")).toContain(`SO-${id}`);
  });

  test("that is cancelled voids its invoice, and is credited where money was received", async () => {
    const desk = world.desk();
    const unpaid = addOrder("SO-D");
    const paid = addOrder("SO-E");
    const invoiceId = desk.invoiceOrder(paid, "AR-E");
    desk.receive({
      ...{ partyId: "C1", paymentNumber: "RC-E", date: "2026-07-20", amount: "120", bankAccountCode: "1000" },
      applied: [[invoiceId, "120"]],
    });
    for (const id of [unpaid, paid])
      desk.change("salesOrders", id, { status: "Cancelled", cancelledDate: "2026-08-02" });
    const { records } = await pulled("invoice");
    expect(recordOf(records, "invoice", `SO-${unpaid}`)).toMatchObject({
      status: "void",
      remaining: { minor: 0n },
    });
    expect(recordOf(records, "invoice", `SO-${paid}`)).toMatchObject({ status: "paid" });
    expect(recordOf(records, "creditNote", `SO-${paid}`)).toMatchObject({
      ...{ number: "SO-E-CR", date: "2026-08-02", status: "open" },
      gross: { minor: 12_000n, currency: "GBP" },
    });
  });

  test("that is cancelled when a part was paid is credited, and what was open of it is set against the credit", async () => {
    const id = addOrder("SO-H");
    const invoiceId = world.desk().invoiceOrder(id, "AR-H");
    receive(invoiceId, "50");
    world.desk().change("salesOrders", id, { status: "Cancelled", cancelledDate: "2026-08-02" });
    const { records } = await pulled("invoice");
    expect(recordOf(records, "invoice", `SO-${id}`)).toMatchObject({
      ...{ status: "paid", remaining: { minor: 0n } },
    });
    expect(recordOf(records, "creditNote", `SO-${id}`)).toMatchObject({
      ...{ gross: { minor: 12_000n }, remaining: { minor: 5_000n } },
    });
    expect(recordOf(records, "allocation", `SO-${id}:SO-${id}`)).toMatchObject({
      ...{ invoiceId: `SO-${id}`, creditNoteId: `SO-${id}`, amount: { minor: 7_000n }, date: "2026-08-02" },
    });
  });

  test("that TIMS credited itself has that credit alone, also where ours was there first", async () => {
    const id = addOrder("SO-I");
    const invoiceId = world.desk().invoiceOrder(id, "AR-I");
    receive(invoiceId, "120");
    world.desk().change("salesOrders", id, { status: "Cancelled", cancelledDate: "2026-08-02" });
    const connector = await open();
    const store = createVersionStore();
    const first = await pullAll(connector, "invoice", { store });
    expect(recordOf(first.records, "creditNote", `SO-${id}`)).toMatchObject({ status: "open" });
    const memo = world.desk().addCreditMemo({
      ...{ partyId: "C1", creditMemoNumber: "CM-I", salesOrderId: id, date: "2026-08-03" },
      ...{ applied: [], lines: [LINE] },
    });
    const next = await pullAll(connector, "invoice", { store, cursor: first.cursor });
    expect(recordOf(next.records, "creditNote", `CM-${memo}`)).toMatchObject({
      number: "CM-I",
      status: "open",
    });
    expect(recordOf(next.records, "creditNote", `SO-${id}`)).toMatchObject({ status: "void" });
    const fresh = await pulled("invoice");
    expect(idsOf(fresh.records, "creditNote")).not.toContain(`SO-${id}`);
  });

  test("that TIMS credited before anything was paid stands beside that credit, and is not voided as well", async () => {
    const id = addOrder("SO-P");
    world.desk().invoiceOrder(id, "AR-P");
    world.desk().change("salesOrders", id, { status: "Cancelled", cancelledDate: "2026-08-02" });
    world.desk().addCreditMemo({
      ...{ partyId: "C1", creditMemoNumber: "CM-P", salesOrderId: id, date: "2026-08-03" },
      ...{ applied: [], lines: [LINE] },
    });
    const { records } = await pulled("invoice");
    expect(recordOf(records, "invoice", `SO-${id}`)).toMatchObject({ status: "open" });
    expect(idsOf(records, "creditNote")).not.toContain(`SO-${id}`);
  });

  test("is only compared where receivables are the invoices", async () => {
    const id = addOrder("SO-F");
    const invoiceId = world.desk().invoiceOrder(id, "AR-F");
    const { records } = await pulled("invoice", await openWith({ invoicesFrom: "receivables" }));
    expect(idsOf(records, "invoice").filter((one) => one.startsWith("SO-"))).toEqual([]);
    expect(recordOf(records, "invoice", `AR-${invoiceId}`)).toMatchObject({ number: "AR-F" });
  });

  test("takes a payment back on what TIMS invoiced of it", async () => {
    const orderId = addOrder("SO-G");
    const invoiceId = world.desk().invoiceOrder(orderId, "AR-G");
    const template = await world.writing?.acceptable("payment", "back");
    invariant(template?.recordType === "payment", "the world writes payments");
    const record = { ...template, invoiceId: `SO-${orderId}`, invoiceNumber: "SO-G" };
    const connector = await open();
    const [outcome] = await connector.apply({
      ...{ recordType: "payment", verb: "create", idempotencyKey: "back" },
      elements: [{ intentId: "1", record, externalId: null }],
    });
    expect(outcome).toMatchObject({ kind: "applied", record: { invoiceId: `SO-${orderId}` } });
    expect(world.desk().books.table("invoices").get(invoiceId)).toMatchObject({ balance: 107.66 });
    const { records } = await pulled("invoice");
    const order = recordOf(records, "invoice", `SO-${orderId}`);
    expect("remaining" in order ? moneyText(order.remaining) : "").toBe("107.66");
  });
});

describe("sales by the category of each product", () => {
  test("bear the category where an account would stand, and it is an account to map from", async () => {
    const desk = world.desk();
    const connector = await openWith({ salesAccountFrom: "categories" });
    const lines = [{ ...LINE, sku: "OXY-K" }, { ...LINE, sku: "MASK-AUTO" }, { ...LINE, sku: "SKU-1" }, LINE];
    const orderId = addOrder("SO-M", { lines });
    const memoId = desk.addCreditMemo({
      ...{ partyId: "C1", creditMemoNumber: "CM-M", date: "2026-08-03", applied: [] },
      lines: [{ ...LINE, sku: "OXY-K" }],
    });
    const { records } = await pulled("invoice", connector);
    const keysOf = (record: CanonicalRecord): unknown =>
      "lines" in record && record.recordType !== "manualJournal"
        ? record.lines.map(({ accountKey }) => accountKey)
        : [];
    expect(keysOf(recordOf(records, "invoice", `SO-${orderId}`))).toEqual([
      ...["category:GAS", "category:SAFE", "4000", "4000"],
    ]);
    expect(keysOf(recordOf(records, "creditNote", `CM-${memoId}`))).toEqual(["category:GAS"]);
    expect(await connector.get("item", "OXY-K")).toMatchObject({ salesAccountKey: "category:GAS" });
    const { accounts } = await connector.referenceData();
    expect(accounts.filter(({ key }) => key.startsWith("category:")).map(({ name }) => name)).toEqual([
      ...["Product category GAS", "Product category GEAR"],
      ...["Product category SAFE", "Product category WELD"],
    ]);
  });

  test("stay by the account of the line where the owner did not choose so", async () => {
    const id = addOrder("SO-N", { lines: [{ ...LINE, sku: "OXY-K" }] });
    const { records } = await pulled("invoice");
    expect(recordOf(records, "invoice", `SO-${id}`)).toMatchObject({ lines: [{ accountKey: "4000" }] });
    const { accounts } = await (await open()).referenceData();
    expect(accounts.some(({ key }) => key.startsWith("category:"))).toBe(false);
  });
});

describe("a purchase order where orders are bills", () => {
  const ofOrders = () => openWith({ billsFrom: "orders" });
  const addPurchase = (change: Readonly<Record<string, unknown>> = {}): string =>
    world.desk().addPurchaseOrder({
      ...{ orderNumber: "P-1", vendorId: "V1", orderDate: "2026-07-01", receivedDate: "2026-07-09" },
      ...{ paymentTermsDays: 14, status: "Received", lines: [LINE], ...change },
    });
  const billOf = async (id: string) => recordOf((await pulled("bill", await ofOrders())).records, "bill", id);

  test("is no bill before it was received, and one bill however its vendor bills it afterwards", async () => {
    const id = addPurchase({ status: "Open" });
    const ids = async () => idsOf((await pulled("bill", await ofOrders())).records, "bill");
    expect(await ids()).not.toContain(`PO-${id}`);
    world.desk().change("purchaseOrders", id, { status: "Received" });
    const bill = await billOf(`PO-${id}`);
    expect(bill).toMatchObject({ number: "P-1", date: "2026-07-09", dueDate: "2026-07-23", status: "open" });
    const billId = world.desk().billOrder(id, "VB-1");
    const after = await ids();
    expect(after.filter((one) => one === `PO-${id}`)).toHaveLength(1);
    expect(after).not.toContain(`AP-${billId}`);
    expect(await billOf(`PO-${id}`)).toMatchObject({ number: "P-1", date: "2026-07-09", status: "open" });
  });

  test("stays an order alone where vendors' bills are the bills", async () => {
    const id = addPurchase();
    const billId = world.desk().billOrder(id, "VB-2");
    const ids = idsOf((await pulled("bill")).records, "bill");
    expect(ids).toContain(billId);
    expect(ids.filter((one) => one.startsWith("PO-"))).toEqual([]);
  });

  test("that was billed with another total is kept aside with both totals", async () => {
    const id = addPurchase();
    world.desk().billOrder(id, "VB-3", { total: 130 });
    const { quarantined } = await pulled("bill", await ofOrders());
    expect(quarantined.map(({ externalId, problem }) => [externalId, problem])).toEqual([
      [`PO-${id}`, expect.stringMatching(/P-1 comes to 120 GBP.*\(VB-3\) to 130/)],
    ]);
  });

  test("is paid by what was paid on its vendor's bill", async () => {
    const id = addPurchase();
    const billId = world.desk().billOrder(id, "VB-4");
    const paymentId = world.desk().disburse({
      ...{ partyId: "V1", paymentNumber: "PY-9", date: "2026-07-20", bankAccountCode: "1000" },
      ...{ amount: "50", applied: [[billId, "50"]] },
    });
    expect(await billOf(`PO-${id}`)).toMatchObject({ status: "open", remaining: { minor: 7000n } });
    const { records } = await pulled("billPayment", await ofOrders());
    expect(recordOf(records, "billPayment", `${paymentId}:PO-${id}`)).toMatchObject({
      ...{ billId: `PO-${id}`, billNumber: "P-1", amount: { minor: 5000n } },
    });
  });

  test("that is cancelled voids its bill", async () => {
    const id = addPurchase();
    const store = createVersionStore();
    const connector = await ofOrders();
    await pullAll(connector, "bill", { store });
    world.desk().change("purchaseOrders", id, { status: "Cancelled" });
    const { records } = await pullAll(connector, "bill", { store });
    expect(recordOf(records, "bill", `PO-${id}`)).toMatchObject({ status: "void", remaining: { minor: 0n } });
    expect(await connector.get("bill", `PO-${id}`)).toMatchObject({ status: "void" });
  });
});

describe("the general ledger", () => {
  test("an entry with a bank line is money moved, any other a journal, and sub-ledgers are left to their documents", async () => {
    const journals = idsOf((await pulled("manualJournal")).records, "manualJournal");
    const bank = (await pulled("bankTransaction")).records;
    const entries = world.desk().books.table("entries");
    const byHand = [...entries.heads()].filter(([id]) => entries.get(id)?.journal === "General");
    expect(journals.filter((id) => id.startsWith("GL-")).length + bank.length).toBe(byHand.length);
    expect(bank[0]).toMatchObject({ kind: "spend", bankAccountKey: "1000", gross: { minor: 1250n } });
  });

  test("an inventory adjustment is the journal of its value", async () => {
    const { records } = await pulled("manualJournal");
    const journal = records.find(({ externalId }) => externalId.startsWith("ADJ-"));
    expect(journal).toMatchObject({ total: { minor: 1250n, currency: "GBP" }, narration: "Count" });
  });

  test("an inventory adjustment is left out where the owner chose so, and nothing else with it", async () => {
    const all = idsOf((await pulled("manualJournal")).records, "manualJournal");
    const left = await pulled("manualJournal", await openWith({ adjustments: "none" }));
    expect(idsOf(left.records, "manualJournal")).toEqual(all.filter((id) => !id.startsWith("ADJ-")));
    expect(all.some((id) => id.startsWith("ADJ-"))).toBe(true);
  });

  test("a transfer between bank accounts is kept aside", async () => {
    const desk = world.desk();
    desk.put("accounts", { accountCode: "1010", name: "Savings", accountType: "Bank" });
    desk.put("entries", {
      ...{
        entryNumber: "GL-T",
        date: "2026-07-05",
        description: "To savings",
        journal: "General",
        status: "Posted",
      },
      currency: "GBP",
      lines: [
        { lineId: "1", accountCode: "1010", debit: 500, credit: 0 },
        { lineId: "2", accountCode: "1000", debit: 0, credit: 500 },
      ],
    });
    const { quarantined } = await pulled("bankTransaction");
    expect(quarantined.map(({ problem }) => problem)).toEqual([
      expect.stringContaining("moves money between bank accounts"),
    ]);
  });
});
