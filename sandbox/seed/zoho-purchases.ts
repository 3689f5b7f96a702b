/**
 * Writes purchases and journals straight into the simulated Zoho Books, as zoho-organisation.ts does sales: with Zoho's
 * arithmetic but without its refusals.
 */
import { Decimal, decimal, decimalText } from "@/lib/kernel/decimal";
import { sum } from "@/sandbox/zoho/books/arithmetic";
import type { Books } from "@/sandbox/zoho/books/open-books";
import { applyVendorCredit, putVendorPayment } from "@/sandbox/zoho/books/purchases/settle-bills";
import type { AppliedTag } from "@/sandbox/zoho/books/records";
import type { StoredJournal, StoredTrade, TradeState } from "@/sandbox/zoho/books/trade/records";
import { currencyByCode, exchangeRateOn } from "@/sandbox/zoho/books/write-document";
import { atNine, composed, type DocumentSeed, plusDays, type ZohoSeed } from "./zoho-organisation";
import { ZOHO_BANK_ACCOUNT } from "./zoho-reference-data";

/** `customerId` of a purchase is the vendor. */
export type PurchaseDocumentSeed = DocumentSeed & {
  readonly state?: TradeState;
  readonly dueDate?: string;
  readonly deliveryDate?: string;
};

export interface VendorPaymentSeed {
  readonly number: string;
  readonly vendorId: string;
  readonly date: string;
  readonly amount: string;
  readonly applied: readonly { readonly billId: string; readonly amount: string }[];
  readonly reference?: string;
  readonly currencyCode?: string;
  readonly accountId?: string;
  readonly created?: string;
}

export interface ExpenseSeed {
  readonly date: string;
  readonly lines: readonly {
    readonly accountId: string;
    readonly description?: string;
    /** As entered: with tax where the expense is inclusive. */
    readonly amount: string;
    readonly taxId?: string;
    readonly tags?: readonly AppliedTag[];
  }[];
  readonly vendorId?: string;
  readonly customerId?: string;
  readonly billable?: boolean;
  readonly reference?: string;
  readonly description?: string;
  readonly inclusive?: boolean;
  readonly currencyCode?: string;
  readonly paidThroughAccountId?: string;
  /** What the expense states, where it is not the sum of its lines. */
  readonly total?: string;
  readonly created?: string;
}

export interface JournalSeed {
  readonly number: string;
  readonly date: string;
  readonly lines: readonly {
    readonly accountId: string;
    readonly side: "debit" | "credit";
    readonly amount: string;
    readonly description?: string;
    readonly taxId?: string;
    readonly tags?: readonly AppliedTag[];
  }[];
  readonly reference?: string;
  readonly notes?: string;
  readonly currencyCode?: string;
  readonly status?: StoredJournal["status"];
  readonly created?: string;
}

export interface PurchaseSeed {
  addBill(bill: PurchaseDocumentSeed): string;
  addVendorCredit(credit: PurchaseDocumentSeed): string;
  addPurchaseOrder(order: PurchaseDocumentSeed): string;
  applyVendorCredit(creditId: string, billId: string, amount: string, date: string): void;
  addVendorPayment(payment: VendorPaymentSeed): string;
  addExpense(expense: ExpenseSeed): string;
  addJournal(journal: JournalSeed): string;
}

/** The writer of purchases into the books of another writer. */
export function purchaseSeed(zoho: ZohoSeed): PurchaseSeed {
  const { books } = zoho;
  const add = (
    table: Books["bills"],
    seed: PurchaseDocumentSeed,
    fields: Partial<StoredTrade> = {},
  ): string => {
    const { state = "open", dueDate = "", deliveryDate = "", ...document } = seed;
    const made = composed(books, document);
    const id = books.nextId();
    books.lines.put(id, made.lines);
    table.put(id, { ...made.document, ...UNSETTLED, state, dueDate, deliveryDate, ...fields });
    return id;
  };
  return {
    addBill: (bill) => add(books.bills, { dueDate: plusDays(bill.date, 30), ...bill }),
    addVendorCredit: (credit) => add(books.vendorCredits, credit),
    addPurchaseOrder: (order) => add(books.purchaseOrders, order),
    applyVendorCredit: (creditId, billId, amount, date) =>
      applyVendorCredit(books, creditId, [{ billId, amount }], date, atNine(date)),
    addVendorPayment: (payment) => addVendorPayment(zoho, payment),
    addExpense: (expense) => addExpense(zoho, expense),
    addJournal: (journal) => addJournal(zoho, journal),
  };
}

const UNSETTLED = {
  ...{ paymentTerms: 30, paid: "0", credited: "0", refunded: "0" },
  ...{ settlementIds: [], credits: [], refunds: [], linkedIds: [], taken: {}, fulfilment: "none" as const },
  ...{ customFields: [], tags: [], shipVia: "", attention: "", salespersonName: "", emailed: false },
};

function addVendorPayment({ books, accountId }: ZohoSeed, seed: VendorPaymentSeed): string {
  const [first] = seed.applied;
  const bill = first === undefined ? undefined : books.bills.head(first.billId);
  const currencyCode = seed.currencyCode ?? bill?.currencyCode ?? "GBP";
  const created = seed.created ?? atNine(seed.date);
  const id = books.nextId();
  putVendorPayment(books, id, {
    number: seed.number,
    vendorId: seed.vendorId,
    date: seed.date,
    mode: "Bank Transfer",
    amount: seed.amount,
    currencyCode,
    exchangeRate: exchangeRateOn(books, currencyCode, seed.date),
    reference: seed.reference ?? "",
    description: "",
    accountId: seed.accountId ?? accountId(ZOHO_BANK_ACCOUNT),
    printedCheck: false,
    applied: seed.applied.map((share) => ({ id: books.nextId(), ...share })),
    refunds: [],
    customFields: [],
    tags: [],
    created,
    modified: created,
  });
  return id;
}

function addExpense({ books, accountId }: ZohoSeed, seed: ExpenseSeed): string {
  const currencyCode = seed.currencyCode ?? "GBP";
  const { precision } = currencyByCode(books, currencyCode);
  const inclusive = seed.inclusive ?? false;
  const lines = seed.lines.map((line) => ({
    id: books.nextId(),
    accountId: line.accountId,
    description: line.description ?? "",
    amount: line.amount,
    taxId: line.taxId ?? "",
    taxAmount: decimalText(
      taxOf(line.amount, percentageOf(books, line.taxId), inclusive).toDecimalPlaces(precision),
    ),
    tags: line.tags ?? [],
  }));
  const entered = sum(lines.map(({ amount }) => decimal(amount)));
  const taxTotal = sum(lines.map(({ taxAmount }) => decimal(taxAmount)));
  const created = seed.created ?? atNine(seed.date);
  const id = books.nextId();
  books.expenses.put(id, {
    date: seed.date,
    accountId: lines[0]?.accountId ?? "",
    paidThroughAccountId: seed.paidThroughAccountId ?? accountId(ZOHO_BANK_ACCOUNT),
    vendorId: seed.vendorId ?? "",
    customerId: seed.customerId ?? "",
    reference: seed.reference ?? "",
    description: seed.description ?? "",
    currencyCode,
    exchangeRate: exchangeRateOn(books, currencyCode, seed.date),
    inclusive,
    billable: seed.billable ?? false,
    lines,
    itemized: lines.length > 1,
    subTotal: decimalText(inclusive ? entered.minus(taxTotal) : entered),
    taxTotal: decimalText(taxTotal),
    total: seed.total ?? decimalText(inclusive ? entered : entered.plus(taxTotal)),
    customFields: [],
    tags: [],
    created,
    modified: created,
  });
  return id;
}

function addJournal({ books }: ZohoSeed, seed: JournalSeed): string {
  const currencyCode = seed.currencyCode ?? "GBP";
  const { precision } = currencyByCode(books, currencyCode);
  const lines = seed.lines.map((line) => ({
    id: books.nextId(),
    accountId: line.accountId,
    contactId: "",
    description: line.description ?? "",
    side: line.side,
    amount: line.amount,
    taxId: line.taxId ?? "",
    taxAmount: decimalText(
      taxOf(line.amount, percentageOf(books, line.taxId), false).toDecimalPlaces(precision),
    ),
    tags: line.tags ?? [],
  }));
  const debits = lines.filter(({ side }) => side === "debit");
  const created = seed.created ?? atNine(seed.date);
  const id = books.nextId();
  books.journals.put(id, {
    number: seed.number,
    date: seed.date,
    reference: seed.reference ?? "",
    notes: seed.notes ?? "",
    type: "both",
    currencyCode,
    exchangeRate: exchangeRateOn(books, currencyCode, seed.date),
    status: seed.status ?? "published",
    lines,
    lineTotal: decimalText(sum(debits.map(({ amount }) => decimal(amount)))),
    total: decimalText(sum(debits.map(({ amount, taxAmount }) => decimal(amount).plus(taxAmount)))),
    customFields: [],
    tags: [],
    created,
    modified: created,
  });
  return id;
}

const percentageOf = (books: Books, taxId: string | undefined): string =>
  books.taxes.head(taxId ?? "")?.percentage ?? "0";

function taxOf(entered: string, percentage: string, inclusive: boolean): Decimal {
  const share = decimal(entered).times(percentage);
  return share.dividedBy(inclusive ? new Decimal(100).plus(percentage) : 100);
}
