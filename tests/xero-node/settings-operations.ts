/** xero-node on the organisation, its users, chart, rates, currencies, tracking and items. */
import { expect, it } from "vitest";
import { type Account, AccountType, CurrencyCode, TaxRate } from "xero-node";
import { idOf, only, type XeroNodeWorld } from "./xero-node-world";

export function describeSettings(world: () => XeroNodeWorld): void {
  it("reads the organisation, what its plan allows and its users", async () => {
    const { accounting, tenantId } = world();
    const { organisations } = (await accounting.getOrganisations(tenantId)).body;
    expect(only(organisations)).toMatchObject({ organisationID: tenantId, baseCurrency: "GBP" });
    const { actions } = (await accounting.getOrganisationActions(tenantId)).body;
    expect(actions?.find(({ name }) => name === "CreateApprovedBill")?.status).toBe("ALLOWED");
    const { users } = (await accounting.getUsers(tenantId)).body;
    const owner = users?.find(({ emailAddress }) => emailAddress === "olivia@tidewatergifts.test");
    const { body } = await accounting.getUser(tenantId, idOf(owner?.userID));
    expect(only(body.users)).toEqual(owner);
  });

  it("reads currencies and subscribes to one more", async () => {
    const { accounting, tenantId } = world();
    await accounting.createCurrency(tenantId, { code: CurrencyCode.SEK, description: "Swedish krona" });
    const { currencies } = (await accounting.getCurrencies(tenantId)).body;
    expect(currencies?.map(({ code }) => code)).toEqual(expect.arrayContaining(["GBP", "SEK"]));
  });

  it("makes, reads, changes, archives and deletes accounts", async () => {
    const { accounting, tenantId } = world();
    const wanted: Account = { code: "479", name: "Samples", type: AccountType.EXPENSE, taxType: "INPUT2" };
    const created = only((await accounting.createAccount(tenantId, wanted)).body.accounts);
    expect(created).toMatchObject({ code: "479", name: "Samples", type: "EXPENSE", status: "ACTIVE" });
    const id = idOf(created.accountID);
    const changes = { accounts: [{ ...wanted, name: "Samples given" }] };
    const changed = only((await accounting.updateAccount(tenantId, id, changes)).body.accounts);
    expect(changed.name).toBe("Samples given");
    expect(only((await accounting.getAccount(tenantId, id)).body.accounts).name).toBe("Samples given");
    const found = await accounting.getAccounts(tenantId, undefined, 'Code=="479"');
    expect(found.body.accounts).toHaveLength(1);
    const deleted = only((await accounting.deleteAccount(tenantId, id)).body.accounts);
    expect(deleted.status).toBe("DELETED");
  });

  it("makes, reads and changes tax rates", async () => {
    const { accounting, tenantId } = world();
    const taxRate = {
      name: "Harbour levy",
      taxComponents: [{ name: "Levy", rate: 2.5, isCompound: false, isNonRecoverable: false }],
      reportTaxType: TaxRate.ReportTaxTypeEnum.OUTPUT,
    };
    const created = only((await accounting.createTaxRates(tenantId, { taxRates: [taxRate] })).body.taxRates);
    expect(created).toMatchObject({ name: "Harbour levy", effectiveRate: 2.5 });
    const taxType = idOf(created.taxType);
    const archived = { taxRates: [{ ...taxRate, taxType, status: TaxRate.StatusEnum.ARCHIVED }] };
    expect(only((await accounting.updateTaxRate(tenantId, archived)).body.taxRates).status).toBe("ARCHIVED");
    const { taxRates } = (await accounting.getTaxRateByTaxType(tenantId, taxType)).body;
    expect(only(taxRates).name).toBe("Harbour levy");
    const active = (await accounting.getTaxRates(tenantId, 'Status=="ACTIVE"')).body.taxRates ?? [];
    expect(active.map((rate) => rate.taxType)).not.toContain(taxType);
  });

  it("makes, reads, changes and deletes tracking categories and their options", async () => {
    const { accounting, tenantId } = world();
    const before = (await accounting.getTrackingCategories(tenantId)).body.trackingCategories ?? [];
    const region = before.find(({ name }) => name === "Region");
    const regionId = idOf(region?.trackingCategoryID);
    const made = await accounting.createTrackingOptions(tenantId, regionId, { name: "Islands" });
    const optionId = idOf(only(made.body.options).trackingOptionID);
    const renamed = await accounting.updateTrackingOptions(tenantId, regionId, optionId, { name: "Isles" });
    expect(only(renamed.body.options).name).toBe("Isles");
    await accounting.deleteTrackingOptions(tenantId, regionId, optionId);
    const changed = await accounting.updateTrackingCategory(tenantId, regionId, { name: "Area" });
    expect(only(changed.body.trackingCategories).name).toBe("Area");
    const read = only((await accounting.getTrackingCategory(tenantId, regionId)).body.trackingCategories);
    expect(read).toMatchObject({ name: "Area", status: "ACTIVE" });
    await accounting.updateTrackingCategory(tenantId, regionId, { name: "Region" });
    const channel = before.find(({ name }) => name === "Channel");
    await accounting.deleteTrackingCategory(tenantId, idOf(channel?.trackingCategoryID));
    const again = await accounting.createTrackingCategory(tenantId, { name: "Channel" });
    expect(only(again.body.trackingCategories).name).toBe("Channel");
  });

  it("makes, reads, changes and deletes items", async () => {
    const { accounting, tenantId } = world();
    const item = { code: "LAMP", name: "Lamp", salesDetails: { unitPrice: 12.3456, accountCode: "200" } };
    const created = only((await accounting.createItems(tenantId, { items: [item] }, false, 4)).body.items);
    expect(created).toMatchObject({ code: "LAMP", salesDetails: { unitPrice: 12.3456 } });
    const id = idOf(created.itemID);
    const renamed = { items: [{ code: "LAMP", name: "Desk lamp" }] };
    expect(only((await accounting.updateItem(tenantId, id, renamed)).body.items).name).toBe("Desk lamp");
    const upserted = {
      items: [
        { code: "LAMP", name: "Table lamp" },
        { code: "SHADE", name: "Shade" },
      ],
    };
    expect((await accounting.updateOrCreateItems(tenantId, upserted)).body.items).toHaveLength(2);
    expect(only((await accounting.getItem(tenantId, "LAMP")).body.items).name).toBe("Table lamp");
    const { items } = (await accounting.getItems(tenantId, undefined, undefined, undefined, 4)).body;
    expect(items?.find(({ code }) => code === "LAMP")?.salesDetails?.unitPrice).toBe(12.3456);
    await accounting.deleteItem(tenantId, id);
    await expect(accounting.getItem(tenantId, id)).rejects.toBeDefined();
  });
}
