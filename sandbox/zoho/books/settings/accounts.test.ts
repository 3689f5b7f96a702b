import { beforeEach, describe, expect, it } from "vitest";
import { type LooseJson, startZohoAlone, type ZohoAlone } from "../../testing";

let zoho: ZohoAlone;

beforeEach(async () => {
  zoho = await startZohoAlone({ currencies: ["EUR"], scope: "ZohoBooks.fullaccess.all" });
});

const create = async (json: object): Promise<LooseJson> => {
  const answer = await zoho.call("POST", "/chartofaccounts", { json });
  expect(answer).toMatchObject({ status: 201, json: { message: "The account has been created." } });
  return answer.json.chart_of_account ?? {};
};

const names = async (query: Record<string, string>): Promise<string[]> =>
  (await zoho.call("GET", "/chartofaccounts", { query }))
    .rows("chartofaccounts")
    .map(({ account_name }) => String(account_name));

const refusal = (code: number, message: string) => ({ status: 400, json: { code, message } });

describe("an account of the chart", () => {
  it("is created under a parent of its type, changed, listed with its place, and deleted", async () => {
    const parent = await create({ account_name: "Travel", account_type: "expense", account_code: "6100" });
    const child = await create({
      account_name: "Trains",
      account_type: "expense",
      parent_account_id: parent.account_id,
      description: "Rail fares",
    });
    expect(child).toMatchObject({
      is_active: true,
      is_system_account: false,
      is_involved_in_transaction: false,
      currency_code: "GBP",
      description: "Rail fares",
    });
    const query = { account_name_contains: "tra" };
    const rows = (await zoho.call("GET", "/chartofaccounts", { query })).rows("chartofaccounts");
    expect(rows).toMatchObject([
      { account_name: "Trains", depth: "1", parent_account_name: "Travel", is_child_present: "false" },
      { account_name: "Travel", depth: "0", child_count: "1", is_child_present: "true" },
    ]);
    const changed = await zoho.call("PUT", `/chartofaccounts/${child.account_id}`, {
      json: { account_name: "Railway" },
    });
    expect(changed).toMatchObject({
      status: 200,
      json: {
        message: "The details of the account have been updated.",
        chart_of_account: { account_name: "Railway", account_type: "expense" },
      },
    });
    expect(await zoho.call("DELETE", `/chartofaccounts/${parent.account_id}`)).toMatchObject(
      refusal(1010, "Accounts with sub-accounts cannot be deleted."),
    );
    expect((await zoho.call("DELETE", `/chartofaccounts/${child.account_id}`)).json.message).toBe(
      "The account has been deleted.",
    );
    expect((await zoho.call("GET", `/chartofaccounts/${child.account_id}`)).status).toBe(404);
  });

  it.each([
    [{ account_type: "expense" }, 4, "Invalid value passed for account_name"],
    [{ account_name: "X", account_type: "magic" }, 4, "Invalid value passed for account_type"],
    [{ account_name: "sales", account_type: "income" }, 1001, "An account with this name already exists."],
    [
      { account_name: "X", account_type: "income", parent_account_id: "1" },
      4,
      "Invalid value passed for parent_account_id",
    ],
    [
      { account_name: "X", account_type: "bank", currency_id: "1" },
      4,
      "Invalid value passed for currency_id",
    ],
  ])("is refused as %o", async (json, code, message) => {
    expect(await zoho.call("POST", "/chartofaccounts", { json })).toMatchObject(refusal(code, message));
  });

  it("shares its code with no other", async () => {
    await create({ account_name: "A", account_type: "expense", account_code: "1" });
    const json = { account_name: "B", account_type: "expense", account_code: "1" };
    expect(await zoho.call("POST", "/chartofaccounts", { json })).toMatchObject(
      refusal(1001, "An account with this account code already exists."),
    );
  });

  it("that Zoho made can be renamed, not deleted, made inactive or of another type", async () => {
    const path = `/chartofaccounts/${zoho.seed.accountId("Sales")}`;
    expect((await zoho.call("PUT", path, { json: { account_name: "Turnover" } })).status).toBe(200);
    expect(await zoho.call("PUT", path, { json: { account_type: "other_income" } })).toMatchObject(
      refusal(1010, "The type of this account cannot be changed."),
    );
    expect(await zoho.call("DELETE", path)).toMatchObject(
      refusal(1010, "System accounts cannot be deleted."),
    );
    expect(await zoho.call("POST", `${path}/inactive`)).toMatchObject(
      refusal(1010, "System accounts cannot be marked as inactive."),
    );
  });

  it("that a line names cannot be deleted, and says so in the list", async () => {
    const account = await create({ account_name: "Repairs", account_type: "income" });
    const customerId = zoho.seed.addContact({ name: "Harbour" });
    const lines = [{ description: "x", rate: "1", quantity: "1", accountId: String(account.account_id) }];
    zoho.seed.addInvoice({ number: "1", customerId, date: "2026-10-01", lines });
    expect(await zoho.call("DELETE", `/chartofaccounts/${account.account_id}`)).toMatchObject(
      refusal(1010, "Accounts that are used in transactions cannot be deleted. Mark them as inactive."),
    );
    const query = { account_name: "repairs" };
    expect((await zoho.call("GET", "/chartofaccounts", { query })).rows("chartofaccounts")).toMatchObject([
      { is_involved_in_transaction: true },
    ]);
    expect(await zoho.call("POST", `/chartofaccounts/${account.account_id}/inactive`)).toMatchObject({
      status: 201,
      json: { code: 0, message: "The account has been marked as inactive." },
    });
  });

  it("is changed in bulk, all or none", async () => {
    const first = await create({ account_name: "A", account_type: "expense" });
    const second = await create({ account_name: "B", account_type: "expense" });
    const mixed = { account_ids: `${first.account_id},${zoho.seed.accountId("Sales")}` };
    expect((await zoho.call("DELETE", "/chartofaccounts/bulkdelete", { query: mixed })).status).toBe(400);
    const both = { account_ids: `${first.account_id},${second.account_id}` };
    expect((await zoho.call("POST", "/chartofaccounts/inactive", { query: both })).status).toBe(200);
    expect(await names({ filter_by: "AccountType.Inactive" })).toEqual(["A", "B"]);
    expect((await zoho.call("DELETE", "/chartofaccounts/bulkdelete", { query: both })).status).toBe(200);
    expect(await names({ filter_by: "AccountType.Inactive" })).toEqual([]);
    expect(await zoho.call("POST", "/chartofaccounts/active")).toMatchObject(
      refusal(4, "Invalid value passed for account_ids"),
    );
  });

  it("answers one account in its envelope, or bare as the OpenAPI file has it, as switched", async () => {
    const path = `/chartofaccounts/${zoho.seed.accountId("Samples")}`;
    expect((await zoho.call("GET", path)).json.chart_of_account).toMatchObject({ account_name: "Samples" });
    zoho.context.switches.set("zoho.books-answers", "described");
    expect((await zoho.call("GET", path)).json).toMatchObject({ code: 0, account_name: "Samples" });
  });
});

describe("the chart", () => {
  it("is filtered by group, text and time, and sorted", async () => {
    expect(await names({ filter_by: "AccountType.Equity" })).toEqual(["Retained Earnings"]);
    expect(await names({ account_name_starts_with: "accounts" })).toEqual([
      "Accounts Payable",
      "Accounts Receivable",
    ]);
    expect(await names({ account_name_ends_with: "vat", sort_column: "account_name" })).toEqual([
      "Output VAT",
    ]);
    expect(await names({ search_text: "petty" })).toEqual(["Petty Cash"]);
    const salesId = zoho.seed.accountId("Sales");
    expect(await names({ account_id: salesId })).toEqual(["Sales"]);
    expect(await names({ account_id_not_equal: salesId, filter_by: "AccountType.Income" })).toEqual([
      "Discount",
      "Manual Adjustments",
      "Shipping Charge",
    ]);
    await create({ account_name: "New", account_type: "expense" });
    expect(await names({ last_modified_time: "2026-11-21T00:00:00+0000" })).toEqual(["New"]);
    expect((await names({ sort_column: "account_name", sort_order: "D" }))[0]).toBe("Undeposited Funds");
  });
});

describe("a bank account", () => {
  it("is an account of the chart with what the bank knows it by", async () => {
    const json = {
      account_name: "Euro Account",
      account_type: "bank",
      currency_code: "EUR",
      account_number: "12345678",
      bank_name: "Quay Bank",
    };
    const made = await zoho.call("POST", "/bankaccounts", { json });
    expect(made).toMatchObject({
      status: 201,
      json: {
        message: "The account has been created.",
        bankaccount: { currency_code: "EUR", currency_symbol: "€", bank_name: "Quay Bank" },
      },
    });
    expect(await names({ account_name: "Euro Account" })).toEqual(["Euro Account"]);
    const rows = (await zoho.call("GET", "/bankaccounts")).rows("bankaccounts");
    expect(rows.map(({ account_name }) => account_name)).toEqual(["Business Bank Account", "Euro Account"]);
    const id = String(made.json.bankaccount?.account_id);
    const changed = await zoho.call("PUT", `/bankaccounts/${id}`, { json: { routing_number: "20-00-00" } });
    expect(changed.json.bankaccount).toMatchObject({ routing_number: "20-00-00", bank_name: "Quay Bank" });
    expect((await zoho.call("POST", `/bankaccounts/${id}/inactive`)).status).toBe(201);
    const query = { filter_by: "Status.Inactive" };
    expect((await zoho.call("GET", "/bankaccounts", { query })).rows("bankaccounts")).toHaveLength(1);
    expect((await zoho.call("DELETE", `/bankaccounts/${id}`)).status).toBe(200);
    expect((await zoho.call("GET", `/bankaccounts/${id}`)).status).toBe(404);
  });

  it("is of a bank's type and in a currency that the organisation has", async () => {
    const json = { account_name: "X", account_type: "expense" };
    expect(await zoho.call("POST", "/bankaccounts", { json })).toMatchObject(
      refusal(4, "Invalid value passed for account_type"),
    );
    expect(
      await zoho.call("POST", "/bankaccounts", {
        json: { account_name: "X", account_type: "bank", currency_code: "SEK" },
      }),
    ).toMatchObject(refusal(4, "Invalid value passed for currency_code"));
    expect((await zoho.call("GET", `/bankaccounts/${zoho.seed.accountId("Sales")}`)).status).toBe(404);
  });
});
