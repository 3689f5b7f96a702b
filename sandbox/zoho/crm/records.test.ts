import { beforeEach, describe, expect, it } from "vitest";
import { CRM_SCOPES, type CrmAlone, startCrmAlone } from "./testing";

let crm: CrmAlone;
beforeEach(async () => {
  crm = await startCrmAlone();
});

const advance = (seconds: number): void => crm.zoho.context.clock.advance(seconds * 1000);
const names = async (path: string): Promise<unknown[]> =>
  (await crm.call("GET", path)).rows("data").map(({ Last_Name }) => Last_Name);

describe("insert", () => {
  it("answers a result for each record, and one's fault stops no other", async () => {
    const answer = await crm.call("POST", "/Leads", {
      data: [
        { Last_Name: "Amis", Email: "ruth@saltmarsh.example" },
        { Email: "nobody@x.example" },
        { Last_Name: "Rees" },
      ],
    });
    expect(answer.status).toBe(202);
    expect(answer.rows("data")).toMatchObject([
      { code: "SUCCESS", status: "success", message: "record added" },
      {
        code: "MANDATORY_NOT_FOUND",
        status: "error",
        message: "required field not found",
        details: { api_name: "Last_Name", json_path: "$.data[1].Last_Name" },
      },
      { code: "SUCCESS" },
    ]);
    expect(await names("/Leads?fields=Last_Name")).toEqual(["Rees", "Amis"]);
  });

  it("answers 201 when all are stored, and 400 or 207 in the switch's other position", async () => {
    expect((await crm.call("POST", "/Leads", { data: [{ Last_Name: "A" }] })).status).toBe(201);
    crm.zoho.context.switches.set("zoho.crm-failed-write-status", "400-or-207");
    expect((await crm.call("POST", "/Leads", { data: [{}] })).status).toBe(400);
    expect((await crm.call("POST", "/Leads", { data: [{}, { Last_Name: "B" }] })).status).toBe(207);
  });

  it.each([
    ["Leads", { Last_Name: "A", Email: "no address" }, { api_name: "Email", expected_data_type: "email" }],
    ["Leads", { Last_Name: 7 }, { api_name: "Last_Name", expected_data_type: "string" }],
    ["Leads", { Last_Name: "x".repeat(81) }, { api_name: "Last_Name", maximum_length: 80 }],
    ["Leads", { Last_Name: "A", Annual_Revenue: "1" }, { expected_data_type: "double" }],
    ["Leads", { Last_Name: "A", No_of_Employees: 1.5 }, { expected_data_type: "integer" }],
    ["Contacts", { Last_Name: "A", Date_of_Birth: "2026-02-30" }, { expected_data_type: "date" }],
    ["Contacts", { Last_Name: "A", Account_Name: { id: "1" } }, { api_name: "Account_Name" }],
  ])("refuses a wrong value in %s: %j", async (module, record, details) => {
    const answer = await crm.call("POST", `/${module}`, { data: [record] });
    expect(answer.rows("data")[0]).toMatchObject({ code: "INVALID_DATA", details });
  });

  it("refuses more than a hundred records", async () => {
    const data = Array.from({ length: 101 }, () => ({ Last_Name: "A" }));
    expect((await crm.call("POST", "/Leads", { data })).json).toMatchObject({
      code: "INVALID_DATA",
      message: "Record insertion limit has been exceeded.",
    });
  });

  it("refuses an e-mail address twice where the organisation made it unique", async () => {
    crm.zoho.context.switches.set("zoho.crm-unique-email", "yes");
    const [id] = await crm.insert("Leads", { Last_Name: "A", Email: "a@x.example" });
    const second = await crm.call("POST", "/Leads", { data: [{ Last_Name: "B", Email: "A@x.example" }] });
    expect(second.rows("data")[0]).toMatchObject({
      code: "DUPLICATE_DATA",
      details: { api_name: "Email", duplicate_record: { id } },
    });
    crm.zoho.context.switches.set("zoho.crm-unique-email", "no");
    expect(await crm.insert("Leads", { Last_Name: "B", Email: "A@x.example" })).toHaveLength(1);
  });
});

describe("reading", () => {
  it("without fields is refused, unless the switch says otherwise", async () => {
    await crm.insert("Leads", { Last_Name: "A" });
    expect((await crm.call("GET", "/Leads")).json).toMatchObject({
      code: "REQUIRED_PARAM_MISSING",
      details: { param_name: "fields" },
    });
    crm.zoho.context.switches.set("zoho.crm-fields-parameter", "optional");
    expect((await crm.call("GET", "/Leads")).rows("data")[0]).toMatchObject({
      Last_Name: "A",
      Company: null,
    });
  });

  it("answers 204 for an empty module and for an id that is not there", async () => {
    expect((await crm.call("GET", "/Leads?fields=id")).status).toBe(204);
    expect((await crm.call("GET", "/Leads/480211000000999999")).status).toBe(204);
    expect((await crm.call("GET", "/Leads/word")).json).toMatchObject({ code: "INVALID_DATA" });
  });

  it("shows lookups with name and id, and what Zoho computes", async () => {
    const [accountId] = await crm.insert("Accounts", { Account_Name: "Penrose Home" });
    const [dealId] = await crm.insert("Deals", {
      Deal_Name: "Winter range",
      Stage: "Qualification",
      Amount: 1250.5,
      Account_Name: { id: accountId },
    });
    expect((await crm.call("GET", `/Deals/${dealId}`)).rows("data")[0]).toMatchObject({
      Account_Name: { name: "Penrose Home", id: accountId },
      Probability: 10,
      Expected_Revenue: 125.05,
      Owner: { email: "olivia@tidewatergifts.test" },
      Created_Time: "2026-11-21T09:00:00+00:00",
    });
  });

  it("gives what changed since If-Modified-Since, and 304 when nothing did", async () => {
    const [first] = await crm.insert("Leads", { Last_Name: "A" }, { Last_Name: "B" });
    const since = { "if-modified-since": "2026-11-21T10:00:00+01:00" };
    expect((await crm.call("GET", "/Leads?fields=Last_Name", undefined, since)).status).toBe(304);
    advance(60);
    await crm.call("PUT", `/Leads/${first}`, { data: [{ Last_Name: "A2" }] });
    const changed = await crm.call("GET", "/Leads?fields=Last_Name", undefined, since);
    expect(changed.rows("data").map(({ Last_Name }) => Last_Name)).toEqual(["A2"]);
    const wrong = await crm.call("GET", "/Leads?fields=id", undefined, { "if-modified-since": "soon" });
    expect(wrong.status).toBe(400);
  });

  it("goes on by page_token without giving a record twice while others come in", async () => {
    for (let batch = 0; batch < 3; batch += 1)
      await crm.insert(
        "Leads",
        ...Array.from({ length: 100 }, (_, index) => ({ Last_Name: `L${batch}-${index}` })),
      );
    const first = await crm.call("GET", "/Leads?fields=id&per_page=200");
    expect(first.json.info).toMatchObject({ count: 200, more_records: true, page: 1 });
    await crm.insert("Leads", { Last_Name: "Late" });
    const token = String(first.json.info?.next_page_token);
    const second = await crm.call("GET", `/Leads?fields=id&per_page=200&page_token=${token}`);
    expect(second.json.info).toMatchObject({ count: 100, more_records: false, next_page_token: null });
    const ids = [...first.rows("data"), ...second.rows("data")].map(({ id }) => id);
    expect(new Set(ids).size).toBe(300);
    expect((await crm.call("GET", `/Leads?fields=id&page=1&page_token=${token}`)).status).toBe(400);
    expect((await crm.call("GET", `/Deals?fields=id&page_token=${token}`)).status).toBe(400);
    expect((await crm.call("GET", "/Leads?fields=id&page=11&per_page=200")).json.code).toBe(
      "DISCRETE_PAGINATION_LIMIT_EXCEEDED",
    );
  });

  it("sorts by the three columns that Zoho sorts by", async () => {
    const [first] = await crm.insert("Leads", { Last_Name: "A" }, { Last_Name: "B" });
    advance(5);
    await crm.call("PUT", `/Leads/${first}`, { data: [{ Company: "C" }] });
    expect(await names("/Leads?fields=Last_Name&sort_by=Modified_Time&sort_order=asc")).toEqual(["B", "A"]);
    expect((await crm.call("GET", "/Leads?fields=id&sort_by=Last_Name")).status).toBe(400);
  });
});

describe("update, upsert and delete", () => {
  it("names each record by id, and refuses one that is not there", async () => {
    const [id] = await crm.insert("Leads", { Last_Name: "A", Company: "C" });
    const answer = await crm.call("PUT", "/Leads", {
      data: [{ id, Last_Name: "A2" }, { id: "1", Last_Name: "X" }, { Last_Name: "Y" }],
    });
    expect(answer.rows("data").map(({ code }) => code)).toEqual([
      "SUCCESS",
      "INVALID_DATA",
      "MANDATORY_NOT_FOUND",
    ]);
    expect((await crm.call("GET", `/Leads/${id}`)).rows("data")[0]).toMatchObject({
      Last_Name: "A2",
      Company: "C",
    });
  });

  it("upserts by the field asked for, then by the module's own", async () => {
    const [byEmail, byPhone] = await crm.insert(
      "Contacts",
      { Last_Name: "A", Email: "a@x.example" },
      { Last_Name: "B", Phone: "0123" },
    );
    const answer = await crm.call("POST", "/Contacts/upsert", {
      data: [
        { Last_Name: "A2", Email: "A@X.example" },
        { Last_Name: "B2", Phone: "0123" },
        { Last_Name: "C", Email: "c@x.example" },
      ],
      duplicate_check_fields: ["Phone"],
    });
    expect(answer.status).toBe(200);
    expect(answer.rows("data")).toMatchObject([
      { action: "update", duplicate_field: "Email", details: { id: byEmail } },
      { action: "update", duplicate_field: "Phone", details: { id: byPhone } },
      { action: "insert", duplicate_field: null },
    ]);
  });

  it("puts what is deleted into the bin, and after 60 days out of it", async () => {
    const [first] = await crm.insert("Leads", { Last_Name: "A" }, { Last_Name: "B" });
    const answer = await crm.call("DELETE", `/Leads?ids=${first},1`);
    expect(answer.rows("data").map(({ code }) => code)).toEqual(["SUCCESS", "INVALID_DATA"]);
    expect((await crm.call("GET", "/Leads/deleted?type=all")).rows("data")).toMatchObject([
      { id: first, display_name: "A", type: "recycle" },
    ]);
    expect((await crm.call("GET", "/Leads/deleted?type=permanent")).status).toBe(204);
    expect(
      (await crm.call("GET", "/Leads/deleted", undefined, { "if-modified-since": "2026-11-22T00:00:00Z" }))
        .status,
    ).toBe(304);
    advance(61 * 86_400);
    const headers = { authorization: `Zoho-oauthtoken ${await crm.zoho.connect({ scope: CRM_SCOPES })}` };
    const later = await crm.call("GET", "/Leads/deleted?type=permanent", undefined, headers);
    expect(later.rows("data")).toMatchObject([{ id: first, type: "permanent" }]);
    expect((await crm.call("GET", "/Leads/deleted?type=recycle", undefined, headers)).status).toBe(204);
  });
});

describe("lead conversion", () => {
  it("makes contact, account and deal, and closes the lead", async () => {
    const [id] = await crm.insert("Leads", {
      ...{ First_Name: "Ruth", Last_Name: "Amis", Company: "Saltmarsh Trading Co" },
      ...{ Email: "ruth@saltmarsh.example", City: "Norwich" },
    });
    const converted = await crm.call("POST", `/Leads/${id}/actions/convert`, {
      data: [{ Deals: { Deal_Name: "First order", Stage: "Closed Won", Closing_Date: "2026-12-01" } }],
    });
    expect(converted.rows("data")[0]).toMatchObject({
      code: "SUCCESS",
      message: "The record has been converted successfully",
      details: {
        Contacts: { name: "Ruth Amis" },
        Accounts: { name: "Saltmarsh Trading Co" },
        Deals: { name: "First order" },
      },
    });
    const contactId = converted.rows("data")[0]?.details?.Contacts?.id;
    expect((await crm.call("GET", `/Contacts/${contactId}`)).rows("data")[0]).toMatchObject({
      Mailing_City: "Norwich",
      Account_Name: { name: "Saltmarsh Trading Co" },
    });
    expect((await crm.call("GET", "/Leads?fields=id")).status).toBe(204);
    expect((await crm.call("GET", "/Leads?fields=id&converted=true")).rows("data")).toHaveLength(1);
    expect((await crm.call("POST", `/Leads/${id}/actions/convert`, { data: [{}] })).json.code).toBe(
      "ID_ALREADY_CONVERTED",
    );
    const edit = await crm.call("PUT", `/Leads/${id}`, { data: [{ Last_Name: "B" }] });
    expect(edit.rows("data")[0]?.code).toBe("CONVERTED_RECORD");
  });

  it("makes no contact when the deal is refused", async () => {
    const [id] = await crm.insert("Leads", { Last_Name: "Amis", Company: "Saltmarsh" });
    const refused = await crm.call("POST", `/Leads/${id}/actions/convert`, {
      data: [{ Deals: { Deal_Name: "No stage" } }],
    });
    expect(refused.rows("data")[0]?.code).toBe("MANDATORY_NOT_FOUND");
    expect((await crm.call("GET", "/Contacts?fields=id")).status).toBe(204);
  });
});
