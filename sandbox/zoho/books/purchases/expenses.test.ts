import { beforeEach, describe, expect, it } from "vitest";
import { startTrade, type TradeWorld } from "../trade/testing";

let world: TradeWorld;

beforeEach(async () => {
  world = await startTrade();
});

async function record(json: object) {
  const answer = await world.post("/expenses", json);
  expect(answer).toMatchObject({ status: 200, json: { message: "The expense has been recorded." } });
  return answer.json.expense ?? {};
}

const anExpense = (change: object = {}) => ({
  account_id: world.expenseAccountId,
  paid_through_account_id: world.bankId,
  date: "2026-11-03",
  amount: 10.01,
  ...change,
});

describe("an expense", () => {
  it("adds tax to its amount, or finds it inside", async () => {
    const outside = await record(anExpense({ tax_id: world.taxId }));
    expect(outside).toMatchObject({ sub_total: 10.01, tax_amount: 2, total: 12.01, status: "nonbillable" });
    const inside = await record(anExpense({ tax_id: world.taxId, is_inclusive_tax: true }));
    expect(inside).toMatchObject({ sub_total: 8.34, tax_amount: 1.67, total: 10.01 });
  });

  it("may have lines, which an update of another field keeps", async () => {
    const made = await record(
      anExpense({
        amount: undefined,
        account_id: undefined,
        line_items: [
          { account_id: world.expenseAccountId, amount: 5 },
          { account_id: world.expenseAccountId, amount: 6, tax_id: world.taxId },
        ],
      }),
    );
    expect(made).toMatchObject({ is_itemized_expense: true, total: 12.2 });
    const changed = await world.put(`/expenses/${made.expense_id}`, { reference_number: "R1" });
    expect(changed.json.expense).toMatchObject({ reference_number: "R1", total: 12.2 });
    expect(changed.json.expense?.line_items).toHaveLength(2);
  });

  it.each([
    [{ account_id: undefined }, 400],
    [{ amount: 0 }, 400],
    [{ date: undefined }, 400],
    [{ paid_through_account_id: undefined }, 400],
    [{ account_id: "1" }, 404],
    [{ tax_id: "1" }, 404],
    [{ vendor_id: "1" }, 404],
  ])("is refused with %o", async (change, status) => {
    expect((await world.post("/expenses", anExpense(change))).status).toBe(status);
    expect(world.zoho.seed.books.expenses.size).toBe(0);
  });

  it("is refused when it is paid through an account that holds no money", async () => {
    const answer = await world.post(
      "/expenses",
      anExpense({ paid_through_account_id: world.expenseAccountId }),
    );
    expect(answer.status).toBe(400);
  });

  it.each(["200", "201"])("answers %s where the switch says so", async (position) => {
    world.zoho.context.switches.set("zoho.new-expense-status", position);
    expect((await world.post("/expenses", anExpense())).status).toBe(Number(position));
  });

  it("is unbilled when a customer will be charged, and is listed by that", async () => {
    await record(anExpense());
    await record(anExpense({ is_billable: true, customer_id: world.customerId, vendor_id: world.vendorId }));
    const rows = async (query: Record<string, string>) =>
      (await world.get("/expenses", query)).rows("expenses");
    expect(await rows({ status: "unbilled" })).toMatchObject([{ customer_name: "Harbour Lights Ltd" }]);
    expect(await rows({ vendor_id: world.vendorId })).toHaveLength(1);
    expect(await rows({ date_before: "2026-11-03" })).toHaveLength(0);
    expect(await rows({})).toHaveLength(2);
  });

  it("cannot be listed by when it was changed, and shows no such time where the switch asks for Zoho's description", async () => {
    await record(anExpense({ date: "2026-11-03" }));
    await record(anExpense({ date: "2026-11-02" }));
    const rows = async (query: Record<string, string>) =>
      (await world.get("/expenses", query)).rows("expenses");
    expect(await rows({ last_modified_time: "2030-01-01T00:00:00+0000" })).toHaveLength(2);
    const sorted = await rows({ sort_column: "date", sort_order: "A" });
    expect(sorted).toMatchObject([{ date: "2026-11-02" }, { date: "2026-11-03" }]);
    expect(sorted[0]?.last_modified_time).not.toBe(" ");
    world.zoho.context.switches.set("zoho.document-answers", "described");
    expect(await rows({})).toMatchObject([{ last_modified_time: " " }, { last_modified_time: " " }]);
  });

  it("is gone once deleted, unless its period is locked", async () => {
    const { expense_id: id } = await record(anExpense());
    const lock = (status: string) =>
      world.put("/transactionlock", {
        transaction_lock_status: status,
        transaction_lock_date: "2026-11-15",
      });
    await lock("enabled");
    expect((await world.remove(`/expenses/${id}`)).status).toBe(400);
    await lock("disabled");
    expect((await world.remove(`/expenses/${id}`)).status).toBe(200);
    expect((await world.get(`/expenses/${id}`)).status).toBe(404);
  });
});
