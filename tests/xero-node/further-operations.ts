/** xero-node on batch payments, contact groups, branding themes, quotes and Australian payroll's employees. */
import { expect, it } from "vitest";
import { QuoteStatusCodes } from "xero-node";
import { PACIFIC_TENANT_ID } from "@/sandbox/seed/xero-australia";
import { makeContact, makeCreditNote, makeInvoice, salesLine } from "./document-operations";
import { makeBatchPayment } from "./paperwork-operations";
import { giveConsent, idOf, only, type XeroNodeWorld } from "./xero-node-world";

const DATE = "2026-05-10";

export function describeFurther(world: () => XeroNodeWorld): void {
  it("pays several invoices at once and takes the batch back, by either address", async () => {
    const { accounting, tenantId } = world();
    const invoiceID = await makeInvoice(world(), await makeContact(world(), "Batches Ltd"));
    const one = await makeBatchPayment(world(), invoiceID);
    const two = await makeBatchPayment(world(), invoiceID);
    expect(only((await accounting.getBatchPayment(tenantId, one)).body.batchPayments).status).toBe(
      "AUTHORISED",
    );
    await accounting.deleteBatchPayment(tenantId, { batchPaymentID: one, status: "DELETED" });
    await accounting.deleteBatchPaymentByUrlParam(tenantId, two, { status: "DELETED" });
    const listed = (await accounting.getBatchPayments(tenantId)).body.batchPayments ?? [];
    const mine = listed.filter(({ batchPaymentID }) => batchPaymentID === one || batchPaymentID === two);
    expect(mine.map(({ status }) => status)).toEqual(["DELETED", "DELETED"]);
  });

  it("groups contacts", async () => {
    const { accounting, tenantId } = world();
    const members = [await makeContact(world(), "Group One"), await makeContact(world(), "Group Two")];
    const groups = { contactGroups: [{ name: "Regulars" }] };
    const id = idOf(
      only((await accounting.createContactGroup(tenantId, groups)).body.contactGroups).contactGroupID,
    );
    const contacts = { contacts: members.map((contactID) => ({ contactID })) };
    await accounting.createContactGroupContacts(tenantId, id, contacts);
    await accounting.updateContactGroup(tenantId, id, { contactGroups: [{ name: "Friends" }] });
    const read = only((await accounting.getContactGroup(tenantId, id)).body.contactGroups);
    expect(read).toMatchObject({
      name: "Friends",
      contacts: [{ contactID: members[0] }, { contactID: members[1] }],
    });
    await accounting.deleteContactGroupContact(tenantId, id, members[0] ?? "");
    await accounting.deleteContactGroupContacts(tenantId, id);
    const { contactGroups } = (await accounting.getContactGroups(tenantId)).body;
    expect(contactGroups?.map(({ name }) => name)).toContain("Friends");
  });

  it("reads branding themes and CIS settings", async () => {
    const { accounting, tenantId } = world();
    const { brandingThemes } = (await accounting.getBrandingThemes(tenantId)).body;
    const id = idOf(brandingThemes?.[0]?.brandingThemeID);
    const read = await accounting.getBrandingTheme(tenantId, id);
    expect(only(read.body.brandingThemes).name).toBe(brandingThemes?.[0]?.name);
    const contact = await makeContact(world(), "Builders Ltd");
    await accounting.getOrganisationCISSettings(tenantId, tenantId);
    await accounting.getContactCISSettings(tenantId, contact);
  });

  it("makes, reads and changes quotes", async () => {
    const { accounting, tenantId } = world();
    const contactID = await makeContact(world(), "Quotes Ltd");
    const quote = { contact: { contactID }, date: DATE, lineItems: [salesLine()], quoteNumber: "QU-X-1" };
    const made = await accounting.createQuotes(tenantId, { quotes: [quote] });
    const id = idOf(only(made.body.quotes).quoteID);
    const changed = { quotes: [{ ...quote, quoteID: id, title: "Spring" }] };
    expect(only((await accounting.updateQuote(tenantId, id, changed)).body.quotes).title).toBe("Spring");
    const sent = { quotes: [{ ...quote, quoteID: id, status: QuoteStatusCodes.SENT }] };
    await accounting.updateOrCreateQuotes(tenantId, sent);
    expect(only((await accounting.getQuote(tenantId, id)).body.quotes)).toMatchObject({
      total: 24,
      status: "SENT",
    });
    const listed = await accounting.getQuotes(
      tenantId,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      contactID,
    );
    expect(only(listed.body.quotes).quoteID).toBe(id);
  });

  it("prints invoices, credit notes, purchase orders and quotes", async () => {
    const { accounting, tenantId } = world();
    const contactID = await makeContact(world(), "Prints Ltd");
    const order = { contact: { contactID }, date: DATE, lineItems: [salesLine("310", "INPUT2")] };
    const orders = await accounting.createPurchaseOrders(tenantId, { purchaseOrders: [order] });
    const quote = { contact: { contactID }, date: DATE, lineItems: [salesLine()] };
    const quotes = await accounting.createQuotes(tenantId, { quotes: [quote] });
    const printed = [
      await accounting.getInvoiceAsPdf(tenantId, await makeInvoice(world(), contactID)),
      await accounting.getCreditNoteAsPdf(tenantId, await makeCreditNote(world(), contactID)),
      await accounting.getPurchaseOrderAsPdf(
        tenantId,
        idOf(only(orders.body.purchaseOrders).purchaseOrderID),
      ),
      await accounting.getQuoteAsPdf(tenantId, idOf(only(quotes.body.quotes).quoteID)),
    ];
    const heads = printed.map(({ body }) => Buffer.from(body).subarray(0, 5).toString());
    expect(heads).toEqual(["%PDF-", "%PDF-", "%PDF-", "%PDF-"]);
  });

  it("sends an invoice by email and gives its online address", async () => {
    const { accounting, tenantId } = world();
    const customer = { name: "Mail Ltd", emailAddress: "books@mail.test" };
    const made = await accounting.createContacts(tenantId, { contacts: [customer] });
    const id = await makeInvoice(world(), idOf(only(made.body.contacts).contactID));
    await accounting.emailInvoice(tenantId, id, {});
    expect(only((await accounting.getInvoice(tenantId, id)).body.invoices).sentToContact).toBe(true);
    const { onlineInvoices } = (await accounting.getOnlineInvoice(tenantId, id)).body;
    expect(only(onlineInvoices).onlineInvoiceUrl).toMatch(/^https?:/);
  });
}

export function describePayroll(world: () => XeroNodeWorld): void {
  it("makes, reads and changes employees of an Australian organisation", async () => {
    const { client, payroll, sandbox } = world();
    const consent = { tenant: PACIFIC_TENANT_ID };
    await client.apiCallback(await giveConsent(sandbox.origin, await client.buildConsentUrl(), consent));
    const tenantId = PACIFIC_TENANT_ID;
    const employee = { firstName: "Jo", lastName: "Cruz", dateOfBirth: "1990-02-03" };
    const made = await payroll.createEmployee(tenantId, [employee]);
    const id = idOf(only(made.body.employees).employeeID);
    await payroll.updateEmployee(tenantId, id, [{ ...employee, jobTitle: "Packer" }]);
    expect(only((await payroll.getEmployee(tenantId, id)).body.employees)).toMatchObject({
      jobTitle: "Packer",
    });
    expect((await payroll.getEmployees(tenantId)).body.employees?.length).toBeGreaterThan(0);
  });
}
