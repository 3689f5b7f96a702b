import { beforeEach, describe, expect, it } from "vitest";
import { type LooseJson, startZohoAlone, type ZohoAlone } from "../../testing";

let zoho: ZohoAlone;

beforeEach(async () => {
  zoho = await startZohoAlone({ scope: "ZohoBooks.fullaccess.all" });
});

const refusal = (code: number, message: string) => ({ status: 400, json: { code, message } });

async function create(json: object): Promise<LooseJson> {
  const answer = await zoho.call("POST", "/items", { json });
  expect(answer).toMatchObject({ status: 201, json: { message: "The item has been added." } });
  return answer.json.item ?? {};
}

const names = async (query: Record<string, string>): Promise<string[]> =>
  (await zoho.call("GET", "/items", { query })).rows("items").map(({ name }) => String(name));

describe("an item", () => {
  it("has a sales side, a purchase side or both", async () => {
    const both = await create({
      ...{ name: "Mug", rate: 7.5, sku: "MUG", unit: "pcs", item_type: "sales_and_purchases" },
      ...{ purchase_rate: 3.25, purchase_description: "Plain mug", tax_id: zoho.seed.taxId("Standard rate") },
    });
    expect(both).toMatchObject({
      rate: 7.5,
      account_name: "Sales",
      purchase_rate: 3.25,
      purchase_account_name: "Cost of Goods Sold",
      item_type: "sales_and_purchases",
      tax_percentage: 20,
    });
    expect(await create({ name: "Towel", rate: 4 })).toMatchObject({
      item_type: "sales",
      purchase_account_id: "",
    });
  });

  it("is answered to the letter of the OpenAPI file when switched so", async () => {
    const item = await create({ name: "Mug", rate: 7.5, tax_id: zoho.seed.taxId("Standard rate") });
    zoho.context.switches.set("zoho.books-answers", "described");
    const shown = (await zoho.call("GET", `/items/${item.item_id}`)).json.item;
    expect(shown).toMatchObject({ tax_percentage: "20%" });
    for (const absent of ["account_id", "purchase_rate", "last_modified_time", "custom_fields"])
      expect(shown).not.toHaveProperty(absent);
  });

  it.each([
    [{ rate: 1 }, 4, "Invalid value passed for name"],
    [{ name: "x".repeat(101) }, 15, "Please ensure that the name has less than 100 characters."],
    [{ name: "Mug", rate: "seven" }, 4, "Invalid value passed for rate"],
    [{ name: "Mug", tax_id: "1" }, 4, "Invalid value passed for tax_id"],
    [{ name: "Mug", account_id: "1" }, 4, "Invalid value passed for account_id"],
    [{ name: "Mug", vendor_id: "1" }, 4, "Invalid value passed for vendor_id"],
    [{ name: "Mug", item_type: "purchases" }, 4, "Invalid value passed for purchase_rate"],
    [{ name: "Mug", item_type: "magic" }, 4, "Invalid value passed for item_type"],
    [{ name: "TOWEL" }, 1001, "Item with the name TOWEL already exists."],
    [{ name: "Mug", sku: "tw-1" }, 1001, "Item with the SKU tw-1 already exists."],
  ])("is refused as %o", async (json, code, message) => {
    zoho.seed.addItem({ name: "Towel", sku: "TW-1" });
    expect(await zoho.call("POST", "/items", { json })).toMatchObject(refusal(code, message));
  });

  it("keeps its own name and SKU on a change, and takes those that were let go", async () => {
    const item = await create({ name: "Mug", sku: "M" });
    const saved = await zoho.call("PUT", `/items/${item.item_id}`, {
      json: { name: "Cup", sku: "M", rate: 2 },
    });
    expect(saved).toMatchObject({ status: 200, json: { message: "Item details have been saved." } });
    await create({ name: "Mug", sku: "M2" });
  });

  it("is deleted unless a line names it", async () => {
    const free = await create({ name: "Mug" });
    const used = await create({ name: "Towel" });
    const customer_id = zoho.seed.addContact({ name: "Harbour" });
    const json = { customer_id, line_items: [{ item_id: used.item_id, quantity: 1 }] };
    const invoice = (await zoho.call("POST", "/invoices", { json })).json.invoice;
    expect((await zoho.call("DELETE", `/items/${free.item_id}`)).json).toEqual({
      code: 0,
      message: "The item has been deleted.",
    });
    expect(await zoho.call("DELETE", `/items/${used.item_id}`)).toMatchObject(
      refusal(1010, "Items that are used in transactions cannot be deleted. Mark them as inactive."),
    );
    await zoho.call("DELETE", `/invoices/${invoice?.invoice_id}`);
    expect((await zoho.call("DELETE", `/items/${used.item_id}`)).status).toBe(200);
  });
});

describe("the list of items", () => {
  it("is filtered by rate, text, tax and status, and never by time", async () => {
    await create({ name: "Mug", rate: 5, description: "white" });
    await create({ name: "Towel", rate: 10 });
    const lamp = await create({ name: "Lamp", rate: 20, is_taxable: false });
    await zoho.call("POST", `/items/${lamp.item_id}/inactive`);
    expect(await names({ rate_less_than: "10" })).toEqual(["Mug"]);
    expect(await names({ rate_less_equals: "10" })).toEqual(["Mug", "Towel"]);
    expect(await names({ rate_greater_than: "10" })).toEqual(["Lamp"]);
    expect(await names({ rate_greater_equals: "10", rate: "10" })).toEqual(["Towel"]);
    expect(await names({ search_text: "WHITE" })).toEqual(["Mug"]);
    expect(await names({ name_contains: "ow" })).toEqual(["Towel"]);
    expect(await names({ is_taxable: "false" })).toEqual(["Lamp"]);
    expect(await names({ filter_by: "Status.Inactive" })).toEqual(["Lamp"]);
    expect(await names({ last_modified_time: "2030-01-01T00:00:00+0000" })).toHaveLength(3);
    expect(await names({ sort_column: "rate", sort_order: "D" })).toEqual(["Lamp", "Towel", "Mug"]);
  });

  it("can be asked for some ids", async () => {
    const mug = await create({ name: "Mug" });
    await create({ name: "Towel" });
    const query = { item_ids: `${mug.item_id},1` };
    expect((await zoho.call("GET", "/itemdetails", { query })).rows("items")).toMatchObject([
      { name: "Mug" },
    ]);
    expect((await zoho.call("GET", "/itemdetails")).status).toBe(400);
  });
});
