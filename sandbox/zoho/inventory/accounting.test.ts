import { beforeEach, describe, expect, it } from "vitest";
import { ZOHO_ORGANIZATION_ID } from "@/sandbox/seed/zoho-reference-data";
import { startZohoAlone, type ZohoAlone } from "../testing";

let zoho: ZohoAlone;
let token: string;
let itemId: string;

beforeEach(async () => {
  zoho = await startZohoAlone();
  token = await zoho.connect({ scope: "ZohoBooks.fullaccess.all,ZohoInventory.fullaccess.all" });
  const made = await books("POST", "/items", {
    ...{ name: "Tide clock", rate: 27, purchase_rate: 12, item_type: "inventory" },
    ...{ initial_stock: 50, initial_stock_rate: 11.5 },
  });
  itemId = String(made.json.item?.item_id);
});

const send = (product: string, method: string, path: string, json?: object, query = {}) =>
  zoho.send(method, `/eu/api/${product}${path}`, {
    query: { organization_id: ZOHO_ORGANIZATION_ID, ...query },
    headers: { authorization: `Zoho-oauthtoken ${token}` },
    ...(json === undefined ? {} : { json }),
  });
const books = (method: string, path: string, json?: object) => send("books/v3", method, path, json);
const inventory = (method: string, path: string, json?: object, query = {}) =>
  send("inventory/v1", method, path, json, query);

const stock = async () => {
  const [inBooks, inInventory] = [
    (await books("GET", `/items/${itemId}`)).json.item,
    (await inventory("GET", `/items/${itemId}`)).json.item,
  ];
  expect(inBooks?.stock_on_hand).toBe(inInventory?.stock_on_hand);
  expect(inBooks?.actual_available_stock).toBe(inInventory?.actual_available_stock);
  return [inBooks?.stock_on_hand, inBooks?.actual_available_stock];
};

describe("a tracked item", () => {
  it("has its opening stock from either product, and an account for its cost", async () => {
    expect(await stock()).toEqual([50, 50]);
    const { item } = (await inventory("GET", `/items/${itemId}`)).json;
    expect(item).toMatchObject({ initial_stock: 50, initial_stock_rate: 11.5 });
    expect(item?.purchase_account_id).toBe(zoho.seed.accountId("Cost of Goods Sold"));
  });

  it("shows no stock when it is not tracked", async () => {
    const made = await books("POST", "/items", { name: "Advice", rate: 5 });
    expect(made.json.item).not.toHaveProperty("stock_on_hand");
  });

  it("follows bills, vendor credits, invoices and credit notes of either product", async () => {
    const vendorId = String(
      (await inventory("POST", "/contacts", { contact_name: "Bay Brass", contact_type: "vendor" })).json
        .contact?.contact_id,
    );
    const customerId = zoho.seed.addContact({ name: "Penrose Home" });
    const lines = (quantity: number) => ({ line_items: [{ item_id: itemId, quantity, rate: 12 }] });
    const bill = await inventory("POST", "/bills", {
      ...{ vendor_id: vendorId, bill_number: "B-1", date: "2026-11-20", ...lines(20) },
    });
    const billId = String(bill.json.bill?.bill_id);
    expect(await stock()).toEqual([70, 50]);
    const credit = await inventory("POST", "/vendorcredits", {
      ...{ vendor_id: vendorId, vendor_credit_number: "VC-1", date: "2026-11-20", ...lines(3) },
    });
    expect(await stock()).toEqual([67, 50]);
    const creditPath = `/vendorcredits/${credit.json.vendor_credit?.vendor_credit_id}`;
    await inventory("POST", `${creditPath}/bills`, { bills: [{ bill_id: billId, amount_applied: 36 }] });
    expect((await books("GET", `/bills/${billId}`)).json.bill?.balance).toBe(204);
    const invoice = await inventory("POST", "/invoices", { customer_id: customerId, ...lines(4) });
    expect(await stock()).toEqual([67, 50]);
    await inventory("POST", `/invoices/${invoice.json.invoice?.invoice_id}/status/sent`);
    expect(await stock()).toEqual([63, 50]);
    const note = await inventory("POST", "/creditnotes", { customer_id: customerId, ...lines(1) });
    expect(await stock()).toEqual([64, 50]);
    await inventory("POST", `/creditnotes/${note.json.creditnote?.creditnote_id}/void`);
    expect(await stock()).toEqual([63, 50]);
  });
});

describe("Inventory's accounting calls", () => {
  it("want Inventory's scopes", async () => {
    token = await zoho.connect({ scope: "ZohoBooks.fullaccess.all,ZohoInventory.bills.READ" });
    expect((await inventory("GET", "/bills")).status).toBe(200);
    for (const path of ["/vendorcredits", "/creditnotes", "/customerpayments"])
      expect((await inventory("GET", path)).json.code).toBe(57);
  });

  it("have no address that Inventory has not", async () => {
    expect((await inventory("POST", "/bills/1/submit")).json.code).toBe(5);
    expect((await inventory("POST", "/creditnotes/1/status/void")).json.code).toBe(5);
  });

  it("keep to the locked period, as stock adjustments do", async () => {
    const customerId = zoho.seed.addContact({ name: "Penrose Home" });
    const adjustment = (date: string) =>
      inventory("POST", "/inventoryadjustments", {
        ...{ date, reason: "Count", adjustment_type: "quantity" },
        line_items: [{ item_id: itemId, quantity_adjusted: 1 }],
      });
    const early = await adjustment("2026-10-15");
    await books("PUT", "/transactionlock", {
      ...{ transaction_lock_date: "2026-10-31", lock_module: "all", reason: "Closed" },
    });
    const invoice = (date: string) =>
      inventory("POST", "/invoices", { customer_id: customerId, date, line_items: [{ item_id: itemId }] });
    expect((await invoice("2026-10-31")).json.code).toBe(1010);
    expect((await invoice("2026-11-01")).status).toBe(201);
    expect((await adjustment("2026-10-31")).json.code).toBe(1010);
    const id = String(early.json.inventory_adjustment?.inventory_adjustment_id);
    expect((await inventory("DELETE", `/inventoryadjustments/${id}`)).json.code).toBe(1010);
    expect((await adjustment("2026-11-01")).status).toBe(201);
  });
});
