import { beforeEach, describe, expect, it } from "vitest";
import { ZOHO_ORGANIZATION_ID } from "@/sandbox/seed/zoho-reference-data";
import { startZohoAlone, type ZohoAlone } from "../testing";

let zoho: ZohoAlone;

beforeEach(async () => {
  zoho = await startZohoAlone();
});

const refusal = (code: number, message: string) => ({ status: 400, json: { code, message } });

const post = async (body: string, headers: Record<string, string>, query: Record<string, string> = {}) =>
  zoho.send("POST", "/eu/api/books/v3/items", {
    query: { organization_id: ZOHO_ORGANIZATION_ID, ...query },
    headers: { authorization: `Zoho-oauthtoken ${await zoho.connect()}`, ...headers },
    body,
  });

describe("a body", () => {
  it("may be JSON, a form field, a part of a multipart form, or a query parameter", async () => {
    const part = 'Content-Disposition: form-data; name="JSONString"\r\n\r\n{"name":"C"}';
    const sent = [
      await post('{"name":"A"}', { "content-type": "application/json;charset=UTF-8" }),
      await post(new URLSearchParams({ JSONString: '{"name":"B"}' }).toString(), {
        "content-type": "application/x-www-form-urlencoded",
      }),
      await post(`--b\r\n${part}\r\n--b--\r\n`, { "content-type": "multipart/form-data; boundary=b" }),
      await post("", { "content-type": "text/plain" }, { JSONString: '{"name":"D"}' }),
    ];
    expect(sent.map(({ json }) => json.item?.name)).toEqual(["A", "B", "C", "D"]);
  });

  it("that is no JSON is refused with code 1038, and none with code 4", async () => {
    const type = { "content-type": "application/json" };
    expect(await post('{"name":', type)).toMatchObject(refusal(1038, "JSON is not well formed"));
    expect(await post("", type)).toMatchObject(refusal(4, "Invalid value passed for JSONString"));
  });

  it("may name ids as numbers, which are longer than JavaScript's", async () => {
    const accountId = zoho.seed.accountId("Samples");
    const text = `{"name":"A \\"1234567890123456789\\"","rate":0.1234567890123456789,"account_id":${accountId}}`;
    const made = await post(text, { "content-type": "application/json" });
    expect(made.json.item).toMatchObject({
      name: 'A "1234567890123456789"',
      account_id: accountId,
      rate: 0.12345678901234568,
    });
  });
});

describe("an address with a method that it does not have", () => {
  it("is refused with 405 and code 37, or as unknown, as switched", async () => {
    expect(await zoho.call("DELETE", "/settings/taxes")).toMatchObject({
      status: 405,
      json: { code: 37, message: "The HTTP method DELETE is not allowed for the requested resource" },
    });
    zoho.context.switches.set("zoho.wrong-method", "5");
    expect(await zoho.call("DELETE", "/settings/taxes")).toMatchObject({
      status: 404,
      json: { code: 5, message: "Invalid URL Passed" },
    });
    expect(await zoho.call("PATCH", "/unicorns")).toMatchObject({ status: 404, json: { code: 5 } });
  });
});

describe("page and per_page", () => {
  it.each([
    ["page", "0"],
    ["page", "first"],
    ["per_page", "0"],
    ["per_page", "-1"],
    ["per_page", "1.5"],
  ])("refuse %s=%s, or take it as absent, as switched", async (name, value) => {
    const query = { [name]: value };
    expect(await zoho.call("GET", "/items", { query })).toMatchObject(
      refusal(4, `Invalid value passed for ${name}`),
    );
    zoho.context.switches.set("zoho.odd-paging", "ignored");
    expect((await zoho.call("GET", "/items", { query })).json.page_context).toMatchObject({
      page: 1,
      per_page: 200,
    });
  });

  it("take more than 200 as 200, or refuse it, as switched", async () => {
    const query = { per_page: "201" };
    expect((await zoho.call("GET", "/items", { query })).json.page_context).toMatchObject({ per_page: 200 });
    zoho.context.switches.set("zoho.per-page-over-200", "refused");
    expect(await zoho.call("GET", "/items", { query })).toMatchObject(
      refusal(4, "Invalid value passed for per_page"),
    );
  });

  it("come back with the fields that each list documents", async () => {
    const query = { page: "2", per_page: "7", filter_by: "Status.Active", unknown: "ignored" };
    const paging = { page: 2, per_page: 7, has_more_page: false };
    expect((await zoho.call("GET", "/items", { query })).json.page_context).toEqual({
      ...paging,
      ...{ report_name: "Items", sort_column: "name", sort_order: "A" },
    });
    expect((await zoho.call("GET", "/contacts", { query })).json.page_context).toEqual({
      ...paging,
      ...{ applied_filter: "Status.Active", sort_column: "contact_name", sort_order: "A" },
    });
  });
});

describe("the sentences of a refused call", () => {
  it("name the minute, or the block that others measured, as switched", async () => {
    for (let count = 0; count < 100; count += 1) await zoho.call("GET", "/settings/taxes");
    const message =
      "For security reasons you have been blocked for some time as you have exceeded the maximum number of requests per minute.";
    const documented = await zoho.call("GET", "/settings/taxes");
    expect(documented).toMatchObject({ status: 429, json: { code: 44, message } });
    expect(documented.headers["retry-after"]).toBeUndefined();
    zoho.context.switches.set("zoho.minute-limit", "43");
    const measured = await zoho.call("GET", "/settings/taxes");
    expect(measured).toMatchObject({ status: 429, json: { code: 43, message } });
    expect(measured.headers["retry-after"]).toBe("3600");
  });

  it("name the day's calls of the plan", async () => {
    zoho = await startZohoAlone({ plan: "FREE" });
    for (let count = 0; count < 1_000; count += 1) {
      if (count % 100 === 0) zoho.context.clock.advance(60_001);
      await zoho.call("GET", "/settings/taxes");
    }
    expect((await zoho.call("GET", "/settings/taxes")).json).toEqual({
      code: 45,
      message: "The API call for this organization has exceeded the maximum call rate limit of 1,000",
    });
  });

  it("name the calls in process", async () => {
    await zoho.call("GET", "/settings/taxes");
    const answers = await Promise.all(Array.from({ length: 11 }, () => zoho.call("GET", "/settings/taxes")));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.map(({ json }) => json)).toEqual([
      {
        code: 1070,
        message:
          "You have reached the maximum number of in process requests allowed. Kindly try again after some time.",
      },
    ]);
    expect(refused[0]?.headers["retry-after"]).toBeUndefined();
  });

  it.each(["STANDARD", "PROFESSIONAL", "PREMIUM", "ENTERPRISE"] as const)(
    "announce the day of the plan %s",
    async (plan) => {
      zoho = await startZohoAlone({ plan });
      const days = { STANDARD: "2000", PROFESSIONAL: "5000", PREMIUM: "10000", ENTERPRISE: "10000" };
      expect((await zoho.call("GET", "/items")).headers["x-rate-limit-limit"]).toBe(days[plan]);
    },
  );
});
