import { beforeEach, describe, expect, it } from "vitest";
import { ZOHO_ORGANIZATION_ID } from "@/sandbox/seed/zoho-reference-data";
import type { DataCentre } from "../../data-centres";
import { startZohoAlone, type ZohoAlone } from "../../testing";

const FULL = "ZohoBooks.fullaccess.all";
const SECOND = "20090000002";

let zoho: ZohoAlone;
let token: string;

beforeEach(async () => {
  zoho = await startZohoAlone({ scope: FULL });
  token = await zoho.connect({ scope: FULL });
});

const send = (
  method: string,
  path: string,
  {
    organization = "",
    json,
    as = token,
    at = "eu",
  }: { organization?: string; json?: object; as?: string; at?: DataCentre } = {},
) =>
  zoho.send(method, `/${at}/api/books/v3${path}`, {
    query: organization === "" ? {} : { organization_id: organization },
    headers: { authorization: `Zoho-oauthtoken ${as}` },
    ...(json === undefined ? {} : { json }),
  });

const asked = {
  name: "Harbour Café Ltd",
  currency_code: "EUR",
  time_zone: "Europe/Paris",
  portal_name: "harbourcafe",
};

const refusal = (code: number, message: string) => ({ status: 400, json: { code, message } });

describe("a login with several organisations", () => {
  it("sees them all where they live, the first as the default", async () => {
    const made = await send("POST", "/organizations", {
      json: { ...asked, fiscal_year_start_month: "april" },
    });
    expect(made).toMatchObject({
      status: 201,
      json: { organization: { name: "Harbour Café Ltd", fiscal_year_start_month: 3, is_default_org: false } },
    });
    const id = String(made.json.organization?.organization_id);
    for (const path of ["/organizations", "/organizations/user"])
      expect((await send("GET", path)).rows("organizations")).toMatchObject([
        { organization_id: ZOHO_ORGANIZATION_ID, is_default_org: true, plan_name: "PREMIUM" },
        { organization_id: id, is_default_org: false, currency_code: "EUR", currency_symbol: "€" },
      ]);
    const elsewhere = await zoho.connect({ dataCentre: "com", scope: FULL });
    expect((await send("GET", "/organizations", { as: elsewhere, at: "com" })).rows("organizations")).toEqual(
      [],
    );
    expect(await send("GET", "/items", { as: elsewhere, at: "com", organization: id })).toMatchObject({
      status: 400,
      json: { code: 6041 },
    });
  });

  it("keeps the records of each apart, with accounts and a currency of its own from the start", async () => {
    zoho.seed.addContact({ name: "Lighthouse" });
    zoho.seed.addOrganization(SECOND, {
      name: "Second",
      contactName: "Olivia Shaw",
      email: "olivia@tidewatergifts.test",
      dataCentre: "eu",
      currencyCode: "USD",
      timeZone: "America/New_York",
      countryCode: "US",
    });
    const inSecond = (path: string) => send("GET", path, { organization: SECOND });
    expect((await inSecond("/contacts")).rows("contacts")).toEqual([]);
    expect((await inSecond("/settings/currencies")).rows("currencies")).toMatchObject([
      { currency_code: "USD", is_base_currency: true },
    ]);
    expect((await inSecond("/chartofaccounts")).rows("chartofaccounts").length).toBeGreaterThan(10);
    const contact = await send("POST", "/contacts", {
      organization: SECOND,
      json: { contact_name: "Lighthouse" },
    });
    expect(contact).toMatchObject({ status: 201, json: { contact: { currency_code: "USD" } } });
    const path = `/contacts/${contact.json.contact?.contact_id}`;
    expect((await inSecond(path)).status).toBe(200);
    expect((await send("GET", path, { organization: ZOHO_ORGANIZATION_ID })).status).toBe(404);
  });

  it("has a minute and a day for each, by its plan", async () => {
    zoho.seed.addOrganization(SECOND, {
      ...{ name: "Second", contactName: "O", email: "o@s.test", dataCentre: "eu", currencyCode: "GBP" },
      ...{ timeZone: "Europe/London", countryCode: "GB", plan: "FREE" },
    });
    const first = await send("GET", "/items", { organization: ZOHO_ORGANIZATION_ID });
    expect(first.headers).toMatchObject({
      "x-rate-limit-limit": "10000",
      "x-rate-limit-remaining": "9999",
    });
    for (let count = 0; count < 100; count += 1) await send("GET", "/items", { organization: SECOND });
    expect(await send("GET", "/items", { organization: SECOND })).toMatchObject({
      status: 429,
      json: { code: 44 },
    });
    const other = await send("GET", "/items", { organization: ZOHO_ORGANIZATION_ID });
    expect(other.headers["x-rate-limit-remaining"]).toBe("9998");
    zoho.context.clock.advance(60_001);
    const calls = Array.from({ length: 7 }, () => send("GET", "/items", { organization: SECOND }));
    const codes = (await Promise.all(calls)).map(({ json }) => json.code);
    expect(codes.filter((code) => String(code) === "1070")).toHaveLength(2);
  });
});

describe("an organisation", () => {
  it("is read and changed by its own id, and closed", async () => {
    const path = `/organizations/${ZOHO_ORGANIZATION_ID}`;
    expect((await send("GET", path)).json.organization).toMatchObject({
      name: "Tidewater Gifts Ltd",
      date_format: "dd MMM yyyy",
      is_org_active: true,
    });
    const changed = await send("PUT", path, {
      json: { name: "Tidewater", phone: "01482", address: { city: "Hull" } },
    });
    expect(changed.json.organization).toMatchObject({ name: "Tidewater", address: { city: "Hull" } });
    expect(
      (await send("POST", `${path}/inactive`, { organization: ZOHO_ORGANIZATION_ID })).json.message,
    ).toBe("The organization has been marked as inactive.");
    expect((await send("GET", path)).json.organization).toMatchObject({ is_org_active: false });
  });

  it.each([
    [{ ...asked, name: "" }, 4, "Invalid value passed for name"],
    [{ ...asked, currency_code: "XYZ" }, 4, "Invalid value passed for currency_code"],
    [{ ...asked, time_zone: "Moon/Base" }, 4, "Invalid value passed for time_zone"],
    [{ ...asked, portal_name: undefined }, 4, "Invalid value passed for portal_name"],
    [{ ...asked, fiscal_year_start_month: "Smarch" }, 4, "Invalid value passed for fiscal_year_start_month"],
  ])("is refused as %o", async (json, code, message) => {
    expect(await send("POST", "/organizations", { json })).toMatchObject(refusal(code, message));
  });

  it("has a portal name of its own", async () => {
    await send("POST", "/organizations", { json: asked });
    expect(await send("POST", "/organizations", { json: asked })).toMatchObject(
      refusal(1001, "This portal name is already taken."),
    );
  });

  it("is made only with the scope for it", async () => {
    const reader = await zoho.connect({ scope: "ZohoBooks.settings.READ" });
    expect(await send("POST", "/organizations", { json: asked, as: reader })).toMatchObject({
      status: 401,
      json: { code: 57, message: "You are not authorized to perform this operation" },
    });
  });
});
