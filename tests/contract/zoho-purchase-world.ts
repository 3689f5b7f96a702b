import type { RecordType } from "@/lib/domain/record-type";
import { invariant } from "@/lib/kernel/invariant";
import type { ZohoSeed } from "@/sandbox/seed/zoho-organisation";
import { type PurchaseDocumentSeed, type PurchaseSeed, purchaseSeed } from "@/sandbox/seed/zoho-purchases";
import { STANDARD_RATE, ZERO_RATED } from "@/sandbox/seed/zoho-reference-data";
import type { Books } from "@/sandbox/zoho/books/open-books";
import { paymentExcess } from "@/sandbox/zoho/books/purchases/settle-bills";

/** The part of the Zoho Books world that concerns purchases, expenses and journals: its seed and its reading hooks. */

/** More than the connector puts on a page. */
const EACH = 28;
/** 15 significant digits: as many as a JSON number of the simulator holds. */
const EXACT = "1234567890123.45";
const CREATED = "2026-07-05T09:00:00Z";

export type PurchaseType = Exclude<
  RecordType,
  "contact" | "item" | "invoice" | "creditNote" | "allocation" | "payment" | "overpayment"
>;
type PulledType = Exclude<PurchaseType, "supplierAllocation" | "supplierOverpayment">;

/** One supplier with everything that is bought of him, settled and booked. */
export function seedPurchases(zoho: ZohoSeed): void {
  const purchases = purchaseSeed(zoho);
  const vendorId = addVendor(zoho);
  for (let index = 0; index < EACH; index += 1) {
    const number = String(index + 1);
    const document = { customerId: vendorId, date: "2026-07-04", created: CREATED };
    const lines = [lineOf(zoho, "100")];
    purchases.addPurchaseOrder({ ...document, number: `PO-${number}`, lines, deliveryDate: "2026-07-20" });
    const billId = purchases.addBill({ ...document, number: `B-${number}`, lines });
    const creditId = purchases.addVendorCredit({
      ...document,
      number: `DN-${number}`,
      lines: [lineOf(zoho, "10")],
    });
    if (index % 2 === 0) purchases.applyVendorCredit(creditId, billId, "5", "2026-07-06");
    purchases.addVendorPayment({
      number,
      vendorId,
      date: "2026-07-20",
      amount: index % 10 === 0 ? "60" : "50",
      applied: [{ billId, amount: "50" }],
    });
    addExpense(zoho, purchases, { amount: "12.5", created: CREATED });
    addJournal(zoho, purchases, { amount: "75", created: CREATED });
  }
}

/** True for a type that this file has the hooks of. */
export function isPurchase(recordType: RecordType): recordType is PurchaseType {
  return !["contact", "item", "invoice", "creditNote", "allocation", "payment", "overpayment"].includes(
    recordType,
  );
}

/** Adds one record, as a person would. Answers its external id. */
export function insertPurchase(zoho: ZohoSeed, recordType: PurchaseType): string {
  return add(zoho, pulled(recordType), "40", {}).externalId;
}

/** Adds one record that cannot be read; answers the id under which it will be kept aside. */
export function insertUnreadablePurchase(zoho: ZohoSeed, recordType: PurchaseType): string {
  return add(zoho, pulled(recordType), "40", { adjustment: "0.005" }).parentId;
}

export function insertExactPurchase(
  zoho: ZohoSeed,
  recordType: PurchaseType,
): { externalId: string; amounts: Readonly<Record<string, string>> } {
  const type = pulled(recordType);
  const { externalId } = add(zoho, type, EXACT, {}, ZERO_RATED);
  if (type === "billPayment") return { externalId, amounts: { amount: EXACT } };
  if (type === "manualJournal") return { externalId, amounts: { total: EXACT } };
  const remaining = type === "bill" || type === "supplierCredit" ? EXACT : "0.00";
  return { externalId, amounts: { gross: EXACT, net: EXACT, tax: "0.00", remaining } };
}

export function purchaseIds({ books }: ZohoSeed, recordType: PurchaseType): string[] {
  const idsIn = (table: { heads(): Iterable<readonly [string, unknown]> }): string[] =>
    [...table.heads()].map(([id]) => id);
  switch (recordType) {
    case "purchaseOrder":
      return idsIn(books.purchaseOrders);
    case "bill":
      return idsIn(books.bills);
    case "supplierCredit":
      return idsIn(books.vendorCredits);
    case "supplierAllocation":
      return idsIn(books.vendorCredits).flatMap((id) =>
        (books.vendorCredits.get(id)?.credits ?? []).map((credit) => `${id}:${credit.id}`),
      );
    case "billPayment":
      return [...books.vendorPayments.heads()].flatMap(([id, { applied }]) =>
        applied.map(({ billId }) => `${id}:${billId}`),
      );
    case "supplierOverpayment":
      return [...books.vendorPayments.heads()]
        .filter(([, payment]) => !paymentExcess(payment).isZero())
        .map(([id]) => `${id}:excess`);
    case "bankTransaction":
      return idsIn(books.expenses);
    case "manualJournal":
      return idsIn(books.journals);
  }
}

function pulled(recordType: PurchaseType): PulledType {
  invariant(
    recordType !== "supplierAllocation" && recordType !== "supplierOverpayment",
    "settlements come with what they belong to",
  );
  return recordType;
}

/** Ids of a new record, and of what the vendor knows it by. */
function add(
  zoho: ZohoSeed,
  recordType: PulledType,
  amount: string,
  change: Partial<PurchaseDocumentSeed>,
  tax = STANDARD_RATE,
): { externalId: string; parentId: string } {
  const { books } = zoho;
  const purchases = purchaseSeed(zoho);
  const [vendorId] = vendors(books);
  invariant(vendorId !== undefined, "a supplier was seeded");
  const broken = change.adjustment !== undefined;
  const created = books.stamp();
  const document: PurchaseDocumentSeed = {
    ...{ number: `now-${books.lines.size}`, customerId: vendorId, date: "2026-07-04", created },
    ...{ lines: [lineOf(zoho, amount, tax)], ...change },
  };
  const same = (id: string) => ({ externalId: id, parentId: id });
  switch (recordType) {
    case "purchaseOrder":
      return same(purchases.addPurchaseOrder(document));
    case "bill":
      return same(purchases.addBill(document));
    case "supplierCredit":
      return same(purchases.addVendorCredit(document));
    case "billPayment": {
      const billId = purchases.addBill({ ...document, adjustment: "0", lines: [lineOf(zoho, amount, tax)] });
      const paymentId = purchases.addVendorPayment({
        ...{ number: String(books.vendorPayments.size + 1), vendorId, date: "2026-07-21", created },
        ...{ amount: broken ? `${amount}.005` : amount, applied: [{ billId, amount }] },
      });
      return { externalId: `${paymentId}:${billId}`, parentId: paymentId };
    }
    case "bankTransaction":
      return same(
        addExpense(zoho, purchases, { amount, created, tax, ...(broken ? { total: "40.005" } : {}) }),
      );
    case "manualJournal":
      return same(addJournal(zoho, purchases, { amount: broken ? "40.005" : amount, created }));
  }
}

function addVendor(zoho: ZohoSeed): string {
  return zoho.addContact({ name: "Paper Mill", type: "vendor", created: "2026-06-01T08:00:00Z" });
}

const vendors = (books: Books): string[] =>
  [...books.contacts.heads()].filter(([, { type }]) => type === "vendor").map(([id]) => id);

function lineOf(zoho: ZohoSeed, rate: string, tax: string = STANDARD_RATE) {
  return {
    description: "Paper",
    rate,
    quantity: "1",
    taxId: zoho.taxId(tax),
    accountId: zoho.accountId("Cost of Goods Sold"),
  };
}

function addExpense(
  zoho: ZohoSeed,
  purchases: PurchaseSeed,
  {
    amount,
    tax = STANDARD_RATE,
    ...change
  }: { amount: string; created: string; tax?: string; total?: string },
): string {
  return purchases.addExpense({
    date: "2026-07-08",
    reference: `E-${zoho.books.expenses.size + 1}`,
    lines: [{ accountId: zoho.accountId("Samples"), description: "Samples", amount, taxId: zoho.taxId(tax) }],
    ...change,
  });
}

function addJournal(
  zoho: ZohoSeed,
  purchases: PurchaseSeed,
  { amount, created }: { amount: string; created: string },
): string {
  return purchases.addJournal({
    number: String(zoho.books.journals.size + 1),
    date: "2026-07-31",
    notes: "Month end",
    lines: [
      { accountId: zoho.accountId("Bad Debt"), side: "debit", amount },
      { accountId: zoho.accountId("Retained Earnings"), side: "credit", amount },
    ],
    created,
  });
}
