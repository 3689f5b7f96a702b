import { beforeEach, describe, expect, it } from "vitest";
import { ZOHO_ORGANIZATION_ID } from "@/sandbox/seed/zoho-reference-data";
import { startZohoAlone, type ZohoAlone } from "../../testing";

let zoho: ZohoAlone;
let token: string;
let fieldId: string;

beforeEach(async () => {
  zoho = await startZohoAlone({ scope: "ZohoBooks.fullaccess.all" });
  token = await zoho.connect({ scope: "ZohoBooks.fullaccess.all" });
  fieldId = zoho.seed.addCustomField({
    ...{ module: "contact", label: "External id", apiName: "cf_external_id", unique: true },
  });
});

const refusal = (code: number, message: string) => ({ status: 400, json: { code, message } });

const putBy = (path: string, headers: Record<string, string>, json: object) =>
  zoho.send("PUT", `/eu/api/books/v3${path}`, {
    query: { organization_id: ZOHO_ORGANIZATION_ID },
    headers: { authorization: `Zoho-oauthtoken ${token}`, ...headers },
    json,
  });

const by = (value: string, upsert?: string) => ({
  ...{ "x-unique-identifier-key": "cf_external_id", "x-unique-identifier-value": value },
  ...(upsert === undefined ? {} : { "x-upsert": upsert }),
});

describe("a custom field", () => {
  it.each(["index", "label", "api_name", "customfield_id"])(
    "takes a value by its %s and shows it on the contact",
    async (name) => {
      const handle = { index: 1, label: "External id", api_name: "cf_external_id", customfield_id: fieldId };
      const custom_fields = [{ [name]: handle[name as keyof typeof handle], value: "A-1" }];
      const made = await zoho.call("POST", "/contacts", { json: { contact_name: "Okafor", custom_fields } });
      const path = `/contacts/${made.json.contact?.contact_id}`;
      expect((await zoho.call("GET", path)).json.contact).toMatchObject({
        custom_fields: [{ index: 1, label: "External id", value: "A-1" }],
      });
      await zoho.call("PUT", path, { json: { notes: "still there" } });
      expect((await zoho.call("GET", path)).json.contact).toMatchObject({
        custom_fields: [{ value: "A-1" }],
      });
    },
  );

  it("that the organisation lacks is refused", async () => {
    const json = { contact_name: "Okafor", custom_fields: [{ label: "Colour", value: "red" }] };
    expect(await zoho.call("POST", "/contacts", { json })).toMatchObject(
      refusal(4, "Invalid value passed for custom_fields"),
    );
  });

  it("that allows no value twice refuses the second", async () => {
    const custom_fields = [{ index: 1, value: "A-1" }];
    const first = await zoho.call("POST", "/contacts", { json: { contact_name: "A", custom_fields } });
    expect(
      await zoho.call("POST", "/contacts", { json: { contact_name: "B", custom_fields } }),
    ).toMatchObject(refusal(1010, "Another record has the same value for the field External id."));
    const same = await zoho.call("PUT", `/contacts/${first.json.contact?.contact_id}`, {
      json: { custom_fields },
    });
    expect(same.status).toBe(200);
  });

  it("that is mandatory is asked of new records", async () => {
    zoho.seed.addCustomField({ module: "item", label: "Origin", apiName: "cf_origin", mandatory: true });
    expect(await zoho.call("POST", "/items", { json: { name: "Mug" } })).toMatchObject(
      refusal(1009, "Origin is mandatory."),
    );
    const custom_fields = [{ api_name: "cf_origin", value: "Hull" }];
    expect((await zoho.call("POST", "/items", { json: { name: "Mug", custom_fields } })).status).toBe(201);
  });

  it("of an item is written alone, and stands in the list by its id", async () => {
    const id = zoho.seed.addCustomField({ module: "item", label: "Origin", apiName: "cf_origin" });
    const itemId = zoho.seed.addItem({ name: "Mug" });
    const answer = await zoho.call("PUT", `/item/${itemId}/customfields`, {
      json: [{ customfield_id: id, value: "Hull" }],
    });
    expect(answer.json).toEqual({ code: 0, message: "Custom Fields Updated Successfully" });
    expect((await zoho.call("GET", "/items")).rows("items")).toMatchObject([
      { custom_fields: [{ customfield_id: id, value: "Hull" }] },
    ]);
  });
});

describe("a PUT by a unique field", () => {
  it("changes the record that has the value, and makes none", async () => {
    const custom_fields = [{ index: 1, value: "A-1" }];
    await zoho.call("POST", "/contacts", { json: { contact_name: "Okafor", custom_fields } });
    const answer = await putBy("/contacts", by("A-1", "true"), { contact_name: "Okafor & Sons" });
    expect(answer).toMatchObject({
      status: 200,
      json: { message: "Contact information has been saved.", contact: { contact_name: "Okafor & Sons" } },
    });
    expect((await zoho.call("GET", "/contacts")).rows("contacts")).toHaveLength(1);
  });

  it("makes a record with the value only when X-Upsert says so, and once", async () => {
    expect(await putBy("/contacts", by("A-1"), { contact_name: "Okafor" })).toMatchObject(
      refusal(4, "Invalid value passed for X-Unique-Identifier-Value"),
    );
    for (const status of [201, 200])
      expect((await putBy("/contacts", by("A-1", "true"), { contact_name: "Okafor" })).status).toBe(status);
    const rows = (await zoho.call("GET", "/contacts")).rows("contacts");
    expect(rows).toHaveLength(1);
    expect((await zoho.call("GET", `/contacts/${rows[0]?.contact_id}`)).json.contact).toMatchObject({
      custom_fields: [{ value: "A-1" }],
    });
  });

  it("needs a field that is unique", async () => {
    zoho.seed.addCustomField({ module: "contact", label: "Colour", apiName: "cf_colour" });
    for (const key of ["cf_colour", "cf_nothing", ""])
      expect(
        await putBy("/contacts", { ...by("A-1"), "x-unique-identifier-key": key }, { contact_name: "A" }),
      ).toMatchObject(refusal(4, "Invalid value passed for X-Unique-Identifier-Key"));
    expect(await putBy("/contacts", by(""), { contact_name: "A" })).toMatchObject(
      refusal(4, "Invalid value passed for X-Unique-Identifier-Value"),
    );
  });

  it("works for items too", async () => {
    zoho.seed.addCustomField({ module: "item", label: "Ext", apiName: "cf_external_id", unique: true });
    for (const [status, rate] of [
      [201, 1],
      [200, 2],
    ] as const)
      expect((await putBy("/items", by("I-1", "true"), { name: "Mug", rate })).status).toBe(status);
    expect((await zoho.call("GET", "/items")).rows("items")).toMatchObject([{ name: "Mug", rate: 2 }]);
  });
});
