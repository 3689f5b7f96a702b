/** xero-node on files, history and notes of each kind of record that has them, and on reports. */
import { expect, it } from "vitest";
import { AccountType, BankTransaction, QuoteStatusCodes } from "xero-node";
import {
  makeBankTransaction,
  makeContact,
  makeCreditNote,
  makeInvoice,
  salesLine,
} from "./document-operations";
import { idOf, only, type XeroNodeWorld } from "./xero-node-world";

const DATE = "2026-05-10";

type Maker = (world: XeroNodeWorld) => Promise<string>;

const contact = (world: XeroNodeWorld, of: string): Promise<string> => makeContact(world, `Papers of ${of}`);

const MAKERS = {
  Account: async ({ accounting, tenantId }) => {
    const account = { code: "480", name: "Papers", type: AccountType.EXPENSE };
    return idOf(only((await accounting.createAccount(tenantId, account)).body.accounts).accountID);
  },
  BankTransaction: async (world) => {
    const { RECEIVE } = BankTransaction.TypeEnum;
    const made = await makeBankTransaction(world, await contact(world, "a receipt"), RECEIVE);
    return idOf(made.bankTransactionID);
  },
  BankTransfer: async ({ accounting, tenantId }) => {
    const banks = (await accounting.getAccounts(tenantId, undefined, 'Type=="BANK"')).body.accounts ?? [];
    const [from, to] = banks.map(({ accountID }) => ({ accountID }));
    const bankTransfers = [{ fromBankAccount: { ...from }, toBankAccount: { ...to }, amount: 5, date: DATE }];
    const { body } = await accounting.createBankTransfer(tenantId, { bankTransfers });
    return idOf(only(body.bankTransfers).bankTransferID);
  },
  Contact: (world) => contact(world, "a contact"),
  CreditNote: async (world) => makeCreditNote(world, await contact(world, "a credit note")),
  Invoice: async (world) => makeInvoice(world, await contact(world, "an invoice")),
  ManualJournal: async ({ accounting, tenantId }) => {
    const journalLines = [
      { lineAmount: 10, accountCode: "200" },
      { lineAmount: -10, accountCode: "400" },
    ];
    const journal = { narration: "Papers", date: DATE, journalLines };
    const { body } = await accounting.createManualJournals(tenantId, { manualJournals: [journal] });
    return idOf(only(body.manualJournals).manualJournalID);
  },
  PurchaseOrder: async (world) => {
    const contactID = await contact(world, "an order");
    const order = { contact: { contactID }, date: DATE, lineItems: [salesLine("310", "INPUT2")] };
    const { body } = await world.accounting.createPurchaseOrders(world.tenantId, { purchaseOrders: [order] });
    return idOf(only(body.purchaseOrders).purchaseOrderID);
  },
  Quote: async (world) => {
    const contactID = await contact(world, "a quote");
    const quote = {
      contact: { contactID },
      date: DATE,
      lineItems: [salesLine()],
      status: QuoteStatusCodes.DRAFT,
    };
    const { body } = await world.accounting.createQuotes(world.tenantId, { quotes: [quote] });
    return idOf(only(body.quotes).quoteID);
  },
} satisfies Readonly<Record<string, Maker>>;

type FileKind = keyof typeof MAKERS;
const FILE_KINDS = Object.keys(MAKERS) as FileKind[];

const OTHER_MAKERS = {
  BatchPayment: async (world) => {
    const invoiceID = await makeInvoice(world, await contact(world, "a batch"));
    return makeBatchPayment(world, invoiceID);
  },
  Item: async ({ accounting, tenantId }) => {
    const items = [{ code: "PAPERS", name: "Papers" }];
    return idOf(only((await accounting.createItems(tenantId, { items })).body.items).itemID);
  },
  Overpayment: async (world) => {
    const { RECEIVEOVERPAYMENT } = BankTransaction.TypeEnum;
    const made = await makeBankTransaction(world, await contact(world, "too much"), RECEIVEOVERPAYMENT);
    return idOf(made.overpaymentID);
  },
  Prepayment: async (world) => {
    const { RECEIVEPREPAYMENT } = BankTransaction.TypeEnum;
    const made = await makeBankTransaction(world, await contact(world, "too early"), RECEIVEPREPAYMENT);
    return idOf(made.prepaymentID);
  },
  Payment: async (world) => {
    const invoiceID = await makeInvoice(world, await contact(world, "a payment"));
    const payment = { invoice: { invoiceID }, account: { code: "090" }, date: DATE, amount: 1 };
    const { body } = await world.accounting.createPayment(world.tenantId, payment);
    return idOf(only(body.payments).paymentID);
  },
} satisfies Readonly<Record<string, Maker>>;

/** One payment for several invoices. */
export async function makeBatchPayment(
  { accounting, tenantId }: XeroNodeWorld,
  invoiceID: string,
): Promise<string> {
  const batch = {
    account: bankAccount(await bankId({ accounting, tenantId })),
    date: DATE,
    payments: [{ invoice: { invoiceID }, amount: 5 }],
  };
  const { body } = await accounting.createBatchPayment(tenantId, { batchPayments: [batch] });
  return idOf(only(body.batchPayments).batchPaymentID);
}

const bankAccount = (accountID: string) => ({ accountID });

async function bankId({
  accounting,
  tenantId,
}: Pick<XeroNodeWorld, "accounting" | "tenantId">): Promise<string> {
  const { accounts } = (await accounting.getAccounts(tenantId, undefined, 'Code=="090"')).body;
  return idOf(only(accounts).accountID);
}

/** Without it axios calls bytes a form, and the file would be kept as one. */
const AS_TEXT = { headers: { "Content-Type": "text/plain" } };

/** Only what a customer can be shown online has a place for that before the key. */
function createAttachment({ accounting, tenantId }: XeroNodeWorld, kind: FileKind, id: string, file: Buffer) {
  if (kind === "Invoice" || kind === "CreditNote") {
    const create = `create${kind}AttachmentByFileName` as const;
    return accounting[create](tenantId, id, "page.txt", file, true, undefined, AS_TEXT);
  }
  return accounting[`create${kind}AttachmentByFileName`](tenantId, id, "page.txt", file, undefined, AS_TEXT);
}

const HISTORIES = [
  ["BankTransaction", "getBankTransactionsHistory", "createBankTransactionHistoryRecord"],
  ["BankTransfer", "getBankTransferHistory", "createBankTransferHistoryRecord"],
  ["BatchPayment", "getBatchPaymentHistory", "createBatchPaymentHistoryRecord"],
  ["Contact", "getContactHistory", "createContactHistory"],
  ["CreditNote", "getCreditNoteHistory", "createCreditNoteHistory"],
  ["Invoice", "getInvoiceHistory", "createInvoiceHistory"],
  ["Item", "getItemHistory", "createItemHistory"],
  ["ManualJournal", "getManualJournalsHistory", "createManualJournalHistoryRecord"],
  ["Overpayment", "getOverpaymentHistory", "createOverpaymentHistory"],
  ["Payment", "getPaymentHistory", "createPaymentHistory"],
  ["Prepayment", "getPrepaymentHistory", "createPrepaymentHistory"],
  ["PurchaseOrder", "getPurchaseOrderHistory", "createPurchaseOrderHistory"],
  ["Quote", "getQuoteHistory", "createQuoteHistory"],
] as const;

export function describePaperwork(world: () => XeroNodeWorld): void {
  const made = new Map<string, Promise<string>>();
  const record = (kind: string, maker: Maker): Promise<string> => {
    const id = made.get(kind) ?? maker(world());
    made.set(kind, id);
    return id;
  };

  it.each(FILE_KINDS)("keeps a file beside a record: %s", async (kind) => {
    const { accounting, tenantId } = world();
    const id = await record(kind, MAKERS[kind]);
    const first = Buffer.from("first page");
    const created = await createAttachment(world(), kind, id, first);
    const attachment = only(created.body.attachments);
    expect(attachment).toMatchObject({ fileName: "page.txt", contentLength: first.length });
    const longer = Buffer.from("another first page");
    await accounting[`update${kind}AttachmentByFileName`](
      tenantId,
      id,
      "page.txt",
      longer,
      undefined,
      AS_TEXT,
    );
    const listed = only((await accounting[`get${kind}Attachments`](tenantId, id)).body.attachments);
    expect(listed).toMatchObject({ contentLength: longer.length, mimeType: "text/plain" });
    const attachmentId = idOf(listed.attachmentID);
    const byName = await accounting[`get${kind}AttachmentByFileName`](tenantId, id, "page.txt", "text/plain");
    const byId = await accounting[`get${kind}AttachmentById`](tenantId, id, attachmentId, "text/plain");
    expect([byName, byId].map(({ body }) => Buffer.from(body).toString())).toEqual([
      "another first page",
      "another first page",
    ]);
  });

  it.each(HISTORIES)("takes a note on a record and shows it first: %s", async (kind, get, create) => {
    const { accounting, tenantId } = world();
    const makers: Readonly<Record<string, Maker>> = { ...MAKERS, ...OTHER_MAKERS };
    const id = await record(kind, makers[kind] ?? (async () => ""));
    await accounting[create](tenantId, id, { historyRecords: [{ details: "Looked at" }] });
    const { historyRecords } = (await accounting[get](tenantId, id)).body;
    expect(historyRecords?.[0]).toMatchObject({ details: "Looked at", changes: "Note" });
  });
}

export function describeReports(world: () => XeroNodeWorld): void {
  it("reports a trial balance that balances", async () => {
    const { accounting, tenantId } = world();
    const report = only((await accounting.getReportTrialBalance(tenantId, "2026-06-30")).body.reports);
    const total =
      report.rows
        ?.at(-1)
        ?.rows?.at(-1)
        ?.cells?.map(({ value }) => value) ?? [];
    expect(total[0]).toBe("Total");
    expect(total[3]).toBe(total[4]);
    expect(Number(total[3])).toBeGreaterThan(0);
  });

  it("lists the reports there are, and reports profit, loss and balances", async () => {
    const { accounting, tenantId } = world();
    await accounting.getReportsList(tenantId);
    const profit = await accounting.getReportProfitAndLoss(tenantId, "2026-05-01", "2026-05-31");
    expect(only(profit.body.reports)).toMatchObject({ reportType: "ProfitAndLoss" });
    const balances = await accounting.getReportBalanceSheet(tenantId, "2026-06-30");
    expect(only(balances.body.reports)).toMatchObject({ reportType: "BalanceSheet" });
  });

  it("reports what the bank accounts took in and gave out", async () => {
    const { accounting, tenantId } = world();
    const { body } = await accounting.getReportBankSummary(tenantId, "2026-05-01", "2026-05-31");
    expect(only(body.reports)).toMatchObject({ reportName: "Bank Summary", reportType: "BankSummary" });
  });

  it("reports what a contact owes and is owed, by age", async () => {
    const { accounting, tenantId } = world();
    const contactID = await makeContact(world(), "Aged Ltd");
    await makeInvoice(world(), contactID);
    const receivables = await accounting.getReportAgedReceivablesByContact(tenantId, contactID, "2026-07-01");
    expect(JSON.stringify(only(receivables.body.reports).rows)).toContain("24.00");
    const payables = await accounting.getReportAgedPayablesByContact(tenantId, contactID, "2026-07-01");
    expect(JSON.stringify(only(payables.body.reports).rows)).not.toContain("24.00");
  });
}
