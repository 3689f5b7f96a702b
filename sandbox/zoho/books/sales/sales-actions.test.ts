import { beforeEach, describe, expect, it } from "vitest";
import { startTrade, type TradeWorld } from "../trade/testing";

let world: TradeWorld;

beforeEach(async () => {
  world = await startTrade();
});

async function sentInvoice(): Promise<string> {
  const invoice = await world.create("/invoices", "invoice", {
    customer_id: world.customerId,
    date: "2026-11-01",
    payment_terms: 30,
    line_items: [{ item_id: world.itemId, quantity: 1, rate: 50 }],
  });
  await world.post(`/invoices/${invoice.invoice_id}/status/sent`);
  return String(invoice.invoice_id);
}
const invoiceOf = async (id: string) => (await world.get(`/invoices/${id}`)).json.invoice;
const creditNote = async () =>
  String(
    (
      await world.create("/creditnotes", "creditnote", {
        customer_id: world.customerId,
        date: "2026-11-02",
        line_items: [{ item_id: world.itemId, quantity: 1, rate: 20 }],
      })
    ).creditnote_id,
  );
const advance = async (amount: number) =>
  String(
    (
      await world.create("/customerpayments", "payment", {
        customer_id: world.customerId,
        payment_mode: "cash",
        amount,
        date: "2026-11-03",
      })
    ).payment_id,
  );

describe("an invoice", () => {
  it("is written off and owed again", async () => {
    const id = await sentInvoice();
    expect((await world.post(`/invoices/${id}/writeoff`)).status).toBe(200);
    expect(await invoiceOf(id)).toMatchObject({ balance: 0, write_off_amount: 50, status: "paid" });
    expect((await world.post(`/invoices/${id}/writeoff`)).status).toBe(400);
    await world.post(`/invoices/${id}/writeoff/cancel`);
    expect(await invoiceOf(id)).toMatchObject({ balance: 50, write_off_amount: 0, status: "sent" });
  });

  it("takes credits and an excess payment from its own side, and gives them back", async () => {
    const id = await sentInvoice();
    const noteId = await creditNote();
    const paymentId = await advance(100);
    const apply = (note: number, payment: number) =>
      world.post(`/invoices/${id}/credits`, {
        apply_creditnotes: [{ creditnote_id: noteId, amount_applied: note }],
        invoice_payments: [{ payment_id: paymentId, amount_applied: payment }],
      });
    expect((await apply(20, 31)).status).toBe(400);
    expect((await apply(21, 1)).status).toBe(400);
    expect(await invoiceOf(id)).toMatchObject({ balance: 50 });
    expect((await apply(20, 30)).status).toBe(200);
    expect(await invoiceOf(id)).toMatchObject({ balance: 0, status: "paid" });
    const [credit] = (await world.get(`/invoices/${id}/creditsapplied`)).rows("credits");
    await world.remove(`/invoices/${id}/creditsapplied/${credit?.creditnotes_invoice_id}`);
    const [payment] = (await world.get(`/invoices/${id}/payments`)).rows("payments");
    await world.remove(`/invoices/${id}/payments/${payment?.invoice_payment_id}`);
    expect(await invoiceOf(id)).toMatchObject({ balance: 50, status: "sent" });
    expect((await world.get(`/customerpayments/${paymentId}`)).json.payment).toMatchObject({
      unused_amount: 100,
    });
  });

  it("goes through approval, and is sent by mail that never leaves", async () => {
    const { invoice_id: id } = await world.create("/invoices", "invoice", {
      customer_id: world.customerId,
      line_items: [{ item_id: world.itemId }],
    });
    expect((await world.post(`/invoices/${id}/approve`)).status).toBe(400);
    await world.post(`/invoices/${id}/submit`);
    expect((await invoiceOf(String(id)))?.status).toBe("pending_approval");
    await world.post(`/invoices/${id}/approve`);
    await world.post(`/invoices/${id}/email`, { to_mail_ids: ["a@b.example"] });
    expect((await invoiceOf(String(id)))?.status).toBe("sent");
  });

  it("is voided and deleted together with others", async () => {
    const ids = [await sentInvoice(), await sentInvoice()].join(",");
    expect((await world.post("/invoices/status/void", {}, { invoice_ids: `${ids},1` })).status).toBe(404);
    await world.post("/invoices/status/void", {}, { invoice_ids: ids });
    expect((await world.get("/invoices", { status: "void" })).rows("invoices")).toHaveLength(2);
    await world.remove("/invoices", { invoice_ids: ids });
    expect(world.zoho.seed.books.invoices.size).toBe(0);
  });
});

describe("a refund", () => {
  it("of a credit note lowers what it has left, and keeps it from being voided", async () => {
    const id = await creditNote();
    const refund = (amount: number) =>
      world.post(`/creditnotes/${id}/refunds`, { date: "2026-11-09", amount, from_account_id: world.bankId });
    expect((await refund(21)).status).toBe(400);
    const made = await refund(5);
    expect(made).toMatchObject({ status: 200, json: { creditnote_refund: { amount: 5 } } });
    expect((await world.get(`/creditnotes/${id}`)).json.creditnote).toMatchObject({
      balance: 15,
      total_refunded_amount: 5,
    });
    expect((await world.get("/creditnotes")).rows("creditnotes")).toMatchObject([{ balance: 15 }]);
    expect((await world.post(`/creditnotes/${id}/status/void`)).status).toBe(400);
    expect((await world.get("/creditnotes/refunds")).rows("creditnote_refunds")).toHaveLength(1);
    await world.remove(`/creditnotes/${id}/refunds/${made.json.creditnote_refund?.creditnote_refund_id}`);
    expect((await world.get(`/creditnotes/${id}`)).json.creditnote).toMatchObject({ balance: 20 });
  });

  it("of an excess payment lowers what can still be applied", async () => {
    const invoiceId = await sentInvoice();
    const id = await advance(100);
    const made = await world.post(`/customerpayments/${id}/refunds`, {
      date: "2026-11-09",
      amount: 60,
      from_account_id: world.bankId,
    });
    expect(made.status).toBe(200);
    expect((await world.get(`/customerpayments/${id}`)).json.payment).toMatchObject({
      unused_amount: 40,
      amount_refunded: 60,
    });
    const update = { invoices: [{ invoice_id: invoiceId, amount_applied: 50 }] };
    expect((await world.put(`/customerpayments/${id}`, update)).status).toBe(400);
    expect((await world.get(`/customerpayments/${id}/refunds`)).rows("payment_refunds")).toHaveLength(1);
  });
});

describe("customer payments", () => {
  it("are deleted together, or none of them", async () => {
    const ids = [await advance(1), await advance(2)];
    const remove = (list: string) =>
      world.remove("/customerpayments", { payment_ids: list, bulk_delete: "true" });
    expect((await remove(`${ids[0]},1`)).status).toBe(404);
    expect((await remove(ids.join(","))).status).toBe(200);
    expect(world.zoho.seed.books.payments.size).toBe(0);
  });
});
