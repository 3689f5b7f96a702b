import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { TIDEWATER_TENANT_ID, xeroSeed } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { type Answered, anInvoice, connectXero, type TestClient } from "../test-client";

let sandbox: RunningSandbox;
let xero: TestClient;
let ann: string;
beforeEach(async () => {
  sandbox = await startSandbox({
    port: 0,
    limitSpeed: 1_000_000,
    clock: createFrozenClock("2026-06-01T09:00:00Z"),
  });
  xero = await connectXero(sandbox.origin);
  ann = (await xero.create("Contacts", { Name: "Ann", ContactNumber: "C-1" }))[0]?.ContactID;
});
afterEach(() => sandbox.stop());

/** PUT or POST of one element; its record or the first refusal. */
const write = async (
  method: "PUT" | "POST",
  plural: string,
  element: object,
  query: Record<string, string> = {},
): Promise<{ record: Answered; refusals: string[] }> => {
  const { json } = await xero.call(method, `/${plural}`, {
    body: { [plural]: [element] },
    query: { summarizeErrors: "false", ...query },
  });
  const record: Answered = json[plural]?.[0] ?? {};
  const refusals = (record.ValidationErrors ?? []).map(({ Message }: { Message: string }) => Message);
  return { record, refusals };
};
const refused = async (method: "PUT" | "POST", plural: string, element: object): Promise<string> => {
  const { record, refusals } = await write(method, plural, element);
  expect(record.StatusAttributeString).toBe("ERROR");
  return refusals.join(" ");
};
const line = (fields: object): object => ({
  LineItems: [
    { Description: "Gift", Quantity: 1, UnitAmount: 10, AccountCode: "200", TaxType: "OUTPUT2", ...fields },
  ],
});

describe("contacts", () => {
  it("keep names unique among active contacts without regard to case", async () => {
    expect(await refused("PUT", "Contacts", { Name: "ANN" })).toContain(
      "The contact name ANN is already assigned to another contact. The contact name must be unique across all active contacts.",
    );
    xeroSeed(sandbox.context).archiveContact(TIDEWATER_TENANT_ID, ann);
    expect((await write("PUT", "Contacts", { Name: "Ann" })).record.StatusAttributeString).toBe("OK");
  });

  it("keep contact numbers unique", async () => {
    expect(await refused("PUT", "Contacts", { Name: "Bob", ContactNumber: "c-1" })).toBe(
      "The contact number c-1 is already assigned to another contact.",
    );
  });

  it("refuse names with brackets, stray spaces or more than 255 characters", async () => {
    for (const Name of ["a<b", " Bob", "Bob ", "Bob  Smith", "x".repeat(256), ""])
      expect(await refused("PUT", "Contacts", { Name })).toMatch(/contact name/i);
  });

  it("are found again by a POST with id, number or name", async () => {
    for (const key of [{ ContactID: ann }, { ContactNumber: "C-1" }, { Name: "ann" }]) {
      const { record } = await write("POST", "Contacts", { ...key, EmailAddress: "ann@example.test" });
      expect(record.ContactID).toBe(ann);
    }
  });

  it("with a new number and a known name are refused, or updated where the switch says so", async () => {
    const element = { Name: "Ann", ContactNumber: "C-2" };
    expect(await refused("POST", "Contacts", element)).toContain("already assigned");
    sandbox.context.switches.set("xero.contact-number-with-known-name", "update");
    expect((await write("POST", "Contacts", element)).record).toMatchObject({
      ContactID: ann,
      ContactNumber: "C-2",
    });
  });

  it("that are archived are refused in updates and on documents", async () => {
    xeroSeed(sandbox.context).archiveContact(TIDEWATER_TENANT_ID, ann);
    expect(await refused("POST", "Contacts", { ContactID: ann, Name: "Anna" })).toContain("archived contact");
    expect(await refused("PUT", "Invoices", anInvoice(ann))).toContain("archived contact");
  });

  it("are customers once they have a sales invoice", async () => {
    const before = await xero.call("GET", `/Contacts/${ann}`);
    expect(before.json.Contacts[0].IsCustomer).toBe(false);
    await xero.create("Invoices", anInvoice(ann));
    const after = await xero.call("GET", "/Contacts/C-1");
    expect(after.json.Contacts[0]).toMatchObject({
      IsCustomer: true,
      IsSupplier: false,
      Balances: { AccountsReceivable: { Outstanding: 24, Overdue: 0 } },
    });
  });
});

describe("invoice arithmetic", () => {
  it("rounds tax line by line, then sums", async () => {
    const lines = Array.from({ length: 3 }, () => ({
      Description: "Gift",
      Quantity: 1,
      UnitAmount: 0.13,
      AccountCode: "200",
      TaxType: "OUTPUT2",
    }));
    const { record } = await write("PUT", "Invoices", anInvoice(ann, { LineItems: lines }));
    // 20 % of 0.13 is 0.026, so 0.03 a line; of the sum it would be 0.08.
    expect(record).toMatchObject({ SubTotal: 0.39, TotalTax: 0.09, Total: 0.48, AmountDue: 0.48 });
  });

  it("takes the tax out of an inclusive amount, half away from zero", async () => {
    const { record } = await write("PUT", "Invoices", {
      ...anInvoice(ann, line({ UnitAmount: 0.99 })),
      LineAmountTypes: "Inclusive",
    });
    expect(record).toMatchObject({ SubTotal: 0.82, TotalTax: 0.17, Total: 0.99 });
    const negative = await write("PUT", "CreditNotes", {
      ...anInvoice(ann),
      Type: "ACCRECCREDIT",
      LineItems: [
        { Description: "Back", Quantity: 1, UnitAmount: 1, AccountCode: "200", TaxType: "OUTPUT2" },
        { Description: "Off", Quantity: -1, UnitAmount: 0.125, AccountCode: "200", TaxType: "NONE" },
      ],
    });
    expect(negative.record).toMatchObject({ SubTotal: 0.87, TotalTax: 0.2, Total: 1.07 });
  });

  it("keeps four decimals of a unit amount with unitdp=4 and two without", async () => {
    const element = anInvoice(ann, line({ Quantity: 3, UnitAmount: 1.2345 }));
    expect((await write("PUT", "Invoices", element, { unitdp: "4" })).record.SubTotal).toBe(3.7);
    const short = await write("PUT", "Invoices", element);
    expect(short.record.SubTotal).toBe(3.69);
    expect(short.record.LineItems[0].UnitAmount).toBe(1.23);
  });

  it("knows that yen have no decimals", async () => {
    const { record } = await write("PUT", "Invoices", {
      ...anInvoice(ann, line({ Quantity: 3, UnitAmount: 33.4 })),
      CurrencyCode: "JPY",
    });
    expect(record).toMatchObject({ SubTotal: 100, TotalTax: 20, Total: 120, CurrencyCode: "JPY" });
  });

  it("takes a discount off the line, on sales only", async () => {
    const { record } = await write(
      "PUT",
      "Invoices",
      anInvoice(ann, line({ Quantity: 3, DiscountRate: 10 })),
    );
    expect(record).toMatchObject({ SubTotal: 27, TotalTax: 5.4, TotalDiscount: 3, IsDiscounted: true });
    const bill = {
      ...anInvoice(ann, line({ AccountCode: "404", TaxType: "NONE", DiscountRate: 10 })),
      Type: "ACCPAY",
    };
    expect(await refused("PUT", "Invoices", bill)).toContain("Discounts are only supported");
  });

  it("refuses a line amount that is not quantity times unit amount", async () => {
    expect(await refused("PUT", "Invoices", anInvoice(ann, line({ LineAmount: 10.01 })))).toBe(
      "The line total 10.01 does not match the expected line total 10",
    );
  });

  it("takes a tax amount that is given", async () => {
    const { record } = await write("PUT", "Invoices", anInvoice(ann, line({ TaxAmount: 1.99 })));
    expect(record).toMatchObject({ TotalTax: 1.99, Total: 11.99 });
  });
});

describe("invoices", () => {
  it("have unique numbers, also within one batch", async () => {
    const twice = [anInvoice(ann, { InvoiceNumber: "A-1" }), anInvoice(ann, { InvoiceNumber: "a-1" })];
    const { json } = await xero.call("PUT", "/Invoices", {
      body: { Invoices: twice },
      query: { summarizeErrors: "false" },
    });
    expect(json.Invoices[1].ValidationErrors).toEqual([{ Message: "Invoice # must be unique." }]);
    const { json: whole } = await xero.call("PUT", "/Invoices", {
      body: {
        Invoices: [anInvoice(ann, { InvoiceNumber: "B-1" }), anInvoice(ann, { InvoiceNumber: "B-1" })],
      },
    });
    expect(whole.Elements).toHaveLength(1);
    expect((await xero.call("GET", "/Invoices/B-1")).status).toBe(404);
  });

  it("give back the number of deleted ones, and of voided ones only where the switch says so", async () => {
    const [draft] = await xero.create("Invoices", anInvoice(ann, { InvoiceNumber: "A-1", Status: "DRAFT" }));
    await write("POST", "Invoices", { InvoiceID: draft?.InvoiceID, Status: "DELETED" });
    const [approved] = await xero.create("Invoices", anInvoice(ann, { InvoiceNumber: "A-1" }));
    await write("POST", "Invoices", { InvoiceID: approved?.InvoiceID, Status: "VOIDED" });
    expect(await refused("PUT", "Invoices", anInvoice(ann, { InvoiceNumber: "A-1" }))).toContain("unique");
    sandbox.context.switches.set("xero.number-reuse", "deleted-and-voided");
    await xero.create("Invoices", anInvoice(ann, { InvoiceNumber: "A-1" }));
  });

  it("give back no number at all where the switch says so", async () => {
    sandbox.context.switches.set("xero.number-reuse", "never");
    const [draft] = await xero.create("Invoices", anInvoice(ann, { InvoiceNumber: "A-1", Status: "DRAFT" }));
    await write("POST", "Invoices", { InvoiceID: draft?.InvoiceID, Status: "DELETED" });
    expect(await refused("PUT", "Invoices", anInvoice(ann, { InvoiceNumber: "A-1" }))).toContain("unique");
  });

  it("allow bills of the same number", async () => {
    const bill = {
      ...anInvoice(ann, line({ AccountCode: "429", TaxType: "INPUT2" })),
      Type: "ACCPAY",
      InvoiceNumber: "7",
    };
    const bills = await xero.create("Invoices", bill, bill);
    expect(bills[0]?.InvoiceID).not.toBe(bills[1]?.InvoiceID);
  });

  it("are updated by POST with their number, keeping lines by LineItemID and dropping the others", async () => {
    const [made] = await xero.create("Invoices", {
      ...anInvoice(ann),
      Status: "DRAFT",
      InvoiceNumber: "A-1",
      LineItems: [1, 2].map((UnitAmount) => ({
        Description: `n${UnitAmount}`,
        Quantity: 1,
        UnitAmount,
        AccountCode: "200",
      })),
    });
    const kept = made?.LineItems[1].LineItemID;
    const { record } = await write("POST", "Invoices", {
      Type: "ACCREC",
      InvoiceNumber: "A-1",
      LineItems: [{ LineItemID: kept, Quantity: 5 }],
    });
    expect(record.InvoiceID).toBe(made?.InvoiceID);
    expect(record.LineItems).toMatchObject([{ LineItemID: kept, Description: "n2", LineAmount: 10 }]);
  });

  it("follow the status graph", async () => {
    const [draft] = await xero.create("Invoices", anInvoice(ann, { Status: "DRAFT" }));
    const id = draft?.InvoiceID;
    expect(await refused("POST", "Invoices", { InvoiceID: id, Status: "VOIDED" })).toContain(
      "cannot be changed",
    );
    expect(await refused("POST", "Invoices", { InvoiceID: id, Status: "PAID" })).toContain(
      "cannot be changed",
    );
    expect((await write("POST", "Invoices", { InvoiceID: id, Status: "SUBMITTED" })).record.Status).toBe(
      "SUBMITTED",
    );
    expect((await write("POST", "Invoices", { InvoiceID: id, Status: "AUTHORISED" })).record.Status).toBe(
      "AUTHORISED",
    );
    expect(await refused("POST", "Invoices", { InvoiceID: id, Status: "DRAFT" })).toContain(
      "cannot be changed",
    );
    expect((await write("POST", "Invoices", { InvoiceID: id, Status: "VOIDED" })).record).toMatchObject({
      Status: "VOIDED",
      AmountDue: 0,
    });
    expect(await refused("POST", "Invoices", { InvoiceID: id, Reference: "x" })).toBe(
      "Invoice not of valid status for modification",
    );
  });

  it("are refused in a locked period, by the year-end date first", async () => {
    const seed = xeroSeed(sandbox.context);
    seed.setLockDate(TIDEWATER_TENANT_ID, { period: "2026-05-31", endOfYear: "2026-03-31" });
    expect(await refused("PUT", "Invoices", anInvoice(ann, { Date: "2026-05-31" }))).toBe(
      "The document date cannot be before the period lock date, currently set at 31 May 2026",
    );
    expect(await refused("PUT", "Invoices", anInvoice(ann, { Date: "2026-03-31" }))).toBe(
      "The document date cannot be before the end of year lock date, currently set at 31 March 2026",
    );
    await xero.create("Invoices", anInvoice(ann, { Date: "2026-06-01" }));
  });

  it("cannot be voided once their date is locked", async () => {
    const [made] = await xero.create("Invoices", anInvoice(ann));
    xeroSeed(sandbox.context).setLockDate(TIDEWATER_TENANT_ID, { period: "2026-05-31" });
    const status = { InvoiceID: made?.InvoiceID, Status: "VOIDED" };
    expect(await refused("POST", "Invoices", status)).toContain("lock date");
  });

  it("name what is wrong with accounts, taxes, items, tracking, currency and texts", async () => {
    const cases: [object, string][] = [
      [line({ AccountCode: "999" }), "Account code '999' is not a valid code for this document."],
      [line({ AccountCode: "090" }), "Account code '090' is not a valid code for this document."],
      [line({ AccountCode: "299" }), "has been archived"],
      [line({ TaxType: "INPUT2" }), "The TaxType code 'INPUT2' cannot be used with account code '200'."],
      [line({ TaxType: "WHAT" }), "The TaxType code 'WHAT' does not exist"],
      [line({ ItemCode: "NOPE" }), "Item code 'NOPE' is not valid"],
      [line({ Tracking: [{ Name: "Region", Option: "Nowhere" }] }), "tracking option"],
      [line({ Description: "x".repeat(4001) }), "Description must be at most 4000 characters."],
      [line({ Description: "" }), "Description is required"],
      [line({ UnitAmount: -10 }), "The document total cannot be negative."],
      [{ CurrencyCode: "SEK" }, "Organisation is not subscribed to currency SEK"],
      [{ DueDate: "" }, "The document DueDate field must be specified."],
      [{ Url: "/orders/7" }, "Url must be"],
      [{ Reference: "x".repeat(256) }, "Reference must be at most 255 characters."],
      [{ LineItems: [] }, "One or more line items must be specified"],
      [{ Contact: {} }, "A Contact must be specified for this type of transaction"],
    ];
    for (const [fields, message] of cases)
      expect(await refused("PUT", "Invoices", anInvoice(ann, fields))).toContain(message);
  });

  it("take accounts, tax, price and text from the item, and tracking by name", async () => {
    await xero.create("Items", {
      Code: "BOX",
      Name: "Gift box",
      Description: "A box",
      SalesDetails: { UnitPrice: 12.5, AccountCode: "200", TaxType: "ZERORATEDOUTPUT" },
    });
    const { record } = await write("PUT", "Invoices", {
      ...anInvoice(ann),
      LineItems: [{ ItemCode: "box", Quantity: 2, Tracking: [{ Name: "Region", Option: "North" }] }],
    });
    expect(record).toMatchObject({ SubTotal: 25, TotalTax: 0 });
    expect(record.LineItems[0]).toMatchObject({
      ItemCode: "BOX",
      Description: "A box",
      AccountCode: "200",
      TaxType: "ZERORATEDOUTPUT",
      Tracking: [{ Name: "Region", Option: "North" }],
    });
  });

  it("of nothing are paid at once when approved", async () => {
    const { record } = await write("PUT", "Invoices", anInvoice(ann, line({ UnitAmount: 0 })));
    expect(record).toMatchObject({ Status: "PAID", AmountDue: 0 });
  });

  it("leave no new contact behind when they are refused", async () => {
    await refused("PUT", "Invoices", anInvoice(ann, { Contact: { Name: "New one" }, CurrencyCode: "SEK" }));
    const { json } = await xero.call("GET", "/Contacts");
    expect(json.Contacts).toHaveLength(1);
  });

  it("put in by hand are not the app's own", async () => {
    await xero.create("Invoices", anInvoice(ann, { InvoiceNumber: "APP-1" }));
    xeroSeed(sandbox.context).putInvoice(TIDEWATER_TENANT_ID, anInvoice(ann, { InvoiceNumber: "HAND-1" }));
    const { json } = await xero.call("GET", "/Invoices", { query: { createdByMyApp: "true" } });
    expect(json.Invoices.map(({ InvoiceNumber }: Answered) => InvoiceNumber)).toEqual(["APP-1"]);
  });
});

describe("items", () => {
  it("are matched by code without regard to case, and PUT makes no second", async () => {
    await xero.create("Items", { Code: "BOX", Name: "Box" });
    expect(await refused("PUT", "Items", { Code: "box", Name: "Other" })).toContain("already exists");
    const { record } = await write("POST", "Items", { Code: "box", Name: "Bigger box" });
    expect(record).toMatchObject({ Code: "box", Name: "Bigger box" });
    expect(await refused("PUT", "Items", { Code: "x".repeat(31) })).toContain("30 characters");
    expect(await refused("PUT", "Items", { Code: "Y", Name: "x".repeat(51) })).toContain("50 characters");
  });
});
