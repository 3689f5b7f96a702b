import { beforeEach, describe, expect, it } from "vitest";
import { type CrmAlone, startCrmAlone } from "./testing";

let crm: CrmAlone;
beforeEach(async () => {
  crm = await startCrmAlone();
  await crm.insert(
    "Leads",
    {
      Last_Name: "Burns, B",
      First_Name: "Mary",
      Email: "mary@x.example",
      Annual_Revenue: 100,
      Phone: "01326 555-1",
    },
    { Last_Name: "Amis", First_Name: "Ruth", Annual_Revenue: 2_000, Company: "Saltmarsh Trading" },
    { Last_Name: "Rees", First_Name: "Nia", Company: "Fern & Fable" },
  );
});

const found = async (query: Record<string, string>): Promise<unknown[]> =>
  (await crm.call("GET", `/Leads/search?${new URLSearchParams(query)}`))
    .rows("data")
    .map(({ Last_Name }) => Last_Name)
    .toReversed();

describe("search", () => {
  it.each([
    ["(Last_Name:equals:Burns\\, B)", ["Burns, B"]],
    ["((First_Name:starts_with:r)or(First_Name:equals:nia))", ["Amis", "Rees"]],
    ["((First_Name:starts_with:R)and(Annual_Revenue:greater_than:1999))", ["Amis"]],
    ["(Annual_Revenue:between:50,150)", ["Burns, B"]],
    ["(Last_Name:in:Amis,Rees)", ["Amis", "Rees"]],
    ["(Created_Time:greater_equal:2026-11-21T09:00:00+00:00)", ["Burns, B", "Amis", "Rees"]],
    ["(Email:not_equal:mary@x.example)", ["Amis", "Rees"]],
  ])("finds by the criteria %s", async (criteria, expected) => {
    expect(await found({ criteria })).toEqual(expected);
  });

  it.each([
    ["Last_Name:equals:Amis", "INVALID_QUERY"],
    ["(Last_Name:is:Amis)", "INVALID_QUERY"],
    ["(Nothing:equals:1)", "INVALID_QUERY"],
    [`(${Array.from({ length: 16 }, () => "(Last_Name:equals:A)").join("or")})`, "CRITERIA_LIMIT_EXCEEDED"],
  ])("refuses %s", async (criteria, code) => {
    expect((await crm.call("GET", `/Leads/search?${new URLSearchParams({ criteria })}`)).json.code).toBe(
      code,
    );
  });

  it("finds by e-mail address, phone and word, and asks for one of them", async () => {
    expect(await found({ email: "MARY@x.example" })).toEqual(["Burns, B"]);
    expect(await found({ phone: "013265551" })).toEqual(["Burns, B"]);
    expect(await found({ word: "fabl" })).toEqual(["Rees"]);
    expect((await crm.call("GET", "/Leads/search?word=nowhere")).status).toBe(204);
    expect((await crm.call("GET", "/Leads/search")).json.code).toBe("EXPECTED_PARAM_MISSING");
    expect((await crm.call("GET", "/Leads/search?word=a&page=11")).json.code).toBe("LIMIT_REACHED");
  });

  it("finds what was just written only where the index does not lag", async () => {
    crm.zoho.context.switches.set("zoho.crm-search-lag", "60");
    expect(await found({ word: "amis" })).toEqual([]);
    crm.zoho.context.clock.advance(61_000);
    expect(await found({ word: "amis" })).toEqual(["Amis"]);
  });

  it("counts", async () => {
    expect((await crm.call("GET", "/Leads/actions/count")).json.count).toBe(3);
    expect((await crm.call("GET", "/Leads/actions/count?word=amis")).json.count).toBe(1);
  });
});

describe("COQL", () => {
  const run = (select_query: string) => crm.call("POST", "/coql", { select_query });

  it("selects by conditions, order and limit", async () => {
    const answer = await run(
      "select Last_Name, Annual_Revenue from Leads where (Annual_Revenue > 50 and First_Name like '%r%') or Company is not null order by Last_Name asc limit 0, 2",
    );
    expect(answer.rows("data").map(({ Last_Name }) => Last_Name)).toEqual(["Amis", "Burns, B"]);
    expect(answer.json.info).toMatchObject({ count: 2, more_records: true });
    expect((await run("select id from Leads where Last_Name in ('Rees', 'x')")).rows("data")).toHaveLength(1);
    expect((await run("select id from Leads where Last_Name = 'x'")).status).toBe(204);
  });

  it.each([
    ["select Last_Name from Leads", "SYNTAX_ERROR"],
    ["select Last_Name from Leads where", "SYNTAX_ERROR"],
    ["select Nothing from Leads where id is not null", "INVALID_QUERY"],
    ["select id from Nowhere where id is not null", "INVALID_QUERY"],
    ["select id from Leads where id is not null limit 3000", "LIMIT_EXCEEDED"],
  ])("refuses %s", async (query, code) => {
    expect((await run(query)).json.code).toBe(code);
  });
});
