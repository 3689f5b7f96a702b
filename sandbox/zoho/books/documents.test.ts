import { beforeEach, describe, expect, it } from "vitest";
import { STANDARD_RATE } from "@/sandbox/seed/zoho-reference-data";
import { type LooseJson, startZohoAlone, type ZohoAlone } from "../testing";

let zoho: ZohoAlone;
let customerId: string;
let itemId: string;
let taxId: string;

beforeEach(async () => {
  zoho = await startZohoAlone({ currencies: ["EUR", "JPY"] });
  customerId = zoho.seed.addContact({ name: "Harbour Lights Ltd", email: "ann@harbour.example" });
  itemId = zoho.seed.addItem({ name: "Tea towel", rate: "4.25", sku: "TT1" });
  taxId = zoho.seed.taxId(STANDARD_RATE);
});

const aLine = (change: object = {}) => ({
  item_id: itemId,
  quantity: 3,
  rate: 0.42,
  tax_id: taxId,
  ...change,
});

async function created(path: string, name: string, json: object): Promise<LooseJson> {
  const answer = await zoho.call("POST", path, { json });
  expect(answer).toMatchObject({ status: 201, json: { code: 0 } });
  return answer.json[name] ?? {};
}

const anInvoice = (change: object = {}): Promise<LooseJson> =>
  created("/invoices", "invoice", {
    customer_id: customerId,
    invoice_number: "INV-7",
    date: "2026-11-01",
    payment_terms: 30,
    line_items: [aLine(), aLine({ description: "Second" })],
    ...change,
  });

async function sentInvoice(change: object = {}): Promise<string> {
  const id = String((await anInvoice(change)).invoice_id);
  await zoho.call("POST", `/invoices/${id}/status/sent`);
  return id;
}

const aCreditNote = (change: object = {}): Promise<LooseJson> =>
  created("/creditnotes", "creditnote", {
    customer_id: customerId,
    creditnote_number: "CN-1",
    date: "2026-11-02",
    line_items: [aLine()],
    ...change,
  });

const get = async (path: string, name: string): Promise<LooseJson> =>
  (await zoho.call("GET", path)).json[name] ?? {};

const pay = (json: object) =>
  zoho.call("POST", "/customerpayments", {
    json: { customer_id: customerId, payment_mode: "banktransfer", date: "2026-11-10", ...json },
  });

describe("an invoice", () => {
  it("is created as a draft with Zoho's amounts, lines and time stamps", async () => {
    const invoice = await anInvoice();
    expect(invoice).toMatchObject({
      invoice_number: "INV-7",
      status: "draft",
      due_date: "2026-12-01",
      sub_total: 2.52,
      tax_total: 0.5,
      total: 3.02,
      balance: 3.02,
      currency_code: "GBP",
      exchange_rate: 1,
      tax_rounding: "entity_level",
      taxes: [{ tax_id: taxId, tax_name: "Standard rate (20%)", tax_amount: 0.5 }],
      customer_name: "Harbour Lights Ltd",
      created_time: "2026-11-21T09:00:00+0000",
    });
    expect(invoice.line_items).toMatchObject([
      {
        item_id: itemId,
        name: "Tea towel",
        item_order: 1,
        rate: 0.42,
        quantity: 3,
        item_total: 1.26,
        tax_percentage: 20,
        account_name: "Sales",
      },
      { description: "Second", item_order: 2 },
    ]);
  });

  it("has an id that a JavaScript number cannot hold", async () => {
    const id = String((await anInvoice()).invoice_id);
    expect(id).toMatch(/^\d{18}$/);
    expect(Number.isSafeInteger(Number(id))).toBe(false);
  });

  it("in yen has no decimals and takes its rate from the date", async () => {
    const currency = [...zoho.seed.books.currencies.heads()].find(([, { code }]) => code === "JPY");
    const invoice = await anInvoice({
      currency_id: currency?.[0],
      line_items: [aLine({ rate: 333.4 })],
      date: "2026-08-20",
    });
    expect(invoice).toMatchObject({
      currency_code: "JPY",
      sub_total: 1000,
      tax_total: 200,
      total: 1200,
      exchange_rate: 0.00509,
    });
  });

  it("keeps what an update leaves out, and a line that is named by its id", async () => {
    const { invoice_id: id, line_items: lines } = await anInvoice();
    const lineId = String(lines?.[0]?.line_item_id);
    zoho.context.clock.advance(5_000);
    const answer = await zoho.call("PUT", `/invoices/${id}`, {
      json: { reference_number: "PO 1", line_items: [{ line_item_id: lineId, quantity: 10 }] },
    });
    expect(answer.json.invoice).toMatchObject({
      invoice_number: "INV-7",
      reference_number: "PO 1",
      sub_total: 4.2,
      line_items: [{ line_item_id: lineId, rate: 0.42, quantity: 10 }],
      created_time: "2026-11-21T09:00:00+0000",
      last_modified_time: "2026-11-21T09:00:05+0000",
    });
  });

  it("is sent, then overdue after its due date, and void on request", async () => {
    const id = await sentInvoice();
    expect((await get(`/invoices/${id}`, "invoice")).status).toBe("sent");
    zoho.context.clock.advance(11 * 86_400_000);
    expect((await get(`/invoices/${id}`, "invoice")).status).toBe("overdue");
    await zoho.call("POST", `/invoices/${id}/status/void`);
    expect(await get(`/invoices/${id}`, "invoice")).toMatchObject({ status: "void", balance: 0 });
    expect(await zoho.call("PUT", `/invoices/${id}`, { json: { notes: "x" } })).toMatchObject({
      status: 400,
    });
  });

  it.each([
    [{ customer_id: undefined }, 400, 4],
    [{ customer_id: "1" }, 404, 1002],
    [{ line_items: [] }, 400, 1003],
    [{ line_items: [{ item_id: "1", rate: 1 }] }, 400, 4],
    [{ date: "01/11/2026" }, 400, 4],
  ])("is refused with %o", async (change, status, code) => {
    const json = { customer_id: customerId, date: "2026-11-01", line_items: [aLine()], ...change };
    expect(await zoho.call("POST", "/invoices", { json })).toMatchObject({ status, json: { code } });
    expect(zoho.seed.books.invoices.size).toBe(0);
  });

  it("is refused when its number is taken", async () => {
    await anInvoice();
    const json = { customer_id: customerId, invoice_number: "INV-7", line_items: [aLine()] };
    expect(await zoho.call("POST", "/invoices", { json })).toMatchObject({
      status: 400,
      json: { code: 1001 },
    });
  });
});

describe("a payment", () => {
  it("over two invoices with an excess settles both and keeps the rest unused", async () => {
    const first = await sentInvoice();
    const second = await sentInvoice({ invoice_number: "INV-8" });
    const answer = await pay({
      amount: 10,
      invoices: [
        { invoice_id: first, amount_applied: 3.02 },
        { invoice_id: second, amount_applied: 1 },
      ],
    });
    expect(answer.json.payment).toMatchObject({
      amount: 10,
      unused_amount: 5.98,
      customer_id: customerId,
      invoices: [
        {
          invoice_id: first,
          invoice_number: "INV-7",
          amount_applied: 3.02,
          balance: 0,
          invoice_payment_id: expect.any(String),
        },
        { invoice_id: second, amount_applied: 1, balance: 2.02 },
      ],
    });
    expect(await get(`/invoices/${first}`, "invoice")).toMatchObject({
      status: "paid",
      payment_made: 3.02,
      balance: 0,
    });
    expect(await get(`/invoices/${second}`, "invoice")).toMatchObject({
      status: "partially_paid",
      balance: 2.02,
    });
    const listed = await zoho.call("GET", `/invoices/${first}/payments`);
    expect(listed.rows("payments")).toMatchObject([{ amount: 3.02, is_single_invoice_payment: false }]);
  });

  it("frees its invoices when it is changed or deleted", async () => {
    const id = await sentInvoice();
    const answer = await pay({ amount: 3.02, invoices: [{ invoice_id: id, amount_applied: 3.02 }] });
    const paymentId = String(answer.json.payment?.payment_id);
    await zoho.call("PUT", `/customerpayments/${paymentId}`, {
      json: { invoices: [{ invoice_id: id, amount_applied: 1 }] },
    });
    expect(await get(`/invoices/${id}`, "invoice")).toMatchObject({
      balance: 2.02,
      status: "partially_paid",
    });
    await zoho.call("DELETE", `/customerpayments/${paymentId}`);
    expect(await get(`/invoices/${id}`, "invoice")).toMatchObject({ balance: 3.02, status: "sent" });
    expect((await zoho.call("GET", `/customerpayments/${paymentId}`)).status).toBe(404);
  });

  it("cannot apply more than an invoice owes or than was received, nor to a draft", async () => {
    const id = await sentInvoice();
    const draft = String((await anInvoice({ invoice_number: "INV-8" })).invoice_id);
    for (const [amount, applied, invoiceId] of [
      [10, 3.03, id],
      [1, 3.02, id],
      [10, 1, draft],
    ] as const) {
      const answer = await pay({ amount, invoices: [{ invoice_id: invoiceId, amount_applied: applied }] });
      expect(answer).toMatchObject({ status: 400, json: { code: 1010 } });
    }
    expect(zoho.seed.books.payments.size).toBe(0);
  });

  it("blocks voiding and deleting its invoice", async () => {
    const id = await sentInvoice();
    await pay({ amount: 1, invoices: [{ invoice_id: id, amount_applied: 1 }] });
    expect((await zoho.call("POST", `/invoices/${id}/status/void`)).status).toBe(400);
    expect((await zoho.call("DELETE", `/invoices/${id}`)).status).toBe(400);
  });
});

describe("a credit note", () => {
  it("is set against an invoice, shows it, and closes when used up", async () => {
    const invoiceId = await sentInvoice();
    const note = await aCreditNote();
    expect(note).toMatchObject({ status: "open", total: 1.51, balance: 1.51, invoices_credited: [] });
    const id = String(note.creditnote_id);
    await zoho.call("POST", `/creditnotes/${id}/invoices`, {
      json: { invoices: [{ invoice_id: invoiceId, amount_applied: 1.51 }] },
    });
    const credited = {
      creditnote_id: id,
      invoice_id: invoiceId,
      invoice_number: "INV-7",
      credited_amount: 1.51,
      date: "2026-11-21",
    };
    expect(await get(`/creditnotes/${id}`, "creditnote")).toMatchObject({
      status: "closed",
      balance: 0,
      total_credits_used: 1.51,
      invoices_credited: [credited],
    });
    expect((await zoho.call("GET", `/creditnotes/${id}/invoices`)).rows("invoices_credited")).toMatchObject([
      credited,
    ]);
    expect(await get(`/invoices/${invoiceId}`, "invoice")).toMatchObject({
      credits_applied: 1.51,
      balance: 1.51,
    });
    expect((await zoho.call("GET", `/invoices/${invoiceId}/creditsapplied`)).rows("credits")).toMatchObject([
      { creditnote_id: id, creditnotes_number: "CN-1", amount_applied: 1.51 },
    ]);
  });

  it("gives its credit back when the allocation is removed", async () => {
    const invoiceId = await sentInvoice();
    const id = String((await aCreditNote()).creditnote_id);
    await zoho.call("POST", `/creditnotes/${id}/invoices`, {
      json: { invoices: [{ invoice_id: invoiceId, amount_applied: 1 }] },
    });
    const [credit] = (await zoho.call("GET", `/creditnotes/${id}/invoices`)).rows("invoices_credited");
    await zoho.call("DELETE", `/creditnotes/${id}/invoices/${credit?.creditnote_invoice_id}`);
    expect(await get(`/creditnotes/${id}`, "creditnote")).toMatchObject({ balance: 1.51, status: "open" });
    expect(await get(`/invoices/${invoiceId}`, "invoice")).toMatchObject({ balance: 3.02 });
  });

  it("cannot be set against more than it has or the invoice owes", async () => {
    const invoiceId = await sentInvoice();
    const id = String((await aCreditNote()).creditnote_id);
    for (const applied of [1.52, 3.03]) {
      const json = { invoices: [{ invoice_id: invoiceId, amount_applied: applied }] };
      expect((await zoho.call("POST", `/creditnotes/${id}/invoices`, { json })).status).toBe(400);
    }
  });

  it("can be void while nothing of it is used", async () => {
    const id = String((await aCreditNote()).creditnote_id);
    await zoho.call("POST", `/creditnotes/${id}/status/void`);
    expect(await get(`/creditnotes/${id}`, "creditnote")).toMatchObject({ status: "void", balance: 0 });
  });
});
