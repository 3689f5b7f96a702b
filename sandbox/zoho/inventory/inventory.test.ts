import { beforeEach, describe, expect, it } from "vitest";
import { ZOHO_ORGANIZATION_ID } from "@/sandbox/seed/zoho-reference-data";
import { type Answered, startZohoAlone, type ZohoAlone } from "../testing";

const SCOPE = [
  ...["items", "contacts", "salesorders", "purchaseorders", "packages", "shipmentorders"],
  ...["purchasereceives", "inventoryadjustments", "invoices", "settings"],
]
  .map((module) => `ZohoInventory.${module}.ALL`)
  .join(",");

let zoho: ZohoAlone;
let token: string;

beforeEach(async () => {
  zoho = await startZohoAlone();
  token = await zoho.connect({ scope: SCOPE });
});

function call(
  method: string,
  path: string,
  json?: object,
  query: Record<string, string> = {},
): Promise<Answered> {
  return zoho.send(method, `/eu/api/inventory/v1${path}`, {
    query: { organization_id: ZOHO_ORGANIZATION_ID, ...query },
    headers: { authorization: `Zoho-oauthtoken ${token}` },
    ...(json === undefined ? {} : { json }),
  });
}

async function makeItem(initialStock = 10): Promise<string> {
  const made = await call("POST", "/items", {
    name: "Tide clock",
    sku: "TW-122",
    rate: 27.33,
    item_type: "inventory",
    purchase_rate: 12,
    initial_stock: initialStock,
    initial_stock_rate: 11.5,
    reorder_level: 3,
  });
  expect(made.status).toBe(201);
  return String(made.json.item?.item_id);
}

async function makeOrder(itemId: string, quantity: number): Promise<{ id: string; lineId: string }> {
  const customerId = zoho.seed.addContact({ name: "Penrose Home" });
  const made = await call("POST", "/salesorders", {
    customer_id: customerId,
    date: "2026-11-20",
    line_items: [{ item_id: itemId, quantity, rate: 27.33 }],
  });
  expect(made.json.code).toBe(0);
  const order = await call("GET", `/salesorders/${made.json.salesorder?.salesorder_id}`);
  const lines: unknown = order.json.salesorder?.line_items;
  const first = Array.isArray(lines) ? lines[0] : {};
  return { id: String(made.json.salesorder?.salesorder_id), lineId: String(first.line_item_id) };
}

const stockOf = async (itemId: string) => {
  const { item } = (await call("GET", `/items/${itemId}`)).json;
  return {
    physical: item?.actual_available_stock,
    accounting: item?.stock_on_hand,
    forSale: item?.actual_available_for_sale_stock,
  };
};

describe("stock", () => {
  it("follows initial stock, adjustments and their deletion", async () => {
    const itemId = await makeItem();
    const made = await call("POST", "/inventoryadjustments", {
      date: "2026-11-20",
      reason: "Stock count",
      adjustment_type: "quantity",
      line_items: [{ item_id: itemId, quantity_adjusted: -4 }],
    });
    expect(made.json.inventory_adjustment).toMatchObject({ adjustment_type: "quantity", total: -46 });
    expect(await stockOf(itemId)).toEqual({ physical: 6, accounting: 6, forSale: 6 });
    const id = String(made.json.inventory_adjustment?.inventory_adjustment_id);
    expect((await call("DELETE", `/inventoryadjustments/${id}`)).json.code).toBe(0);
    expect(await stockOf(itemId)).toEqual({ physical: 10, accounting: 10, forSale: 10 });
  });

  it("is committed by a confirmed sales order and leaves with the shipment, not with the package", async () => {
    const itemId = await makeItem();
    const order = await makeOrder(itemId, 4);
    expect(await stockOf(itemId)).toMatchObject({ forSale: 10 });
    await call("POST", `/salesorders/${order.id}/status/confirmed`);
    expect(await stockOf(itemId)).toMatchObject({ physical: 10, forSale: 6 });
    const parcel = await call(
      "POST",
      "/packages",
      { date: "2026-11-21", line_items: [{ so_line_item_id: order.lineId, quantity: 3 }] },
      { salesorder_id: order.id },
    );
    expect(parcel.status).toBe(201);
    expect(await stockOf(itemId)).toMatchObject({ physical: 10 });
    const packageId = String(parcel.json.package?.package_id);
    const shipment = await call(
      "POST",
      "/shipmentorders",
      { shipment_number: "SHP-1", date: "2026-11-21", delivery_method: "Van", tracking_number: "T1" },
      { package_ids: packageId, salesorder_id: order.id },
    );
    expect(shipment.json.shipment_order).toMatchObject({ status: "shipped", shipment_number: "SHP-1" });
    expect(await stockOf(itemId)).toEqual({ physical: 7, accounting: 10, forSale: 6 });
    const shipped = await call("GET", `/salesorders/${order.id}`);
    expect(shipped.json.salesorder).toMatchObject({
      status: "partially_shipped",
      shipped_status: "partially_shipped",
      invoiced_status: "not_invoiced",
      packages: [{ package_id: packageId, status: "shipped", shipment_number: "SHP-1" }],
    });
    const shipmentId = String(shipment.json.shipment_order?.shipment_id);
    await call("DELETE", `/shipmentorders/${shipmentId}`);
    expect(await stockOf(itemId)).toMatchObject({ physical: 10 });
  });

  it("comes in with the receive of an issued purchase order, and not beyond what was ordered", async () => {
    const itemId = await makeItem();
    const vendorId = zoho.seed.addContact({ name: "Clockworks", type: "vendor" });
    const made = await call("POST", "/purchaseorders", {
      vendor_id: vendorId,
      date: "2026-11-20",
      line_items: [{ item_id: itemId, quantity: 5 }],
    });
    expect(made.json.purchaseorder).toMatchObject({ status: "draft", sub_total: 60, vendor_id: vendorId });
    const id = String(made.json.purchaseorder?.purchaseorder_id);
    const lines: unknown = made.json.purchaseorder?.line_items;
    const lineId = Array.isArray(lines) ? String(lines[0].line_item_id) : "";
    const receive = (quantity: number) =>
      call(
        "POST",
        "/purchasereceives",
        { date: "2026-11-21", line_items: [{ line_item_id: lineId, quantity }] },
        { purchaseorder_id: id },
      );
    expect((await receive(2)).status).toBe(400);
    await call("POST", `/purchaseorders/${id}/status/issued`);
    expect((await receive(2)).json.purchasereceive).toMatchObject({ purchaseorder_id: id });
    expect(await stockOf(itemId)).toMatchObject({ physical: 12, accounting: 10 });
    expect((await receive(4)).json).toMatchObject({
      code: 1010,
      message: "The quantity received cannot be more than the quantity ordered.",
    });
    expect((await call("GET", `/purchaseorders/${id}`)).json.purchaseorder?.status).toBe(
      "partially_received",
    );
    expect((await call("DELETE", `/purchaseorders/${id}`)).status).toBe(400);
    await receive(3);
    expect((await call("GET", "/purchaseorders")).rows("purchaseorders")[0]?.status).toBe("received");
  });
});

describe("orders", () => {
  it("are those of Books: a bill there is the accounting stock and the billed status here", async () => {
    const itemId = await makeItem();
    const vendorId = zoho.seed.addContact({ name: "Clockworks", type: "vendor" });
    const made = await call("POST", "/purchaseorders", {
      vendor_id: vendorId,
      line_items: [{ item_id: itemId, quantity: 5, purchase_rate: 12 }],
    });
    const id = String(made.json.purchaseorder?.purchaseorder_id);
    const lines: unknown = made.json.purchaseorder?.line_items;
    const lineId = Array.isArray(lines) ? String(lines[0].line_item_id) : "";
    await call("POST", `/purchaseorders/${id}/status/issued`);
    expect((await zoho.call("GET", `/purchaseorders/${id}`)).json.purchaseorder).toMatchObject({
      status: "open",
    });
    const bill = await zoho.call("POST", "/bills", {
      json: {
        vendor_id: vendorId,
        bill_number: "B-1",
        line_items: [
          {
            item_id: itemId,
            quantity: 5,
            rate: 12,
            purchaseorder_item_id: lineId,
            account_id: zoho.seed.accountId("Cost of Goods Sold"),
          },
        ],
      },
    });
    expect(bill.status).toBe(201);
    const billId = String(bill.json.bill?.bill_id);
    await zoho.call("POST", `/bills/${billId}/status/open`);
    expect(await stockOf(itemId)).toMatchObject({ physical: 10, accounting: 15 });
    expect((await call("GET", `/purchaseorders/${id}`)).json.purchaseorder).toMatchObject({
      status: "billed",
      bills: [{ bill_id: billId, total: 60 }],
    });
    expect((await call("DELETE", `/purchaseorders/${id}`)).status).toBe(400);
  });
});

describe("sales orders", () => {
  it("learn from an invoice whose lines name theirs, until it is void", async () => {
    const itemId = await makeItem();
    const order = await makeOrder(itemId, 2);
    await call("POST", `/salesorders/${order.id}/status/confirmed`);
    const customerId = String((await call("GET", `/salesorders/${order.id}`)).json.salesorder?.customer_id);
    const invoice = await call("POST", "/invoices", {
      customer_id: customerId,
      line_items: [{ item_id: itemId, quantity: 2, rate: 27.33, salesorder_item_id: order.lineId }],
    });
    expect(invoice.status).toBe(201);
    const invoiceId = String(invoice.json.invoice?.invoice_id);
    const status = async () => (await call("GET", `/salesorders/${order.id}`)).json.salesorder;
    expect(await status()).toMatchObject({
      invoiced_status: "invoiced",
      invoices: [{ invoice_id: invoiceId }],
    });
    await call("POST", `/invoices/${invoiceId}/status/sent`);
    expect(await stockOf(itemId)).toMatchObject({ accounting: 8, physical: 10 });
    await call("POST", `/invoices/${invoiceId}/status/void`);
    expect(await status()).toMatchObject({ invoiced_status: "not_invoiced" });
    expect(await stockOf(itemId)).toMatchObject({ accounting: 10 });
  });

  it("that are packed cannot be voided, deleted or made smaller", async () => {
    const itemId = await makeItem();
    const order = await makeOrder(itemId, 2);
    const pack = (quantity: number) =>
      call(
        "POST",
        "/packages",
        { line_items: [{ so_line_item_id: order.lineId, quantity }] },
        { salesorder_id: order.id },
      );
    expect((await pack(2)).json.message).toBe("Packages can be created for confirmed sales orders only.");
    await call("POST", `/salesorders/${order.id}/status/confirmed`);
    expect((await pack(3)).json.message).toBe(
      "The quantity packed cannot be more than the quantity ordered.",
    );
    const parcel = await pack(2);
    expect((await call("POST", `/salesorders/${order.id}/status/void`)).status).toBe(400);
    expect((await call("DELETE", `/salesorders/${order.id}`)).status).toBe(400);
    const smaller = { line_items: [{ line_item_id: order.lineId, quantity: 1 }] };
    expect((await call("PUT", `/salesorders/${order.id}`, smaller)).status).toBe(400);
    await call("DELETE", `/packages/${parcel.json.package?.package_id}`);
    expect((await call("POST", `/salesorders/${order.id}/status/void`)).json.code).toBe(0);
  });

  it("bear a number once", async () => {
    const customerId = zoho.seed.addContact({ name: "Penrose Home" });
    const body = {
      customer_id: customerId,
      salesorder_number: "SO-7",
      line_items: [{ name: "Work", rate: 10 }],
    };
    expect((await call("POST", "/salesorders", body)).status).toBe(201);
    expect((await call("POST", "/salesorders", body)).json).toMatchObject({ code: 1001 });
  });
});

describe("items", () => {
  it("in use cannot be deleted, others can", async () => {
    const itemId = await makeItem();
    await makeOrder(itemId, 1);
    expect((await call("DELETE", `/items/${itemId}`)).status).toBe(400);
    const spare = await call("POST", "/items", { name: "Spare", rate: 1 });
    expect((await call("DELETE", `/items/${spare.json.item?.item_id}`)).json.code).toBe(0);
  });

  it("are those of Books, and stand in lists by SKU, state and low stock", async () => {
    const low = await makeItem(2);
    await call("POST", "/items", {
      name: "Other",
      sku: "TW-1",
      rate: 1,
      item_type: "inventory",
      initial_stock: 9,
      reorder_level: 1,
    });
    const names = async (query: Record<string, string>) =>
      (await call("GET", "/items", undefined, query)).rows("items").map(({ name }) => name);
    expect(await names({ sku: "TW-1" })).toEqual(["Other"]);
    expect(await names({ filter_by: "Status.Lowstock" })).toEqual(["Tide clock"]);
    await call("POST", `/items/${low}/inactive`);
    expect(await names({ filter_by: "Status.Active" })).toEqual(["Other"]);
    expect(zoho.seed.books.items.get(low)?.name).toBe("Tide clock");
  });

  it("bear a SKU once", async () => {
    await makeItem();
    expect((await call("POST", "/items", { name: "Twin", sku: "tw-122", rate: 1 })).json).toMatchObject({
      code: 1001,
    });
  });
});

describe("the front", () => {
  it("asks for Inventory's own scopes", async () => {
    token = await zoho.connect({ scope: "ZohoBooks.fullaccess.all,ZohoInventory.salesorders.READ" });
    expect((await call("GET", "/items")).json).toMatchObject({ code: 57 });
    expect((await call("GET", "/salesorders")).json.code).toBe(0);
    expect((await call("POST", "/salesorders", {})).json).toMatchObject({ code: 57 });
  });

  it("answers 44 after a hundred calls in a minute", async () => {
    for (let count = 0; count < 100; count += 1) await call("GET", "/packages");
    expect((await call("GET", "/packages")).status).toBe(429);
  });
});

describe("the described form of answers", () => {
  it("has ids as numbers, other wrappers and no stock fields", async () => {
    const itemId = await makeItem();
    const order = await makeOrder(itemId, 2);
    await call("POST", `/salesorders/${order.id}/status/confirmed`);
    zoho.context.switches.set("zoho.inventory-answers", "described");
    const item = await call("GET", `/items/${itemId}`);
    expect(item.text).toContain(`"item_id":${itemId}`);
    expect(item.json.item).not.toHaveProperty("stock_on_hand");
    expect(item.json.item).toHaveProperty("locations");
    const parcel = await call(
      "POST",
      "/packages",
      { line_items: [{ so_line_item_id: order.lineId, quantity: 1 }] },
      { salesorder_id: order.id },
    );
    expect(parcel.rows("package")).toHaveLength(1);
    const updated = await call("PUT", `/salesorders/${order.id}`, { notes: "Fragile" });
    expect(updated.json.sales_order).toMatchObject({ notes: "Fragile" });
  });
});
