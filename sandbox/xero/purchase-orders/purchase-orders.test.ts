import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { TIDEWATER_TENANT_ID, xeroSeed } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { type Answered, connectXero, type TestClient } from "../test-client";

let sandbox: RunningSandbox;
let xero: TestClient;
let supplier: string;
beforeEach(async () => {
  sandbox = await startSandbox({
    port: 0,
    limitSpeed: 1_000_000,
    clock: createFrozenClock("2026-06-01T09:00:00Z"),
  });
  xero = await connectXero(sandbox.origin);
  supplier = (await xero.create("Contacts", { Name: "Paper mill", ContactNumber: "S-1" }))[0]?.ContactID;
});
afterEach(() => sandbox.stop());

const anOrder = (fields: object = {}): object => ({
  Contact: { ContactID: supplier },
  Date: "2026-05-10",
  LineItems: [{ Description: "Paper", Quantity: 3, UnitAmount: "1.2345", AccountCode: "310" }],
  ...fields,
});
const put = (fields: object = {}) =>
  xero.call("PUT", "/PurchaseOrders", { body: { PurchaseOrders: [anOrder(fields)] } });
const post = (id: string, body: object) => xero.call("POST", `/PurchaseOrders/${id}`, { body });
const made = async (fields: object = {}): Promise<Answered> =>
  (await xero.create("PurchaseOrders", anOrder(fields)))[0] ?? {};
const refusal = async (call: ReturnType<typeof put>): Promise<string> => {
  const { status, json } = await call;
  expect(status).toBe(400);
  return json.Elements[0].ValidationErrors.map(({ Message }: Answered) => Message).join(" ");
};
const numbers = async (query: Record<string, string>): Promise<string[]> => {
  const { json } = await xero.call("GET", "/PurchaseOrders", { query });
  return json.PurchaseOrders.map(({ PurchaseOrderNumber }: Answered) => PurchaseOrderNumber);
};

describe("a purchase order", () => {
  it("keeps four decimals without unitdp, taxes its lines, and gets a number", async () => {
    const { json } = await put({ DeliveryDate: "2026-05-20", DeliveryInstructions: "To the back door" });
    expect(json.PurchaseOrders[0]).toMatchObject({
      PurchaseOrderNumber: "PO-0001",
      Status: "DRAFT",
      Type: "PURCHASEORDER",
      SubTotal: 3.7,
      TotalTax: 0.74,
      Total: 4.44,
      DeliveryDate: "/Date(1779235200000+0000)/",
      DeliveryDateString: "2026-05-20T00:00:00",
      DeliveryInstructions: "To the back door",
      SentToContact: false,
      HasAttachments: false,
      CurrencyRate: 1,
    });
    expect(json.PurchaseOrders[0].LineItems[0].UnitAmount).toBe(1.2345);
    expect((await made()).PurchaseOrderNumber).toBe("PO-0002");
  });

  it("is found by its id and its number, in any case", async () => {
    const order = await made({ PurchaseOrderNumber: "PO-X" });
    for (const name of [order.PurchaseOrderID, "po-x"]) {
      const { json } = await xero.call("GET", `/PurchaseOrders/${name}`);
      expect(json.PurchaseOrders[0].PurchaseOrderID).toBe(order.PurchaseOrderID);
    }
    expect((await xero.call("GET", "/PurchaseOrders/PO-Y")).status).toBe(404);
  });

  it("never makes a contact: it needs the id or number of an active one", async () => {
    expect((await made({ Contact: { ContactNumber: "S-1" } })).Contact.ContactID).toBe(supplier);
    const needed = "A purchase order needs the ContactID or ContactNumber of an existing contact.";
    expect(await refusal(put({ Contact: { Name: "Paper mill" } }))).toBe(needed);
    expect(await refusal(put({ Contact: { Name: "Somebody new" } }))).toBe(needed);
    expect(await refusal(put({ Contact: null }))).toBe(needed);
    expect((await xero.call("GET", "/Contacts")).json.Contacts).toHaveLength(1);
    xeroSeed(sandbox.context).archiveContact(TIDEWATER_TENANT_ID, supplier);
    expect(await refusal(put())).toContain("archived");
  });

  it("has a unique number, which a deleted order gives back", async () => {
    const order = await made({ PurchaseOrderNumber: "PO-X" });
    expect(await refusal(put({ PurchaseOrderNumber: "po-x" }))).toBe("Purchase Order # must be unique.");
    const updated = await xero.call("POST", "/PurchaseOrders", {
      body: anOrder({ PurchaseOrderNumber: "PO-X", Reference: "R" }),
    });
    expect(updated.json.PurchaseOrders[0]).toMatchObject({
      PurchaseOrderID: order.PurchaseOrderID,
      Reference: "R",
    });
    await post(order.PurchaseOrderID, { Status: "DELETED" });
    expect((await put({ PurchaseOrderNumber: "PO-X" })).status).toBe(200);
  });

  it("gives no number back where the switch says so", async () => {
    sandbox.context.switches.set("xero.number-reuse", "never");
    const order = await made({ PurchaseOrderNumber: "PO-X" });
    await post(order.PurchaseOrderID, { Status: "DELETED" });
    expect(await refusal(put({ PurchaseOrderNumber: "PO-X" }))).toBe("Purchase Order # must be unique.");
  });

  it("goes from draft to billed and never back", async () => {
    const { PurchaseOrderID: id } = await made();
    expect(await refusal(post(id, { Status: "BILLED" }))).toBe(
      "Purchase order status cannot be changed from DRAFT to BILLED.",
    );
    for (const Status of ["SUBMITTED", "DRAFT", "SUBMITTED", "AUTHORISED", "BILLED"])
      expect((await post(id, { Status })).json.PurchaseOrders[0].Status).toBe(Status);
    expect(await refusal(post(id, { Status: "AUTHORISED" }))).toContain("from BILLED to AUTHORISED");
    expect(await refusal(put({ Status: "BILLED" }))).toContain("not valid for a new purchase order");
    const other = await made({ Status: "AUTHORISED" });
    await post(other.PurchaseOrderID, { Status: "DELETED" });
    expect(await refusal(post(other.PurchaseOrderID, { Reference: "R" }))).toBe(
      "Purchase order not of valid status for modification",
    );
  });

  it("is marked as sent once it is approved", async () => {
    expect(await refusal(put({ SentToContact: true }))).toContain("approved or billed");
    const { PurchaseOrderID: id } = await made({ Status: "AUTHORISED" });
    const { json } = await post(id, { SentToContact: true });
    expect(json.PurchaseOrders[0]).toMatchObject({ SentToContact: true, Status: "AUTHORISED" });
  });

  it("needs lines, and no account on them; takes discounts", async () => {
    expect(await refusal(put({ LineItems: [] }))).toBe("One or more line items must be specified");
    const order = await made({
      Status: "AUTHORISED",
      LineItems: [{ Description: "Paper", Quantity: 1, UnitAmount: 10, DiscountRate: 10 }],
    });
    expect(order).toMatchObject({ Total: 9, TotalDiscount: 1, IsDiscounted: true });
    expect(await refusal(put({ DeliveryInstructions: "x".repeat(501) }))).toBe(
      "DeliveryInstructions must be at most 500 characters.",
    );
    expect(await refusal(put({ BrandingThemeID: TIDEWATER_TENANT_ID }))).toContain("branding theme");
  });

  it("keeps named lines and drops the others in an update", async () => {
    const order = await made({
      LineItems: [
        { Description: "Paper", Quantity: 1, UnitAmount: 1 },
        { Description: "Ink", Quantity: 1, UnitAmount: 2 },
      ],
    });
    const [, ink] = order.LineItems;
    const { json } = await post(order.PurchaseOrderID, {
      LineItems: [
        { LineItemID: ink.LineItemID, Quantity: 2 },
        { Description: "Glue", Quantity: 1, UnitAmount: 3 },
      ],
    });
    const { LineItems, Total } = json.PurchaseOrders[0];
    expect(LineItems).toMatchObject([
      { LineItemID: ink.LineItemID, Description: "Ink", LineAmount: 4 },
      { Description: "Glue", LineAmount: 3 },
    ]);
    expect(Total).toBe(7);
  });

  it("posts nothing and may lie in a closed period", async () => {
    xeroSeed(sandbox.context).setLockDate(TIDEWATER_TENANT_ID, { period: "2026-05-31" });
    expect((await made({ Status: "AUTHORISED" })).Status).toBe("AUTHORISED");
  });
});

describe("the list of purchase orders", () => {
  it("is always paged, and filtered by status and day", async () => {
    await made({ PurchaseOrderNumber: "A", Date: "2026-05-01" });
    await made({ PurchaseOrderNumber: "B", Date: "2026-05-02", Status: "AUTHORISED" });
    await made({ PurchaseOrderNumber: "C", Date: "2026-05-03", Status: "AUTHORISED" });
    const { json } = await xero.call("GET", "/PurchaseOrders");
    expect(json.pagination).toEqual({ page: 1, pageSize: 100, pageCount: 1, itemCount: 3 });
    expect(json.PurchaseOrders[0].LineItems).toHaveLength(1);
    expect(await numbers({ Status: "AUTHORISED" })).toEqual(["B", "C"]);
    expect(await numbers({ DateFrom: "2026-05-02", DateTo: "2026-05-02" })).toEqual(["B"]);
    expect(await numbers({ order: "PurchaseOrderNumber DESC" })).toEqual(["C", "B", "A"]);
    expect(await numbers({ page: "2", pageSize: "2" })).toEqual(["C"]);
  });

  it("belongs to the invoices scope", async () => {
    const other = await connectXero(sandbox.origin, { scope: "accounting.settings accounting.contacts" });
    expect((await other.call("GET", "/PurchaseOrders")).status).toBe(401);
  });

  it("takes the good elements of a batch and names the bad one", async () => {
    const { status, json } = await xero.call("PUT", "/PurchaseOrders", {
      query: { summarizeErrors: "false" },
      body: { PurchaseOrders: [anOrder(), anOrder({ Contact: { Name: "New" } })] },
    });
    expect(status).toBe(200);
    expect(json.PurchaseOrders).toMatchObject([
      { StatusAttributeString: "OK" },
      { StatusAttributeString: "ERROR" },
    ]);
    expect(await numbers({})).toEqual(["PO-0001"]);
  });
});
