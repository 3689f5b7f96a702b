import { beforeEach, describe, expect, it } from "vitest";
import type { LooseJson } from "../../testing";
import { startTrade, type TradeWorld } from "../trade/testing";

let world: TradeWorld;

beforeEach(async () => {
  world = await startTrade();
});

const aPurchaseOrder = (change: object = {}) =>
  world.create("/purchaseorders", "purchaseorder", {
    vendor_id: world.vendorId,
    date: "2026-11-02",
    delivery_date: "2026-11-30",
    line_items: [
      { item_id: world.itemId, quantity: 10, rate: 2 },
      { account_id: world.expenseAccountId, quantity: 1, rate: 5 },
    ],
    ...change,
  });
const aSalesOrder = (change: object = {}) =>
  world.create("/salesorders", "salesorder", {
    customer_id: world.customerId,
    date: "2026-11-02",
    line_items: [{ item_id: world.itemId, quantity: 10, rate: 4, tax_id: world.taxId }],
    ...change,
  });
const lineIds = (order: LooseJson): string[] =>
  [0, 1].map((index) => String(order.line_items?.[index]?.line_item_id));
const orderOf = async (id: unknown) => (await world.get(`/purchaseorders/${id}`)).json.purchaseorder;
const salesOrderOf = async (id: unknown) => (await world.get(`/salesorders/${id}`)).json.salesorder;

describe("a purchase order", () => {
  it("is a draft with a number, opened, cancelled and opened again", async () => {
    const order = await aPurchaseOrder();
    expect(order).toMatchObject({
      purchaseorder_number: "PO-00001",
      status: "draft",
      total: 25,
      delivery_date: "2026-11-30",
      line_items: [{ account_name: "Cost of Goods Sold", item_total: 20 }, { account_name: "Samples" }],
    });
    const id = order.purchaseorder_id;
    for (const [verb, status] of [
      ["open", "open"],
      ["cancelled", "cancelled"],
      ["open", "open"],
      ["billed", "billed"],
    ]) {
      expect((await world.post(`/purchaseorders/${id}/status/${verb}`)).status).toBe(201);
      expect((await orderOf(id))?.status).toBe(status);
    }
  });

  it("is billed in parts, and less again when a bill goes away", async () => {
    const order = await aPurchaseOrder();
    const id = order.purchaseorder_id;
    await world.post(`/purchaseorders/${id}/status/open`);
    const [first, second] = lineIds(order);
    const billLine = (line: unknown, quantity: number) => ({
      purchaseorder_item_id: line,
      account_id: world.expenseAccountId,
      rate: 2,
      quantity,
    });
    const part = await world.bill({ line_items: [billLine(first, 4)] });
    expect(await orderOf(id)).toMatchObject({ status: "partially_billed" });
    expect((await world.get(`/bills/${part}`)).json.bill).toMatchObject({
      purchaseorder_ids: [id],
      purchaseorders: [{ purchaseorder_number: "PO-00001" }],
    });
    const rest = await world.bill({
      bill_number: "B-2",
      line_items: [billLine(first, 6), billLine(second, 1)],
    });
    expect((await orderOf(id))?.status).toBe("billed");
    expect((await world.remove(`/purchaseorders/${id}`)).status).toBe(400);
    expect((await world.post(`/purchaseorders/${id}/status/cancelled`)).status).toBe(400);
    await world.post(`/bills/${rest}/status/void`);
    expect((await orderOf(id))?.status).toBe("partially_billed");
    await world.remove(`/bills/${part}`);
    await world.remove(`/bills/${rest}`);
    expect((await orderOf(id))?.status).toBe("open");
    expect((await world.remove(`/purchaseorders/${id}`)).status).toBe(200);
  });

  it("shows the bill that it would become", async () => {
    const order = await aPurchaseOrder();
    const [first] = lineIds(order);
    await world.bill({
      line_items: [
        { purchaseorder_item_id: first, account_id: world.expenseAccountId, rate: 2, quantity: 10 },
      ],
    });
    const preview = await world.get("/bills/editpage/frompurchaseorders", {
      purchaseorder_ids: String(order.purchaseorder_id),
    });
    expect(preview.json.bill).toMatchObject({
      vendor_id: world.vendorId,
      total: 5,
      line_items: [{ quantity: 1, purchaseorder_item_id: lineIds(order)[1] }],
    });
    expect(world.zoho.seed.books.bills.size).toBe(1);
  });

  it("is refused by a bill line that names no line of an order", async () => {
    const answer = await world.post("/bills", {
      vendor_id: world.vendorId,
      bill_number: "B-1",
      line_items: [{ purchaseorder_item_id: "1", account_id: world.expenseAccountId, rate: 1 }],
    });
    expect(answer.status).toBe(404);
  });

  it("is open once it was sent by mail, and listed so", async () => {
    const { purchaseorder_id: id } = await aPurchaseOrder();
    await world.post(`/purchaseorders/${id}/email`, {
      to_mail_ids: ["a@b.example"],
      subject: "s",
      body: "b",
    });
    expect(await orderOf(id)).toMatchObject({ status: "open", is_emailed: true });
    expect((await world.get("/purchaseorders", { status: "issued" })).rows("purchaseorders")).toHaveLength(1);
  });

  it("has text quantities where the switch asks for Zoho's description", async () => {
    world.zoho.context.switches.set("zoho.document-answers", "described");
    expect((await aPurchaseOrder()).line_items?.[0]?.quantity).toBe("10");
  });
});

describe("a sales order", () => {
  it("becomes an invoice of what is left of it", async () => {
    const order = await aSalesOrder({ shipping_charge: 3 });
    const id = order.salesorder_id;
    expect(order).toMatchObject({ salesorder_number: "SO-00001", status: "draft", total: 51, tax_total: 8 });
    await world.post(`/salesorders/${id}/status/open`);
    const part = await world.post("/invoices", {
      customer_id: world.customerId,
      line_items: [{ salesorder_item_id: lineIds(order)[0], item_id: world.itemId, quantity: 4, rate: 4 }],
    });
    expect(part.status).toBe(201);
    expect(await salesOrderOf(id)).toMatchObject({ status: "partially_invoiced" });
    const made = await world.post("/invoices/fromsalesorder", {}, { salesorder_id: String(id) });
    expect(made).toMatchObject({
      status: 201,
      json: { invoice: { status: "draft", reference_number: "SO-00001", line_items: [{ quantity: 6 }] } },
    });
    expect(await salesOrderOf(id)).toMatchObject({
      status: "invoiced",
      line_items: [{ is_invoiced: true, quantity_invoiced: 10 }],
      invoices: [{ invoice_number: expect.any(String) }, { total: 31.8 }],
    });
    expect((await world.post("/invoices/fromsalesorder", {}, { salesorder_id: String(id) })).status).toBe(
      400,
    );
    expect((await world.post(`/salesorders/${id}/status/void`)).status).toBe(400);
    const invoiceId = made.json.invoice?.invoice_id;
    await world.post(`/invoices/${invoiceId}/status/void`);
    expect((await salesOrderOf(id))?.status).toBe("partially_invoiced");
    await world.remove(`/invoices/${invoiceId}`);
    expect((await salesOrderOf(id))?.status).toBe("partially_invoiced");
  });

  it("is filtered by shipment date and status, voided with a reason, and listed with totals", async () => {
    const { salesorder_id: id } = await aSalesOrder({ shipment_date: "2026-12-05" });
    await aSalesOrder();
    const rows = async (query: Record<string, string>) =>
      (await world.get("/salesorders", query)).rows("salesorders");
    expect(await rows({ shipment_date_after: "2026-12-01" })).toMatchObject([
      { salesorder_id: id, total: 48, bcy_total: 48 },
    ]);
    await world.post(`/salesorders/${id}/status/void`, { reason: "Cancelled by phone" });
    expect(await rows({ filter_by: "Status.Void" })).toHaveLength(1);
    expect((await world.put(`/salesorders/${id}`, { notes: "x" })).status).toBe(400);
  });

  it("is a list of one where the switch asks for Zoho's description", async () => {
    world.zoho.context.switches.set("zoho.document-answers", "described");
    const answer = await world.post("/salesorders", {
      customer_id: world.customerId,
      line_items: [{ item_id: world.itemId }],
    });
    expect(answer.rows("salesorder")).toMatchObject([{ total: 4.25 }]);
  });

  it("is refused for a vendor and with a number that is taken", async () => {
    const lines = [{ item_id: world.itemId }];
    expect(
      (await world.post("/salesorders", { customer_id: world.vendorId, line_items: lines })).status,
    ).toBe(404);
    await aSalesOrder({ salesorder_number: "S1" });
    const again = { customer_id: world.customerId, salesorder_number: "S1", line_items: lines };
    expect((await world.post("/salesorders", again)).json.code).toBe(1001);
  });
});

describe("an estimate", () => {
  it("is sent, expires, and is accepted or declined", async () => {
    const { estimate_id: id } = await world.create("/estimates", "estimate", {
      customer_id: world.customerId,
      expiry_date: "2026-11-25",
      discount: "10%",
      line_items: [{ item_id: world.itemId, quantity: 2 }],
    });
    const statusOf = async () => (await world.get(`/estimates/${id}`)).json.estimate?.status;
    expect((await world.get(`/estimates/${id}`)).json.estimate).toMatchObject({
      estimate_number: "EST-000001",
      total: 7.65,
    });
    await world.post(`/estimates/${id}/status/sent`);
    expect(await statusOf()).toBe("sent");
    world.zoho.context.clock.advance(5 * 86_400_000);
    expect(await statusOf()).toBe("expired");
    await world.post(`/estimates/${id}/status/accepted`);
    expect(await statusOf()).toBe("accepted");
    await world.post(`/estimates/${id}/status/declined`);
    expect((await world.get("/estimates", { status: "declined" })).rows("estimates")).toHaveLength(1);
  });
});
