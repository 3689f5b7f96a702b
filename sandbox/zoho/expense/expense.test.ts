import { beforeEach, describe, expect, it } from "vitest";
import { ZOHO_ORGANIZATION_ID } from "@/sandbox/seed/zoho-reference-data";
import { type Answered, startZohoAlone, type ZohoAlone } from "../testing";

let zoho: ZohoAlone;
let token: string;
let travel: string;

beforeEach(async () => {
  zoho = await startZohoAlone({ currencies: ["EUR"] });
  token = await zoho.connect({ scope: "ZohoExpense.fullaccess.ALL" });
  const made = await call("POST", "/expensecategories", { category_name: "Travel" });
  travel = String(made.json.expense_category?.category_id);
});

function call(
  method: string,
  path: string,
  json?: object,
  query: Record<string, string> = {},
): Promise<Answered> {
  return zoho.send(method, `/eu/api/expense/v1${path}`, {
    query: { organization_id: ZOHO_ORGANIZATION_ID, ...query },
    headers: { authorization: `Zoho-oauthtoken ${token}` },
    ...(json === undefined ? {} : { json }),
  });
}

async function makeExpense(amount: number, change: object = {}): Promise<string> {
  const made = await call("POST", "/expenses", {
    date: "2026-11-12",
    merchant_name: "Great Western Railway",
    line_items: [{ category_id: travel, amount }],
    ...change,
  });
  expect(made.status).toBe(201);
  return String(made.rows("expenses")[0]?.expense_id);
}

async function makeReport(...expenseIds: readonly string[]): Promise<string> {
  const made = await call("POST", "/expensereports", {
    report_name: "November",
    start_date: "2026-11-01",
    end_date: "2026-11-30",
    expenses: expenseIds.map((expense_id, order) => ({ expense_id, order })),
  });
  expect(made.status).toBe(201);
  return String(made.json.expense_report?.report_id);
}

describe("expenses", () => {
  it("are taxed on top or within, and counted in the organisation's currency", async () => {
    const taxId = zoho.seed.taxId("Standard rate");
    const [euro] = [...zoho.seed.books.currencies.heads()].find(([, { code }]) => code === "EUR") ?? [""];
    const onTop = await makeExpense(100, {
      line_items: [{ category_id: travel, amount: 100, tax_id: taxId }],
    });
    const within = await makeExpense(0, {
      is_inclusive_tax: true,
      currency_id: euro,
      exchange_rate: 0.9,
      line_items: [{ category_id: travel, amount: 120, tax_id: taxId }],
    });
    expect((await call("GET", `/expenses/${onTop}`)).json.expense).toMatchObject({
      total: 120,
      tax_amount: 20,
      status: "unreported",
    });
    expect((await call("GET", `/expenses/${within}`)).json.expense).toMatchObject({
      total: 120,
      sub_total: 100,
      bcy_total: 108,
      currency_code: "EUR",
    });
  });

  it("need a category that exists, and an amount", async () => {
    const wrong = { line_items: [{ category_id: "1", amount: 1 }] };
    expect((await call("POST", "/expenses", wrong)).json).toMatchObject({ code: 4 });
    expect((await call("POST", "/expenses", { category_id: travel })).json.message).toBe(
      "Invalid value passed for amount",
    );
    expect((await call("DELETE", `/expensecategories/${travel}`)).status).toBe(200);
  });

  it("keep the receipt that comes with them as it came", async () => {
    const boundary = "edge";
    const body = [
      `--${boundary}\r\nContent-Disposition: form-data; name="JSONString"\r\n\r\n`,
      JSON.stringify({ line_items: [{ category_id: travel, amount: 9 }] }),
      `\r\n--${boundary}\r\nContent-Disposition: form-data; name="receipt"; filename="ticket.pdf"\r\n`,
      `Content-Type: application/pdf\r\n\r\n%PDF-1.4 ticket\r\n--${boundary}--\r\n`,
    ].join("");
    const made = await zoho.send("POST", "/eu/api/expense/v1/expenses", {
      query: { organization_id: ZOHO_ORGANIZATION_ID },
      headers: {
        authorization: `Zoho-oauthtoken ${token}`,
        "content-type": `multipart/form-data; boundary=${boundary}`,
      },
      body,
    });
    const id = String(made.rows("expenses")[0]?.expense_id);
    const receipt = await call("GET", `/expenses/${id}/receipt`);
    expect([receipt.headers["content-type"], receipt.text]).toEqual(["application/pdf", "%PDF-1.4 ticket"]);
    await call("DELETE", `/expenses/${id}/receipt`);
    expect((await call("GET", `/expenses/${id}/receipt`)).status).toBe(404);
  });
});

describe("expense reports", () => {
  it("add up their expenses and go from draft to reimbursed", async () => {
    const paidByFirm = await makeExpense(30, { is_reimbursable: false });
    const reportId = await makeReport(await makeExpense(12.5), paidByFirm);
    const report = async () => (await call("GET", `/expensereports/${reportId}`)).json.expense_report;
    expect(await report()).toMatchObject({
      status: "draft",
      total: 42.5,
      reimbursable_total: 12.5,
      amount_to_be_reimbursed: 12.5,
      expense_count: 2,
      report_number: "ER-00001",
    });
    expect((await call("POST", `/expensereports/${reportId}/approve`)).status).toBe(400);
    for (const step of ["submit", "approve", "reimburse"])
      expect((await call("POST", `/expensereports/${reportId}/${step}`)).json.code).toBe(0);
    expect(await report()).toMatchObject({
      status: "reimbursed",
      submitted_date: "2026-11-21",
      reimbursement_date: "2026-11-21",
      amount_to_be_reimbursed: 0,
    });
    const history = (await call("GET", `/expensereports/${reportId}/approvalhistory`)).json.expense_report;
    expect(history?.approval_history).toMatchObject([
      { operation: "submitted" },
      { operation: "approved" },
      { operation: "reimbursed" },
    ]);
  });

  it("close their expenses once submitted, and open them when rejected", async () => {
    const expenseId = await makeExpense(10);
    const reportId = await makeReport(expenseId);
    await call("POST", `/expensereports/${reportId}/submit`);
    const edit = () => call("PUT", `/expenses/${expenseId}`, { amount: 11 });
    expect((await edit()).status).toBe(400);
    expect((await call("DELETE", `/expenses/${expenseId}`)).status).toBe(400);
    expect((await call("PUT", `/expensereports/${reportId}`, { report_name: "X" })).status).toBe(400);
    await call("POST", `/expensereports/${reportId}/reject`, { comments: "No receipt" });
    expect((await edit()).json.expense).toMatchObject({ total: 11, status: "rejected" });
    await call("DELETE", `/expensereports/${reportId}`);
    expect((await call("GET", `/expenses/${expenseId}`)).json.expense?.status).toBe("unreported");
  });

  it("take no expense of another report, and none are submitted empty", async () => {
    const expenseId = await makeExpense(10);
    await makeReport(expenseId);
    const again = await call("POST", "/expensereports", {
      report_name: "Twice",
      expenses: [{ expense_id: expenseId }],
    });
    expect(again.json).toMatchObject({ code: 1010 });
    const empty = await makeReport();
    expect((await call("POST", `/expensereports/${empty}/submit`)).status).toBe(400);
  });

  it("stand in lists by status, in the word of the switch", async () => {
    const reportId = await makeReport(await makeExpense(10));
    await makeReport();
    await call("POST", `/expensereports/${reportId}/submit`);
    const list = async () =>
      (await call("GET", "/expensereports", undefined, { filter_by: "Type.Approval,Status.Submitted" })).rows(
        "expense_reports",
      );
    expect(await list()).toMatchObject([{ report_id: reportId, status: "submitted" }]);
    zoho.context.switches.set("zoho.expense-submitted-word", "pending_approval");
    expect(await list()).toMatchObject([{ report_id: reportId, status: "pending_approval" }]);
  });
});

describe("the front", () => {
  it.each([
    ["either", 200, 200],
    ["query", 200, 400],
    ["header", 400, 200],
  ])("hears the organisation in the position %s", async (position, inQuery, inHeader) => {
    zoho.context.switches.set("zoho.expense-organization", position);
    const headers = { authorization: `Zoho-oauthtoken ${token}` };
    const query = await zoho.send("GET", "/eu/api/expense/v1/expensecategories", {
      query: { organization_id: ZOHO_ORGANIZATION_ID },
      headers,
    });
    const header = await zoho.send("GET", "/eu/api/expense/v1/expensecategories", {
      headers: { ...headers, "x-com-zoho-expense-organizationid": ZOHO_ORGANIZATION_ID },
    });
    expect([query.status, header.status]).toEqual([inQuery, inHeader]);
  });

  it("asks for Expense's own scopes", async () => {
    token = await zoho.connect({ scope: "ZohoBooks.fullaccess.all,ZohoExpense.expensereport.READ" });
    expect((await call("GET", "/expensereports")).json.code).toBe(0);
    expect((await call("GET", "/expenses")).json).toMatchObject({ code: 57 });
    expect((await call("POST", "/expensereports", {})).json).toMatchObject({ code: 57 });
    expect((await call("GET", "/organizations")).json).toMatchObject({ code: 57 });
  });

  it("lists organisations, users, currencies, taxes and contacts of the shared organisation", async () => {
    expect((await call("GET", "/organizations")).rows("organizations")).toHaveLength(1);
    for (const [path, key] of [
      ["/settings/currencies", "currencies"],
      ["/settings/taxes", "taxes"],
      ["/users", "users"],
    ] as const)
      expect((await call("GET", path)).rows(key).length).toBeGreaterThan(0);
    zoho.seed.addContact({ name: "Penrose Home" });
    expect((await call("GET", "/contacts")).rows("contacts")).toHaveLength(1);
    expect((await call("GET", "/projects")).rows("projects")).toEqual([]);
  });
});
