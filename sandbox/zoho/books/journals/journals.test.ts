import { beforeEach, describe, expect, it } from "vitest";
import { startTrade, type TradeWorld } from "../trade/testing";

let world: TradeWorld;

beforeEach(async () => {
  world = await startTrade();
});

const line = (side: "debit" | "credit", amount: number, change: object = {}) => ({
  account_id: side === "debit" ? world.expenseAccountId : world.bankId,
  debit_or_credit: side,
  amount,
  ...change,
});
const aJournal = (change: object = {}) => ({
  journal_date: "2026-11-04",
  notes: "Samples given away",
  line_items: [line("debit", 30), line("credit", 30)],
  ...change,
});
const journalOf = async (id: unknown) => (await world.get(`/journals/${id}`)).json.journal;

describe("a journal", () => {
  it("is published with the next entry number and its totals", async () => {
    expect(await world.create("/journals", "journal", aJournal())).toMatchObject({
      entry_number: "1",
      status: "published",
      journal_type: "both",
      line_item_total: 30,
      total: 30,
      line_items: [
        { account_name: "Samples", debit_or_credit: "debit", amount: 30 },
        { debit_or_credit: "credit", amount: 30 },
      ],
    });
    expect((await world.create("/journals", "journal", aJournal())).entry_number).toBe("2");
  });

  it.each(["published", "draft"])(
    "is %s where the switch says so, unless the client says otherwise",
    async (position) => {
      world.zoho.context.switches.set("zoho.new-journal-status", position);
      expect((await world.create("/journals", "journal", aJournal())).status).toBe(position);
      expect((await world.create("/journals", "journal", aJournal({ status: "draft" }))).status).toBe(
        "draft",
      );
    },
  );

  it("counts the taxes of its lines on their side", async () => {
    const lines = [line("debit", 100, { tax_id: world.taxId }), line("credit", 120)];
    expect(await world.create("/journals", "journal", aJournal({ line_items: lines }))).toMatchObject({
      line_item_total: 100,
      total: 120,
      taxes: [{ tax_amount: 20, debit_or_credit: "debit" }],
    });
  });

  it("is refused when it does not balance, is too short or names what does not exist", async () => {
    const receivable = world.zoho.seed.accountId("Accounts Receivable");
    const asked: [object, number][] = [
      [{ line_items: [line("debit", 30), line("credit", 29.99)] }, 400],
      [{ line_items: [line("debit", 30)] }, 400],
      [{ line_items: undefined }, 400],
      [{ journal_date: undefined }, 400],
      [{ line_items: [line("debit", 0), line("credit", 0)] }, 400],
      [{ line_items: [line("debit", 1, { account_id: "1" }), line("credit", 1)] }, 404],
      [{ line_items: [line("debit", 1, { account_id: receivable }), line("credit", 1)] }, 400],
      [{ line_items: [line("debit", 1, { tax_id: "1" }), line("credit", 1)] }, 404],
    ];
    for (const [change, status] of asked)
      expect((await world.post("/journals", aJournal(change))).status).toBe(status);
    expect(world.zoho.seed.books.journals.size).toBe(0);
    const withContact = line("debit", 1, { account_id: receivable, customer_id: world.customerId });
    expect(
      (await world.post("/journals", aJournal({ line_items: [withContact, line("credit", 1)] }))).status,
    ).toBe(201);
  });

  it("is published from a draft, alone or with others", async () => {
    const draft = () => world.create("/journals", "journal", aJournal({ status: "draft" }));
    const ids = [(await draft()).journal_id, (await draft()).journal_id, (await draft()).journal_id];
    expect((await world.post(`/journals/${ids[0]}/status/publish`)).json.message).toBe(
      "Journal has been published.",
    );
    await world.post("/journals/status/publish", {}, { journal_ids: `${ids[1]},${ids[2]}` });
    for (const id of ids) expect((await journalOf(id))?.status).toBe("published");
    await world.remove("/journals/bulkdelete", { journal_ids: `${ids[0]},${ids[1]}` });
    expect((await world.get("/journals")).rows("journals")).toHaveLength(1);
  });

  it("goes through approval and is reversed with its sides exchanged", async () => {
    const { journal_id: id } = await world.create("/journals", "journal", aJournal({ status: "draft" }));
    expect((await world.post(`/journals/${id}/approve`)).status).toBe(400);
    await world.post(`/journals/${id}/submit`);
    await world.post(`/journals/${id}/approve`);
    await world.post(`/journals/${id}/status/publish`);
    const query = { reversal_date: "2026-12-01", is_reversal_scheduled: "false" };
    expect((await world.post(`/journals/${id}/reverse`, {}, query)).json.journal).toMatchObject({
      journal_date: "2026-12-01",
      entry_number: "2",
      line_items: [{ debit_or_credit: "credit" }, { debit_or_credit: "debit" }],
    });
    expect((await world.post(`/journals/${id}/reverse`)).status).toBe(400);
  });

  it("is found by number, notes, date, amount, status and account", async () => {
    await world.create("/journals", "journal", aJournal());
    await world.create(
      "/journals",
      "journal",
      aJournal({ journal_date: "2026-10-01", notes: "Rent", status: "draft" }),
    );
    const found = async (query: Record<string, string>) =>
      (await world.get("/journals", query)).rows("journals").map((row) => row.entry_number);
    expect(await found({})).toEqual(["1", "2"]);
    expect(await found({ notes_contains: "rent" })).toEqual(["2"]);
    expect(await found({ status: "draft" })).toEqual(["2"]);
    expect(await found({ date_after: "2026-10-01" })).toEqual(["1"]);
    expect(await found({ total_greater_than: "30" })).toEqual([]);
    expect(await found({ account_id: world.bankId })).toEqual(["1", "2"]);
    expect(await found({ filter_by: "JournalDate.ThisMonth" })).toEqual(["1"]);
    expect(await found({ sort_column: "journal_date", sort_order: "A" })).toEqual(["2", "1"]);
    // There is no order by time of creation, so this is that of dates.
    expect(await found({ sort_column: "created_time", sort_order: "A" })).toEqual(["2", "1"]);
  });
});
