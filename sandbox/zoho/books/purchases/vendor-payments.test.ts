import { beforeEach, describe, expect, it } from "vitest";
import { startTrade, type TradeWorld } from "../trade/testing";

let world: TradeWorld;

beforeEach(async () => {
  world = await startTrade();
});

const billOf = async (id: string) => (await world.get(`/bills/${id}`)).json.bill;

const pay = (change: object) =>
  world.post("/vendorpayments", {
    vendor_id: world.vendorId,
    amount: 120,
    date: "2026-11-10",
    paid_through_account_id: world.bankId,
    ...change,
  });

describe("a vendor payment", () => {
  it("over two bills with an excess settles both and keeps the rest", async () => {
    const first = await world.bill();
    const second = await world.bill({ bill_number: "B-2" });
    const answer = await pay({
      amount: 200,
      bills: [
        { bill_id: first, amount_applied: 120 },
        { bill_id: second, amount_applied: 20 },
      ],
    });
    expect(answer).toMatchObject({
      status: 201,
      json: {
        vendorpayment: {
          amount: 200,
          balance: 60,
          payment_number: 1,
          paid_through_account_name: "Business Bank Account",
          bills: [
            { bill_id: first, amount_applied: 120, balance: 0 },
            { bill_id: second, amount_applied: 20, balance: 100 },
          ],
        },
      },
    });
    expect(await billOf(first)).toMatchObject({ status: "paid", balance: 0, payment_made: 120 });
    expect(await billOf(second)).toMatchObject({ status: "partially_paid", balance: 100 });
    expect((await world.get(`/bills/${first}/payments`)).rows("payments")).toMatchObject([
      { amount: 120, paid_through: "Business Bank Account", is_single_bill_payment: false },
    ]);
    const listed = await world.get("/vendorpayments", { bill_id: second });
    expect(listed.rows("vendorpayments")).toMatchObject([{ bill_numbers: "B-1, B-2", balance: 60 }]);
  });

  it("frees its bills when it is changed or deleted", async () => {
    const id = await world.bill();
    const paid = await pay({ bills: [{ bill_id: id, amount_applied: 120 }] });
    const paymentId = paid.json.vendorpayment?.payment_id;
    await world.put(`/vendorpayments/${paymentId}`, { bills: [{ bill_id: id, amount_applied: 20 }] });
    expect(await billOf(id)).toMatchObject({ balance: 100, status: "partially_paid" });
    expect((await world.remove(`/vendorpayments/${paymentId}`)).json.message).toBe(
      "The payment has been deleted.",
    );
    expect(await billOf(id)).toMatchObject({ balance: 120, status: "open" });
  });

  it.each([
    [{ amount: 0 }, 400, 4],
    [{ amount: undefined }, 400, 4],
    [{ vendor_id: "1" }, 404, 1002],
    [{ bills: [{ bill_id: "1", amount_applied: 1 }] }, 404, 1002],
    [{ paid_through_account_id: "1" }, 404, 1002],
  ])("is refused with %o", async (change, status, code) => {
    expect(await pay(change)).toMatchObject({ status, json: { code } });
    expect(world.zoho.seed.books.vendorPayments.size).toBe(0);
  });

  it("is refused from an expense account, above a bill's balance, above its amount and to a draft", async () => {
    const id = await world.bill();
    world.zoho.context.switches.set("zoho.new-purchase-status", "draft");
    const draft = await world.bill({ bill_number: "B-2" });
    const asked = [
      { paid_through_account_id: world.expenseAccountId },
      { amount: 500, bills: [{ bill_id: id, amount_applied: 121 }] },
      { amount: 10, bills: [{ bill_id: id, amount_applied: 20 }] },
      { bills: [{ bill_id: draft, amount_applied: 1 }] },
      {
        amount: 500,
        bills: [
          { bill_id: id, amount_applied: 100 },
          { bill_id: id, amount_applied: 100 },
        ],
      },
    ];
    for (const change of asked) expect((await pay(change)).status).toBe(400);
    expect(await billOf(id)).toMatchObject({ balance: 120 });
  });

  it("keeps its bill from being voided, deleted or lowered", async () => {
    const id = await world.bill();
    await pay({ bills: [{ bill_id: id, amount_applied: 120 }] });
    expect((await world.post(`/bills/${id}/status/void`)).status).toBe(400);
    expect((await world.remove(`/bills/${id}`)).status).toBe(400);
    const lower = { line_items: [{ account_id: world.expenseAccountId, rate: 1 }] };
    expect((await world.put(`/bills/${id}`, lower)).status).toBe(400);
  });

  it("gives its excess to a bill or back to the account, never both", async () => {
    const id = await world.bill();
    const advance = (await pay({ amount: 100 })).json.vendorpayment?.payment_id;
    await world.post(`/bills/${id}/credits`, {
      bill_payments: [{ payment_id: advance, amount_applied: 70 }],
    });
    expect((await billOf(id))?.balance).toBe(50);
    const refund = (amount: number) =>
      world.post(`/vendorpayments/${advance}/refunds`, {
        date: "2026-11-20",
        amount,
        to_account_id: world.bankId,
      });
    expect((await refund(31)).status).toBe(400);
    const refunded = await refund(30);
    expect(refunded).toMatchObject({ status: 201, json: { vendorpayment_refund: { amount: 30 } } });
    expect((await world.get(`/vendorpayments/${advance}`)).json.vendorpayment?.balance).toBe(0);
    const refundId = refunded.json.vendorpayment_refund?.vendorpayment_refund_id;
    expect(
      (await world.get(`/vendorpayments/${advance}/refunds`)).rows("vendorpayment_refunds"),
    ).toHaveLength(1);
    expect((await world.put(`/vendorpayments/${advance}/refunds/${refundId}`, { amount: 31 })).status).toBe(
      400,
    );
    await world.remove(`/vendorpayments/${advance}/refunds/${refundId}`);
    expect((await world.get(`/vendorpayments/${advance}`)).json.vendorpayment?.balance).toBe(30);
  });

  it("loses one bill when the payment is deleted from the bill's side", async () => {
    const id = await world.bill();
    await pay({ bills: [{ bill_id: id, amount_applied: 120 }] });
    const [row] = (await world.get(`/bills/${id}/payments`)).rows("payments");
    await world.remove(`/bills/${id}/payments/${row?.bill_payment_id}`);
    expect((await billOf(id))?.balance).toBe(120);
    expect((await world.get("/vendorpayments")).rows("vendorpayments")).toMatchObject([{ balance: 120 }]);
  });

  it("is deleted together with others, or none of them", async () => {
    const ids = [
      (await pay({})).json.vendorpayment?.payment_id,
      (await pay({})).json.vendorpayment?.payment_id,
    ];
    const remove = (list: string) =>
      world.remove("/vendorpayments", { vendorpayment_id: list, bulk_delete: "true" });
    expect((await remove(`${ids[0]},1`)).status).toBe(404);
    expect(world.zoho.seed.books.vendorPayments.size).toBe(2);
    expect((await remove(ids.join(","))).status).toBe(200);
    expect(world.zoho.seed.books.vendorPayments.size).toBe(0);
  });

  it("is listed by its own columns only, which times are not among", async () => {
    await pay({ date: "2026-11-09", amount: 30 });
    await pay({ date: "2026-11-08", amount: 40 });
    const amounts = async (column: string) =>
      (await world.get("/vendorpayments", { sort_column: column, sort_order: "A" }))
        .rows("vendorpayments")
        .map((row) => row.amount);
    expect(await amounts("date")).toEqual([40, 30]);
    expect(await amounts("amount")).toEqual([30, 40]);
    // The order of a column that the list has not: by date.
    expect(await amounts("created_time")).toEqual([40, 30]);
  });

  it("is answered without its name where the switch asks for Zoho's description", async () => {
    world.zoho.context.switches.set("zoho.document-answers", "described");
    expect((await pay({})).json).toMatchObject({ code: 0, amount: 120, vendor_id: world.vendorId });
  });
});
