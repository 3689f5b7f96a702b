import { beforeEach, describe, expect, it } from "vitest";
import { ZOHO_ORGANIZATION_ID } from "@/sandbox/seed/zoho-reference-data";
import { type LooseJson, startZohoAlone, type ZohoAlone } from "../testing";

let zoho: ZohoAlone;
let customerId: string;
let itemId: string;

beforeEach(async () => {
  zoho = await startZohoAlone();
  customerId = zoho.seed.addContact({ name: "Harbour Lights Ltd", email: "ann@harbour.example" });
  itemId = zoho.seed.addItem({ name: "Tea towel", rate: "4.25", sku: "TT1" });
});

async function created(path: string, name: string, json: object): Promise<LooseJson> {
  const answer = await zoho.call("POST", path, { json });
  expect(answer).toMatchObject({ status: 201, json: { code: 0 } });
  return answer.json[name] ?? {};
}

const get = async (path: string, name: string): Promise<LooseJson> =>
  (await zoho.call("GET", path)).json[name] ?? {};

const aDocument = (change: object) => ({
  customer_id: customerId,
  date: "2026-11-01",
  line_items: [{ item_id: itemId }],
  ...change,
});

async function sentInvoice(): Promise<string> {
  const { invoice_id: id } = await created("/invoices", "invoice", aDocument({ invoice_number: "INV-7" }));
  await zoho.call("POST", `/invoices/${id}/status/sent`);
  return String(id);
}

describe("a contact", () => {
  it("is created with its person, changed, and made inactive", async () => {
    const contact = await created("/contacts", "contact", {
      contact_name: "J. Okafor",
      contact_persons: [
        { first_name: "John", last_name: "Okafor", email: "john@okafor.example", is_primary_contact: true },
      ],
      billing_address: { address: "1 Quay", city: "Hull", country: "United Kingdom" },
    });
    expect(contact).toMatchObject({
      status: "active",
      email: "john@okafor.example",
      contact_persons: [{ first_name: "John" }],
    });
    const path = `/contacts/${contact.contact_id}`;
    expect(
      (await zoho.call("PUT", path, { json: { company_name: "Okafor & Sons" } })).json.contact,
    ).toMatchObject({
      contact_name: "J. Okafor",
      company_name: "Okafor & Sons",
      billing_address: { city: "Hull" },
    });
    await zoho.call("POST", `${path}/inactive`);
    expect((await get(path, "contact")).status).toBe("inactive");
  });

  it("is refused with a name that is taken or longer than 200 characters", async () => {
    const json = { contact_name: "harbour lights ltd" };
    expect(await zoho.call("POST", "/contacts", { json })).toMatchObject({
      status: 400,
      json: { code: 3062 },
    });
    zoho.context.switches.set("zoho.duplicate-contact-names", "allowed");
    expect((await zoho.call("POST", "/contacts", { json })).status).toBe(201);
    const long = { contact_name: "x".repeat(201) };
    expect(await zoho.call("POST", "/contacts", { json: long })).toMatchObject({
      status: 400,
      json: { code: 15 },
    });
  });

  it("shows in the list what it owes and has as credit", async () => {
    await sentInvoice();
    await created("/creditnotes", "creditnote", aDocument({ creditnote_number: "CN-1" }));
    const [row] = (await zoho.call("GET", "/contacts")).rows("contacts");
    expect(row).toMatchObject({
      outstanding_receivable_amount: 4.25,
      unused_credits_receivable_amount: 4.25,
      outstanding_payable_amount: 0,
      unused_credits_payable_amount: 0,
    });
  });

  it("with transactions cannot be deleted", async () => {
    await sentInvoice();
    expect((await zoho.call("DELETE", `/contacts/${customerId}`)).status).toBe(400);
  });
});

describe("an item", () => {
  it("is created, changed and made inactive; its name is unique", async () => {
    const item = await created("/items", "item", { name: "Mug", rate: 7.5, sku: "MUG" });
    expect(item).toMatchObject({
      name: "Mug",
      rate: 7.5,
      sku: "MUG",
      status: "active",
      account_name: "Sales",
    });
    await zoho.call("PUT", `/items/${item.item_id}`, { json: { rate: 8 } });
    await zoho.call("POST", `/items/${item.item_id}/inactive`);
    expect(await get(`/items/${item.item_id}`, "item")).toMatchObject({
      name: "Mug",
      rate: 8,
      status: "inactive",
    });
    expect((await zoho.call("POST", "/items", { json: { name: "mug" } })).json.code).toBe(1001);
  });

  it("renamed later leaves the lines that were written before as they are", async () => {
    const id = await sentInvoice();
    await zoho.call("PUT", `/items/${itemId}`, { json: { name: "Linen towel" } });
    expect((await get(`/invoices/${id}`, "invoice")).line_items).toMatchObject([{ name: "Tea towel" }]);
  });
});

describe("a write", () => {
  it("may be sent as the form field JSONString", async () => {
    const token = await zoho.connect();
    const answer = await zoho.send("POST", "/eu/api/books/v3/items", {
      query: { organization_id: ZOHO_ORGANIZATION_ID },
      headers: { authorization: `Zoho-oauthtoken ${token}` },
      form: { JSONString: JSON.stringify({ name: "Mug" }) },
    });
    expect(answer.status).toBe(201);
  });

  it("without JSON is refused", async () => {
    expect(await zoho.call("POST", "/items")).toMatchObject({ status: 400, json: { code: 4 } });
  });
});
