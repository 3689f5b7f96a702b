import { beforeEach, describe, expect, it } from "vitest";
import { startZohoAlone, type ZohoAlone } from "../testing";

let zoho: ZohoAlone;
let customerId: string;

beforeEach(async () => {
  zoho = await startZohoAlone();
  customerId = zoho.seed.addContact({ name: "Harbour Lights Ltd", created: "2026-07-01T09:00:00Z" });
});

function addInvoices(count: number): void {
  const accountId = zoho.seed.accountId("Sales");
  for (let index = 1; index <= count; index += 1)
    zoho.seed.addInvoice({
      number: `INV-${String(index).padStart(4, "0")}`,
      customerId,
      date: "2026-10-01",
      created: new Date(Date.UTC(2026, 9, 1, 9, 0, index)).toISOString().replace(".000", ""),
      lines: [{ description: "Thing", rate: String(index), quantity: "1", accountId }],
    });
}

const numbers = async (query: Record<string, string> = {}): Promise<string[]> =>
  (await zoho.call("GET", "/invoices", { query })).rows("invoices").map((row) => String(row.invoice_number));

describe("a page", () => {
  it("holds 200 rows, the newest first, and says whether more follow", async () => {
    addInvoices(205);
    const first = await zoho.call("GET", "/invoices");
    expect(first.rows("invoices")).toHaveLength(200);
    expect(first.rows("invoices")[0]?.invoice_number).toBe("INV-0205");
    expect(first.json.page_context).toMatchObject({
      page: 1,
      per_page: 200,
      has_more_page: true,
      sort_column: "created_time",
      sort_order: "D",
    });
    const second = await zoho.call("GET", "/invoices", { query: { page: "2" } });
    expect(second.rows("invoices")).toHaveLength(5);
    expect(second.json.page_context).toMatchObject({ page: 2, has_more_page: false });
  });

  it("never has more than 200 rows and may have fewer", async () => {
    addInvoices(205);
    expect(await numbers({ per_page: "1000" })).toHaveLength(200);
    expect(
      await numbers({ per_page: "3", page: "2", sort_column: "invoice_number", sort_order: "A" }),
    ).toEqual(["INV-0004", "INV-0005", "INV-0006"]);
  });

  it("that ends exactly with the last record has no more after it", async () => {
    addInvoices(4);
    const answer = await zoho.call("GET", "/invoices", { query: { per_page: "2", page: "2" } });
    expect(answer.rows("invoices")).toHaveLength(2);
    expect(answer.json.page_context).toMatchObject({ has_more_page: false });
  });

  it("shows a record that was written after the last listing", async () => {
    addInvoices(2);
    expect(await numbers()).toHaveLength(2);
    zoho.seed.addInvoice({ number: "NEW", customerId, date: "2026-10-02", lines: [] });
    expect(await numbers()).toEqual(["NEW", "INV-0002", "INV-0001"]);
  });
});

describe("a row of invoices", () => {
  it("is a summary without lines or taxes", async () => {
    addInvoices(1);
    const [row] = (await zoho.call("GET", "/invoices")).rows("invoices");
    expect(row).toMatchObject({
      invoice_number: "INV-0001",
      total: 1,
      balance: 1,
      status: "overdue",
      last_modified_time: "2026-10-01T10:00:01+0100",
    });
    for (const absent of ["line_items", "taxes", "sub_total", "tax_total"])
      expect(row).not.toHaveProperty(absent);
  });
});

describe("last_modified_time", () => {
  it("gives the invoices changed since then, in any zone, that second included or not as switched", async () => {
    addInvoices(5);
    expect(await numbers({ last_modified_time: "2026-10-01T09:00:03+0000" })).toEqual([
      "INV-0005",
      "INV-0004",
      "INV-0003",
    ]);
    expect(await numbers({ last_modified_time: "2026-10-01T10:00:03 0100" })).toHaveLength(3);
    expect(await numbers({ last_modified_time: "2026-10-01T01:00:03-0800" })).toHaveLength(3);
    zoho.context.switches.set("zoho.modified-since", "exclusive");
    expect(await numbers({ last_modified_time: "2026-10-01T09:00:03+0000" })).toEqual([
      "INV-0005",
      "INV-0004",
    ]);
  });

  it("that is no time is refused", async () => {
    const answer = await zoho.call("GET", "/invoices", { query: { last_modified_time: "yesterday" } });
    expect(answer).toMatchObject({ status: 400, json: { code: 4 } });
  });

  it("is ignored by customer payments, items and contacts, which Zoho gives no such filter", async () => {
    zoho.seed.addItem({ name: "Mug" });
    zoho.seed.addPayment({ number: "1", customerId, date: "2026-10-01", amount: "5", applied: [] });
    const query = { last_modified_time: "2030-01-01T00:00:00+0000" };
    expect((await zoho.call("GET", "/customerpayments", { query })).rows("customerpayments")).toHaveLength(1);
    expect((await zoho.call("GET", "/items", { query })).rows("items")).toHaveLength(1);
    expect((await zoho.call("GET", "/contacts", { query })).rows("contacts")).toHaveLength(1);
  });

  it("of a contact is what the list can be sorted by", async () => {
    zoho.seed.addContact({ name: "Zebra", created: "2026-07-02T09:00:00Z" });
    zoho.seed.addContact({ name: "Anchor", created: "2026-07-03T09:00:00Z" });
    const query = { sort_column: "last_modified_time", sort_order: "D" };
    const answer = await zoho.call("GET", "/contacts", { query });
    expect(answer.rows("contacts").map((row) => row.contact_name)).toEqual([
      "Anchor",
      "Zebra",
      "Harbour Lights Ltd",
    ]);
  });
});

describe("filters", () => {
  it("pick invoices by status, number, date and customer", async () => {
    addInvoices(3);
    zoho.seed.addInvoice({ number: "DRAFT", customerId, date: "2026-11-20", state: "draft", lines: [] });
    expect(await numbers({ status: "draft" })).toEqual(["DRAFT"]);
    expect(await numbers({ filter_by: "Status.Draft" })).toEqual(["DRAFT"]);
    expect(await numbers({ status: "unpaid" })).toHaveLength(3);
    expect(await numbers({ invoice_number: "INV-0002" })).toEqual(["INV-0002"]);
    expect(await numbers({ date_start: "2026-11-01" })).toEqual(["DRAFT"]);
    expect(await numbers({ customer_name_contains: "nobody" })).toEqual([]);
  });
});

describe("a row of payments", () => {
  it("stands under the key that is switched, with its invoices' numbers and what is unused", async () => {
    addInvoices(2);
    const [first, second] = [...zoho.seed.books.invoices.heads()].map(([id]) => id);
    zoho.seed.addPayment({
      number: "PR-1",
      customerId,
      date: "2026-10-20",
      amount: "9",
      applied: [
        { invoiceId: first ?? "", amount: "1" },
        { invoiceId: second ?? "", amount: "2" },
      ],
    });
    const row = {
      payment_number: "PR-1",
      invoice_numbers: "INV-0001, INV-0002",
      amount: 9,
      unused_amount: 6,
      account_name: "Business Bank Account",
    };
    expect((await zoho.call("GET", "/customerpayments")).rows("customerpayments")).toMatchObject([row]);
    zoho.context.switches.set("zoho.payment-list-key", "customer_payments");
    expect((await zoho.call("GET", "/customerpayments")).rows("customer_payments")).toMatchObject([row]);
  });
});

describe("a part-paid invoice after its due date", () => {
  it("is partially paid or overdue, as switched", async () => {
    addInvoices(1);
    const [[invoiceId = ""] = []] = zoho.seed.books.invoices.heads();
    zoho.seed.addPayment({
      number: "1",
      customerId,
      date: "2026-10-20",
      amount: "0.5",
      applied: [{ invoiceId, amount: "0.5" }],
    });
    const status = async () => (await zoho.call("GET", `/invoices/${invoiceId}`)).json.invoice?.status;
    expect(await status()).toBe("partially_paid");
    zoho.context.switches.set("zoho.partly-paid-overdue", "overdue");
    expect(await status()).toBe("overdue");
  });
});
