import { beforeEach, describe, expect, it } from "vitest";
import { startZohoAlone, type ZohoAlone } from "../../testing";

let zoho: ZohoAlone;

beforeEach(async () => {
  zoho = await startZohoAlone({ scope: "ZohoBooks.fullaccess.all" });
});

const refusal = (code: number, message: string) => ({ status: 400, json: { code, message } });

const tagBody = (tag_name: string, more: object = {}) => ({
  tag_name,
  entities: [{ entity_name: "items", is_enabled: true }],
  multi_preference_entities: {
    preference: "line_item",
    entities: [{ entity_name: "Sales", is_enabled: true }],
  },
  ...more,
});

async function createTag(name: string, more: object = {}): Promise<string> {
  const answer = await zoho.call("POST", "/reportingtags", { json: tagBody(name, more) });
  expect(answer.status).toBe(201);
  return String(answer.json.tag?.tag_id);
}

async function putOptions(tagId: string, options: readonly object[]): Promise<Map<string, string>> {
  const answer = await zoho.call("PUT", `/reportingtags/${tagId}/options`, { json: { options } });
  expect(answer.json).toEqual({ code: 0, message: "Options updated successfully" });
  const all = await zoho.call("GET", `/reportingtags/${tagId}/options/all`);
  return new Map(all.rows("results").map((row) => [String(row.option_name), String(row.option_id)]));
}

async function invoiceWith(tags: readonly object[]) {
  const customer_id = zoho.seed.addContact({ name: zoho.seed.books.nextId() });
  return zoho.call("POST", "/invoices", {
    json: { customer_id, line_items: [{ name: "x", rate: 1, tags }] },
  });
}

describe("a reporting tag", () => {
  it("is created, changed, put aside, listed in order and deleted", async () => {
    const region = await createTag("Region");
    const channel = await createTag("Channel");
    await zoho.call("PUT", `/reportingtags/${region}`, { json: tagBody("Area", { is_mandatory: true }) });
    expect((await zoho.call("POST", `/reportingtags/${region}/inactive`)).json.message).toBe(
      "The reporting tag has been deactivated.",
    );
    const reordered = await zoho.call("PUT", "/reportingtags/reorder", {
      json: { tag_ids: [channel, region] },
    });
    expect(reordered.rows("tags")).toMatchObject([
      { tag_name: "Channel", tag_order: 1, is_active: true, is_mandatory: false },
      { tag_name: "Area", tag_order: 2, is_active: false, is_mandatory: true },
    ]);
    expect((await zoho.call("DELETE", `/reportingtags/${channel}`)).json.message).toBe(
      "The reporting tag has been deleted successfully.",
    );
    expect((await zoho.call("GET", "/reportingtags")).rows("reporting_tags")).toHaveLength(1);
  });

  it.each([
    [{ ...tagBody(""), tag_name: undefined }, 4, "Invalid value passed for tag_name"],
    [{ ...tagBody("X"), entities: undefined }, 4, "Invalid value passed for entities"],
    [
      { ...tagBody("X"), multi_preference_entities: undefined },
      4,
      "Invalid value passed for multi_preference_entities",
    ],
  ])("is refused as %o", async (json, code, message) => {
    expect(await zoho.call("POST", "/reportingtags", { json })).toMatchObject(refusal(code, message));
  });

  it("shares its name with no other", async () => {
    await createTag("Region");
    expect(await zoho.call("POST", "/reportingtags", { json: tagBody("region") })).toMatchObject(
      refusal(1001, "A reporting tag with this name already exists."),
    );
  });

  it("that is mandatory for sales is asked of every line of an invoice", async () => {
    const tagId = await createTag("Region", { is_mandatory: true });
    const options = await putOptions(tagId, [{ option_name: "North" }]);
    expect(await invoiceWith([])).toMatchObject(
      refusal(1011, "Select an option for the reporting tag Region in every line."),
    );
    const tags = [{ tag_id: tagId, tag_option_id: options.get("North") }];
    expect((await invoiceWith(tags)).status).toBe(201);
    await zoho.call("POST", `/reportingtags/${tagId}/inactive`);
    expect((await invoiceWith([])).status).toBe(201);
  });
});

describe("an option", () => {
  it("stands under another, can be the default, and can be put aside", async () => {
    const tagId = await createTag("Region");
    const ids = await putOptions(tagId, [
      { option_name: "North", children: [{ option_name: "Hull" }] },
      { option_name: "South" },
    ]);
    const all = await zoho.call("GET", `/reportingtags/${tagId}/options/all`, {
      query: { show_untagged: "true" },
    });
    expect(all.rows("results").map(({ option_name, depth }) => [option_name, depth])).toEqual([
      ["Untagged", 0],
      ["North", 0],
      ["Hull", 1],
      ["South", 0],
    ]);
    const query = { default_option_id: ids.get("South") ?? "" };
    expect((await zoho.call("POST", `/reportingtags/${tagId}`, { query })).json.message).toBe(
      "The option has been marked as default.",
    );
    const path = `/reportingtags/${tagId}/option/${ids.get("North")}`;
    expect((await zoho.call("POST", `${path}/inactive`)).json.message).toBe(
      "The reporting tag option has been deactivated.",
    );
    const shown = await zoho.call("GET", "/reportingtags/options", { query: { tag_id: tagId } });
    expect(shown.json).toMatchObject({
      tag_name: "Region",
      options: [
        { option_name: "North", is_active: false, children: [{ option_name: "Hull", parent_name: "North" }] },
        { option_name: "South", is_active: true, is_default: true },
      ],
      page_context: { page: 1, per_page: 200, has_more_page: false },
    });
    expect((await zoho.call("POST", `${path}/active`)).json.message).toBe(
      "The reporting tag option has been activated.",
    );
  });

  it("that lines carry is neither left out nor lost with its tag", async () => {
    const tagId = await createTag("Region");
    const ids = await putOptions(tagId, [{ option_name: "North" }, { option_name: "South" }]);
    await invoiceWith([{ tag_id: tagId, tag_option_id: ids.get("North") }]);
    const south = { option_id: ids.get("South"), option_name: "South" };
    expect(
      await zoho.call("PUT", `/reportingtags/${tagId}/options`, { json: { options: [south] } }),
    ).toMatchObject(refusal(1010, "Options that are used in transactions cannot be deleted."));
    expect(await zoho.call("DELETE", `/reportingtags/${tagId}`)).toMatchObject(
      refusal(1010, "Reporting tags that are used in transactions cannot be deleted."),
    );
    const north = { option_id: ids.get("North"), option_name: "Far North" };
    await putOptions(tagId, [north]);
  });

  it("has a name of its own, and one may be the default", async () => {
    const tagId = await createTag("Region");
    const put = (options: readonly object[]) =>
      zoho.call("PUT", `/reportingtags/${tagId}/options`, { json: { options } });
    expect(await put([{ option_name: "A" }, { option_name: "a" }])).toMatchObject(
      refusal(1001, "An option with this name already exists in the reporting tag."),
    );
    expect(
      await put([
        { option_name: "A", is_default: true },
        { option_name: "B", is_default: true },
      ]),
    ).toMatchObject(refusal(1010, "A reporting tag can have one default option."));
    expect((await put([{ option_id: "1", option_name: "A" }])).json.message).toBe(
      "Reporting Tag Option does not exist.",
    );
  });
});
