import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { PACIFIC_TENANT_ID } from "@/sandbox/seed/xero-australia";
import { TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { type Answered, anInvoice, connectXero, type TestClient } from "../test-client";

let sandbox: RunningSandbox;
let xero: TestClient;
beforeEach(async () => {
  sandbox = await startSandbox({
    port: 0,
    limitSpeed: 1_000_000,
    clock: createFrozenClock("2026-06-01T09:00:00Z"),
  });
  xero = await connectXero(sandbox.origin);
});
afterEach(() => sandbox.stop());

const refusals = (json: Answered): string[] =>
  json.Elements[0].ValidationErrors.map(({ Message }: Answered) => Message);
const actions = async (): Promise<Record<string, string>> => {
  const { json } = await xero.call("GET", "/Organisation/Actions");
  return Object.fromEntries(json.Actions.map(({ Name, Status }: Answered) => [Name, Status]));
};

describe("an organisation", () => {
  it("says its country's version, plan, addresses and terms", async () => {
    const { json } = await xero.call("GET", "/Organisation");
    expect(json.Organisations[0]).toMatchObject({
      OrganisationID: TIDEWATER_TENANT_ID,
      Version: "UK",
      Class: "PREMIUM",
      LineOfBusiness: "Gift wholesale",
      Addresses: [{ AddressType: "STREET", City: "Bristol" }],
      ExternalLinks: [{ LinkType: "Website" }],
      PaymentTerms: { Sales: { Day: 30, Type: "DAYSAFTERBILLDATE" } },
    });
  });

  it("in Australia has Australian tax types, also on lines without tax", async () => {
    const australian = await connectXero(sandbox.origin, { tenant: PACIFIC_TENANT_ID });
    const { json } = await australian.call("GET", "/Organisation");
    expect(json.Organisations[0]).toMatchObject({ Version: "AU", BaseCurrency: "AUD", CountryCode: "AU" });
    const rates = (await australian.call("GET", "/TaxRates")).json.TaxRates;
    expect(rates.map(({ TaxType }: Answered) => TaxType)).toEqual([
      "OUTPUT",
      "INPUT",
      "EXEMPTOUTPUT",
      "EXEMPTEXPENSES",
      "INPUTTAXED",
      "BASEXCLUDED",
    ]);
    expect(rates[0].TaxComponents[0]).toMatchObject({ Name: "GST", Rate: 10 });
    const [contact] = await australian.create("Contacts", { Name: "Ann" });
    const line = { Description: "Box", Quantity: 1, UnitAmount: 10, AccountCode: "200" };
    const [taxed] = await australian.create("Invoices", anInvoice(contact?.ContactID, { LineItems: [line] }));
    expect(taxed).toMatchObject({ TotalTax: 1, Total: 11, CurrencyCode: "AUD" });
    const [untaxed] = await australian.create(
      "Invoices",
      anInvoice(contact?.ContactID, { LineAmountTypes: "NoTax", LineItems: [line] }),
    );
    expect(untaxed?.LineItems[0]).toMatchObject({ TaxType: "BASEXCLUDED", TaxAmount: 0 });
  });

  it("has construction industry settings in the United Kingdom alone", async () => {
    const own = await xero.call("GET", `/Organisation/${TIDEWATER_TENANT_ID}/CISSettings`);
    expect(own.json.CISSettings).toEqual([
      { CISContractorEnabled: false, CISSubContractorEnabled: false, Rate: 0 },
    ]);
    const [contact] = await xero.create("Contacts", { Name: "Ann" });
    const theirs = await xero.call("GET", `/Contacts/${contact?.ContactID}/CISSettings`);
    expect(theirs.json.CISSettings).toEqual([{ CISEnabled: false }]);
    const australian = await connectXero(sandbox.origin, { tenant: PACIFIC_TENANT_ID });
    const none = await australian.call("GET", `/Organisation/${PACIFIC_TENANT_ID}/CISSettings`);
    expect(none.status).toBe(404);
  });

  it("lists its own people with their roles, and no one else", async () => {
    const { json } = await xero.call("GET", "/Users", { query: { order: "LastName" } });
    expect(
      json.Users.map(({ FirstName, OrganisationRole, IsSubscriber }: Answered) => [
        FirstName,
        OrganisationRole,
        IsSubscriber,
      ]),
    ).toEqual([
      ["Priya", "STANDARD", false],
      ["Olivia", "FINANCIALADVISER", true],
      ["Marcus", "FINANCIALADVISER", false],
    ]);
    const [priya] = json.Users;
    expect((await xero.call("GET", `/Users/${priya.UserID}`)).json.Users).toEqual([priya]);
    const australian = await connectXero(sandbox.origin, { tenant: PACIFIC_TENANT_ID });
    expect((await australian.call("GET", `/Users/${priya.UserID}`)).status).toBe(404);
  });

  it("lists its branding themes, the usual one first", async () => {
    const { json } = await xero.call("GET", "/BrandingThemes");
    expect(json.BrandingThemes).toMatchObject([
      { Name: "Standard", SortOrder: 0, Type: "INVOICE" },
      { Name: "Special Projects", SortOrder: 1 },
    ]);
    const [theme] = json.BrandingThemes;
    const one = await xero.call("GET", `/BrandingThemes/${theme.BrandingThemeID}`);
    expect(one.json.BrandingThemes).toEqual([theme]);
    expect((await xero.call("GET", `/BrandingThemes/${TIDEWATER_TENANT_ID}`)).status).toBe(404);
  });

  it("opens all of this to the settings scope alone", async () => {
    const other = await connectXero(sandbox.origin, { scope: "accounting.contacts accounting.invoices" });
    for (const path of ["/Organisation/Actions", "/Users", "/BrandingThemes"])
      expect((await other.call("GET", path)).status, path).toBe(401);
    const reader = await connectXero(sandbox.origin, { scope: "accounting.settings.read" });
    expect((await reader.call("GET", "/Organisation/Actions")).status).toBe(200);
    expect((await reader.call("PUT", "/Accounts", { body: {} })).status).toBe(401);
  });
});

describe("the plan", () => {
  it("of the initial position allows everything", async () => {
    expect(new Set(Object.values(await actions()))).toEqual(new Set(["ALLOWED"]));
  });

  it("without foreign currencies refuses them in actions, on documents and as a subscription", async () => {
    sandbox.context.switches.set("xero.plan", "STANDARD");
    expect(await actions()).toMatchObject({
      UseMulticurrency: "NOT-ALLOWED",
      CreateApprovedInvoice: "ALLOWED",
    });
    const [contact] = await xero.create("Contacts", { Name: "Ann" });
    const foreign = anInvoice(contact?.ContactID, { CurrencyCode: "EUR" });
    const { status, json } = await xero.call("PUT", "/Invoices", { body: { Invoices: [foreign] } });
    expect(status).toBe(400);
    expect(refusals(json)).toEqual(["Organisation is not subscribed to currency EUR"]);
    expect((await xero.call("PUT", "/Currencies", { body: { Code: "SEK" } })).status).toBe(400);
    expect((await xero.call("GET", "/Organisation")).json.Organisations[0].Class).toBe("STANDARD");
    await xero.create("Invoices", anInvoice(contact?.ContactID));
  });

  it("of the smallest size stops at 20 approved invoices and 5 bills a month, and starts anew with the next", async () => {
    const [contact] = await xero.create("Contacts", { Name: "Ann" });
    await xero.create("Invoices", anInvoice(contact?.ContactID));
    sandbox.context.switches.set("xero.plan", "STARTER");
    await xero.create(
      "Invoices",
      ...Array.from({ length: 19 }, () => anInvoice(contact?.ContactID)),
      anInvoice(contact?.ContactID, { Status: "DRAFT" }),
    );
    const put = (fields: object) =>
      xero.call("PUT", "/Invoices", { body: { Invoices: [anInvoice(contact?.ContactID, fields)] } });
    expect(await actions()).toMatchObject({
      CreateApprovedInvoice: "NOT-ALLOWED",
      CreateApprovedBill: "ALLOWED",
      CreateDraftInvoice: "ALLOWED",
    });
    const refused = await put({});
    expect(refused.status).toBe(400);
    expect(refusals(refused.json)).toEqual([
      "The organisation's plan allows 20 approved invoices a month, which has been reached.",
    ]);
    expect((await put({ Status: "DRAFT" })).status).toBe(200);
    const bill = {
      Type: "ACCPAY",
      LineItems: [{ Description: "Tape", Quantity: 1, UnitAmount: 2, AccountCode: "429" }],
    };
    for (let number = 0; number < 5; number += 1) expect((await put(bill)).status).toBe(200);
    expect((await put(bill)).status).toBe(400);
    sandbox.clock.set(new Date("2026-07-01T00:00:00Z"));
    xero = await connectXero(sandbox.origin);
    expect((await put(bill)).status).toBe(200);
    expect((await put({})).status).toBe(200);
  });
});

describe("a bookkeeper", () => {
  it("may not reach manual journals, which need the reports permission", async () => {
    const scope = "accounting.manualjournals accounting.contacts";
    const bookkeeper = await connectXero(sandbox.origin, { scope, user: "priya@tidewatergifts.test" });
    expect((await bookkeeper.call("GET", "/ManualJournals")).status).toBe(403);
    sandbox.context.switches.set("xero.missing-permission", "401");
    expect((await bookkeeper.call("GET", "/ManualJournals")).status).toBe(401);
    expect((await bookkeeper.call("GET", "/Contacts")).status).toBe(200);
    const owner = await connectXero(sandbox.origin, { scope });
    expect((await owner.call("GET", "/ManualJournals")).status).toBe(200);
  });
});
