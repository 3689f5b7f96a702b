import { beforeEach, describe, expect, it } from "vitest";
import { ZOHO_ORGANIZATION_ID } from "@/sandbox/seed/zoho-reference-data";
import { startZohoAlone, type ZohoAlone } from "../testing";

let zoho: ZohoAlone;
let customerId: string;

beforeEach(async () => {
  zoho = await startZohoAlone();
  const made = await zoho.call("POST", "/contacts", {
    json: {
      contact_name: "Penrose Home",
      contact_persons: [{ first_name: "Zoë", email: "zoe@penrose.test" }],
    },
  });
  customerId = String(made.json.contact?.contact_id);
});

const LINES = { line_items: [{ name: "Buoy", rate: 10, quantity: 1 }] };
const KINDS = [
  ["invoice", "/invoices", "invoice_id", "invoice"],
  ["credit note", "/creditnotes", "creditnote_id", "creditnote"],
] as const;

const write = (path: string, json: object, query: Record<string, string> = {}) =>
  zoho.call("POST", path, { json: { customer_id: customerId, ...LINES, ...json }, query });

describe.each(KINDS)("an %s", (_name, path, idName, module) => {
  const field = (unique = false) =>
    zoho.seed.addCustomField({ module, label: "External ID", apiName: "cf_external_id", unique });
  const shown = async (id: string) => (await zoho.call("GET", `${path}/${id}`)).json[module];

  it("keeps its custom fields, which an update without them leaves", async () => {
    field();
    const made = await write(path, { custom_fields: [{ api_name: "cf_external_id", value: "X-1" }] });
    const id = String(made.json[module]?.[idName]);
    const kept = [{ label: "External ID", value: "X-1" }];
    expect((await shown(id))?.custom_fields).toMatchObject(kept);
    await zoho.call("PUT", `${path}/${id}`, { json: { reference_number: "R" } });
    expect((await shown(id))?.custom_fields).toMatchObject(kept);
  });

  it("has no value twice in a unique field, and none in a field that nobody defined", async () => {
    const custom = { custom_fields: [{ label: "External ID", value: "X-1" }] };
    expect((await write(path, custom)).json.code).toBe(4);
    field(true);
    expect((await write(path, custom)).status).toBe(201);
    expect((await write(path, custom)).status).toBe(400);
  });

  it("is meant for people of its customer alone", async () => {
    const { contact } = (await zoho.call("GET", `/contacts/${customerId}`)).json;
    const person = String(contact?.primary_contact_id);
    const made = await write(path, { contact_persons: [person] });
    expect((await shown(String(made.json[module]?.[idName])))?.contact_persons).toEqual([person]);
    expect((await write(path, { contact_persons: ["480211000000000001"] })).json).toMatchObject({
      code: 4,
      message: "Invalid value passed for contact_persons",
    });
  });

  it("wants a number when automatic numbers are to be ignored", async () => {
    const query = { ignore_auto_number_generation: "true" };
    expect((await write(path, {}, query)).json.code).toBe(4);
    expect((await write(path, { [`${module}_number`]: "OWN-1" }, query)).status).toBe(201);
  });

  it("has an exchange rate above zero", async () => {
    for (const rate of [0, -1]) expect((await write(path, { exchange_rate: rate })).json.code).toBe(4);
  });

  it("takes no new line of an inactive item, and no change of a line that is not there", async () => {
    const item = zoho.seed.addItem({ name: "Tide clock", rate: "5" });
    const lines = { line_items: [{ item_id: item, quantity: 1 }] };
    const made = await write(path, lines);
    await zoho.call("POST", `/items/${item}/inactive`);
    expect((await write(path, lines)).status).toBe(400);
    const update = { json: { line_items: [{ line_item_id: "999", rate: 1 }] } };
    const changed = await zoho.call("PUT", `${path}/${made.json[module]?.[idName]}`, update);
    expect(changed.json.message).toBe("Invalid value passed for line_item_id");
  });

  it("takes images and PDF files alone", async () => {
    const id = String((await write(path, {})).json[module]?.[idName]);
    const token = await zoho.connect();
    const attach = (fileName: string) =>
      zoho.send("POST", `/eu/api/books/v3${path}/${id}/attachment`, {
        query: { organization_id: ZOHO_ORGANIZATION_ID },
        headers: {
          authorization: `Zoho-oauthtoken ${token}`,
          "content-type": "multipart/form-data; boundary=cut",
        },
        body: `--cut\r\nContent-Disposition: form-data; name="attachment"; filename="${fileName}"\r\n\r\nx\r\n--cut--\r\n`,
      });
    expect((await attach("notes.txt")).status).toBe(400);
    expect((await attach("scan.PDF")).status).toBe(200);
  });

  it("refuses a day that the calendar has not, and a reporting tag that does not exist", async () => {
    expect((await write(path, { date: "2026-02-31" })).json.code).toBe(4);
    const line = { name: "Buoy", rate: 10, tags: [{ tag_id: "1", tag_option_id: "2" }] };
    expect((await write(path, { line_items: [line] })).json.code).toBe(4);
  });
});

it("an invoice names its salesperson, in the list too", async () => {
  const made = await write("/invoices", { salesperson_name: "Bob" });
  expect(made.json.invoice?.salesperson_name).toBe("Bob");
  expect((await zoho.call("GET", "/invoices")).rows("invoices")[0]?.salesperson_name).toBe("Bob");
});

it("a credit note cannot take the number of another one", async () => {
  await write("/creditnotes", { creditnote_number: "CN-A" });
  const other = await write("/creditnotes", { creditnote_number: "CN-B" });
  const path = `/creditnotes/${other.json.creditnote?.creditnote_id}`;
  expect((await zoho.call("PUT", path, { json: { creditnote_number: "CN-A" } })).json.code).toBe(1001);
});

describe("a payment received", () => {
  const pay = (json: object) =>
    zoho.call("POST", "/customerpayments", {
      json: { customer_id: customerId, payment_mode: "cash", date: "2026-11-20", amount: 5, ...json },
    });

  it.each(["payment_mode", "date"])("needs %s", async (name) => {
    const refused = await pay({ [name]: undefined });
    expect(refused.json).toMatchObject({ code: 4, message: `Invalid value passed for ${name}` });
  });

  it("goes to an account that holds money", async () => {
    expect((await pay({ account_id: zoho.seed.accountId("Sales") })).json.code).toBe(4);
    expect((await pay({ account_id: zoho.seed.accountId("Petty Cash") })).status).toBe(201);
  });
});

it("a contact with transactions keeps its currency", async () => {
  const made = await zoho.call("POST", "/settings/currencies", {
    json: {
      currency_code: "NOK",
      currency_symbol: "kr",
      price_precision: 2,
      currency_format: "1,234,567.89",
    },
  });
  const nok = made.json.currency?.currency_id;
  expect(made.status).toBe(201);
  const change = () => zoho.call("PUT", `/contacts/${customerId}`, { json: { currency_id: nok } });
  await write("/invoices", {});
  expect((await change()).json.code).toBe(1010);
});
