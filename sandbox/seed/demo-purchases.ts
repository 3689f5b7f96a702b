/**
 * The purchases side of the demo company: suppliers, bills, their credits and payments, purchase orders, expenses and
 * journals. Written last, so that what was there before keeps its ids. README.md lists what is the matter with some.
 */
import { Decimal, decimalText } from "@/lib/kernel/decimal";
import { invariant } from "@/lib/kernel/invariant";
import { billBalance } from "@/sandbox/zoho/books/purchases/bills";
import { vendorCreditBalance } from "@/sandbox/zoho/books/purchases/settle-bills";
import {
  BILLS,
  type Bought,
  COST_OF_GOODS,
  PURCHASE_ACCOUNTS,
  REDUCED_RATE,
  SUPPLIERS,
  type SupplierKey,
} from "./demo-suppliers";
import { atNine, type ZohoSeed } from "./zoho-organisation";
import { type ExpenseSeed, type PurchaseSeed, purchaseSeed } from "./zoho-purchases";
import { STANDARD_RATE, ZERO_RATED } from "./zoho-reference-data";

const SUPPLIER_SINCE = "2026-05-04";

interface PurchaseWriter {
  readonly zoho: ZohoSeed;
  readonly purchases: PurchaseSeed;
  supplierId(supplier: SupplierKey): string;
  billId(number: string): string;
}

/** Writes the purchases side into the books of the demo company. */
export function writeDemoPurchases(zoho: ZohoSeed): void {
  addAccountsAndTax(zoho);
  const purchases = purchaseSeed(zoho);
  const supplierIds = new Map<string, string>();
  for (const [key, supplier] of Object.entries(SUPPLIERS)) {
    const { name, email, city, country } = supplier;
    const id = zoho.addContact({
      ...{ name, email, type: "vendor", company: name, billing: { city, country } },
      currencyCode: "currency" in supplier ? supplier.currency : "GBP",
      created: atNine(SUPPLIER_SINCE),
    });
    supplierIds.set(key, id);
  }
  const billIds = new Map<string, string>();
  const idIn = (ids: ReadonlyMap<string, string>, key: string): string => {
    const id = ids.get(key);
    invariant(id !== undefined, `${key} was not seeded`);
    return id;
  };
  const writer: PurchaseWriter = {
    zoho,
    purchases,
    supplierId: (supplier) => idIn(supplierIds, supplier),
    billId: (number) => idIn(billIds, number),
  };
  for (const { supplier, lines, state = "open", ...bill } of BILLS) {
    const customerId = writer.supplierId(supplier);
    billIds.set(
      bill.number,
      purchases.addBill({ ...bill, state, customerId, lines: lines.map((line) => lineOf(zoho, line)) }),
    );
  }
  writeCredits(writer);
  writePayments(writer);
  writeOrders(writer);
  writeExpenses(writer);
  writeJournals(writer);
}

function addAccountsAndTax({ books }: ZohoSeed): void {
  const stamps = { created: atNine(SUPPLIER_SINCE), modified: atNine(SUPPLIER_SINCE) };
  for (const name of PURCHASE_ACCOUNTS)
    books.accounts.put(books.nextId(), {
      name,
      code: "",
      type: "expense",
      active: true,
      system: false,
      ...stamps,
    });
  books.taxes.put(books.nextId(), { name: REDUCED_RATE, percentage: "5", isDefault: false, ...stamps });
}

function lineOf(zoho: ZohoSeed, { account, description, quantity, rate, tax }: Bought) {
  return { description, quantity, rate, taxId: zoho.taxId(tax), accountId: zoho.accountId(account) };
}

/** Two set against bills, one left open. */
function writeCredits({ zoho, purchases, supplierId, billId }: PurchaseWriter): void {
  const credit = (number: string, supplier: SupplierKey, date: string, line: Bought): string =>
    purchases.addVendorCredit({
      number,
      customerId: supplierId(supplier),
      date,
      lines: [lineOf(zoho, line)],
    });
  const boxes: Bought = {
    ...{ account: "Postage, Freight & Courier", description: "Crushed gift boxes, returned" },
    ...{ quantity: "50", rate: "0.725", tax: STANDARD_RATE },
  };
  const pots: Bought = {
    ...{ account: COST_OF_GOODS, description: "Salt pots broken on the way" },
    ...{ quantity: "7", rate: "11.6", tax: ZERO_RATED },
  };
  const parcel: Bought = {
    ...{ account: "Postage, Freight & Courier", description: "Lost parcel" },
    ...{ quantity: "1", rate: "18.75", tax: STANDARD_RATE },
  };
  const apply = (creditId: string, number: string, date: string): void => {
    const held = zoho.books.vendorCredits.head(creditId);
    invariant(held !== undefined, "the credit was just written");
    const amount = Decimal.min(vendorCreditBalance(held), owed(zoho, billId(number)));
    purchases.applyVendorCredit(creditId, billId(number), decimalText(amount), date);
  };
  apply(credit("DN-301", "packaging", "2026-08-27", boxes), "AP-7902", "2026-08-28");
  apply(credit("DN-302", "ceramics", "2026-09-15", pots), "KL-2026-142", "2026-09-16");
  credit("DN-303", "courier", "2026-10-02", parcel);
}

function owed({ books }: ZohoSeed, billId: string): Decimal {
  const bill = books.bills.head(billId);
  invariant(bill !== undefined, "the bill was just written");
  return billBalance(bill);
}

/** In full, in part, over two bills, and one of 20.00 too much; the rest is still owed. */
function writePayments({ zoho, purchases, supplierId, billId }: PurchaseWriter): void {
  const due = (number: string): Decimal => owed(zoho, billId(number));
  let count = 500;
  const pay = (
    supplier: SupplierKey,
    date: string,
    shares: readonly (readonly [number: string, amount: Decimal])[],
    excess = 0,
  ): void => {
    count += 1;
    purchases.addVendorPayment({
      number: String(count),
      vendorId: supplierId(supplier),
      date,
      amount: decimalText(shares.reduce((sum, [, amount]) => sum.plus(amount), new Decimal(excess))),
      applied: shares.map(([number, amount]) => ({ billId: billId(number), amount: decimalText(amount) })),
      reference: `FP ${count}`,
    });
  };
  const whole = (number: string): readonly [string, Decimal] => [number, due(number)];
  pay("landlord", "2026-07-03", [whole("QPL-0701")]);
  pay("landlord", "2026-08-04", [whole("QPL-0801")]);
  pay("print", "2026-07-28", [["LP-2231", new Decimal(300)]]);
  pay("ceramics", "2026-08-14", [whole("KL-2026-118")]);
  pay("courier", "2026-09-14", [whole("SC-10442"), whole("SC-10518")]);
  pay("telecom", "2026-08-24", [whole("WT-55120")], 20);
  pay("packaging", "2026-09-21", [whole("AP-7902")]);
}

function writeOrders({ zoho, purchases, supplierId }: PurchaseWriter): void {
  const order = (
    number: string,
    supplier: SupplierKey,
    date: string,
    state: "draft" | "open" | "billed",
    line: Bought,
  ): void => {
    purchases.addPurchaseOrder({
      ...{ number, date, state, deliveryDate: `${date.slice(0, 8)}28` },
      ...{ customerId: supplierId(supplier), lines: [lineOf(zoho, line)] },
    });
  };
  const mugs: Bought = {
    ...{ account: COST_OF_GOODS, description: "Mug, glazed", quantity: "200", rate: "8.25", tax: ZERO_RATED },
  };
  const boxes: Bought = {
    ...{ account: "Postage, Freight & Courier", description: "Christmas boxes" },
    ...{ quantity: "600", rate: "0.58", tax: STANDARD_RATE },
  };
  const catalogue: Bought = {
    ...{ account: "Advertising & Marketing", description: "Summer catalogue, 500 copies" },
    ...{ quantity: "500", rate: "0.96", tax: STANDARD_RATE },
  };
  order("PO-601", "print", "2026-07-01", "billed", catalogue);
  order("PO-602", "packaging", "2026-10-01", "open", boxes);
  order("PO-603", "ceramics", "2026-10-06", "open", mugs);
  order("PO-604", "print", "2026-10-12", "draft", { ...catalogue, description: "Spring catalogue" });
}

/** Ten of July to October; the last names no supplier. */
function writeExpenses({ zoho, purchases, supplierId }: PurchaseWriter): void {
  const spend = (
    date: string,
    supplier: SupplierKey | null,
    lines: readonly (readonly [account: string, description: string, amount: string, tax?: string])[],
    change: Partial<ExpenseSeed> = {},
  ): void => {
    purchases.addExpense({
      date,
      reference: `EXP ${zoho.books.expenses.size + 701}`,
      ...(supplier === null ? {} : { vendorId: supplierId(supplier) }),
      lines: lines.map(([account, description, amount, tax]) => ({
        ...{ accountId: zoho.accountId(account), description, amount },
        ...(tax === undefined ? {} : { taxId: zoho.taxId(tax) }),
      })),
      ...change,
    });
  };
  const petty = { paidThroughAccountId: zoho.accountId("Petty Cash") };
  spend("2026-07-08", "rail", [["General Expenses", "Train to the trade fair", "84.5", ZERO_RATED]]);
  spend("2026-07-15", "courier", [["Postage, Freight & Courier", "Express parcel", "23.94", STANDARD_RATE]], {
    inclusive: true,
  });
  spend("2026-07-24", "print", [
    ["Advertising & Marketing", "Price tags", "36", STANDARD_RATE],
    ["Samples", "Paper samples", "4.5", STANDARD_RATE],
  ]);
  spend("2026-08-05", "telecom", [["Telephone & Internet", "Top-up", "15", STANDARD_RATE]], {
    inclusive: true,
    ...petty,
  });
  spend("2026-08-18", "ceramics", [["Samples", "Glaze samples", "42.3", ZERO_RATED]], {
    currencyCode: "EUR",
  });
  spend("2026-08-27", "packaging", [["General Expenses", "Trade card", "59.99", STANDARD_RATE]], {
    inclusive: true,
  });
  spend("2026-09-10", "rail", [["General Expenses", "Train to Leeds", "132.8", ZERO_RATED]], {
    billable: true,
  });
  spend("2026-09-17", "energy", [["General Expenses", "Meter check", "45", REDUCED_RATE]]);
  spend("2026-10-07", "print", [["Subscriptions", "Design library, one year", "119", STANDARD_RATE]]);
  spend("2026-10-14", null, [["General Expenses", "Milk and tea", "7.35", ZERO_RATED]], petty);
}

/** Two in pounds, the third in euros. */
function writeJournals({ zoho, purchases }: PurchaseWriter): void {
  const account = zoho.accountId;
  purchases.addJournal({
    ...{ number: "1", date: "2026-07-31", notes: "Stock given away as samples in July" },
    lines: [
      { accountId: account("Samples"), side: "debit", amount: "128.75" },
      { accountId: account(COST_OF_GOODS), side: "credit", amount: "128.75" },
    ],
  });
  purchases.addJournal({
    ...{ number: "2", date: "2026-08-31", notes: "Marketplace fees booked as bank fees" },
    lines: [
      { accountId: account("Marketplace Fees"), side: "debit", amount: "36.5" },
      { accountId: account("Bank Fees and Charges"), side: "credit", amount: "36.5" },
    ],
  });
  purchases.addJournal({
    ...{ number: "3", date: "2026-09-30", notes: "Freight inside the ceramics bills", currencyCode: "EUR" },
    lines: [
      { accountId: account("Postage, Freight & Courier"), side: "debit", amount: "33.33" },
      { accountId: account("Samples"), side: "debit", amount: "50.77" },
      { accountId: account(COST_OF_GOODS), side: "credit", amount: "84.1" },
    ],
  });
}
