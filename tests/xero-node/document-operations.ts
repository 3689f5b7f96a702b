/** xero-node on contacts, sales and purchase documents, and the money that settles them. */
import { expect, it } from "vitest";
import {
  BankTransaction,
  Contact,
  CreditNote,
  Invoice,
  LineAmountTypes,
  ManualJournal,
  type Payment,
  PurchaseOrder,
} from "xero-node";
import { idOf, only, type XeroNodeWorld } from "./xero-node-world";

const DATE = "2026-05-10";
const DUE_DATE = "2026-06-09";
const BANK = { code: "090" };

/** A line of 20.00 and its VAT. */
export const salesLine = (accountCode = "200", taxType = "OUTPUT2") => ({
  description: "Gift box",
  quantity: 2,
  unitAmount: 10,
  accountCode,
  taxType,
});

export async function makeContact({ accounting, tenantId }: XeroNodeWorld, name: string): Promise<string> {
  const { contacts } = (await accounting.createContacts(tenantId, { contacts: [{ name }] })).body;
  return idOf(only(contacts).contactID);
}

export function approvedInvoice(contactID: string, more: Partial<Invoice> = {}): Invoice {
  return {
    type: Invoice.TypeEnum.ACCREC,
    contact: { contactID },
    date: DATE,
    dueDate: DUE_DATE,
    status: Invoice.StatusEnum.AUTHORISED,
    lineItems: [salesLine()],
    ...more,
  };
}

export async function makeInvoice(world: XeroNodeWorld, contactID: string): Promise<string> {
  const { accounting, tenantId } = world;
  const { invoices } = (await accounting.createInvoices(tenantId, { invoices: [approvedInvoice(contactID)] }))
    .body;
  return idOf(only(invoices).invoiceID);
}

export async function makeCreditNote(world: XeroNodeWorld, contactID: string): Promise<string> {
  const creditNotes = [
    {
      type: CreditNote.TypeEnum.ACCRECCREDIT,
      contact: { contactID },
      date: DATE,
      status: CreditNote.StatusEnum.AUTHORISED,
      lineItems: [salesLine()],
    },
  ];
  const { body } = await world.accounting.createCreditNotes(world.tenantId, { creditNotes });
  return idOf(only(body.creditNotes).creditNoteID);
}

/** Money spent or received; of an over- or prepayment the id of the credit that it made. */
export async function makeBankTransaction(
  world: XeroNodeWorld,
  contactID: string,
  type: BankTransaction.TypeEnum,
): Promise<BankTransaction> {
  const isCredit = String(type).endsWith("PAYMENT");
  const bankTransactions = [
    {
      type,
      contact: { contactID },
      bankAccount: BANK,
      date: DATE,
      lineAmountTypes: isCredit ? LineAmountTypes.NoTax : LineAmountTypes.Exclusive,
      lineItems: [
        String(type).endsWith("OVERPAYMENT")
          ? { description: "Too much", lineAmount: 50 }
          : { ...salesLine(), ...(isCredit ? { taxType: "NONE" } : {}) },
      ],
    },
  ];
  const { body } = await world.accounting.createBankTransactions(world.tenantId, { bankTransactions });
  return only(body.bankTransactions);
}

export function describeDocuments(world: () => XeroNodeWorld): void {
  it("makes, changes, finds and archives contacts", async () => {
    const { accounting, tenantId } = world();
    const ann = { name: "Ann Harbour", contactNumber: "C-1", emailAddress: "ann@example.test" };
    const created = only((await accounting.createContacts(tenantId, { contacts: [ann] })).body.contacts);
    expect(created).toMatchObject({ ...ann, contactStatus: "ACTIVE" });
    const id = idOf(created.contactID);
    const byNumber = await accounting.getContactByContactNumber(tenantId, "C-1");
    expect(only(byNumber.body.contacts).contactID).toBe(id);
    const renamed = { contacts: [{ contactID: id, firstName: "Ann" }] };
    expect(only((await accounting.updateContact(tenantId, id, renamed)).body.contacts).firstName).toBe("Ann");
    const upsert = { contacts: [{ contactID: id, lastName: "Harbour" }, { name: "Ben Quay" }] };
    expect((await accounting.updateOrCreateContacts(tenantId, upsert)).body.contacts).toHaveLength(2);
    expect(only((await accounting.getContact(tenantId, id)).body.contacts).lastName).toBe("Harbour");
    const archived = { contacts: [{ contactID: id, contactStatus: Contact.ContactStatusEnum.ARCHIVED }] };
    await accounting.updateContact(tenantId, id, archived);
    const listed = await accounting.getContacts(tenantId, undefined, undefined, undefined, [id]);
    expect(listed.body.contacts ?? []).toEqual([]);
    const all = await accounting.getContacts(tenantId, undefined, undefined, undefined, [id], 1, true);
    expect(only(all.body.contacts).contactStatus).toBe("ARCHIVED");
    expect(all.body.pagination).toMatchObject({ page: 1, itemCount: 1 });
  });

  it("makes, reads, changes and voids invoices and bills", async () => {
    const { accounting, tenantId } = world();
    const contact = await makeContact(world(), "Invoices Ltd");
    const invoices = [
      approvedInvoice(contact, { invoiceNumber: "X-1" }),
      approvedInvoice(contact, {
        type: Invoice.TypeEnum.ACCPAY,
        invoiceNumber: "B-1",
        lineItems: [salesLine("310", "INPUT2")],
      }),
    ];
    const made = (await accounting.createInvoices(tenantId, { invoices }, false, 4)).body.invoices ?? [];
    expect(made.map(({ total, totalTax, amountDue }) => [total, totalTax, amountDue])).toEqual([
      [24, 4, 24],
      [24, 4, 24],
    ]);
    const id = idOf(made[0]?.invoiceID);
    const reference = { invoices: [{ invoiceID: id, reference: "Order 7" }] };
    expect(only((await accounting.updateInvoice(tenantId, id, reference)).body.invoices).reference).toBe(
      "Order 7",
    );
    expect(only((await accounting.getInvoice(tenantId, id)).body.invoices).lineItems).toHaveLength(1);
    const voided = { invoices: [{ invoiceID: id, status: Invoice.StatusEnum.VOIDED }] };
    const after = only((await accounting.updateOrCreateInvoices(tenantId, voided)).body.invoices);
    expect(after.status).toBe("VOIDED");
    const listed = await accounting.getInvoices(
      tenantId,
      new Date("2020-01-01T00:00:00Z"),
      'Type=="ACCREC"',
      "InvoiceNumber ASC",
      undefined,
      ["X-1"],
      [contact],
      ["VOIDED"],
      1,
      undefined,
      undefined,
      4,
      false,
      10,
    );
    expect(only(listed.body.invoices).invoiceID).toBe(id);
  });

  it("makes, reads and changes credit notes, allocates them and takes the allocation off", async () => {
    const { accounting, tenantId } = world();
    const contact = await makeContact(world(), "Credits Ltd");
    const invoiceID = await makeInvoice(world(), contact);
    const id = await makeCreditNote(world(), contact);
    const changed = { creditNotes: [{ creditNoteID: id, reference: "Broken" }] };
    expect(only((await accounting.updateCreditNote(tenantId, id, changed)).body.creditNotes).reference).toBe(
      "Broken",
    );
    const upsert = { creditNotes: [{ creditNoteID: id, reference: "Chipped" }] };
    await accounting.updateOrCreateCreditNotes(tenantId, upsert);
    const allocations = { allocations: [{ invoice: { invoiceID }, amount: 5, date: DATE }] };
    const allocated = await accounting.createCreditNoteAllocation(tenantId, id, allocations);
    expect(only(allocated.body.allocations).amount).toBe(5);
    const read = only((await accounting.getCreditNote(tenantId, id)).body.creditNotes);
    expect(read).toMatchObject({ reference: "Chipped", remainingCredit: 19 });
    const allocationId = idOf(only(read.allocations).allocationID);
    const deleted = await accounting.deleteCreditNoteAllocations(tenantId, id, allocationId);
    expect(deleted.body).toMatchObject({ allocationID: allocationId, isDeleted: true });
    const listed = await accounting.getCreditNotes(tenantId, undefined, 'Reference=="Chipped"', undefined, 1);
    expect(only(listed.body.creditNotes).remainingCredit).toBe(24);
  });

  it("pays an invoice, reads the payments and deletes one", async () => {
    const { accounting, tenantId } = world();
    const contact = await makeContact(world(), "Payments Ltd");
    const invoiceID = await makeInvoice(world(), contact);
    const part = (amount: number): Payment => ({ invoice: { invoiceID }, account: BANK, date: DATE, amount });
    const first = only((await accounting.createPayment(tenantId, part(10))).body.payments);
    expect(first).toMatchObject({ amount: 10, status: "AUTHORISED", paymentType: "ACCRECPAYMENT" });
    const rest = await accounting.createPayments(tenantId, { payments: [part(14)] });
    const id = idOf(only(rest.body.payments).paymentID);
    expect(only((await accounting.getInvoice(tenantId, invoiceID)).body.invoices).status).toBe("PAID");
    expect(only((await accounting.getPayment(tenantId, id)).body.payments).amount).toBe(14);
    const deleted = await accounting.deletePayment(tenantId, id, { status: "DELETED" });
    expect(only(deleted.body.payments).status).toBe("DELETED");
    const where = `Invoice.InvoiceID==Guid("${invoiceID}") AND Status=="AUTHORISED"`;
    const listed = await accounting.getPayments(tenantId, undefined, where, undefined, 1);
    expect(only(listed.body.payments).paymentID).toBe(first.paymentID);
  });

  it("keeps overpayments and prepayments and allocates them", async () => {
    const { accounting, tenantId } = world();
    const contact = await makeContact(world(), "Deposits Ltd");
    const invoiceID = await makeInvoice(world(), contact);
    const allocations = { allocations: [{ invoice: { invoiceID }, amount: 5, date: DATE }] };
    const over = await makeBankTransaction(world(), contact, BankTransaction.TypeEnum.RECEIVEOVERPAYMENT);
    const overId = idOf(over.overpaymentID);
    await accounting.createOverpaymentAllocations(tenantId, overId, allocations);
    const overpayment = only((await accounting.getOverpayment(tenantId, overId)).body.overpayments);
    expect(overpayment).toMatchObject({ remainingCredit: 45, type: "RECEIVE-OVERPAYMENT" });
    await accounting.deleteOverpaymentAllocations(
      tenantId,
      overId,
      idOf(overpayment.allocations?.[0]?.allocationID),
    );
    expect((await accounting.getOverpayments(tenantId)).body.overpayments?.length).toBeGreaterThan(0);

    const pre = await makeBankTransaction(world(), contact, BankTransaction.TypeEnum.RECEIVEPREPAYMENT);
    const preId = idOf(pre.prepaymentID);
    await accounting.createPrepaymentAllocations(tenantId, preId, allocations);
    const prepayment = only((await accounting.getPrepayment(tenantId, preId)).body.prepayments);
    expect(prepayment).toMatchObject({ remainingCredit: 15, type: "RECEIVE-PREPAYMENT" });
    await accounting.deletePrepaymentAllocations(
      tenantId,
      preId,
      idOf(prepayment.allocations?.[0]?.allocationID),
    );
    expect((await accounting.getPrepayments(tenantId)).body.prepayments?.length).toBeGreaterThan(0);
  });

  it("makes, reads, changes and deletes bank transactions", async () => {
    const { accounting, tenantId } = world();
    const contact = await makeContact(world(), "Bank Ltd");
    const made = await makeBankTransaction(world(), contact, BankTransaction.TypeEnum.RECEIVE);
    const id = idOf(made.bankTransactionID);
    const { type, lineItems } = made;
    const changed = {
      bankTransactions: [
        { type, lineItems, bankAccount: BANK, contact: { contactID: contact }, reference: "Till" },
      ],
    };
    const answer = await accounting.updateBankTransaction(tenantId, id, changed);
    expect(only(answer.body.bankTransactions).reference).toBe("Till");
    expect(only((await accounting.getBankTransaction(tenantId, id)).body.bankTransactions).total).toBe(24);
    const where = 'Reference=="Till"';
    const listed = await accounting.getBankTransactions(tenantId, undefined, where, undefined, 1);
    expect(only(listed.body.bankTransactions).bankTransactionID).toBe(id);
    const deleted = {
      bankTransactions: [
        {
          ...changed.bankTransactions[0],
          type,
          lineItems,
          bankAccount: BANK,
          bankTransactionID: id,
          status: BankTransaction.StatusEnum.DELETED,
        },
      ],
    };
    const after = await accounting.updateOrCreateBankTransactions(tenantId, deleted);
    expect(only(after.body.bankTransactions).status).toBe("DELETED");
  });

  it("makes, reads and changes purchase orders", async () => {
    const { accounting, tenantId } = world();
    const contactID = await makeContact(world(), "Orders Ltd");
    const order = {
      contact: { contactID },
      date: DATE,
      purchaseOrderNumber: "PO-X-1",
      lineItems: [salesLine("310", "INPUT2")],
    };
    const made = await accounting.createPurchaseOrders(tenantId, { purchaseOrders: [order] });
    const id = idOf(only(made.body.purchaseOrders).purchaseOrderID);
    const changed = { purchaseOrders: [{ purchaseOrderID: id, reference: "Spring" }] };
    const answer = await accounting.updatePurchaseOrder(tenantId, id, changed);
    expect(only(answer.body.purchaseOrders).reference).toBe("Spring");
    const submitted = {
      purchaseOrders: [{ purchaseOrderID: id, status: PurchaseOrder.StatusEnum.SUBMITTED }],
    };
    await accounting.updateOrCreatePurchaseOrders(tenantId, submitted);
    expect(only((await accounting.getPurchaseOrder(tenantId, id)).body.purchaseOrders).total).toBe(24);
    const byNumber = await accounting.getPurchaseOrderByNumber(tenantId, "PO-X-1");
    expect(only(byNumber.body.purchaseOrders).purchaseOrderID).toBe(id);
    const listed = await accounting.getPurchaseOrders(
      tenantId,
      undefined,
      "SUBMITTED",
      "2026-05-01",
      "2026-05-31",
      undefined,
      1,
    );
    expect(listed.body.purchaseOrders?.map(({ purchaseOrderID }) => purchaseOrderID)).toContain(id);
  });

  it("makes, reads and changes manual journals", async () => {
    const { accounting, tenantId } = world();
    const journal = {
      narration: "Accrued rent",
      date: DATE,
      journalLines: [
        { lineAmount: 100, accountCode: "469" },
        { lineAmount: -100, accountCode: "400" },
      ],
    };
    const made = await accounting.createManualJournals(tenantId, { manualJournals: [journal] });
    const id = idOf(only(made.body.manualJournals).manualJournalID);
    const posted = {
      manualJournals: [{ narration: "Accrued rent", status: ManualJournal.StatusEnum.POSTED }],
    };
    const answer = await accounting.updateManualJournal(tenantId, id, posted);
    expect(only(answer.body.manualJournals).status).toBe("POSTED");
    const voided = {
      manualJournals: [
        { manualJournalID: id, narration: "Accrued rent", status: ManualJournal.StatusEnum.VOIDED },
      ],
    };
    await accounting.updateOrCreateManualJournals(tenantId, voided);
    const read = only((await accounting.getManualJournal(tenantId, id)).body.manualJournals);
    expect(read.journalLines?.map(({ lineAmount }) => lineAmount)).toEqual([100, -100]);
    const listed = await accounting.getManualJournals(tenantId, undefined, undefined, undefined, 1);
    expect(listed.body.manualJournals?.map(({ manualJournalID }) => manualJournalID)).toContain(id);
  });

  it("moves money between bank accounts, reads the transfers and deletes them", async () => {
    const { accounting, tenantId } = world();
    const banks = (await accounting.getAccounts(tenantId, undefined, 'Type=="BANK"')).body.accounts ?? [];
    const [from, to] = banks.map(({ accountID }) => ({ accountID }));
    const make = async (amount: number): Promise<string> => {
      const bankTransfers = [{ fromBankAccount: { ...from }, toBankAccount: { ...to }, amount, date: DATE }];
      const { body } = await accounting.createBankTransfer(tenantId, { bankTransfers });
      return idOf(only(body.bankTransfers).bankTransferID);
    };
    const [one, two] = [await make(30), await make(40)];
    expect(only((await accounting.getBankTransfer(tenantId, one)).body.bankTransfers).amount).toBe(30);
    expect((await accounting.getBankTransfers(tenantId)).body.bankTransfers?.length).toBeGreaterThan(1);
    await accounting.deleteBankTransfer(tenantId, one, { status: "DELETED" });
    await accounting.deleteBankTransfers(tenantId, {
      bankTransfers: [{ status: "DELETED", bankTransferID: two }],
    });
    const left = (await accounting.getBankTransfers(tenantId)).body.bankTransfers ?? [];
    expect(left.map(({ bankTransferID }) => bankTransferID)).not.toEqual(expect.arrayContaining([one]));
  });
}
