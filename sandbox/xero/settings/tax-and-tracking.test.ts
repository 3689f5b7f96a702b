import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { HARBOUR_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { type Answered, anInvoice, connectXero, type TestClient, type XeroReply } from "../test-client";

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

const messages = ({ status, json }: XeroReply): string => {
  expect(status).toBe(400);
  return json.Elements[0].ValidationErrors.map(({ Message }: Answered) => Message).join(" ");
};
const stateTax = (fields: object = {}): object => ({
  Name: "State tax",
  ReportTaxType: "OUTPUT",
  TaxComponents: [{ Name: "State", Rate: 2.25 }],
  ...fields,
});

describe("a tax rate", () => {
  it("gets a tax type of its own, applies to its side, and taxes a line", async () => {
    const first = await xero.call("PUT", "/TaxRates", { body: { TaxRates: [stateTax()] } });
    expect(first.json.TaxRates[0]).toMatchObject({
      TaxType: "TAX001",
      Status: "ACTIVE",
      EffectiveRate: 2.25,
      CanApplyToRevenue: true,
      CanApplyToExpenses: false,
      TaxComponents: [{ Name: "State", Rate: 2.25, IsCompound: false }],
    });
    const second = await xero.call("PUT", "/TaxRates", {
      body: stateTax({ Name: "Input tax", ReportTaxType: "INPUT" }),
    });
    expect(second.json.TaxRates[0]).toMatchObject({
      TaxType: "TAX002",
      CanApplyToRevenue: false,
      CanApplyToExpenses: true,
    });
    const [contact] = await xero.create("Contacts", { Name: "Ann" });
    const line = {
      Description: "Box",
      Quantity: 1,
      UnitAmount: 100,
      AccountCode: "200",
      TaxType: "TAX001",
    };
    const [invoice] = await xero.create("Invoices", anInvoice(contact?.ContactID, { LineItems: [line] }));
    expect(invoice?.TotalTax).toBe(2.25);
  });

  it("charges a compound component on the amount with the others in it", async () => {
    const TaxComponents = [
      { Name: "First", Rate: "5" },
      { Name: "Second", Rate: 10, IsCompound: true },
    ];
    const { json } = await xero.call("PUT", "/TaxRates", { body: stateTax({ TaxComponents }) });
    expect(json.TaxRates[0]).toMatchObject({ DisplayTaxRate: 15, EffectiveRate: 15.5 });
  });

  it("is refused without a unique name, a component and what it counts towards", async () => {
    const put = (body: object) => xero.call("PUT", "/TaxRates", { body });
    expect(messages(await put(stateTax({ Name: "no vat" })))).toBe("Please enter a unique Name.");
    expect(messages(await put(stateTax({ TaxComponents: [] })))).toBe(
      "At least one TaxComponent is required.",
    );
    expect(messages(await put(stateTax({ ReportTaxType: null })))).toBe(
      "ReportTaxType is required for organisations of this region.",
    );
    expect(messages(await put(stateTax({ ReportTaxType: "ODD" })))).toBe("ReportTaxType 'ODD' is not valid.");
    const two = await put({ TaxRates: [stateTax(), stateTax({ Name: "Other" })] });
    expect(two.json.Type).toBe("PostDataInvalidException");
  });

  it("of the country cannot be changed; one of its own is found by type or name, and deleted while unused", async () => {
    const post = (body: object) => xero.call("POST", "/TaxRates", { body: { TaxRates: [body] } });
    expect(messages(await post({ TaxType: "OUTPUT2", Name: "VAT" }))).toBe(
      "System tax rates cannot be changed.",
    );
    await xero.call("PUT", "/TaxRates", { body: stateTax() });
    const renamed = await post({ TaxType: "TAX001", Name: "Province tax" });
    expect(renamed.json.TaxRates[0]).toMatchObject({ Name: "Province tax", EffectiveRate: 2.25 });
    const deleted = await post({ Name: "Province tax", Status: "DELETED" });
    expect(deleted.json.TaxRates[0].Status).toBe("DELETED");
    expect(messages(await post({ Name: "Province tax" }))).toBe("The tax rate specified could not be found.");
  });

  it("that a document uses can be archived and not deleted", async () => {
    await xero.call("PUT", "/TaxRates", { body: stateTax() });
    const [contact] = await xero.create("Contacts", { Name: "Ann" });
    const line = { Description: "Box", Quantity: 1, UnitAmount: 1, AccountCode: "200", TaxType: "TAX001" };
    const document = anInvoice(contact?.ContactID, { LineItems: [line] });
    await xero.create("Invoices", document);
    const refused = await xero.call("POST", "/TaxRates", { body: { TaxType: "TAX001", Status: "DELETED" } });
    expect(messages(refused)).toContain("used on transactions");
    await xero.call("POST", "/TaxRates", { body: { TaxType: "TAX001", Status: "ARCHIVED" } });
    const late = await xero.call("PUT", "/Invoices", { body: { Invoices: [document] } });
    expect(messages(late)).toContain("does not exist or cannot be used");
  });
});

describe("tracking", () => {
  let harbour: TestClient;
  beforeEach(async () => {
    harbour = await connectXero(sandbox.origin, { tenant: HARBOUR_TENANT_ID });
  });
  const category = async (Name: string, fields: object = {}): Promise<Answered> => {
    const { status, json, text } = await harbour.call("PUT", "/TrackingCategories", {
      body: { Name, ...fields },
    });
    expect(status, text).toBe(200);
    return json.TrackingCategories[0];
  };
  const options = (id: string): string => `/TrackingCategories/${id}/Options`;

  it("takes two active categories and four in all, with unique names", async () => {
    const first = await category("Region", { Options: [{ Name: "North" }] });
    expect(first).toMatchObject({ Status: "ACTIVE", Options: [{ Name: "North", IsActive: true }] });
    const same = await harbour.call("PUT", "/TrackingCategories", { body: { Name: "region" } });
    expect(messages(same)).toBe("Please enter a unique Name.");
    const second = await category("Channel");
    const third = await harbour.call("PUT", "/TrackingCategories", { body: { Name: "Team" } });
    expect(messages(third)).toBe("An organisation can have at most 2 active tracking categories.");
    const archive = (id: string) =>
      harbour.call("POST", `/TrackingCategories/${id}`, { body: { Status: "ARCHIVED" } });
    for (const { TrackingCategoryID } of [first, second]) await archive(TrackingCategoryID);
    for (const Name of ["Team", "Season"]) {
      const { TrackingCategoryID } = await category(Name);
      await archive(TrackingCategoryID);
    }
    const fifth = await harbour.call("PUT", "/TrackingCategories", { body: { Name: "Fifth" } });
    expect(messages(fifth)).toBe("An organisation can have at most 4 tracking categories.");
    const listed = await harbour.call("GET", "/TrackingCategories");
    expect(listed.json.TrackingCategories).toEqual([]);
    const all = await harbour.call("GET", "/TrackingCategories", { query: { includeArchived: "true" } });
    expect(all.json.TrackingCategories).toHaveLength(4);
  });

  it("cannot be made active again beside two active categories", async () => {
    const first = await category("Region");
    const path = `/TrackingCategories/${first.TrackingCategoryID}`;
    await harbour.call("POST", path, { body: { Status: "ARCHIVED" } });
    await category("Channel");
    await category("Team");
    expect(messages(await harbour.call("POST", path, { body: { Status: "ACTIVE" } }))).toContain("at most 2");
  });

  it("adds, renames, archives and deletes options, and hides archived ones from lists", async () => {
    const { TrackingCategoryID: id } = await category("Region");
    const added = await harbour.call("PUT", options(id), { body: { Name: "North" } });
    const [north] = added.json.Options;
    expect(north).toMatchObject({ Name: "North", Status: "ACTIVE", IsActive: true });
    const same = await harbour.call("PUT", options(id), { body: { Name: "NORTH" } });
    expect(messages(same)).toBe("Please enter a unique Name.");
    const long = await harbour.call("PUT", options(id), { body: { Name: "x".repeat(101) } });
    expect(messages(long)).toBe("The Name can be at most 100 characters long.");
    const one = `${options(id)}/${north.TrackingOptionID}`;
    const renamed = await harbour.call("POST", one, { body: { Name: "North-east" } });
    expect(renamed.json.Options[0].Name).toBe("North-east");
    await harbour.call("POST", one, { body: { Status: "ARCHIVED" } });
    const listed = await harbour.call("GET", "/TrackingCategories");
    expect(listed.json.TrackingCategories[0].Options).toEqual([]);
    const all = await harbour.call("GET", "/TrackingCategories", { query: { includeArchived: "true" } });
    expect(all.json.TrackingCategories[0].Options[0]).toMatchObject({ IsArchived: true });
    const deleted = await harbour.call("DELETE", one);
    expect(deleted.json.Options[0]).toMatchObject({ Status: "DELETED", IsDeleted: true });
    expect((await harbour.call("DELETE", one)).status).toBe(404);
  });

  it("refuses the 101st active option, unless the limit is soft", async () => {
    const Options = Array.from({ length: 100 }, (_, index) => ({ Name: `Option ${index}` }));
    const { TrackingCategoryID: id } = await category("Region", { Options });
    const refused = await harbour.call("PUT", options(id), { body: { Name: "One more" } });
    expect(messages(refused)).toBe("A tracking category can have at most 100 active options.");
    sandbox.context.switches.set("xero.tracking-options-over-100", "accept");
    expect((await harbour.call("PUT", options(id), { body: { Name: "One more" } })).status).toBe(200);
  });

  it("that a document uses is not deleted", async () => {
    const { json } = await xero.call("GET", "/TrackingCategories");
    const [region] = json.TrackingCategories;
    const [used, unused] = region.Options;
    const [contact] = await xero.create("Contacts", { Name: "Ann" });
    const line = {
      Description: "Box",
      Quantity: 1,
      UnitAmount: 1,
      AccountCode: "200",
      Tracking: [{ Name: region.Name, Option: used.Name }],
    };
    await xero.create("Invoices", anInvoice(contact?.ContactID, { LineItems: [line] }));
    const path = `/TrackingCategories/${region.TrackingCategoryID}`;
    expect(messages(await xero.call("DELETE", path))).toContain("used on transactions");
    expect(messages(await xero.call("DELETE", `${path}/Options/${used.TrackingOptionID}`))).toContain("used");
    expect((await xero.call("DELETE", `${path}/Options/${unused.TrackingOptionID}`)).status).toBe(200);
    const channel = json.TrackingCategories[1].TrackingCategoryID;
    const gone = await xero.call("DELETE", `/TrackingCategories/${channel}`);
    expect(gone.json.TrackingCategories[0]).toMatchObject({ Status: "DELETED", Options: [] });
    expect((await xero.call("GET", `/TrackingCategories/${channel}`)).status).toBe(404);
  });
});
