import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { TIDEWATER_TENANT_ID, xeroSeed } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { xeroRecords } from "../open-books";
import { type Answered, anInvoice, connectXero, type TestClient } from "../test-client";

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
  ann = (await xero.create("Contacts", { Name: "Ann", ContactNumber: "C-1" }))[0]?.ContactID;
});
afterAll(() => sandbox.stop());
// The frozen clock would keep every call in one limit window.
beforeEach(() => sandbox.clock.advance(1));

const write = async (method: "PUT" | "POST", plural: string, element: object): Promise<Answered> => {
  const { json, text } = await xero.call(method, `/${plural}`, {
    body: { [plural]: [element] },
    query: { summarizeErrors: "false" },
  });
  expect(json[plural], text).toHaveLength(1);
  return json[plural][0];
};
const messagesOf = (record: Answered): string[] =>
  (record.ValidationErrors ?? []).map(({ Message }: Answered) => Message);
const refused = async (method: "PUT" | "POST", plural: string, element: object): Promise<string[]> => {
  const record = await write(method, plural, element);
  expect(record).toMatchObject({ StatusAttributeString: "ERROR", HasErrors: true });
  return messagesOf(record);
};
const taken = async (method: "PUT" | "POST", plural: string, element: object): Promise<Answered> => {
  const record = await write(method, plural, element);
  expect(messagesOf(record)).toEqual([]);
  return record;
};
const switched = async (name: string, position: string, run: () => Promise<void>): Promise<void> => {
  const before = sandbox.context.switches.get(name);
  sandbox.context.switches.set(name, position);
  await run();
  sandbox.context.switches.set(name, before);
};

const SALE = { Description: "Gift", Quantity: 1, UnitAmount: 10, AccountCode: "200", TaxType: "OUTPUT2" };
const COST = { ...SALE, AccountCode: "429", TaxType: "INPUT2" };
const sale = (line: object, fields: object = {}): object =>
  anInvoice(ann, { LineItems: [{ ...SALE, ...line }], ...fields });
const bill = (line: object, fields: object = {}): object =>
  anInvoice(ann, { Type: "ACCPAY", LineItems: [{ ...COST, ...line }], ...fields });
const note = (line: object, fields: object = {}): object => sale(line, { Type: "ACCRECCREDIT", ...fields });
const receipt = (line: object, fields: object = {}): object =>
  sale(line, { Type: "RECEIVE", BankAccount: { Code: "090" }, ...fields });

describe("a contact", () => {
  const long = (characters: number): string => "x".repeat(characters);
  it.each([
    ["no name", {}, "Contact Name cannot be empty."],
    ["an empty name", { Name: "" }, "Contact Name cannot be empty."],
    ["a long name", { Name: long(256) }, "The contact name must be at most 255 characters."],
    ["<", { Name: "a<b" }, "The contact name cannot contain angle brackets (< or >)."],
    [">", { Name: "a>b" }, "The contact name cannot contain angle brackets (< or >)."],
    [
      "a space first",
      { Name: " Bob" },
      "The contact name cannot have leading, trailing or consecutive spaces.",
    ],
    [
      "a space last",
      { Name: "Bob " },
      "The contact name cannot have leading, trailing or consecutive spaces.",
    ],
    ["two spaces", { Name: "B  b" }, "The contact name cannot have leading, trailing or consecutive spaces."],
    [
      "a name that is taken",
      { Name: "aNN" },
      "The contact name aNN is already assigned to another contact. The contact name must be unique across all active contacts.",
    ],
    [
      "a number that is taken",
      { Name: "Other", ContactNumber: "c-1" },
      "The contact number c-1 is already assigned to another contact.",
    ],
    [
      "a long number",
      { Name: "N", ContactNumber: long(51) },
      "The contact number must be at most 50 characters.",
    ],
    [
      "a long account number",
      { Name: "N", AccountNumber: long(51) },
      "The account number must be at most 50 characters.",
    ],
    [
      "a long first name",
      { Name: "N", FirstName: long(256) },
      "The first name must be at most 255 characters.",
    ],
    [
      "a long tax number",
      { Name: "N", TaxNumber: long(51) },
      "The tax number must be at most 50 characters.",
    ],
    ["an address that is none", { Name: "N", EmailAddress: "ann at home" }, "Email address must be valid."],
    [
      "six people",
      { Name: "N", ContactPersons: Array.from({ length: 6 }, () => ({})) },
      "A contact can have at most 5 additional people.",
    ],
    [
      "a status of its own",
      { Name: "N", ContactStatus: "GDPRREQUEST" },
      "The contact status 'GDPRREQUEST' cannot be set.",
    ],
  ])("with %s is refused", async (_, contact, message) => {
    expect(await refused("PUT", "Contacts", contact)).toEqual([message]);
  });

  it("may have a name of 255 characters and a number of 50", async () => {
    await taken("PUT", "Contacts", { Name: long(255), ContactNumber: long(50) });
  });

  it("that is archived or forgotten is refused everywhere, in either wording", async () => {
    const [old] = await xero.create("Contacts", { Name: "Old" });
    const Contact = { ContactID: old?.ContactID };
    xeroSeed(sandbox.context).archiveContact(TIDEWATER_TENANT_ID, old?.ContactID);
    const attempts: [string, object][] = [
      ["Contacts", { ...Contact, Name: "Older" }],
      ["Invoices", sale({}, { Contact })],
      ["Invoices", bill({}, { Contact })],
      ["CreditNotes", note({}, { Contact })],
      ["BankTransactions", receipt({}, { Contact })],
    ];
    const words = {
      "matched-archived":
        "The specified contact details matched an archived contact. Archived contacts cannot currently be edited via the API.",
      "not-active": "The contact specified is not active and cannot be used.",
    };
    for (const [position, text] of Object.entries(words))
      await switched("xero.archived-contact-text", position, async () => {
        for (const [plural, element] of attempts)
          expect(await refused("POST", plural, element)).toEqual([text]);
      });
    const { contacts } = xeroRecords(sandbox.context).books(TIDEWATER_TENANT_ID) ?? {};
    const kept = contacts?.get(old?.ContactID);
    if (contacts === undefined || kept === undefined) throw new Error("the contact is there");
    contacts.put({ ...kept, status: "GDPRREQUEST" });
    expect((await refused("PUT", "Invoices", sale({}, { Contact }))).join()).toContain("archived contact");
    await taken("PUT", "Contacts", { Name: "Old" });
  });
});

describe("a document", () => {
  const cases: [string, string, (line: object, fields?: object) => object][] = [
    ["sales invoice", "Invoices", sale],
    ["bill", "Invoices", bill],
    ["credit note", "CreditNotes", note],
    ["bank transaction", "BankTransactions", receipt],
  ];
  describe.each(cases)("(%s)", (kind, plural, make) => {
    const isCost = kind === "bill";
    it.each([
      [
        "an unknown account",
        { AccountCode: "999" },
        {},
        "Account code '999' is not a valid code for this document.",
      ],
      [
        "a bank account",
        { AccountCode: "090" },
        {},
        "Account code '090' is not a valid code for this document.",
      ],
      [
        "receivables",
        { AccountCode: "610" },
        {},
        "Account code '610' is not a valid code for this document.",
      ],
      [
        "an archived account",
        { AccountCode: "299" },
        {},
        "Account code '299' has been archived, or deleted, and can no longer be used.",
      ],
      ["no account", { AccountCode: "" }, {}, "Account code or ID must be specified."],
      [
        "an unknown tax",
        { TaxType: "WHAT" },
        {},
        "The TaxType code 'WHAT' does not exist or cannot be used for this type of transaction.",
      ],
      ["an unknown item", { ItemCode: "NOPE" }, {}, "Item code 'NOPE' is not valid"],
      ["no description", { Description: "" }, {}, "Description is required on each line."],
      [
        "a long description",
        { Description: "x".repeat(4001) },
        {},
        "Description must be at most 4000 characters.",
      ],
      [
        "a wrong line total",
        { LineAmount: 9.99 },
        {},
        "The line total 9.99 does not match the expected line total 10",
      ],
      [
        "three tracking categories",
        { Tracking: ["Region", "Channel", "Third"].map((Name) => ({ Name, Option: "x" })) },
        {},
        "A line item can have at most 2 tracking categories.",
      ],
      [
        "an unknown category",
        { Tracking: [{ Name: "Third", Option: "x" }] },
        {},
        "The tracking category 'Third' does not exist.",
      ],
      [
        "an unknown option",
        { Tracking: [{ Name: "Region", Option: "Moon" }] },
        {},
        "The tracking option 'Moon' does not exist in 'Region'.",
      ],
      [
        "a category twice",
        { Tracking: ["North", "South"].map((Option) => ({ Name: "Region", Option })) },
        {},
        "The tracking category 'Region' is given twice.",
      ],
      ["no lines", {}, { LineItems: [] }, "One or more line items must be specified"],
      ["no contact", {}, { Contact: {} }, "A Contact must be specified for this type of transaction"],
      [
        "an unknown contact",
        {},
        { Contact: { ContactID: "5c1d3a60-0000-4f5a-9a51-0d8e5f1c7a01" } },
        "The contact specified could not be found.",
      ],
      ["a long reference", {}, { Reference: "x".repeat(256) }, "Reference must be at most 255 characters."],
      ["a url of no site", {}, { Url: "orders/7" }, "Url must be a valid absolute http or https address."],
      [
        "an unknown kind of amounts",
        {},
        { LineAmountTypes: "Gross" },
        "LineAmountTypes 'Gross' is not valid.",
      ],
      [
        "another sub total",
        {},
        { SubTotal: 10.01 },
        "The document sub total does not equal the sum of the lines.",
      ],
      [
        "another tax total",
        {},
        { TotalTax: 2.01 },
        "The document total tax does not equal the sum of the tax of the lines.",
      ],
      ["another total", {}, { Total: 12.01 }, "The document total does not equal the sum of the lines."],
    ])("with %s is refused", async (_, line, fields, message) => {
      expect(await refused("PUT", plural, make(line, fields))).toContain(message);
    });

    it("with a tax of the other side is refused", async () => {
      const [TaxType, code] = isCost ? ["OUTPUT2", "429"] : ["INPUT2", "200"];
      expect(await refused("PUT", plural, make({ TaxType }))).toEqual([
        `The TaxType code '${TaxType}' cannot be used with account code '${code}'.`,
      ]);
    });

    it("takes totals that agree, an overridden tax, and a tax that goes with every account", async () => {
      const made = await taken(
        "PUT",
        plural,
        make({ TaxAmount: 1.99 }, { SubTotal: 10, TotalTax: "1.99", Total: 11.99 }),
      );
      expect(made).toMatchObject({ SubTotal: 10, TotalTax: 1.99, Total: 11.99 });
      expect(await taken("PUT", plural, make({ TaxType: "NONE" }))).toMatchObject({ TotalTax: 0, Total: 10 });
    });

    it("in a locked period is refused, by the year-end date first", async () => {
      const seed = xeroSeed(sandbox.context);
      seed.setLockDate(TIDEWATER_TENANT_ID, { period: "2026-05-31", endOfYear: "2026-03-31" });
      expect(await refused("PUT", plural, make({}, { Date: "2026-05-31" }))).toEqual([
        "The document date cannot be before the period lock date, currently set at 31 May 2026",
      ]);
      expect(await refused("PUT", plural, make({}, { Date: "2026-03-31" }))).toEqual([
        "The document date cannot be before the end of year lock date, currently set at 31 March 2026",
      ]);
      await taken("PUT", plural, make({}, { Date: "2026-06-01" }));
      seed.setLockDate(TIDEWATER_TENANT_ID, { period: null, endOfYear: null });
    });

    it("takes a discount only on a sale", async () => {
      for (const discount of [{ DiscountRate: 10 }, { DiscountAmount: 1 }]) {
        if (kind === "sales invoice")
          expect(await taken("PUT", plural, make(discount))).toMatchObject({ SubTotal: 9, Total: 10.8 });
        else
          expect(await refused("PUT", plural, make(discount))).toEqual([
            "Discounts are only supported on sales invoices and quotes.",
          ]);
      }
      await taken("PUT", plural, make({ DiscountRate: 0 }));
    });

    it("keeps a line by its LineItemID, makes one without anew, and drops what is not named", async () => {
      const idField =
        plural === "Invoices" ? "InvoiceID" : plural === "CreditNotes" ? "CreditNoteID" : "BankTransactionID";
      const line = isCost ? COST : SALE;
      const lines = ["a", "b", "c"].map((Description) => ({ ...line, Description }));
      const made = await taken("PUT", plural, make({}, { LineItems: lines }));
      const [a, b] = made.LineItems;
      const after = await taken("POST", plural, {
        [idField]: made[idField],
        LineItems: [
          { LineItemID: a.LineItemID, Description: "kept" },
          { ...line, Description: "b" },
        ],
      });
      expect(after.LineItems.map(({ Description }: Answered) => Description)).toEqual(["kept", "b"]);
      expect(after.LineItems[0].LineItemID).toBe(a.LineItemID);
      expect(made.LineItems.map(({ LineItemID }: Answered) => LineItemID)).not.toContain(
        after.LineItems[1].LineItemID,
      );
      expect(
        await refused("POST", plural, {
          [idField]: made[idField],
          LineItems: [{ ...line, LineItemID: b.LineItemID }],
        }),
      ).toEqual([`The LineItemID '${b.LineItemID}' is not a line of this document.`]);
      const untouched = await taken("POST", plural, { [idField]: made[idField], Reference: "only this" });
      expect(untouched.LineItems).toHaveLength(2);
    });
  });

  it("with a line total that is off is refused in either wording", async () => {
    const off = sale({ LineAmount: 9.99 });
    expect(await refused("PUT", "Invoices", off)).toEqual([
      "The line total 9.99 does not match the expected line total 10",
    ]);
    await switched("xero.line-total-text", "not-equal", async () =>
      expect(await refused("PUT", "Invoices", off)).toEqual([
        "The LineAmount 9.99 is not equal to Quantity x UnitAmount less discount, 10",
      ]),
    );
  });

  it("in a currency that is not there is refused", async () => {
    for (const [plural, make] of [
      ["Invoices", sale],
      ["Invoices", bill],
      ["CreditNotes", note],
    ] as const)
      expect(await refused("PUT", plural, make({}, { CurrencyCode: "SEK" }))).toEqual([
        "Organisation is not subscribed to currency SEK",
      ]);
  });

  it("names every problem of its lines at once", async () => {
    expect(await refused("PUT", "Invoices", sale({ AccountCode: "999", TaxType: "WHAT" }))).toHaveLength(2);
  });

  it("never changes its type", async () => {
    const made = await taken("PUT", "Invoices", sale({}, { Status: "DRAFT" }));
    expect(await refused("POST", "Invoices", { InvoiceID: made.InvoiceID, Type: "ACCPAY" })).toEqual([
      "The type of a document cannot be changed.",
    ]);
  });

  it("with a rate far from the day's is saved with a warning, or without where the switch says so", async () => {
    const inverted = sale({}, { CurrencyCode: "JPY", CurrencyRate: 0.0052 });
    const warned = await taken("PUT", "Invoices", inverted);
    expect(warned).toMatchObject({ StatusAttributeString: "WARNING", HasErrors: false });
    expect(warned.Warnings).toEqual([
      { Message: "The CurrencyRate 0.0052 for JPY is far from the rate of the day, 191.250000." },
    ]);
    const whole = await xero.call("PUT", "/Invoices", { body: inverted });
    expect(whole).toMatchObject({ status: 200, json: { Invoices: [{ Warnings: [{}] }] } });
    expect(
      await taken("PUT", "Invoices", sale({}, { CurrencyCode: "JPY", CurrencyRate: 190 })),
    ).toMatchObject({
      StatusAttributeString: "OK",
    });
    await switched("xero.currency-rate-warning", "silent", async () =>
      expect((await taken("PUT", "Invoices", inverted)).StatusAttributeString).toBe("OK"),
    );
  });
});

describe("an invoice", () => {
  it.each([
    [
      "a sale without a due date",
      () => sale({}, { DueDate: null }),
      "The document DueDate field must be specified.",
    ],
    [
      "a bill without a due date",
      () => bill({}, { DueDate: null }),
      "The document DueDate field must be specified.",
    ],
    ["a sale below zero", () => sale({ UnitAmount: -1 }), "The document total cannot be negative."],
    ["a bill below zero", () => bill({ UnitAmount: -1 }), "The document total cannot be negative."],
    ["another type", () => sale({}, { Type: "QUOTE" }), "Invoice type must be ACCREC or ACCPAY."],
    ["no type", () => sale({}, { Type: null }), "Invoice type must be ACCREC or ACCPAY."],
    [
      "a long number",
      () => sale({}, { InvoiceNumber: "x".repeat(256) }),
      "InvoiceNumber must be at most 255 characters.",
    ],
    [
      "a new one that is paid",
      () => sale({}, { Status: "PAID" }),
      "Invoice status 'PAID' is not valid for a new document.",
    ],
    [
      "a new one that is void",
      () => sale({}, { Status: "VOIDED" }),
      "Invoice status 'VOIDED' is not valid for a new document.",
    ],
  ])("%s is refused", async (_, element, message) => {
    expect(await refused("PUT", "Invoices", element())).toEqual([message]);
  });

  it("has a reference only as a sale", async () => {
    expect((await taken("PUT", "Invoices", sale({}, { Reference: "PO 7" }))).Reference).toBe("PO 7");
    expect(await taken("PUT", "Invoices", bill({}, { Reference: "PO 7" }))).not.toHaveProperty("Reference");
  });

  it("shares its number with no other sale, but any bill", async () => {
    await taken("PUT", "Invoices", sale({}, { InvoiceNumber: "U-1" }));
    expect(await refused("PUT", "Invoices", sale({}, { InvoiceNumber: "u-1" }))).toEqual([
      "Invoice # must be unique.",
    ]);
    await taken("PUT", "Invoices", bill({}, { InvoiceNumber: "U-1" }));
    await taken("PUT", "Invoices", bill({}, { InvoiceNumber: "U-1" }));
    const draft = await taken("PUT", "Invoices", sale({}, { InvoiceNumber: "U-2", Status: "DRAFT" }));
    expect(await refused("POST", "Invoices", { InvoiceID: draft.InvoiceID, InvoiceNumber: "U-1" })).toEqual([
      "Invoice # must be unique.",
    ]);
  });

  it("takes the day's rate when its currency changes, and keeps its own otherwise", async () => {
    const draft = await taken(
      "PUT",
      "Invoices",
      sale({}, { Status: "DRAFT", CurrencyCode: "EUR", CurrencyRate: 1.2 }),
    );
    const { InvoiceID } = draft;
    expect(await taken("POST", "Invoices", { InvoiceID, Reference: "x" })).toMatchObject({
      CurrencyRate: 1.2,
    });
    expect(await taken("POST", "Invoices", { InvoiceID, CurrencyCode: "usd" })).toMatchObject({
      CurrencyCode: "USD",
      CurrencyRate: 1.2683,
    });
  });

  const rounded = (RoundingAmount: unknown): object => sale({}, { RoundingAmount });

  it("has a RoundingAmount of ten pence at most, in an organisation that has opted in", async () => {
    const passedOver = await taken("PUT", "Invoices", rounded(0.05));
    expect(passedOver.Total).toBe(12);
    expect(passedOver).not.toHaveProperty("RoundingAmount");
    await switched("xero.rounding-amount", "on", async () => {
      const sums = { SubTotal: 10, TotalTax: 2, Total: 11.9 };
      const made = await taken("PUT", "Invoices", sale({}, { RoundingAmount: "-0.10", ...sums }));
      expect(made).toMatchObject({
        SubTotal: 10,
        TotalTax: 2,
        Total: 11.9,
        RoundingAmount: -0.1,
        EnteredTotal: 11.9,
        AmountDue: 11.9,
      });
      const kept = await taken("POST", "Invoices", { InvoiceID: made.InvoiceID, Reference: "x" });
      expect(kept).toMatchObject({ Total: 11.9 });
      for (const amount of [0.11, -0.11])
        expect(
          await refused("PUT", "Invoices", sale({}, { ...sums, Total: 12 + amount, RoundingAmount: amount })),
        ).toEqual(["RoundingAmount must be between -0.10 and 0.10."]);
      const { json } = await xero.call("GET", "/Invoices", { query: { IDs: made.InvoiceID, page: "1" } });
      expect(json.Invoices[0]).toMatchObject({ Total: 11.9 });
      expect(json.Invoices[0]).not.toHaveProperty("RoundingAmount");
      expect(json.Invoices[0]).not.toHaveProperty("EnteredTotal");
    });
  });

  it("has its RoundingAmount counted beside all three totals alone, but in a draft, which may be off", async () => {
    await switched("xero.rounding-amount", "on", async () => {
      const alone = await taken("PUT", "Invoices", rounded(0.05));
      expect(alone).toMatchObject({ Total: 12, EnteredTotal: 12 });
      expect(alone).not.toHaveProperty("RoundingAmount");
      const draft = await taken("PUT", "Invoices", {
        ...rounded(0.05),
        Status: "DRAFT",
        EnteredTotal: "12.30",
      });
      expect(draft).toMatchObject({ Total: 12.05, RoundingAmount: 0.05, EnteredTotal: 12.3 });
      const { InvoiceID } = draft;
      expect(await taken("POST", "Invoices", { InvoiceID, RoundingAmount: 0.5 })).toMatchObject({
        RoundingAmount: 0.05,
        EnteredTotal: 12.3,
      });
      expect(await taken("POST", "Invoices", { InvoiceID, Status: "AUTHORISED" })).toMatchObject({
        Total: 12.05,
        EnteredTotal: 12.05,
      });
    });
    const plain = await taken("PUT", "Invoices", sale({}, { Status: "DRAFT", EnteredTotal: 12.3 }));
    expect(plain).not.toHaveProperty("EnteredTotal");
  });

  it("names a branding theme that is there, keeps it, and none that is not, as a credit note does", async () => {
    const themes = (await xero.call("GET", "/BrandingThemes")).json.BrandingThemes;
    const BrandingThemeID: string = themes[1].BrandingThemeID;
    const made = await taken("PUT", "Invoices", sale({}, { BrandingThemeID, Status: "DRAFT" }));
    expect(made.BrandingThemeID).toBe(BrandingThemeID);
    const kept = await taken("POST", "Invoices", { InvoiceID: made.InvoiceID, Reference: "x" });
    expect(kept.BrandingThemeID).toBe(BrandingThemeID);
    expect((await taken("PUT", "CreditNotes", note({}, { BrandingThemeID }))).BrandingThemeID).toBe(
      BrandingThemeID,
    );
    const unknown = { BrandingThemeID: TIDEWATER_TENANT_ID };
    for (const [plural, element] of [
      ["Invoices", sale({}, unknown)],
      ["CreditNotes", note({}, unknown)],
    ] as const)
      expect(await refused("PUT", plural, element)).toEqual([
        `The branding theme '${TIDEWATER_TENANT_ID}' does not exist.`,
      ]);
  });

  it("below zero is refused as a sale unless the switch says so, and always as a bill", async () => {
    await switched("xero.negative-sales-total", "accept", async () => {
      expect(await taken("PUT", "Invoices", sale({ UnitAmount: -1 }))).toMatchObject({ Total: -1.2 });
      expect(await refused("PUT", "Invoices", bill({ UnitAmount: -1 }))).toEqual([
        "The document total cannot be negative.",
      ]);
    });
    expect(await refused("PUT", "Invoices", sale({ UnitAmount: -1 }))).toEqual([
      "The document total cannot be negative.",
    ]);
  });

  const PAID_TEXT = "This document cannot be edited as it has a payment or credit note allocated to it.";
  it.each([
    ["sale", sale, SALE],
    ["bill", bill, COST],
  ] as const)("that is paid (%s) changes its texts and nothing that counts", async (_, make, line) => {
    const made = await taken("PUT", "Invoices", make({}));
    const InvoiceID: string = made.InvoiceID;
    await xero.create("Payments", {
      Invoice: { InvoiceID },
      Account: { Code: "090" },
      Date: "2026-05-20",
      Amount: made.Total,
    });
    const LineItemID: string = made.LineItems[0].LineItemID;
    const other = line === SALE ? "260" : "400";
    const editable: object[] = [
      { DueDate: "2026-07-01" },
      { InvoiceNumber: `CH-${line.AccountCode}` },
      { Url: "https://a.test/7" },
      { Contact: { Name: "Somebody new" } },
      { PlannedPaymentDate: "2026-07-02" },
      { LineItems: [{ LineItemID, Description: "Other words" }] },
      { LineItems: [{ LineItemID, AccountCode: other }] },
      { LineItems: [{ LineItemID, Tracking: [{ Name: "Region", Option: "North" }] }] },
    ];
    for (const change of editable)
      expect(await taken("POST", "Invoices", { InvoiceID, ...change })).toMatchObject({
        Status: "PAID",
        AmountDue: 0,
      });
    const fixed: object[] = [
      { Date: "2026-05-11" },
      { CurrencyCode: "EUR" },
      { LineAmountTypes: "NoTax" },
      { LineItems: [{ LineItemID, Quantity: 2 }] },
      { LineItems: [{ LineItemID, UnitAmount: 11 }] },
      { LineItems: [{ LineItemID, TaxType: "NONE" }] },
      { LineItems: [{ LineItemID, TaxAmount: 1 }] },
      { LineItems: [{ LineItemID }, { ...line, UnitAmount: 1 }] },
    ];
    for (const change of fixed)
      expect(await refused("POST", "Invoices", { InvoiceID, ...change }), JSON.stringify(change)).toContain(
        PAID_TEXT,
      );
    expect(await refused("POST", "Invoices", { InvoiceID, Status: "VOIDED" })).toEqual([
      "Invoice status cannot be changed from PAID to VOIDED.",
    ]);
  });
});

describe("an item", () => {
  it.each([
    ["no code", { Name: "x" }, "Item Code must be specified."],
    ["a long code", { Code: "x".repeat(31) }, "Item Code must be at most 30 characters."],
    ["a long name", { Code: "x", Name: "x".repeat(51) }, "Item Name must be at most 50 characters."],
    [
      "a long description",
      { Code: "x", Description: "x".repeat(4001) },
      "Description must be at most 4000 characters.",
    ],
    [
      "an unknown account",
      { Code: "x", SalesDetails: { AccountCode: "999" } },
      "Account code '999' is not a valid code for this document.",
    ],
    [
      "a wrong tax",
      { Code: "x", SalesDetails: { AccountCode: "200", TaxType: "INPUT2" } },
      "The TaxType code 'INPUT2' cannot be used with account code '200'.",
    ],
  ])("with %s is refused", async (_, item, message) => {
    expect(await refused("PUT", "Items", item)).toEqual([message]);
  });

  it("may have a code of 30 characters and a name of 50", async () => {
    await taken("PUT", "Items", { Code: "y".repeat(30), Name: "y".repeat(50) });
    expect(await refused("PUT", "Items", { Code: "Y".repeat(30) })).toEqual([
      `Price List Item with Code '${"Y".repeat(30)}' already exists`,
    ]);
  });
});
