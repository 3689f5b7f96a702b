import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { type Answered, anInvoice, connectXero, type TestClient } from "../../test-client";
import { LEDGER_SCOPES } from "../test-scopes";

let sandbox: RunningSandbox;
let xero: TestClient;
let ann: string;
beforeEach(async () => {
  sandbox = await startSandbox({
    port: 0,
    limitSpeed: 1_000_000,
    clock: createFrozenClock("2026-06-15T09:00:00Z"),
  });
  xero = await connectXero(sandbox.origin, { scope: LEDGER_SCOPES });
  ann = (await xero.create("Contacts", { Name: "Ann" }))[0]?.ContactID;
});
afterEach(() => sandbox.stop());

async function report(name: string, query: Record<string, string> = {}): Promise<Answered> {
  const { status, json, text } = await xero.call("GET", `/Reports/${name}`, { query });
  expect(status, text).toBe(200);
  return json.Reports[0];
}

/** Titles of sections and the texts of their cells, row by row. */
function textsOf({ Rows }: Answered): unknown[] {
  const cells = ({ Cells }: Answered): string[] => Cells.map(({ Value }: Answered) => Value);
  return Rows.map((row: Answered) =>
    row.RowType === "Section" ? [row.Title, ...row.Rows.map(cells)] : cells(row),
  );
}

const pay = (InvoiceID: string, Amount: number, fields: object = {}) =>
  xero.create("Payments", {
    Invoice: { InvoiceID },
    Account: { Code: "090" },
    Date: "2026-05-20",
    Amount,
    ...fields,
  });
const bill = (fields: object = {}): object =>
  anInvoice(ann, {
    Type: "ACCPAY",
    InvoiceNumber: "B-1",
    LineItems: [{ Description: "x", Quantity: 1, UnitAmount: 5, AccountCode: "400", TaxType: "INPUT2" }],
    ...fields,
  });

/** May: a sale of 24 of which 10 is paid, and a bill of 6. Last year: a sale of 24. */
async function trade(): Promise<void> {
  const [sale] = await xero.create(
    "Invoices",
    anInvoice(ann, { InvoiceNumber: "S-2" }),
    anInvoice(ann, { InvoiceNumber: "S-1", Date: "2025-01-10", DueDate: "2025-01-20" }),
    bill(),
  );
  await pay(sale?.InvoiceID, 10);
}

describe("the trial balance", () => {
  it("has the month and the year to date of each account, and last year in retained earnings", async () => {
    await trade();
    const shown = await report("TrialBalance", { date: "2026-05-31" });
    expect(shown).toMatchObject({
      ReportID: "TrialBalance",
      ReportName: "Trial Balance",
      ReportType: "TrialBalance",
      ReportTitles: ["Trial Balance", "Tidewater Gifts Ltd", "As at 31 May 2026"],
      ReportDate: "15 June 2026",
      Fields: [],
    });
    expect(textsOf(shown)).toEqual([
      ["Account", "Debit", "Credit", "YTD Debit", "YTD Credit"],
      ["Revenue", ["Sales (200)", "", "20.00", "", "20.00"]],
      ["Expenses", ["Advertising & Marketing (400)", "5.00", "", "5.00", ""]],
      [
        "Assets",
        ["Accounts Receivable (610)", "14.00", "", "38.00", ""],
        ["Business Bank Account (090)", "10.00", "", "10.00", ""],
      ],
      [
        "Liabilities",
        ["Accounts Payable (800)", "", "6.00", "", "6.00"],
        ["VAT (820)", "", "3.00", "", "7.00"],
      ],
      ["Equity", ["Retained Earnings (960)", "", "0.00", "", "20.00"]],
      ["", ["Total", "29.00", "29.00", "53.00", "53.00"]],
    ]);
    const [row] = shown.Rows[1].Rows;
    const accounts = (await xero.call("GET", "/Accounts", { query: { where: 'Code=="200"' } })).json.Accounts;
    expect(row.RowType).toBe("Row");
    expect(row.Cells[1].Attributes).toEqual([{ Value: accounts[0].AccountID, Id: "account" }]);
  });

  it("follows voided documents, deleted payments and refused batches at once", async () => {
    await trade();
    await report("TrialBalance");
    const [sale] = await xero.create("Invoices", anInvoice(ann));
    const [payment] = await pay(sale?.InvoiceID, 24);
    const before = textsOf(await report("TrialBalance"));
    await xero.call("POST", `/Payments/${payment?.PaymentID}`, { body: { Status: "DELETED" } });
    await xero.call("POST", `/Invoices/${sale?.InvoiceID}`, { body: { Status: "VOIDED" } });
    const bad = { Invoices: [anInvoice(ann), anInvoice(ann, { DueDate: undefined })] };
    expect((await xero.call("PUT", "/Invoices", { body: bad })).status).toBe(400);
    const after = textsOf(await report("TrialBalance"));
    expect(after).not.toEqual(before);
    expect(after.at(-1)).toEqual(["", ["Total", "0.00", "0.00", "53.00", "53.00"]]);
  });

  it("with paymentsOnly counts what was paid of each document", async () => {
    await trade();
    expect(textsOf(await report("TrialBalance", { date: "2026-05-31", paymentsOnly: "true" }))).toEqual([
      ["Account", "Debit", "Credit", "YTD Debit", "YTD Credit"],
      ["Revenue", ["Sales (200)", "", "8.33", "", "8.33"]],
      ["Assets", ["Business Bank Account (090)", "10.00", "", "10.00", ""]],
      ["Liabilities", ["VAT (820)", "", "1.67", "", "1.67"]],
      ["", ["Total", "10.00", "10.00", "10.00", "10.00"]],
    ]);
  });

  it("leaves a manual journal out of the cash basis where that says so", async () => {
    const JournalLines = [
      { LineAmount: 9, AccountCode: "400" },
      { LineAmount: -9, AccountCode: "620" },
    ];
    const manual = { Narration: "x", Date: "2026-05-20", Status: "POSTED", JournalLines };
    await xero.create("ManualJournals", manual, { ...manual, ShowOnCashBasisReports: false });
    const total = async (query: object): Promise<unknown> =>
      textsOf(await report("TrialBalance", { date: "2026-05-31", ...query })).at(-1);
    expect(await total({})).toEqual(["", ["Total", "18.00", "18.00", "18.00", "18.00"]]);
    expect(await total({ paymentsOnly: "true" })).toEqual(["", ["Total", "9.00", "9.00", "9.00", "9.00"]]);
  });

  it("refuses a date that is none", async () => {
    const { status, json } = await xero.call("GET", "/Reports/TrialBalance", { query: { date: "soon" } });
    expect(status).toBe(400);
    expect(json.Message).toContain("date");
  });
});

describe("the bank summary", () => {
  it("has what came in and went out of each account between two days", async () => {
    const [sale, bought] = await xero.create("Invoices", anInvoice(ann), bill());
    await pay(sale?.InvoiceID, 10, { Date: "2026-04-30" });
    await pay(sale?.InvoiceID, 4);
    await pay(bought?.InvoiceID, 6);
    const moved = {
      FromBankAccount: { Code: "090" },
      ToBankAccount: { Code: "092" },
      Amount: 3,
      Date: "2026-05-21",
    };
    await xero.call("PUT", "/BankTransfers", { body: moved });
    const shown = await report("BankSummary", { fromDate: "2026-05-01", toDate: "2026-05-31" });
    expect(shown.ReportTitles).toEqual([
      "Bank Summary",
      "Tidewater Gifts Ltd",
      "From 1 May 2026 to 31 May 2026",
    ]);
    expect(textsOf(shown)).toEqual([
      ["Bank Accounts", "Opening Balance", "Cash Received", "Cash Spent", "Closing Balance"],
      [
        "",
        ["Business Bank Account", "10.00", "4.00", "9.00", "5.00"],
        ["Euro Account", "0.00", "0.00", "0.00", "0.00"],
        ["Savings", "0.00", "3.00", "0.00", "3.00"],
        ["Yen Account", "0.00", "0.00", "0.00", "0.00"],
        ["Total", "10.00", "7.00", "9.00", "8.00"],
      ],
    ]);
    const [name, opening, received] = shown.Rows[1].Rows[0].Cells;
    expect([name.Attributes[0].Id, opening.Attributes, received.Attributes[0].Id]).toEqual([
      "accountID",
      undefined,
      "account",
    ]);
  });

  it("is of the present month where no days are named", async () => {
    const { ReportTitles } = await report("BankSummary");
    expect(ReportTitles[2]).toBe("From 1 June 2026 to 30 June 2026");
  });
});

describe("aged receivables of a contact", () => {
  it("show what was owed on a day, with what was paid and credited until then", async () => {
    await trade();
    const note = {
      Type: "ACCRECCREDIT",
      Contact: { ContactID: ann },
      Date: "2026-05-12",
      Status: "AUTHORISED",
    };
    const LineItems = [{ Description: "x", Quantity: 1, UnitAmount: 2, AccountCode: "200", TaxType: "NONE" }];
    await xero.create("CreditNotes", { ...note, CreditNoteNumber: "C-1", LineItems });
    const query = { contactId: ann, date: "2026-06-30", fromDate: "2026-05-01" };
    const shown = await report("AgedReceivablesByContact", query);
    expect(shown.ReportTitles).toEqual([
      "Invoices",
      "Ann",
      "From 1 May 2026 to 30 June 2026",
      "Showing payments to 30 June 2026",
    ]);
    expect(textsOf(shown)).toEqual([
      ["Date", "Number", "Due Date", "", "Total", "Paid", "Credited", "Due"],
      ["", ["2026-05-01T00:00:00", "Opening Balance", "", "", "", "", "", "24.00"]],
      [
        "",
        [
          "2026-05-10T00:00:00",
          "S-2",
          "2026-06-09T00:00:00",
          "21 days overdue",
          "24.00",
          "10.00",
          "0.00",
          "14.00",
        ],
        ["2026-05-12T00:00:00", "C-1", "", "", "-2.00", "0.00", "0.00", "-2.00"],
        ["Total", "", "", "", "22.00", "10.00", "0.00", "12.00"],
      ],
      ["", ["Closing Balance", "", "", "", "22.00", "10.00", "0.00", "36.00"]],
    ]);
    expect(shown.Rows[2].Rows[0].Cells[0].Attributes[0].Id).toBe("invoiceID");
    const earlier = textsOf(await report("AgedReceivablesByContact", { contactId: ann, date: "2026-05-11" }));
    expect(earlier[2]).toEqual([
      "",
      [
        "2025-01-10T00:00:00",
        "S-1",
        "2025-01-20T00:00:00",
        "476 days overdue",
        "24.00",
        "0.00",
        "0.00",
        "24.00",
      ],
      ["2026-05-10T00:00:00", "S-2", "2026-06-09T00:00:00", "", "24.00", "0.00", "0.00", "24.00"],
      ["Total", "", "", "", "48.00", "0.00", "0.00", "48.00"],
    ]);
  });

  it("and payables have their own documents, and need a contact", async () => {
    await trade();
    const payables = textsOf(await report("AgedPayablesByContact", { contactId: ann, date: "2026-05-31" }));
    expect(payables[0]).toContain("Reference");
    expect(payables[2]).toEqual([
      "",
      ["2026-05-10T00:00:00", "B-1", "2026-06-09T00:00:00", "", "6.00", "0.00", "0.00", "6.00"],
      ["Total", "", "", "", "6.00", "0.00", "0.00", "6.00"],
    ]);
    expect((await xero.call("GET", "/Reports/AgedPayablesByContact")).status).toBe(400);
    const nobody = { contactId: "00000000-0000-4000-8000-000000000000" };
    expect((await xero.call("GET", "/Reports/AgedPayablesByContact", { query: nobody })).status).toBe(404);
  });
});

describe("profit and loss", () => {
  it("takes costs off income, for a period and those before it", async () => {
    await trade();
    await xero.create("Invoices", bill({ Date: "2026-04-10", InvoiceNumber: "B-2" }));
    const query = { fromDate: "2026-05-01", toDate: "2026-05-31", periods: "1", timeframe: "MONTH" };
    const shown = await report("ProfitAndLoss", query);
    expect(shown.ReportTitles).toEqual(["Profit & Loss", "Tidewater Gifts Ltd", "1 May 2026 to 31 May 2026"]);
    expect(textsOf(shown)).toEqual([
      ["", "31 May 26", "30 Apr 26"],
      ["Income", ["Sales", "20.00", "0.00"], ["Total Income", "20.00", "0.00"]],
      ["Less Cost of Sales", ["Total Cost of Sales", "0.00", "0.00"]],
      ["", ["Gross Profit", "20.00", "0.00"]],
      [
        "Less Operating Expenses",
        ["Advertising & Marketing", "5.00", "5.00"],
        ["Total Operating Expenses", "5.00", "5.00"],
      ],
      ["", ["Net Profit", "15.00", "-5.00"]],
    ]);
  });

  it("refuses a timeframe and a number of periods that it does not know", async () => {
    const wrong: Record<string, string>[] = [{ timeframe: "WEEK" }, { periods: "13" }, { periods: "x" }];
    for (const query of wrong)
      expect((await xero.call("GET", "/Reports/ProfitAndLoss", { query })).status).toBe(400);
  });
});

describe("the balance sheet", () => {
  it("has net assets equal to equity on every day that it shows", async () => {
    await trade();
    const shown = await report("BalanceSheet", { date: "2026-05-31", periods: "1", timeframe: "YEAR" });
    expect(textsOf(shown)).toEqual([
      ["", "31 May 2026", "31 May 2025"],
      ["Assets"],
      ["Bank", ["Business Bank Account", "10.00", "0.00"], ["Total Bank", "10.00", "0.00"]],
      [
        "Current Assets",
        ["Accounts Receivable", "38.00", "24.00"],
        ["Total Current Assets", "38.00", "24.00"],
      ],
      ["", ["Total Assets", "48.00", "24.00"]],
      ["Liabilities"],
      [
        "Current Liabilities",
        ["Accounts Payable", "6.00", "0.00"],
        ["VAT", "7.00", "4.00"],
        ["Total Current Liabilities", "13.00", "4.00"],
      ],
      ["", ["Total Liabilities", "13.00", "4.00"]],
      ["", ["Net Assets", "35.00", "20.00"]],
      [
        "Equity",
        ["Current Year Earnings", "15.00", "0.00"],
        ["Retained Earnings", "20.00", "20.00"],
        ["Total Equity", "35.00", "20.00"],
      ],
    ]);
  });
});

describe("each report", () => {
  it.each([
    ["TrialBalance", "trialbalance"],
    ["BankSummary", "banksummary"],
    ["ProfitAndLoss", "profitandloss"],
    ["BalanceSheet", "balancesheet"],
    ["AgedReceivablesByContact", "aged"],
    ["AgedPayablesByContact", "aged"],
  ])("%s has a scope of its own", async (name, scope) => {
    const without = LEDGER_SCOPES.replace(`accounting.reports.${scope}.read`, "");
    const other = await connectXero(sandbox.origin, { scope: without });
    const query = { contactId: ann };
    expect((await other.call("GET", `/Reports/${name}`, { query })).status).toBe(401);
    expect((await xero.call("GET", `/Reports/${name}`, { query })).status).toBe(200);
  });

  it("cannot be written, and one that is not there is not found", async () => {
    expect((await xero.call("POST", "/Reports/TrialBalance", { body: {} })).status).toBe(405);
    expect((await xero.call("GET", "/Reports/Nothing")).status).toBe(404);
    expect((await xero.call("GET", "/Reports")).json.Reports).toEqual([]);
  });
});
