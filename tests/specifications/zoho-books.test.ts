import { beforeAll, describe, expect, it } from "vitest";
import { invariant } from "@/lib/kernel/invariant";
import { ROUTES } from "@/sandbox/zoho/books/routes";
import { startTrade, type TradeWorld } from "@/sandbox/zoho/books/trade/testing";
import { type Recording, recordExchanges } from "./recorded";
import { hasReference } from "./reference";

/** One record of each kind is made, every list and record is read, and every action on one is tried. */
describe.runIf(hasReference("Zoho Books' answers against its descriptions"))("Zoho Books", () => {
  let recording: Recording;

  beforeAll(async () => {
    const world = await startTrade();
    recording = recordExchanges("zoho");
    const made = await makeOneOfEach(world);
    await readEverything(world, made);
    await doEverything(world, made);
    recording.stop();
  });

  it("answers what Zoho describes", () => {
    expect(recording.answerProblems()).toEqual({});
  });

  it("is asked at more than two hundred operations", () => {
    expect(recording.operations().length).toBeGreaterThan(200);
  });
});

type Made = ReadonlyMap<string, string>;

async function makeOneOfEach(world: TradeWorld): Promise<Made> {
  const { vendorId, customerId, itemId, taxId, expenseAccountId, bankId } = world;
  const made = new Map<string, string>();
  const line = { item_id: itemId, rate: 100, quantity: 1, tax_id: taxId };
  const bought = { account_id: expenseAccountId, rate: 100, quantity: 1, tax_id: taxId };
  const make = async (path: string, body: object): Promise<string> => {
    const answer = await world.post(path, body);
    invariant(answer.status < 300, `POST ${path} answered ${answer.status} ${answer.text.slice(0, 300)}`);
    const id = /"[a-z_]+_id":"(\d+)"/.exec(answer.text)?.[1] ?? "";
    made.set(path, id);
    return id;
  };
  await make("/contacts", { contact_name: "Quay Traders" });
  await make("/items", { name: "Lamp", rate: 12 });
  const invoice = await make("/invoices", {
    customer_id: customerId,
    date: "2026-11-01",
    line_items: [line],
  });
  await world.post(`/invoices/${invoice}/status/sent`);
  await make("/creditnotes", { customer_id: customerId, date: "2026-11-02", line_items: [line] });
  await make("/customerpayments", {
    customer_id: customerId,
    payment_mode: "cash",
    date: "2026-11-03",
    amount: 20,
    invoices: [{ invoice_id: invoice, amount_applied: 20 }],
  });
  const bill = await make("/bills", {
    vendor_id: vendorId,
    bill_number: "B-1",
    date: "2026-11-01",
    line_items: [bought],
  });
  await make("/vendorcredits", {
    vendor_id: vendorId,
    vendor_credit_number: "VC-1",
    date: "2026-11-02",
    line_items: [bought],
  });
  await make("/vendorpayments", {
    vendor_id: vendorId,
    date: "2026-11-03",
    amount: 20,
    paid_through_account_id: bankId,
    bills: [{ bill_id: bill, amount_applied: 20 }],
  });
  await make("/purchaseorders", { vendor_id: vendorId, date: "2026-11-01", line_items: [bought] });
  await make("/salesorders", { customer_id: customerId, date: "2026-11-01", line_items: [line] });
  await make("/estimates", { customer_id: customerId, date: "2026-11-01", line_items: [line] });
  await make("/expenses", {
    account_id: expenseAccountId,
    paid_through_account_id: bankId,
    date: "2026-11-01",
    amount: 12,
  });
  await make("/journals", {
    journal_date: "2026-11-01",
    reference_number: "J-1",
    notes: "Rent accrued",
    line_items: [
      { account_id: expenseAccountId, debit_or_credit: "debit", amount: 50 },
      { account_id: bankId, debit_or_credit: "credit", amount: 50 },
    ],
  });
  await make("/chartofaccounts", { account_name: "Gifts given", account_type: "expense" });
  await make("/settings/taxes", { tax_name: "Levy", tax_percentage: 2.5 });
  await make("/settings/currencies", {
    currency_code: "SEK",
    currency_symbol: "kr",
    price_precision: 2,
    currency_format: "1,234,567.89",
  });
  return made;
}

/** Every list, then the first row of each by its id and what hangs on it. */
async function readEverything(world: TradeWorld, made: Made): Promise<void> {
  const reads = ROUTES.filter(({ method }) => method === "GET").map(({ operation }) => operation);
  for (const operation of reads.filter((path) => !path.includes("{id}"))) await world.get(operation);
  for (const operation of reads.filter((path) => path.split("{id}").length === 2)) {
    const [resource = ""] = operation.split("/{id}");
    const id = made.get(resource);
    if (id !== undefined) await world.get(operation.replace("{id}", id));
  }
}

/** Every action on a record and its end; many are refused for want of a body, which must be as described too. */
async function doEverything(world: TradeWorld, made: Made): Promise<void> {
  for (const method of ["POST", "PUT", "DELETE"])
    for (const { operation, method: of } of ROUTES) {
      const [resource = "", rest] = operation.split("/{id}");
      const id = made.get(resource);
      if (of !== method || id === undefined || rest === undefined || rest.includes("{id}")) continue;
      await world.zoho.call(method, operation.replace("{id}", id), { json: {} });
    }
}
