import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { type Answered, anInvoice, connectXero, type TestClient, type XeroReply } from "../test-client";
import { LEDGER_SCOPES } from "./test-scopes";

let sandbox: RunningSandbox;
let xero: TestClient;
let ann: string;
beforeEach(async () => {
  sandbox = await startSandbox({
    port: 0,
    limitSpeed: 1_000_000,
    clock: createFrozenClock("2026-06-01T09:00:00Z"),
  });
  xero = await connectXero(sandbox.origin, { scope: LEDGER_SCOPES });
  ann = (await xero.create("Contacts", { Name: "Ann" }))[0]?.ContactID;
  await xero.create("Items", tracked());
});
afterEach(() => sandbox.stop());

const tracked = (fields: object = {}): object => ({
  Code: "BOX",
  Name: "Gift box",
  InventoryAssetAccountCode: "631",
  PurchaseDetails: { UnitPrice: 3, COGSAccountCode: "310", TaxType: "INPUT2" },
  SalesDetails: { UnitPrice: 10, AccountCode: "200", TaxType: "OUTPUT2" },
  ...fields,
});

function messages({ status, json }: XeroReply): string[] {
  expect(status).toBe(400);
  return json.Elements[0].ValidationErrors.map(({ Message }: Answered) => Message);
}

const line = (Quantity: number, UnitAmount: number): object => ({
  LineItems: [{ ItemCode: "BOX", Description: "Boxes", Quantity, UnitAmount }],
});
const buy = (quantity: number, price: number, fields: object = {}) =>
  xero.create("Invoices", anInvoice(ann, { Type: "ACCPAY", ...line(quantity, price), ...fields }));
const sale = (quantity: number, fields: object = {}): object =>
  anInvoice(ann, { ...line(quantity, 10), ...fields });
const sell = (quantity: number) => xero.create("Invoices", sale(quantity));
const itemNow = async (): Promise<Answered> => (await xero.call("GET", "/Items/BOX")).json.Items[0];

/** Year-to-date debit less credit of an account, off the trial balance. */
async function balance(code: string): Promise<number> {
  const { json } = await xero.call("GET", "/Reports/TrialBalance", { query: { date: "2026-06-30" } });
  const rows: Answered[] = json.Reports[0].Rows.flatMap(({ Rows }: Answered) => Rows ?? []);
  const row = rows.find(({ Cells }) => Cells[0].Value.endsWith(`(${code})`));
  return row === undefined ? 0 : Number(row.Cells[3].Value) - Number(row.Cells[4].Value);
}

describe("a tracked item", () => {
  it("starts with nothing in stock, and its quantity cannot be written", async () => {
    await xero.call("POST", "/Items", { body: tracked({ QuantityOnHand: 7, TotalCostPool: 70 }) });
    expect(await itemNow()).toMatchObject({
      IsTrackedAsInventory: true,
      InventoryAssetAccountCode: "631",
      QuantityOnHand: 0,
      TotalCostPool: 0,
      PurchaseDetails: { COGSAccountCode: "310" },
    });
  });

  it("is raised by bills at what they cost and lowered by sales at the average", async () => {
    await buy(10, 3);
    await buy(10, 4);
    expect(await itemNow()).toMatchObject({ QuantityOnHand: 20, TotalCostPool: 70 });
    expect(await balance("631")).toBe(70);
    await sell(3);
    expect(await itemNow()).toMatchObject({ QuantityOnHand: 17, TotalCostPool: 59.5 });
    expect(await balance("631")).toBe(59.5);
    expect(await balance("310")).toBe(10.5);
    await sell(17);
    expect(await itemNow()).toMatchObject({ QuantityOnHand: 0, TotalCostPool: 0 });
    expect(await balance("310")).toBe(70);
  });

  it("comes back with credit notes and with voided sales, and leaves with bank transactions", async () => {
    await buy(10, 3);
    const [sold] = await sell(4);
    const note = { Type: "ACCRECCREDIT", Contact: { ContactID: ann }, Status: "AUTHORISED", ...line(1, 10) };
    await xero.create("CreditNotes", note);
    expect(await itemNow()).toMatchObject({ QuantityOnHand: 7, TotalCostPool: 21 });
    await xero.call("POST", `/Invoices/${sold?.InvoiceID}`, { body: { Status: "VOIDED" } });
    expect(await itemNow()).toMatchObject({ QuantityOnHand: 11, TotalCostPool: 33 });
    const spent = {
      Type: "RECEIVE",
      BankAccount: { Code: "090" },
      Contact: { ContactID: ann },
      ...line(2, 10),
    };
    await xero.create("BankTransactions", spent);
    expect(await itemNow()).toMatchObject({ QuantityOnHand: 9, TotalCostPool: 27 });
    const returned = {
      Type: "ACCPAYCREDIT",
      Contact: { ContactID: ann },
      Status: "AUTHORISED",
      ...line(1, 3),
    };
    await xero.create("CreditNotes", returned);
    expect(await itemNow()).toMatchObject({ QuantityOnHand: 8, TotalCostPool: 24 });
  });

  it("is not sold below zero unless backorders are allowed or the switch says so, nor are drafts counted", async () => {
    await buy(2, 3);
    const [draft] = await xero.create("Invoices", sale(3, { Status: "DRAFT" }));
    expect(await itemNow()).toMatchObject({ QuantityOnHand: 2 });
    const approve = (query: Record<string, string> = {}) =>
      xero.call("POST", `/Invoices/${draft?.InvoiceID}`, { body: { Status: "AUTHORISED" }, query });
    expect(messages(await approve())).toEqual([
      "There is not enough of inventory item 'BOX' in stock: 2 on hand.",
    ]);
    expect((await approve({ allowBackorders: "true" })).status).toBe(200);
    expect(await itemNow()).toMatchObject({ QuantityOnHand: -1 });
    expect(messages(await xero.call("PUT", "/Invoices", { body: sale(1) }))).toHaveLength(1);
    sandbox.context.switches.set("xero.stock-below-zero", "accept");
    expect((await xero.call("PUT", "/Invoices", { body: sale(1) })).status).toBe(200);
  });

  it("whose purchase was sold keeps its bill from being voided", async () => {
    const [bill] = await buy(2, 3);
    await sell(1);
    const voided = () => xero.call("POST", `/Invoices/${bill?.InvoiceID}`, { body: { Status: "VOIDED" } });
    expect(messages(await voided())).toEqual([
      "There is not enough of inventory item 'BOX' in stock: 1 on hand.",
    ]);
    await buy(5, 3);
    expect((await voided()).status).toBe(200);
    expect(await itemNow()).toMatchObject({ QuantityOnHand: 4 });
  });

  it("two sales of one batch cannot take the same stock, and a refused batch takes none", async () => {
    await buy(3, 3);
    const both = { Invoices: [sale(2), sale(2)] };
    expect(messages(await xero.call("PUT", "/Invoices", { body: both }))).toHaveLength(1);
    expect(await itemNow()).toMatchObject({ QuantityOnHand: 3, TotalCostPool: 9 });
  });

  it("keeps the cost of its sale when the invoice changes in other ways only", async () => {
    await buy(2, 3);
    const [sold] = await sell(1);
    await buy(2, 9);
    await xero.call("POST", `/Invoices/${sold?.InvoiceID}`, { body: { Reference: "PO 9" } });
    expect(await balance("310")).toBe(3);
    expect(await itemNow()).toMatchObject({ QuantityOnHand: 3, TotalCostPool: 21 });
  });

  it("is bought to its inventory account alone, which no other line may use", async () => {
    const bill = (LineItems: object[]): object => anInvoice(ann, { Type: "ACCPAY", LineItems });
    const refused = async (fields: object): Promise<string[]> =>
      messages(
        await xero.call("PUT", "/Invoices", {
          body: bill([{ Description: "x", Quantity: 1, UnitAmount: 1, TaxType: "NONE", ...fields }]),
        }),
      );
    expect(await refused({ ItemCode: "BOX", AccountCode: "400" })).toEqual([
      "Account code '400' is not a valid code for this document.",
    ]);
    expect(await refused({ AccountCode: "631" })).toEqual([
      "Account code '631' is not a valid code for this document.",
    ]);
  });

  it("is deleted only when none of it is in stock", async () => {
    await buy(2, 3);
    const { ItemID } = await itemNow();
    expect(messages(await xero.call("DELETE", `/Items/${ItemID}`))).toEqual([
      "The specified item could not be deleted",
    ]);
    await sell(2);
    expect((await xero.call("DELETE", `/Items/${ItemID}`)).status).toBe(204);
    expect((await xero.call("GET", `/Items/${ItemID}`)).status).toBe(404);
  });

  it("needs both of its accounts, each of its kind", async () => {
    const item = async (fields: object): Promise<string[]> =>
      messages(await xero.call("PUT", "/Items", { body: { Code: "NEW", ...fields } }));
    expect(await item({ InventoryAssetAccountCode: "631" })).toEqual([
      "A tracked item needs both an InventoryAssetAccountCode and a COGSAccountCode.",
    ]);
    const PurchaseDetails = { COGSAccountCode: "200" };
    expect(await item({ InventoryAssetAccountCode: "630", PurchaseDetails })).toEqual([
      "The InventoryAssetAccountCode '630' is not the code of an active inventory account.",
      "The COGSAccountCode '200' is not the code of an active expense account.",
    ]);
  });
});

describe("an item", () => {
  it("that is not sold has no sales details", async () => {
    const details = { SalesDetails: { UnitPrice: 5, AccountCode: "200" }, Description: "words" };
    const [made] = await xero.create("Items", { Code: "MUG", ...details });
    expect(made).toMatchObject({ IsTrackedAsInventory: false, Description: "words" });
    expect(made?.QuantityOnHand).toBeUndefined();
    const { json } = await xero.call("POST", "/Items", { body: { Code: "MUG", IsSold: false } });
    expect(json.Items[0]).toMatchObject({ IsSold: false, SalesDetails: {} });
    expect(json.Items[0].Description).toBeUndefined();
  });
});

describe("amounts that are counted", () => {
  it("are not taken from whoever writes them", async () => {
    const [made] = await xero.create(
      "Invoices",
      anInvoice(ann, { AmountDue: 1, AmountPaid: 23, AmountCredited: 5, FullyPaidOnDate: "2026-05-01" }),
    );
    expect(made).toMatchObject({ Status: "AUTHORISED", AmountDue: 24, AmountPaid: 0, AmountCredited: 0 });
    await xero.call("POST", "/Contacts", {
      body: { ContactID: ann, Balances: { AccountsReceivable: { Outstanding: 9 } }, IsSupplier: true },
    });
    const { json } = await xero.call("GET", `/Contacts/${ann}`);
    expect(json.Contacts[0]).toMatchObject({
      IsCustomer: true,
      IsSupplier: false,
      Balances: { AccountsReceivable: { Outstanding: 24, Overdue: 0 }, AccountsPayable: { Outstanding: 0 } },
    });
  });

  it("of a contact's foreign invoices are added up raw, or in the base currency where the switch says so", async () => {
    const foreign = { CurrencyCode: "EUR", CurrencyRate: 1.25, DueDate: "2026-05-20" };
    await xero.create("Invoices", anInvoice(ann, foreign), anInvoice(ann));
    const owed = async (): Promise<object> =>
      (await xero.call("GET", `/Contacts/${ann}`)).json.Contacts[0].Balances.AccountsReceivable;
    expect(await owed()).toEqual({ Outstanding: 48, Overdue: 24 });
    sandbox.context.switches.set("xero.contact-balances", "base");
    expect(await owed()).toEqual({ Outstanding: 43.2, Overdue: 19.2 });
  });
});
