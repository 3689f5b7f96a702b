import { beforeEach, describe, expect, it } from "vitest";
import { startZohoAlone, type ZohoAlone } from "../../testing";

let zoho: ZohoAlone;

beforeEach(async () => {
  zoho = await startZohoAlone({ scope: "ZohoBooks.fullaccess.all" });
});

const refusal = (code: number, message: string) => ({ status: 400, json: { code, message } });

async function createTax(json: object): Promise<string> {
  const answer = await zoho.call("POST", "/settings/taxes", { json });
  expect(answer).toMatchObject({ status: 201, json: { message: "The tax has been added." } });
  return String(answer.json.tax?.tax_id);
}

async function createGroup(name: string, ids: readonly string[]) {
  const json = { tax_group_name: name, taxes: ids.join(",") };
  return zoho.call("POST", "/settings/taxgroups", { json });
}

describe("a tax", () => {
  it("is created, changed and deleted", async () => {
    const id = await createTax({ tax_name: "Reduced", tax_percentage: 5 });
    const changed = await zoho.call("PUT", `/settings/taxes/${id}`, { json: { tax_percentage: "7.5" } });
    expect(changed).toMatchObject({
      status: 200,
      json: {
        message: "Tax information has been saved.",
        tax: { tax_name: "Reduced", tax_percentage: 7.5, tax_type: "tax" },
      },
    });
    expect((await zoho.call("DELETE", `/settings/taxes/${id}`)).json).toEqual({
      code: 0,
      message: "The record has been deleted.",
    });
    expect((await zoho.call("GET", `/settings/taxes/${id}`)).json).toEqual({
      code: 1002,
      message: "Tax does not exist.",
    });
  });

  it("comes as an object, or as a list of one as the OpenAPI file has it, as switched", async () => {
    const path = `/settings/taxes/${zoho.seed.taxId("Zero rated")}`;
    expect((await zoho.call("GET", path)).json.tax).toMatchObject({ tax_name: "Zero rated" });
    zoho.context.switches.set("zoho.books-answers", "described");
    expect((await zoho.call("GET", path)).rows("tax")).toMatchObject([{ tax_name: "Zero rated" }]);
  });

  it.each([
    [{ tax_percentage: 5 }, 4, "Invalid value passed for tax_name"],
    [{ tax_name: "X" }, 4, "Invalid value passed for tax_percentage"],
    [{ tax_name: "X", tax_percentage: 101 }, 4, "Invalid value passed for tax_percentage"],
    [{ tax_name: "X", tax_percentage: -1 }, 4, "Invalid value passed for tax_percentage"],
    [{ tax_name: "X", tax_percentage: 5, tax_type: "magic" }, 4, "Invalid value passed for tax_type"],
    [{ tax_name: "standard RATE", tax_percentage: 5 }, 1001, "A tax with this name already exists."],
  ])("is refused as %o", async (json, code, message) => {
    expect(await zoho.call("POST", "/settings/taxes", { json })).toMatchObject(refusal(code, message));
  });

  it("that an item, a line or a group names cannot be deleted", async () => {
    const message = "This tax is used in items, transactions or tax groups and cannot be deleted.";
    const onItem = await createTax({ tax_name: "A", tax_percentage: 1 });
    zoho.seed.addItem({ name: "Mug", taxId: onItem });
    const onLine = await createTax({ tax_name: "B", tax_percentage: 1 });
    const line = { description: "x", rate: "1", quantity: "1", taxId: onLine };
    zoho.seed.addInvoice({
      number: "1",
      customerId: zoho.seed.addContact({ name: "Harbour" }),
      date: "2026-10-01",
      lines: [{ ...line, accountId: zoho.seed.accountId("Sales") }],
    });
    const inGroup = await createTax({ tax_name: "C", tax_percentage: 1 });
    await createGroup("G", [inGroup]);
    for (const id of [onItem, onLine, inGroup])
      expect(await zoho.call("DELETE", `/settings/taxes/${id}`)).toMatchObject(refusal(1010, message));
  });
});

describe("a tax group", () => {
  it("has the sum of its taxes, a compound one on top, and stands among the taxes", async () => {
    const state = await createTax({ tax_name: "State", tax_percentage: 6 });
    const city = await createTax({ tax_name: "City", tax_percentage: 10, tax_type: "compound_tax" });
    const made = await createGroup("Both", [state, city]);
    expect(made).toMatchObject({
      status: 201,
      json: { tax_group: { tax_group_name: "Both", tax_group_percentage: 16.6 } },
    });
    await zoho.call("PUT", `/settings/taxes/${state}`, { json: { tax_percentage: 5 } });
    const id = String(made.json.tax_group?.tax_group_id);
    const group = await zoho.call("GET", `/settings/taxgroups/${id}`);
    expect(group.json.tax_group).toMatchObject({
      tax_group_percentage: 15.5,
      taxes: [{ tax_name: "State" }, { tax_name: "City", tax_type: "compound_tax" }],
    });
    const rows = (await zoho.call("GET", "/settings/taxes")).rows("taxes");
    expect(rows.find(({ tax_id }) => String(tax_id) === id)).toMatchObject({ tax_type: "tax_group" });
    expect((await zoho.call("GET", `/settings/taxes/${id}`)).status).toBe(404);
  });

  it("taxes a line by its percentage, and cannot be deleted then", async () => {
    const state = await createTax({ tax_name: "State", tax_percentage: 6 });
    const city = await createTax({ tax_name: "City", tax_percentage: 4 });
    const id = String((await createGroup("Both", [state, city])).json.tax_group?.tax_group_id);
    const customer_id = zoho.seed.addContact({ name: "Harbour" });
    const line_items = [{ name: "Thing", rate: 100, quantity: 1, tax_id: id }];
    const made = await zoho.call("POST", "/invoices", { json: { customer_id, line_items } });
    expect(made.json.invoice).toMatchObject({ total: 110, tax_total: 10 });
    expect(await zoho.call("DELETE", `/settings/taxgroups/${id}`)).toMatchObject(
      refusal(1010, "This tax group is used in items or transactions and cannot be deleted."),
    );
  });

  it("is changed and deleted, and holds only single taxes that exist", async () => {
    const state = await createTax({ tax_name: "State", tax_percentage: 6 });
    const id = String((await createGroup("One", [state])).json.tax_group?.tax_group_id);
    const json = { tax_group_name: "Uno", taxes: [state] };
    expect((await zoho.call("PUT", `/settings/taxgroups/${id}`, { json })).json.tax_group).toMatchObject({
      tax_group_name: "Uno",
    });
    for (const ids of [[], ["1"], [id]])
      expect(await createGroup("Other", ids)).toMatchObject(refusal(4, "Invalid value passed for taxes"));
    expect(await createGroup("uno", [state])).toMatchObject(
      refusal(1001, "A tax with this name already exists."),
    );
    expect((await zoho.call("DELETE", `/settings/taxgroups/${id}`)).json.message).toBe(
      "The tax group has been deleted.",
    );
  });
});
