import { beforeAll, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { createMemoryContext } from "@/sandbox/kit/context";
import type { SandboxContext } from "@/sandbox/kit/types";
import { XERO_SWITCHES } from "@/sandbox/xero/switches";
import { openCrm } from "@/sandbox/zoho/crm/open-crm";
import { openExpense, reportTotals } from "@/sandbox/zoho/expense/open-expense";
import { openInventory } from "@/sandbox/zoho/inventory/open-inventory";
import { stockOf } from "@/sandbox/zoho/inventory/stock";
import { ZOHO_SWITCHES } from "@/sandbox/zoho/switches";
import { seedDemoCompany } from "./demo-company";

describe("the demo company's other Zoho products", () => {
  let context: SandboxContext;
  beforeAll(async () => {
    context = await createMemoryContext(
      { ...XERO_SWITCHES, ...ZOHO_SWITCHES },
      { clock: createFrozenClock("2026-11-21T09:00:00Z") },
    );
    seedDemoCompany(context);
  });

  it("have leads, and deals whose account and contact exist", () => {
    const { records } = openCrm(context);
    expect([records.Leads.size, records.Accounts.size, records.Contacts.size, records.Deals.size]).toEqual([
      5, 12, 12, 6,
    ]);
    for (const [, { values }] of records.Deals.heads()) {
      expect(records.Accounts.head(String(values.Account_Name))).toBeDefined();
      expect(records.Contacts.head(String(values.Contact_Name))).toBeDefined();
    }
  });

  it("track eight items, none of which Books has sold out", () => {
    const inventory = openInventory(context);
    expect(inventory.stockItems.size).toBe(8);
    for (const [id] of inventory.stockItems.heads())
      expect(stockOf(inventory, id)?.onHand.greaterThan(0)).toBe(true);
  });

  it("have a report in each state, with a total from its expenses", () => {
    const expense = openExpense(context);
    const reports = [...expense.reports.heads()].map(([, report]) => report);
    expect(reports.map(({ state }) => state)).toEqual(["reimbursed", "approved", "submitted", "draft"]);
    expect(reports.map((report) => reportTotals(expense, report).total.toFixed(2))).toEqual([
      "229.25",
      "70.60",
      "47.20",
      "23.99",
    ]);
  });
});
