import { beforeEach, describe, expect, it } from "vitest";
import { ZOHO_ORGANIZATION_ID } from "@/sandbox/seed/zoho-reference-data";
import { startZohoAlone, type ZohoAlone } from "../testing";

let zoho: ZohoAlone;

beforeEach(async () => {
  zoho = await startZohoAlone({ currencies: ["EUR", "JPY"] });
});

const send = (token: string, path: string, query: Record<string, string> = {}, dataCentre = "eu") =>
  zoho.send("GET", `/${dataCentre}/api/books/v3${path}`, {
    query,
    headers: { authorization: `Zoho-oauthtoken ${token}` },
  });

describe("the organisation", () => {
  it("is listed in its own data centre, without organization_id", async () => {
    const answer = await send(await zoho.connect(), "/organizations");
    expect(answer.json).toMatchObject({
      code: 0,
      message: "success",
      organizations: [
        {
          organization_id: ZOHO_ORGANIZATION_ID,
          name: "Tidewater Gifts Ltd",
          currency_code: "GBP",
          time_zone: "Europe/London",
          is_default_org: true,
        },
      ],
    });
  });

  it("is in no other data centre: a token works there and finds none", async () => {
    const answer = await send(await zoho.connect({ dataCentre: "com" }), "/organizations", {}, "com");
    expect(answer.json).toMatchObject({ code: 0, organizations: [] });
  });

  it("has to be named, and to be the user's", async () => {
    const token = await zoho.connect();
    expect(await send(token, "/invoices")).toMatchObject({ status: 400, json: { code: 6 } });
    const foreign = await send(token, "/invoices", { organization_id: "1" });
    expect(foreign).toMatchObject({
      status: 400,
      json: {
        code: 6041,
        message: "This user is not associated with the CompanyID/CompanyName:1.",
      },
    });
    zoho.context.switches.set("zoho.wrong-organization-status", "401");
    expect(await send(token, "/invoices", { organization_id: "1" })).toMatchObject({ status: 401 });
  });
});

describe("a token", () => {
  it("that is unknown is refused with 401 and code 14 or 57, as switched", async () => {
    expect(await send("1000.guessed", "/organizations")).toMatchObject({ status: 401, json: { code: 14 } });
    zoho.context.switches.set("zoho.invalid-token-code", "57");
    expect(await send("1000.guessed", "/organizations")).toMatchObject({ status: 401, json: { code: 57 } });
  });

  it("of another data centre is refused", async () => {
    const token = await zoho.connect({ dataCentre: "com" });
    expect(await send(token, "/organizations")).toMatchObject({ status: 401 });
  });

  it("without the scope of a call is refused with code 57", async () => {
    const token = await zoho.connect({ scope: "ZohoBooks.invoices.READ,ZohoBooks.settings.READ" });
    const query = { organization_id: ZOHO_ORGANIZATION_ID };
    expect(await send(token, "/invoices", query)).toMatchObject({ status: 200 });
    expect(await send(token, "/contacts", query)).toMatchObject({ status: 401, json: { code: 57 } });
    expect(await send(token, "/chartofaccounts", query)).toMatchObject({ status: 401, json: { code: 57 } });
    const write = await zoho.send("POST", "/eu/api/books/v3/invoices", {
      query,
      json: {},
      headers: { authorization: `Zoho-oauthtoken ${token}` },
    });
    expect(write).toMatchObject({ status: 401, json: { code: 57 } });
  });
});

describe("an address", () => {
  it("that Zoho does not have is refused with code 5", async () => {
    expect(await zoho.call("GET", "/unicorns")).toMatchObject({ status: 404, json: { code: 5 } });
  });

  it("of a record that does not exist is refused with code 1002, by 404 or 400 as switched", async () => {
    expect(await zoho.call("GET", "/invoices/1")).toMatchObject({
      status: 404,
      json: { code: 1002, message: "Invoice does not exist." },
    });
    zoho.context.switches.set("zoho.not-found-status", "400");
    expect(await zoho.call("GET", "/invoices/1")).toMatchObject({ status: 400, json: { code: 1002 } });
  });
});

describe("limits", () => {
  it("refuse the 101st call of a minute with 429 and code 44, and no Retry-After", async () => {
    for (let count = 0; count < 100; count += 1) await zoho.call("GET", "/settings/taxes");
    const refused = await zoho.call("GET", "/settings/taxes");
    expect(refused).toMatchObject({ status: 429, json: { code: 44 } });
    expect(Object.keys(refused.headers)).not.toContain("retry-after");
    zoho.context.clock.advance(60_001);
    expect((await zoho.call("GET", "/settings/taxes")).status).toBe(200);
  });

  it("refuse with code 45 once the plan's day is spent", async () => {
    zoho.seed.changeOrganization({ plan: "FREE" });
    for (let count = 0; count < 1_000; count += 1) {
      if (count % 100 === 0) zoho.context.clock.advance(60_001);
      await zoho.call("GET", "/settings/taxes");
    }
    zoho.context.clock.advance(60_001);
    expect(await zoho.call("GET", "/settings/taxes")).toMatchObject({ status: 429, json: { code: 45 } });
  });

  it("refuse the eleventh call at once with code 1070", async () => {
    await zoho.call("GET", "/settings/taxes");
    const answers = await Promise.all(Array.from({ length: 12 }, () => zoho.call("GET", "/settings/taxes")));
    expect(answers.filter(({ status }) => status === 429).map(({ json }) => json.code)).toEqual([1070, 1070]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
  });

  it("run in shorter windows at a higher limit speed", async () => {
    zoho = await startZohoAlone({ limitSpeed: 60 });
    for (let count = 0; count < 100; count += 1) await zoho.call("GET", "/settings/taxes");
    expect((await zoho.call("GET", "/settings/taxes")).status).toBe(429);
    zoho.context.clock.advance(1_001);
    expect((await zoho.call("GET", "/settings/taxes")).status).toBe(200);
  });

  it("of the day stand in headers, unless switched off", async () => {
    const { headers } = await zoho.call("GET", "/settings/taxes");
    expect(headers).toMatchObject({
      "x-rate-limit-limit": "10000",
      "x-rate-limit-remaining": "9999",
      "x-rate-limit-reset": "54000",
    });
    zoho.context.switches.set("zoho.rate-headers", "absent");
    expect(Object.keys((await zoho.call("GET", "/settings/taxes")).headers)).not.toContain(
      "x-rate-limit-limit",
    );
  });
});

describe("reference records", () => {
  it("are the chart of accounts with types", async () => {
    const answer = await zoho.call("GET", "/chartofaccounts");
    const byName = new Map(answer.rows("chartofaccounts").map((row) => [row.account_name, row.account_type]));
    expect(Object.fromEntries(byName.entries())).toMatchObject({
      Sales: "income",
      "Shipping Charge": "income",
      "Bad Debt": "expense",
      "Business Bank Account": "bank",
    });
  });

  it("are taxes, currencies with rates, and tags", async () => {
    zoho.seed.addTag("Region", ["North", "South"]);
    const taxes = await zoho.call("GET", "/settings/taxes");
    expect(taxes.rows("taxes").map((tax) => [tax.tax_name, tax.tax_percentage])).toEqual([
      ["Standard rate", 20],
      ["Zero rated", 0],
      ["Zero rated export", 0],
    ]);
    const currencies = await zoho.call("GET", "/settings/currencies");
    const euro = currencies.rows("currencies").find((currency) => String(currency.currency_code) === "EUR");
    expect(euro).toMatchObject({ exchange_rate: 0.8631, is_base_currency: false, price_precision: 2 });
    const rates = await zoho.call("GET", `/settings/currencies/${euro?.currency_id}/exchangerates`, {
      query: { from_date: "2026-08-15" },
    });
    expect(rates.rows("exchange_rates")).toMatchObject([{ effective_date: "2026-08-01", rate: 0.8655 }]);
    const tags = await zoho.call("GET", "/reportingtags");
    const [region] = tags.rows("reporting_tags");
    expect(region).toMatchObject({ tag_name: "Region", is_active: true });
    const options = await zoho.call("GET", `/reportingtags/${region?.tag_id}/options/all`);
    expect(options.rows("results").map((option) => option.option_name)).toEqual(["North", "South"]);
  });
});
