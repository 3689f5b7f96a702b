import { XMLParser, XMLValidator } from "fast-xml-parser";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { type Answered, anInvoice, connectXero, type TestClient, type XeroReply } from "../test-client";

let sandbox: RunningSandbox;
let xero: TestClient;
let ann: string;
beforeAll(async () => {
  sandbox = await startSandbox({
    port: 0,
    limitSpeed: 1_000_000,
    clock: createFrozenClock("2026-06-01T09:00:00Z"),
  });
  xero = await connectXero(sandbox.origin);
  ann = (await xero.create("Contacts", { Name: "Ann & Söhne" }))[0]?.ContactID;
});
afterAll(() => sandbox.stop());
// The frozen clock would keep every call in one limit window.
beforeEach(() => sandbox.clock.advance(1));

const xmlParser = new XMLParser({ ignoreAttributes: false, parseTagValue: false });
const parseXml = (text: string): Answered => {
  expect(XMLValidator.validate(text), text.slice(0, 500)).toBe(true);
  return xmlParser.parse(text);
};
const put = (
  path: string,
  body: string,
  headers: Record<string, string>,
  query: Record<string, string> = {},
): Promise<XeroReply> => xero.call("PUT", path, { body, headers, query });
const XML = { "content-type": "application/xml" };

const invoiceXml = (number: string): string =>
  `<Type>ACCREC</Type><InvoiceNumber>${number}</InvoiceNumber>
  <Contact><ContactID>${ann}</ContactID></Contact>
  <Date>2026-05-10T00:00:00</Date><DueDate>2026-06-09</DueDate>
  <LineAmountTypes>Exclusive</LineAmountTypes><Status>AUTHORISED</Status>
  <LineItems><LineItem><Description>Gift &amp; box &#163;</Description><Quantity>2.0000</Quantity>
  <UnitAmount>10.00</UnitAmount><AccountCode>200</AccountCode><TaxType>OUTPUT2</TaxType>
  <Tracking><TrackingCategory><Name>Region</Name><Option>North</Option></TrackingCategory></Tracking>
  </LineItem></LineItems>`;

describe("a body in XML", () => {
  const forms: [string, (number: string) => string][] = [
    ["a list of one", (n) => `<Invoices><Invoice>${invoiceXml(n)}</Invoice></Invoices>`],
    ["a bare record", (n) => `<Invoice>${invoiceXml(n)}</Invoice>`],
    ["a prolog", (n) => `<?xml version="1.0" encoding="utf-8"?>\n<Invoice>${invoiceXml(n)}</Invoice>`],
    ["a byte order mark", (n) => `\uFEFF<Invoice>${invoiceXml(n)}</Invoice>`],
    [
      "namespaces, attributes and a comment",
      (n) =>
        `<x:Invoices xmlns:x="urn:x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><!-- one --><x:Invoice status="OK">${invoiceXml(n)}<Reference xsi:nil="true" /></x:Invoice></x:Invoices>`,
    ],
    [
      "a Response around it",
      (n) => `<Response><Invoices><Invoice>${invoiceXml(n)}</Invoice></Invoices></Response>`,
    ],
  ];
  it.each(forms)("is read with %s", async (name, form) => {
    const number = `X-${name}`;
    const reply = await put("/Invoices", form(number), XML);
    expect(reply.status, reply.text).toBe(200);
    expect(reply.json.Invoices[0]).toMatchObject({
      InvoiceNumber: number,
      Total: 24,
      Date: "/Date(1778371200000+0000)/",
      LineItems: [
        { Description: "Gift & box £", Quantity: 2, Tracking: [{ Name: "Region", Option: "North" }] },
      ],
    });
  });

  it.each([
    ["text/xml; charset=utf-8", ""],
    ["application/x-www-form-urlencoded", ""],
    ["application/x-www-form-urlencoded", "xml="],
    ["text/plain", ""],
  ])("is read as %s %s", async (type, prefix) => {
    const xml = `<Contacts><Contact><Name>By ${type} ${prefix}</Name></Contact></Contacts>`;
    const body = prefix === "" ? xml : prefix + encodeURIComponent(xml);
    const reply = await put("/Contacts", body, { "content-type": type });
    expect(reply.status, reply.text).toBe(200);
    expect(reply.json.Contacts[0].Name).toBe(`By ${type} ${prefix}`.trim());
  });

  it("holds as many records as it names, also empty lists and elements", async () => {
    const body = `<Contacts><Contact><Name>One</Name><Addresses /><FirstName /></Contact><Contact><Name>Two</Name></Contact></Contacts>`;
    const { json } = await put("/Contacts", body, XML);
    expect(json.Contacts.map(({ Name }: Answered) => Name)).toEqual(["One", "Two"]);
  });

  it.each([
    ["broken XML", "<Invoices><Invoice></Invoices>", XML, 14],
    ["JSON said to be XML", '{"Contacts":[]}', XML, 14],
    ["XML said to be JSON", "<Contacts/>", { "content-type": "application/json" }, 14],
    ["nothing", "", { "content-type": "application/json" }, 14],
    ["an empty XML list", "<Invoices />", XML, 17],
    ["an empty JSON list", '{"Invoices":[]}', { "content-type": "application/json" }, 17],
  ])("%s is refused as a whole", async (_, body, headers, number) => {
    const reply = await put("/Invoices", body, headers);
    expect(reply.status).toBe(400);
    expect(reply.json.ErrorNumber).toBe(number);
    expect(reply.json.Type).toBe(number === 14 ? "PostDataInvalidException" : "NoDataProcessedException");
  });

  it("names the kind that an empty body should have held", async () => {
    const { json } = await put("/CreditNotes", "[]", {});
    expect(json.Message).toBe(
      "No data has been processed for this endpoint. This endpoint is expecting CreditNote data to be specifed in the request body.",
    );
  });
});

describe("a body in JSON", () => {
  const write = async (fields: object, headers: Record<string, string> = {}): Promise<Answered> => {
    const reply = await put("/Invoices", JSON.stringify(anInvoice(ann, fields)), headers);
    expect(reply.status, reply.text).toBe(200);
    return reply.json.Invoices[0];
  };

  it.each(["", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-8"])(
    "is read with the content type '%s'",
    async (type) => {
      expect((await write({}, { "content-type": type })).Total).toBe(24);
    },
  );

  it("may give numbers and booleans as text, and codes as numbers", async () => {
    const invoice = await write({
      SentToContact: "True",
      CurrencyRate: "1",
      InvoiceNumber: 4711,
      LineItems: [
        { Description: 12, Quantity: "2", UnitAmount: " 10.00 ", AccountCode: 200, TaxType: "OUTPUT2" },
      ],
    });
    expect(invoice).toMatchObject({ Total: 24, SentToContact: true, InvoiceNumber: "4711" });
    expect(invoice.LineItems[0]).toMatchObject({ Description: "12", AccountCode: "200" });
  });

  it("may hold nulls and fields that Xero does not know", async () => {
    const invoice = await write({
      Reference: null,
      Url: null,
      LineAmountTypes: null,
      CurrencyCode: null,
      CurrencyRate: null,
      SentToContact: null,
      SubTotal: null,
      Nonsense: { Deep: [1] },
      HasErrors: false,
      LineItems: [
        {
          Description: "Gift",
          Quantity: 1,
          UnitAmount: 10,
          AccountCode: "200",
          TaxType: null,
          Tracking: null,
          LineItemID: null,
          LineAmount: null,
          DiscountRate: null,
        },
      ],
    });
    expect(invoice).toMatchObject({ LineAmountTypes: "Exclusive", CurrencyCode: "GBP", SubTotal: 10 });
  });

  it.each([
    ["2026-05-10"],
    ["2026-05-10T00:00:00"],
    ["2026-05-10T13:45:00Z"],
    ["2026-05-10T13:45:00.123+10:00"],
    ["2026-05-10 13:45:00"],
    ["/Date(1778371200000+0000)/"],
    ["/Date(1778371200000)/"],
  ])("may write a day as %s", async (day) => {
    const invoice = await write({ Date: day, DueDate: day });
    expect(invoice).toMatchObject({
      DateString: "2026-05-10T00:00:00",
      DueDateString: "2026-05-10T00:00:00",
    });
  });

  it.each([
    ["Date", "10.05.2026"],
    ["Date", "2026-02-30"],
    ["DueDate", 7],
    ["SentToContact", "perhaps"],
    ["CurrencyRate", "much"],
    ["CurrencyRate", {}],
    ["Reference", ["a"]],
    ["LineItems", "none"],
    ["Contact", 7],
  ])("with %s: %j refuses the whole call", async (field, value) => {
    const body = JSON.stringify(anInvoice(ann, { [field]: value }));
    const reply = await put("/Invoices", body, {}, { summarizeErrors: "false" });
    expect(reply).toMatchObject({ status: 400, json: { Type: "PostDataInvalidException", ErrorNumber: 14 } });
    expect(reply.json.Message).toContain(field);
  });

  it.each([
    ["under its plural name", (c: object) => ({ Contacts: [c] })],
    ["under its plural name in small letters", (c: object) => ({ contacts: [c] })],
    ["alone under its plural name", (c: object) => ({ Contacts: c })],
    ["bare", (c: object) => c],
    ["in a bare array", (c: object) => [c]],
  ])("holds a record %s", async (name, wrap) => {
    const reply = await put("/Contacts", JSON.stringify(wrap({ Name: `Wrapped ${name}` })), {});
    expect(reply.json.Contacts?.[0]?.Name, reply.text).toBe(`Wrapped ${name}`);
  });
});

describe("an address", () => {
  it.each(["/Organisation", "/organisation", "/ORGANISATION/", "/Organisation/", "/oRGANISATION"])(
    "may be spelt %s",
    async (path) => {
      expect((await xero.call("GET", path)).json.Organisations).toHaveLength(1);
    },
  );

  it.each(["{}", "[]", "<Invoices/>", "not anything", "null"])(
    "takes no notice of a body on GET: %s",
    async (body) => {
      expect((await xero.call("GET", "/invoices/", { body })).status).toBe(200);
    },
  );

  it("answers 404 where there is nothing, and 405 for a method that it does not have", async () => {
    expect(await xero.call("GET", "/Bills")).toMatchObject({
      status: 404,
      text: "The resource you're looking for cannot be found",
    });
    expect((await xero.call("DELETE", "/Organisation")).status).toBe(405);
  });
});

describe("the format of an answer", () => {
  it.each([
    ["application/json", "json"],
    ["application/json, text/plain, */*", "json"],
    ["application/json;q=0.9, application/xml;q=0.1", "json"],
    ["text/json", "json"],
    ["", "xml"],
    ["*/*", "xml"],
    ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "xml"],
    ["application/xml", "xml"],
    ["text/xml", "xml"],
    ["text/html", "xml"],
    ["application/xml, application/json;q=0.5", "xml"],
    ["application/json;q=0", "xml"],
  ])("for '%s' is %s", async (accept, format) => {
    const reply = await xero.call("GET", "/Organisation", { headers: { accept } });
    expect(reply.headers.get("content-type")).toBe(
      format === "json" ? "application/json; charset=utf-8" : "text/xml; charset=utf-8",
    );
  });

  it("in XML has Xero's envelope, lists of elements, ISO times, decimals and no JSON texts", async () => {
    const made = await xero.create(
      "Invoices",
      anInvoice(ann, { InvoiceNumber: "XML-1", Url: "https://a.test/?b=1&c" }),
    );
    const { text } = await xero.call("GET", `/Invoices/${made[0]?.InvoiceID}`, { headers: { accept: "" } });
    const { Response } = parseXml(text);
    expect(Response).toMatchObject({
      "@_xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
      Status: "OK",
      DateTimeUTC: expect.stringMatching(/^2026-06-01T09:00:00\.\d{3}0000Z$/),
    });
    expect(Object.keys(Response).slice(0, 4)).toEqual(["Id", "Status", "ProviderName", "DateTimeUTC"]);
    expect(Response.Invoices.Invoice).toMatchObject({
      InvoiceNumber: "XML-1",
      Url: "https://a.test/?b=1&c",
      Date: "2026-05-10T00:00:00",
      UpdatedDateUTC: expect.stringMatching(/^2026-06-01T09:00:00(\.\d{3})?$/),
      Total: "24.00",
      CurrencyRate: "1.000000",
      Contact: { Name: "Ann & Söhne" },
      LineItems: { LineItem: { Quantity: "2.0000", UnitAmount: "10.00", TaxAmount: "4.00" } },
    });
    expect(text).not.toMatch(/DateString|UTCString|HasErrors|\/Date\(/);
  });

  it("in XML puts the status of an element into an attribute", async () => {
    const body = { Contacts: [{ Name: "Fine" }, { Name: "<bad>" }] };
    const { text } = await xero.call("PUT", "/Contacts", {
      body,
      query: { summarizeErrors: "false" },
      headers: { accept: "application/xml" },
    });
    const [fine, bad] = parseXml(text).Response.Contacts.Contact;
    expect(fine["@_status"]).toBe("OK");
    expect(bad["@_status"]).toBe("ERROR");
    expect(bad.ValidationErrors.ValidationError.Message).toContain("angle brackets");
  });

  it("in XML is an ApiException for a refusal", async () => {
    const { status, text } = await xero.call("PUT", "/Invoices", {
      body: anInvoice(ann, { CurrencyCode: "SEK" }),
      headers: { accept: "" },
    });
    expect(status).toBe(400);
    const { ApiException } = parseXml(text);
    expect(ApiException).toMatchObject({
      ErrorNumber: "10",
      Type: "ValidationException",
      Message: "A validation exception occurred",
    });
    const element = ApiException.Elements.DataContractBase;
    expect(element["@_xsi:type"]).toBe("Invoice");
    expect(element.ValidationErrors.ValidationError.Message).toBe(
      "Organisation is not subscribed to currency SEK",
    );
    const query = await xero.call("GET", "/Invoices", { query: { where: "?" }, headers: { accept: "" } });
    expect(parseXml(query.text).ApiException).toMatchObject({
      ErrorNumber: "16",
      Type: "QueryParseException",
    });
  });

  it("of the gateway is JSON whatever is accepted", async () => {
    const reply = await xero.call("GET", "/Organisation", {
      headers: { accept: "text/xml", authorization: "" },
    });
    expect(reply).toMatchObject({ status: 401, json: { Title: "Unauthorized", Status: 401 } });
  });

  it("reads back what it wrote: an answer in XML is taken as a request", async () => {
    const made = await xero.create("Invoices", anInvoice(ann, { InvoiceNumber: "BACK-1", Status: "DRAFT" }));
    const read = await xero.call("GET", `/Invoices/${made[0]?.InvoiceID}`, { headers: { accept: "" } });
    const changed = read.text.replace("<Status>DRAFT</Status>", "<Status>SUBMITTED</Status>");
    const reply = await xero.call("POST", "/Invoices", { body: changed, headers: XML });
    expect(reply.status, reply.text).toBe(200);
    expect(reply.json.Invoices[0]).toMatchObject({
      InvoiceID: made[0]?.InvoiceID,
      Status: "SUBMITTED",
      LineItems: [{ LineItemID: made[0]?.LineItems[0].LineItemID }],
    });
  });
});
