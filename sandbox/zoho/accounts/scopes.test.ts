import { describe, expect, it } from "vitest";
import { describeScope, scopeCovers } from "./scopes";

describe("a scope", () => {
  it.each([
    ["ZohoBooks.invoices.READ", "View your invoices"],
    ["ZohoBooks.fullaccess.all", "View and change everything in Zoho Books"],
    ["ZohoInventory.items.CREATE", "Add to your items"],
    ["ZohoInventory.fullaccess.all", "View and change everything in Zoho Inventory"],
    ["ZohoCRM.modules.leads.READ", "View your leads"],
    ["ZohoCRM.modules.Leads.READ", "View your leads"],
    ["ZohoCRM.modules.ALL", "View and change all records"],
    ["ZohoCRM.settings.layouts.READ", "View the layouts of your CRM's modules"],
    ["ZohoSearch.securesearch.READ", "View what your searches find"],
    ["ZohoExpense.expensereport.READ", "View your expense reports"],
    ["aaaserver.profile.read", "View your name and e-mail address"],
  ])("%s is told in plain words", (scope, sentence) => {
    expect(describeScope(scope)).toBe(sentence);
  });

  it.each([
    "ZohoBooks.nothing.READ",
    "ZohoBooks.invoices.PEEK",
    "ZohoBooks.invoices",
    "ZohoMoon.invoices.READ",
    "ZohoBooks.packages.READ",
    "",
  ])("%s does not exist", (scope) => {
    expect(describeScope(scope)).toBeNull();
  });

  it.each([
    [["ZohoBooks.invoices.READ"], "READ", "invoices", true],
    [["ZohoBooks.invoices.READ"], "CREATE", "invoices", false],
    [["ZohoBooks.invoices.ALL"], "DELETE", "invoices", true],
    [["ZohoInventory.invoices.ALL"], "READ", "invoices", false],
    [["ZohoBooks.fullaccess.all"], "DELETE", "settings", true],
    [["ZohoBooks.settings.READ"], "READ", "accountants", false],
  ])("list %o opens %s of %s in Books: %s", (scopes, verb, module, opened) => {
    expect(scopeCovers("ZohoBooks", scopes, verb, module)).toBe(opened);
  });

  it("of all CRM modules opens each, and that of one no other", () => {
    expect(scopeCovers("ZohoCRM", ["ZohoCRM.modules.ALL"], "UPDATE", "modules.leads")).toBe(true);
    expect(scopeCovers("ZohoCRM", ["ZohoCRM.modules.leads.READ"], "READ", "modules.deals")).toBe(false);
    expect(scopeCovers("ZohoCRM", ["ZohoCRM.modules.leads.WRITE"], "CREATE", "modules.leads")).toBe(true);
    expect(scopeCovers("ZohoCRM", ["ZohoCRM.modules.Leads.READ"], "READ", "modules.leads")).toBe(true);
  });
});
