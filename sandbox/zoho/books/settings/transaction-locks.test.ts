import { beforeEach, describe, expect, it } from "vitest";
import { startZohoAlone, type ZohoAlone } from "../../testing";

let zoho: ZohoAlone;
let customer_id: string;

beforeEach(async () => {
  zoho = await startZohoAlone({ scope: "ZohoBooks.fullaccess.all" });
  customer_id = zoho.seed.addContact({ name: "Harbour" });
});

const lock = (json: object) => zoho.call("PUT", "/transactionlock", { json });

const createInvoice = (date: string) =>
  zoho.call("POST", "/invoices", { json: { customer_id, date, line_items: [{ name: "x", rate: 5 }] } });

const LOCKED = {
  status: 400,
  json: {
    code: 1010,
    message: "Transactions on or before 2026-06-30 have been locked. This action cannot be performed.",
  },
};

describe("a lock", () => {
  it("is set, moved, listed, opened for some dates and deleted", async () => {
    const made = await lock({ transaction_lock_date: "2026-06-30", reason: "VAT return" });
    expect(made.json).toMatchObject({
      code: 0,
      message: "Transaction lock has been updated.",
      transaction_lock: {
        transaction_lock_status: "enabled",
        transaction_lock_date: "2026-06-30",
        lock_scope: 0,
        lock_scope_formatted: "All",
        locked_by: "Olivia Shaw",
        reason: "VAT return",
      },
    });
    await lock({ transaction_lock_date: "2026-07-31", transaction_lock_module: "sales" });
    const list = await zoho.call("GET", "/transactionlocks");
    expect(list.rows("transaction_locks")).toMatchObject([
      { lock_scope_formatted: "Sales", transaction_lock_date: "2026-07-31" },
      { lock_scope_formatted: "All" },
    ]);
    const sales = await zoho.call("GET", "/transactionlocks", { query: { lock_scope: "1" } });
    expect(sales.rows("transaction_locks")).toHaveLength(1);
    const opened = await zoho.call("PUT", "/transactionlock/partialunlock", {
      json: { is_enabled: true, start_date: "2026-06-01", end_date: "2026-06-05" },
    });
    expect(opened.json).toMatchObject({
      message: "Partial unlock settings have been updated.",
      transaction_lock: { lock_status: "partially_unlocked", start_date: "2026-06-01" },
    });
    const transaction_lock_id = String(made.json.transaction_lock?.transaction_lock_id);
    const query = { transaction_lock_id };
    expect((await zoho.call("GET", "/transactionlock", { query })).json.transaction_lock).toMatchObject(
      query,
    );
    expect((await zoho.call("DELETE", "/transactionlock", { query })).json).toEqual({
      code: 0,
      message: "The transaction lock has been deleted.",
    });
    expect((await zoho.call("GET", "/transactionlock")).json.message).toBe(
      "Transaction Lock does not exist.",
    );
  });

  it("needs a date, and a module and status that exist", async () => {
    for (const [json, field] of [
      [{}, "transaction_lock_date"],
      [{ transaction_lock_date: "2026-06-30", transaction_lock_module: "moon" }, "transaction_lock_module"],
      [{ transaction_lock_date: "2026-06-30", transaction_lock_status: "maybe" }, "transaction_lock_status"],
      [{ transaction_lock_date: "June" }, "transaction_lock_date"],
    ] as const)
      expect(await lock(json)).toMatchObject({
        status: 400,
        json: { code: 4, message: `Invalid value passed for ${field}` },
      });
  });
});

describe("a document in a locked period", () => {
  it("is neither made nor changed nor moved there nor away nor deleted", async () => {
    const inside = (await createInvoice("2026-06-30")).json.invoice?.invoice_id;
    const after = (await createInvoice("2026-07-01")).json.invoice?.invoice_id;
    await lock({ transaction_lock_date: "2026-06-30" });
    expect(await createInvoice("2026-06-30")).toMatchObject(LOCKED);
    expect((await createInvoice("2026-07-01")).status).toBe(201);
    const refused = [
      await zoho.call("PUT", `/invoices/${inside}`, { json: { date: "2026-08-01" } }),
      await zoho.call("PUT", `/invoices/${inside}`, { json: { notes: "x" } }),
      await zoho.call("PUT", `/invoices/${after}`, { json: { date: "2026-06-15" } }),
      await zoho.call("POST", `/invoices/${inside}/status/sent`),
      await zoho.call("DELETE", `/invoices/${inside}`),
    ];
    for (const answer of refused) expect(answer).toMatchObject(LOCKED);
    expect((await zoho.call("GET", `/invoices/${inside}`)).json.invoice).toMatchObject({ status: "draft" });
    expect((await zoho.call("DELETE", `/invoices/${after}`)).status).toBe(200);
  });

  it("may be a credit note or a payment just as well", async () => {
    await lock({ transaction_lock_date: "2026-06-30" });
    const date = "2026-06-01";
    const line_items = [{ name: "x", rate: 5 }];
    expect(
      await zoho.call("POST", "/creditnotes", { json: { customer_id, date, line_items } }),
    ).toMatchObject(LOCKED);
    expect(
      await zoho.call("POST", "/customerpayments", {
        json: { customer_id, payment_mode: "cash", date, amount: 5 },
      }),
    ).toMatchObject(LOCKED);
  });

  it("is open again once unlocked, for another module, or on opened dates", async () => {
    await lock({ transaction_lock_date: "2026-06-30", transaction_lock_module: "purchase" });
    expect((await createInvoice("2026-06-01")).status).toBe(201);
    await lock({ transaction_lock_date: "2026-06-30" });
    expect(await createInvoice("2026-06-01")).toMatchObject(LOCKED);
    await zoho.call("PUT", "/transactionlock/partialunlock", {
      json: { is_enabled: true, lock_module: "sales", start_date: "2026-06-01", end_date: "2026-06-05" },
    });
    expect((await createInvoice("2026-06-03")).status).toBe(201);
    expect(await createInvoice("2026-06-06")).toMatchObject(LOCKED);
    await lock({ transaction_lock_status: "disabled" });
    expect((await createInvoice("2026-06-06")).status).toBe(201);
  });

  it("is refused with the code that is switched", async () => {
    await lock({ transaction_lock_date: "2026-06-30" });
    zoho.context.switches.set("zoho.locked-period-code", "110002");
    expect((await createInvoice("2026-06-30")).json.code).toBe(110002);
  });
});
