import { beforeEach, describe, expect, it } from "vitest";
import { startTrade, type TradeWorld } from "../trade/testing";

let world: TradeWorld;

beforeEach(async () => {
  world = await startTrade();
});

const aBill = (change: object = {}) => ({
  vendor_id: world.vendorId,
  bill_number: "B-1",
  date: "2026-11-01",
  line_items: [{ account_id: world.expenseAccountId, rate: 0.42, quantity: 3, tax_id: world.taxId }],
  ...change,
});

const billOf = async (id: string) => (await world.get(`/bills/${id}`)).json.bill;

describe("a bill", () => {
  it("is open with Zoho's amounts and a due date from the vendor's terms", async () => {
    const bill = await world.create("/bills", "bill", aBill());
    expect(bill).toMatchObject({
      status: "open",
      vendor_name: "Potter & Sons",
      bill_number: "B-1",
      due_date: "2026-12-01",
      sub_total: 1.26,
      tax_total: 0.25,
      total: 1.51,
      balance: 1.51,
      is_item_level_tax_calc: false,
      line_items: [{ account_name: "Samples", item_total: 1.26, tax_percentage: 20 }],
    });
  });

  it("is a draft where the organisation's switch says so", async () => {
    world.zoho.context.switches.set("zoho.new-purchase-status", "draft");
    const bill = await world.create("/bills", "bill", aBill());
    expect(bill.status).toBe("draft");
    await world.post(`/bills/${bill.bill_id}/status/open`);
    expect((await billOf(String(bill.bill_id)))?.status).toBe("open");
  });

  it("rounds tax line by line when the client asks for it", async () => {
    const line = { account_id: world.expenseAccountId, rate: 0.42, quantity: 1, tax_id: world.taxId };
    const lines = [line, line, line];
    const whole = await world.create("/bills", "bill", aBill({ line_items: lines }));
    const each = await world.create(
      "/bills",
      "bill",
      aBill({ bill_number: "B-2", line_items: lines, is_item_level_tax_calc: true }),
    );
    expect([whole.tax_total, each.tax_total]).toEqual([0.25, 0.24]);
  });

  it("takes rate, words and account from the purchase side of an item, or the sales side of one that has no other", async () => {
    const bought = await world.create("/items", "item", {
      name: "Crate",
      rate: 9,
      item_type: "sales_and_purchases",
      purchase_rate: 5,
      purchase_description: "Crate, from the maker",
      purchase_account_id: world.expenseAccountId,
    });
    const bill = await world.create(
      "/bills",
      "bill",
      aBill({ line_items: [{ item_id: bought.item_id, quantity: 2 }, { item_id: world.itemId }] }),
    );
    expect(bill.line_items).toMatchObject([
      { rate: 5, item_total: 10, description: "Crate, from the maker", account_name: "Samples" },
      { rate: 4.25, account_name: "Cost of Goods Sold" },
    ]);
  });

  it("takes inclusive tax, an adjustment, a foreign currency and its rate", async () => {
    const [eur] = [...world.zoho.seed.books.currencies.heads()].find(([, { code }]) => code === "EUR") ?? [];
    const bill = await world.create(
      "/bills",
      "bill",
      aBill({
        currency_id: eur,
        exchange_rate: 0.9,
        is_inclusive_tax: true,
        adjustment: -0.5,
        line_items: [{ account_id: world.expenseAccountId, rate: 120, quantity: 1, tax_id: world.taxId }],
      }),
    );
    expect(bill).toMatchObject({
      currency_code: "EUR",
      exchange_rate: 0.9,
      sub_total: 100,
      tax_total: 20,
      adjustment: -0.5,
      total: 119.5,
    });
  });

  it.each([
    [{ vendor_id: undefined }, 400, 4],
    [{ vendor_id: "1" }, 404, 1002],
    [{ bill_number: undefined }, 400, 4],
    [{ line_items: [] }, 400, 1003],
    [{ line_items: undefined }, 400, 1003],
    [{ line_items: [{ rate: 1 }] }, 400, 4],
    [{ line_items: [{ rate: 1, account_id: "1" }] }, 404, 1002],
    [{ line_items: [{ rate: 1, item_id: "1" }] }, 404, 1002],
    [{ date: "2026-02-30" }, 400, 4],
    [{ due_date: "2026-10-01" }, 400, 4],
    [{ currency_id: "1" }, 404, 1002],
  ])("is refused with %o", async (change, status, code) => {
    expect(await world.post("/bills", aBill(change))).toMatchObject({ status, json: { code } });
    expect(world.zoho.seed.books.bills.size).toBe(0);
  });

  it("is refused for a customer, for an inactive vendor and with an unknown tax or tag", async () => {
    const asked = async (change: object) => (await world.post("/bills", aBill(change))).json.code;
    expect(await asked({ vendor_id: world.customerId })).toBe(1002);
    const line = { account_id: world.expenseAccountId, rate: 1 };
    expect(await asked({ line_items: [{ ...line, tax_id: "1" }] })).toBe(1002);
    expect(await asked({ line_items: [{ ...line, tags: [{ tag_id: "1", tag_option_id: "2" }] }] })).toBe(4);
    await world.post(`/contacts/${world.vendorId}/inactive`);
    expect(await asked({})).toBe(1010);
  });

  it.each([
    ["13011", 400, 13_011],
    ["1001", 400, 1001],
    ["allowed", 201, 0],
  ])("with a number that the vendor used answers %s", async (position, status, code) => {
    world.zoho.context.switches.set("zoho.duplicate-bill-number", position);
    await world.bill();
    expect(await world.post("/bills", aBill())).toMatchObject({ status, json: { code } });
    const other = world.zoho.seed.addContact({ name: "Another", type: "vendor" });
    expect((await world.post("/bills", aBill({ vendor_id: other }))).status).toBe(201);
  });

  it("keeps what an update leaves out, and its lines by id", async () => {
    const bill = await world.create("/bills", "bill", aBill({ notes: "kept" }));
    const lineId = bill.line_items?.[0]?.line_item_id;
    const answer = await world.put(`/bills/${bill.bill_id}`, {
      reference_number: "R",
      line_items: [{ line_item_id: lineId, quantity: 10 }],
    });
    expect(answer).toMatchObject({
      status: 200,
      json: {
        bill: {
          notes: "kept",
          reference_number: "R",
          sub_total: 4.2,
          line_items: [{ line_item_id: lineId, rate: 0.42, quantity: 10 }],
        },
      },
    });
    expect((await world.put(`/bills/${bill.bill_id}`, { line_items: [{ line_item_id: "1" }] })).status).toBe(
      400,
    );
  });

  it("turns overdue, void and open again, and cannot be edited while void", async () => {
    const id = await world.bill();
    world.zoho.context.clock.advance(11 * 86_400_000);
    expect(await billOf(id)).toMatchObject({ status: "overdue", due_by_days: "Overdue by 1 Days" });
    expect((await world.post(`/bills/${id}/status/void`)).status).toBe(201);
    expect(await billOf(id)).toMatchObject({ status: "void", balance: 0 });
    expect((await world.put(`/bills/${id}`, { notes: "x" })).status).toBe(400);
    await world.post(`/bills/${id}/status/open`);
    expect((await billOf(id))?.status).toBe("overdue");
    expect((await world.remove(`/bills/${id}`)).json.message).toBe("The bill has been deleted.");
    expect((await world.get(`/bills/${id}`)).status).toBe(404);
  });

  it("waits for approval once submitted", async () => {
    world.zoho.context.switches.set("zoho.new-purchase-status", "draft");
    const id = await world.bill();
    await world.post(`/bills/${id}/submit`);
    expect((await billOf(id))?.status).toBe("pending_approval");
    await world.post(`/bills/${id}/approve`);
    expect((await billOf(id))?.status).toBe("open");
  });

  it("cannot be written, moved or deleted in a locked period", async () => {
    const id = await world.bill();
    await world.put("/transactionlock", {
      transaction_lock_status: "enabled",
      transaction_lock_module: "purchase",
      transaction_lock_date: "2026-11-15",
    });
    const refused = [
      await world.post("/bills", aBill({ bill_number: "B-9" })),
      await world.put(`/bills/${id}`, { date: "2026-11-20" }),
      await world.remove(`/bills/${id}`),
      await world.post(`/bills/${id}/status/void`),
    ];
    expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    expect((await world.post("/bills", aBill({ bill_number: "B-9", date: "2026-11-16" }))).status).toBe(201);
  });
});

describe("the list of bills", () => {
  const numbers = async (query: Record<string, string>) =>
    (await world.get("/bills", query)).rows("bills").map((row) => row.bill_number);

  beforeEach(async () => {
    await world.bill({
      bill_number: "A-1",
      date: "2026-09-01",
      due_date: "2026-09-10",
      reference_number: "PO 7",
    });
    world.zoho.context.clock.advance(60_000);
    await world.bill({
      bill_number: "A-2",
      date: "2026-10-01",
      line_items: [{ item_id: world.itemId, rate: 50 }],
    });
    world.zoho.context.clock.advance(60_000);
    await world.bill({ bill_number: "C-3", date: "2026-11-01", due_date: "2026-12-24" });
  });

  it("shows rows without lines, newest first", async () => {
    const { json } = await world.get("/bills");
    expect(json.bills).toMatchObject([
      { bill_number: "C-3", status: "open", total: 120, balance: 120, vendor_name: "Potter & Sons" },
      { bill_number: "A-2" },
      { bill_number: "A-1", status: "overdue" },
    ]);
    expect(json.bills?.[0]).not.toHaveProperty("line_items");
  });

  it("is filtered, sorted and cut into pages", async () => {
    expect(await numbers({ bill_number_startswith: "A" })).toEqual(["A-2", "A-1"]);
    expect(await numbers({ reference_number_contains: "po" })).toEqual(["A-1"]);
    expect(await numbers({ status: "overdue" })).toEqual(["A-1"]);
    expect(await numbers({ filter_by: "Status.Open" })).toEqual(["C-3", "A-2"]);
    expect(await numbers({ date_start: "2026-10-01", date_before: "2026-11-01" })).toEqual(["A-2"]);
    expect(await numbers({ due_date_after: "2026-12-20" })).toEqual(["C-3"]);
    expect(await numbers({ total_greater_than: "100" })).toEqual(["C-3", "A-1"]);
    expect(await numbers({ item_name_contains: "towel" })).toEqual(["A-2"]);
    expect(await numbers({ vendor_id: world.customerId })).toEqual([]);
    expect(await numbers({ search_text: "c-" })).toEqual(["C-3"]);
    expect(await numbers({ last_modified_time: "2026-11-21T09:01:00+0000" })).toEqual(["C-3", "A-2"]);
    expect(await numbers({ sort_column: "total", sort_order: "A" })).toEqual(["A-2", "A-1", "C-3"]);
    const { json } = await world.get("/bills", { per_page: "2", page: "2" });
    expect(json).toMatchObject({ bills: [{ bill_number: "A-1" }], page_context: { has_more_page: false } });
  });
});

describe("what hangs on a bill", () => {
  it("is its comments after its history", async () => {
    const id = await world.bill();
    const added = await world.post(`/bills/${id}/comments`, { description: "Checked" });
    expect(added).toMatchObject({ status: 201, json: { comment: { bill_id: id, description: "Checked" } } });
    const listed = await world.get(`/bills/${id}/comments`);
    expect(listed.rows("comments")).toMatchObject([{ comment_type: "system" }, { description: "Checked" }]);
    await world.remove(`/bills/${id}/comments/${added.json.comment?.comment_id}`);
    expect((await world.get(`/bills/${id}/comments`)).rows("comments")).toHaveLength(1);
    expect((await world.post(`/bills/${id}/comments`, { description: " " })).status).toBe(400);
  });

  it("is a file, given back as it came", async () => {
    const id = await world.bill();
    const token = await world.zoho.connect();
    const { response, send } = await attach(token, `/bills/${id}/attachment`, "scan.pdf", "%PDF-1.4 x");
    expect(response).toMatchObject({ status: 201, json: { message: "The document has been attached." } });
    expect((await world.get(`/bills/${id}/attachment`)).text).toBe("%PDF-1.4 x");
    expect((await billOf(id))?.attachment_name).toBe("scan.pdf");
    expect((await world.get("/bills")).rows("bills")[0]?.has_attachment).toBe(true);
    expect((await send("a.exe")).status).toBe(400);
    expect((await world.post(`/bills/${id}/attachment`)).status).toBe(400);
    await world.remove(`/bills/${id}/attachment`);
    expect((await world.get(`/bills/${id}/attachment`)).status).toBe(404);
  });

  it("is its address and its custom fields", async () => {
    const id = await world.bill();
    expect(await world.put(`/bills/${id}/address/billing`, { city: "Whitby" })).toMatchObject({
      json: { billing_address: { city: "Whitby" } },
    });
    expect((await world.put(`/bill/${id}/customfields`, [{ label: "Batch", value: "7" }])).status).toBe(200);
    expect(await billOf(id)).toMatchObject({
      billing_address: { city: "Whitby" },
      custom_fields: [{ label: "Batch", value: "7" }],
    });
  });
});

async function attach(token: string, path: string, name: string, content: string) {
  const send = (fileName: string) => {
    const body = [
      "--edge",
      `Content-Disposition: form-data; name="attachment"; filename="${fileName}"`,
      "Content-Type: application/pdf",
      "",
      content,
      "--edge--",
      "",
    ].join("\r\n");
    return world.zoho.send("POST", `/eu/api/books/v3${path}`, {
      query: { organization_id: "20097315520" },
      headers: {
        authorization: `Zoho-oauthtoken ${token}`,
        "content-type": 'multipart/form-data; boundary="edge"',
      },
      body,
    });
  };
  return { response: await send(name), send };
}
