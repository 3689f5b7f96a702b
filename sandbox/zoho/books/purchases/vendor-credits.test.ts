import { beforeEach, describe, expect, it } from "vitest";
import { startTrade, type TradeWorld } from "../trade/testing";

let world: TradeWorld;

beforeEach(async () => {
  world = await startTrade();
});

const aCredit = (change: object = {}) =>
  world.create("/vendorcredits", "vendor_credit", {
    vendor_id: world.vendorId,
    date: "2026-11-05",
    line_items: [{ account_id: world.expenseAccountId, rate: 40, quantity: 1 }],
    ...change,
  });
const creditOf = async (id: unknown) => (await world.get(`/vendorcredits/${id}`)).json.vendor_credit;

describe("a vendor credit", () => {
  it("gets the next number, and refuses one that is taken", async () => {
    expect(await aCredit()).toMatchObject({ vendor_credit_number: "DN-00001", status: "open", balance: 40 });
    expect((await aCredit()).vendor_credit_number).toBe("DN-00002");
    const body = { vendor_id: world.vendorId, vendor_credit_number: "DN-00002" };
    const lines = [{ account_id: world.expenseAccountId, rate: 1 }];
    expect(await world.post("/vendorcredits", { ...body, line_items: lines })).toMatchObject({
      status: 400,
      json: { code: 1001 },
    });
  });

  it.each([
    ["taken", {}, 201, "X-1"],
    ["replaced", {}, 201, "DN-00001"],
    ["refused", {}, 400, undefined],
    ["refused", { ignore_auto_number_generation: "true" }, 201, "X-1"],
  ])("with a number of its own is %s", async (position, query, status, number) => {
    world.zoho.context.switches.set("zoho.number-without-flag", position);
    const answer = await world.post(
      "/vendorcredits",
      {
        vendor_id: world.vendorId,
        vendor_credit_number: "X-1",
        line_items: [{ account_id: world.expenseAccountId, rate: 1 }],
      },
      query,
    );
    expect(answer.status).toBe(status);
    expect(answer.json.vendor_credit?.vendor_credit_number).toBe(number);
  });

  it("is set against a bill, closes when used up, and opens again", async () => {
    const billId = await world.bill();
    const { vendor_credit_id: id } = await aCredit();
    const applied = await world.post(`/vendorcredits/${id}/bills`, {
      bills: [{ bill_id: billId, amount_applied: 40 }],
    });
    expect(applied.status).toBe(201);
    expect(await creditOf(id)).toMatchObject({
      status: "closed",
      balance: 0,
      total_credits_used: 40,
      bills_credited: [{ bill_id: billId, amount: 40 }],
    });
    expect((await world.get(`/bills/${billId}`)).json.bill).toMatchObject({
      balance: 80,
      vendor_credits_applied: 40,
      vendor_credits: [{ vendor_credit_id: id, amount: 40 }],
    });
    for (const refused of [
      await world.remove(`/vendorcredits/${id}`),
      await world.post(`/vendorcredits/${id}/status/void`),
      await world.remove(`/bills/${billId}`),
    ])
      expect(refused.status).toBe(400);
    const [row] = (await world.get(`/vendorcredits/${id}/bills`)).rows("bills_credited");
    await world.remove(`/vendorcredits/${id}/bills/${row?.vendor_credit_bill_id}`);
    expect(await creditOf(id)).toMatchObject({ status: "open", balance: 40 });
    expect((await world.get(`/bills/${billId}`)).json.bill).toMatchObject({ balance: 120 });
  });

  it("is set from the bill's side, never beyond its balance", async () => {
    const billId = await world.bill();
    const { vendor_credit_id: id } = await aCredit();
    const apply = (amount: number) =>
      world.post(`/bills/${billId}/credits`, {
        apply_vendor_credits: [{ vendor_credit_id: id, amount_applied: amount }],
      });
    expect((await apply(41)).status).toBe(400);
    expect((await apply(15)).status).toBe(201);
    expect(await creditOf(id)).toMatchObject({ balance: 25 });
  });

  it("is refunded, which counts like a use", async () => {
    const { vendor_credit_id: id } = await aCredit();
    const refund = (change: object) =>
      world.post(`/vendorcredits/${id}/refunds`, {
        date: "2026-11-20",
        amount: 10,
        account_id: world.bankId,
        ...change,
      });
    expect((await refund({ amount: 41 })).status).toBe(400);
    expect((await refund({ account_id: "1" })).status).toBe(404);
    expect((await refund({ date: undefined })).status).toBe(400);
    const made = await refund({});
    expect(made).toMatchObject({ status: 201, json: { vendor_credit_refund: { amount: 10 } } });
    expect(await creditOf(id)).toMatchObject({ balance: 30, total_refunded_amount: 10 });
    expect((await world.get("/vendorcredits/refunds")).rows("vendor_credit_refunds")).toMatchObject([
      { vendor_credit_number: "DN-00001", amount_fcy: 10 },
    ]);
    const refundId = made.json.vendor_credit_refund?.vendor_credit_refund_id;
    await world.put(`/vendorcredits/${id}/refunds/${refundId}`, { amount: 40 });
    expect(await creditOf(id)).toMatchObject({ balance: 0, status: "closed" });
    await world.remove(`/vendorcredits/${id}/refunds/${refundId}`);
    expect(await creditOf(id)).toMatchObject({ balance: 40 });
  });

  it("shows one line as an object where the switch asks for Zoho's description", async () => {
    world.zoho.context.switches.set("zoho.document-answers", "described");
    expect((await aCredit()).line_items).toMatchObject({ item_total: 40 });
  });
});

describe("a vendor", () => {
  it("shows what is owed and the credits left, and cannot be deleted with documents", async () => {
    await world.bill();
    await aCredit();
    expect((await world.get(`/contacts/${world.vendorId}`)).json.contact).toMatchObject({
      contact_type: "vendor",
      outstanding_payable_amount: 120,
      unused_credits_payable_amount: 40,
    });
    expect((await world.remove(`/contacts/${world.vendorId}`)).status).toBe(400);
    expect((await world.get("/contacts", { contact_type: "vendor" })).rows("contacts")).toHaveLength(1);
  });
});
