import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
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

const put = (account: object) => xero.call("PUT", "/Accounts", { body: account });
const post = (id: string, account: object) => xero.call("POST", `/Accounts/${id}`, { body: account });
const made = async (fields: object = {}): Promise<Answered> => {
  const { status, json, text } = await put({
    Code: "201",
    Name: "Clearance lines",
    Type: "SALES",
    ...fields,
  });
  expect(status, text).toBe(200);
  return json.Accounts[0];
};
const byCode = async (code: string): Promise<Answered> => {
  const { json } = await xero.call("GET", "/Accounts", { query: { where: `Code=="${code}"` } });
  return json.Accounts[0];
};
const refusal = async (call: ReturnType<typeof put>): Promise<string> => {
  const { status, json } = await call;
  expect(status).toBe(400);
  return json.Elements[0].ValidationErrors.map(({ Message }: Answered) => Message).join(" ");
};
const invoiceOn = async (code: string): Promise<Answered> => {
  const [contact] = await xero.create("Contacts", { Name: `Ann ${code}` });
  const line = { Description: "Box", Quantity: 1, UnitAmount: 10, AccountCode: code };
  const [invoice] = await xero.create("Invoices", anInvoice(contact?.ContactID, { LineItems: [line] }));
  return invoice ?? {};
};

describe("a new account", () => {
  it("has its class, status and usual tax type, and can be used at once", async () => {
    expect(await made()).toMatchObject({
      Code: "201",
      Type: "SALES",
      Class: "REVENUE",
      Status: "ACTIVE",
      TaxType: "OUTPUT2",
      EnablePaymentsToAccount: false,
    });
    expect((await invoiceOn("201")).LineItems[0].AccountCode).toBe("201");
  });

  it("comes alone, bare or in its list", async () => {
    const two = {
      Accounts: [
        { Code: "201", Name: "A", Type: "SALES" },
        { Code: "202", Name: "B", Type: "SALES" },
      ],
    };
    expect(await put(two)).toMatchObject({ status: 400, json: { Type: "PostDataInvalidException" } });
    expect((await put({ Accounts: [{ Code: "203", Name: "C", Type: "SALES" }] })).status).toBe(200);
  });

  it("is refused without a unique code and name, a known type, and a tax type that suits it", async () => {
    expect(await refusal(put({ Code: "200", Name: "Sales", Type: "SALES" }))).toBe(
      "Please enter a unique Code. Please enter a unique Name.",
    );
    expect(await refusal(put({ Code: "12345678901", Name: "Long", Type: "SALES" }))).toBe(
      "The Code can be at most 10 characters long.",
    );
    expect(await refusal(put({ Name: "No code", Type: "SALES" }))).toBe("Please enter a Code.");
    expect(await refusal(put({ Code: "9", Type: "SALES" }))).toBe("Please enter a Name.");
    expect(await refusal(put({ Code: "9", Name: "Odd", Type: "ODD" }))).toBe(
      "Account Type 'ODD' is not valid.",
    );
    expect(await refusal(put({ Code: "9", Name: "Odd", Type: "SALES", TaxType: "INPUT2" }))).toBe(
      "The TaxType code 'INPUT2' cannot be used with account code '9'.",
    );
  });

  it("of a bank needs its number, a subscribed currency, no description, and is no PayPal", async () => {
    const bank = { Name: "Reserve", Type: "BANK", BankAccountNumber: "20405011112222" };
    const { json } = await put(bank);
    expect(json.Accounts[0]).toMatchObject({ CurrencyCode: "GBP", BankAccountType: "BANK", TaxType: "NONE" });
    expect(json.Accounts[0]).not.toHaveProperty("Code");
    expect(await refusal(put({ ...bank, Name: "R2", BankAccountNumber: "" }))).toBe(
      "BankAccountNumber is required for a bank account.",
    );
    expect(await refusal(put({ ...bank, Name: "R3", CurrencyCode: "SEK" }))).toBe(
      "Organisation is not subscribed to currency SEK",
    );
    expect(await refusal(put({ ...bank, Name: "R4", BankAccountType: "PAYPAL" }))).toContain("PayPal");
    expect(await refusal(put({ ...bank, Name: "R5", Description: "Rainy days" }))).toContain("description");
  });
});

describe("an account", () => {
  it("changes its details and lets payments in", async () => {
    const { AccountID } = await made({ Code: "621", Name: "Till", Type: "CURRENT" });
    const { json } = await post(AccountID, {
      Accounts: [{ Name: "Tills", EnablePaymentsToAccount: "true", AddToWatchlist: true }],
    });
    expect(json.Accounts[0]).toMatchObject({
      Code: "621",
      Name: "Tills",
      EnablePaymentsToAccount: true,
      AddToWatchlist: true,
    });
    const invoice = await invoiceOn("200");
    const paid = await xero.call("PUT", "/Payments", {
      body: {
        Invoice: { InvoiceID: invoice.InvoiceID },
        Account: { AccountID },
        Date: "2026-05-20",
        Amount: 1,
      },
    });
    expect(paid.status).toBe(200);
    const found = await xero.call("GET", "/Accounts", { query: { where: "EnablePaymentsToAccount==true" } });
    expect(found.json.Accounts.map(({ Code }: Answered) => Code)).toContain("621");
  });

  it("with a new code shows it on the lines that were posted before, and does not give the old one away", async () => {
    const { AccountID } = await made();
    const invoice = await invoiceOn("201");
    await post(AccountID, { Code: "2010" });
    const { json } = await xero.call("GET", `/Invoices/${invoice.InvoiceID}`);
    expect(json.Invoices[0].LineItems[0].AccountCode).toBe("2010");
    expect(await refusal(put({ Code: "201", Name: "Other", Type: "SALES" }))).toBe(
      "Please enter a unique Code.",
    );
  });

  it("is archived by an order that comes alone, and is then refused on documents", async () => {
    const { AccountID } = await made();
    expect(await refusal(post(AccountID, { Status: "ARCHIVED", Name: "Old lines" }))).toBe(
      "An account cannot be archived and have other values updated in the same request.",
    );
    const { json } = await post(AccountID, { AccountID, Status: "ARCHIVED" });
    expect(json.Accounts[0].Status).toBe("ARCHIVED");
    expect(await refusal(post(AccountID, { Name: "Older lines" }))).toContain("archived");
    expect((await byCode("201")).Status).toBe("ARCHIVED");
    expect((await post(AccountID, { Status: "ACTIVE" })).json.Accounts[0].Status).toBe("ACTIVE");
  });

  it("of the system or of a bank keeps what it is", async () => {
    const debtors = await byCode("610");
    expect(await refusal(post(debtors.AccountID, { Status: "ARCHIVED" }))).toBe(
      "System accounts cannot be archived.",
    );
    expect(await refusal(post(debtors.AccountID, { Code: "611" }))).toBe(
      "The code and type of a system account cannot be changed.",
    );
    expect(await refusal(xero.call("DELETE", `/Accounts/${debtors.AccountID}`))).toBe(
      "System accounts cannot be deleted.",
    );
    const bank = await byCode("090");
    expect(await refusal(post(bank.AccountID, { Name: "Main bank" }))).toContain("Bank accounts");
  });

  it("is deleted while no document has used it, and is then gone", async () => {
    const { AccountID } = await made();
    const { status, json } = await xero.call("DELETE", `/Accounts/${AccountID}`);
    expect(status).toBe(200);
    expect(json.Accounts[0]).toMatchObject({ AccountID, Status: "DELETED" });
    expect((await xero.call("GET", `/Accounts/${AccountID}`)).status).toBe(404);
    await made();
    await invoiceOn("201");
    const used = await byCode("201");
    expect(await refusal(xero.call("DELETE", `/Accounts/${used.AccountID}`))).toContain(
      "used on transactions",
    );
  });

  it("named by a refused document alone stays unused", async () => {
    const { AccountID } = await made();
    const [contact] = await xero.create("Contacts", { Name: "Ann" });
    const line = { Description: "Box", Quantity: 1, UnitAmount: 10, AccountCode: "201", TaxType: "INPUT2" };
    const refused = await xero.call("PUT", "/Invoices", {
      body: { Invoices: [anInvoice(contact?.ContactID, { LineItems: [line] })] },
    });
    expect(refused.status).toBe(400);
    expect((await xero.call("DELETE", `/Accounts/${AccountID}`)).status).toBe(200);
  });
});
