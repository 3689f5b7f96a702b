import { z } from "zod";
import { Decimal, decimal } from "@/lib/kernel/decimal";
import type { SourceBooks } from "./source-books";

/**
 * What the books of Zoho say was bought, spent and booked by hand, account by account and in pounds: worked out from its own
 * answers alone, by nobody who knows the product. What is a draft or void counts for nothing.
 */
export type Moves = Readonly<Record<string, string>>;

/** Zoho's accounts by the names and codes that they have in the firm's Xero. */
const IN_XERO: Readonly<Record<string, string>> = {
  "Advertising & Marketing": "Advertising & Marketing (400)",
  Samples: "Advertising & Marketing (400)",
  "Bank Fees and Charges": "Bank Fees (404)",
  "Marketplace Fees": "Marketplace fees (405)",
  "Postage, Freight & Courier": "Postage, Freight & Courier (425)",
  "General Expenses": "General Expenses (429)",
  Rent: "Rent (469)",
  Subscriptions: "Subscriptions (485)",
  "Telephone & Internet": "Telephone & Internet (489)",
  "Cost of Goods Sold": "Cost of Goods Sold (310)",
  "Business Bank Account": "Business Bank Account (090)",
};
const PAYABLE = "Accounts Payable (800)";
const TAX = "VAT (820)";
const GAINS = "Realised Currency Gains (499)";
/** What Xero evens out pennies of conversion with; the source has no such account, so it counts with the gains. */
const ROUNDING = "Rounding (860)";

const number = z.union([z.number(), z.string()]).transform((value) => decimal(String(value || 0)));
const lineSchema = z.object({
  account_name: z.string(),
  item_total: number.optional(),
  amount: number.optional(),
  tax_percentage: number,
  debit_or_credit: z.string().optional(),
  bcy_amount: number.optional(),
});
const recordSchema = z.object({
  reference_number: z.string().default(""),
  status: z.string().default("open"),
  exchange_rate: number,
  tax_total: number.optional(),
  sub_total: number.optional(),
  tax_amount: number.optional(),
  total: number.optional(),
  amount: number.optional(),
  line_items: z.array(lineSchema).default([]),
  paid_through_account_name: z.string().default(""),
  bills: z.array(z.object({ bill_id: z.string(), amount_applied: number })).default([]),
  bills_credited: z.array(z.object({ bill_id: z.string(), amount: number })).default([]),
});
type Read = z.output<typeof recordSchema>;

const rounded = (value: Decimal): Decimal => value.toDecimalPlaces(2);

/** Lists of Zoho, and what one record of each is called in an answer. */
const KINDS = {
  bills: { singular: "bill", id: "bill_id" },
  vendorcredits: { singular: "vendor_credit", id: "vendor_credit_id" },
  vendorpayments: { singular: "vendorpayment", id: "payment_id" },
  expenses: { singular: "expense", id: "expense_id" },
  journals: { singular: "journal", id: "journal_id" },
} as const;

/** `skips`: references of expenses that are not in Xero. */
export async function movesInSource(source: SourceBooks, skips: readonly string[]): Promise<Moves> {
  const sums = new Map<string, Decimal>();
  const add: Add = (account, amount) =>
    void sums.set(account, (sums.get(account) ?? new Decimal(0)).plus(amount));
  const bills = await readEach(source, "bills");
  const rateOf = (billId: string): Decimal => bills.get(billId)?.exchange_rate ?? new Decimal(1);
  for (const bill of bills.values()) bookBought(add, bill, 1);
  for (const credit of (await readEach(source, "vendorcredits")).values()) bookCredit(add, credit, rateOf);
  for (const payment of (await readEach(source, "vendorpayments")).values()) bookPaid(add, payment, rateOf);
  for (const expense of (await readEach(source, "expenses")).values())
    if (!skips.includes(expense.reference_number)) bookExpense(add, expense);
  for (const journal of (await readEach(source, "journals")).values()) bookJournal(add, journal);
  return listed(sums);
}

function bookCredit(add: Add, credit: Read, rateOf: (billId: string) => Decimal): void {
  bookBought(add, credit, -1);
  for (const { bill_id, amount } of credit.bills_credited) {
    const atBill = rounded(amount.times(rateOf(bill_id)));
    const atCredit = rounded(amount.times(credit.exchange_rate));
    add(PAYABLE, atBill.minus(atCredit));
    add(GAINS, atCredit.minus(atBill));
  }
}

/** What is paid leaves the bank at the day's rate and the debt at the bill's. */
function bookPaid(add: Add, payment: Read, rateOf: (billId: string) => Decimal): void {
  let left = payment.amount ?? new Decimal(0);
  for (const { bill_id, amount_applied } of payment.bills) {
    const atBill = rounded(amount_applied.times(rateOf(bill_id)));
    const paid = rounded(amount_applied.times(payment.exchange_rate));
    add(PAYABLE, atBill);
    add(bankOf(payment), paid.negated());
    add(GAINS, paid.minus(atBill));
    left = left.minus(amount_applied);
  }
  add(PAYABLE, left);
  add(bankOf(payment), left.negated());
}

function bookJournal(add: Add, journal: Read): void {
  for (const line of journal.line_items) {
    const amount = (line.bcy_amount ?? new Decimal(0)).times(line.debit_or_credit === "debit" ? 1 : -1);
    add(nameIn(line.account_name), amount);
    add(TAX, rounded(amount.times(line.tax_percentage).dividedBy(100)));
  }
}

type Add = (account: string, amount: Decimal) => void;

const nameIn = (account: string): string => IN_XERO[account] ?? account;
const bankOf = ({ paid_through_account_name }: Read): string => nameIn(paid_through_account_name);

/** `sign` is 1 for a bill, -1 for a supplier's credit. */
function bookBought(add: Add, document: Read, sign: 1 | -1): void {
  if (document.status === "draft" || document.status === "void") return;
  const { exchange_rate: rate, total = new Decimal(0), sub_total, tax_total } = document;
  // A supplier's credit does not state its tax.
  const tax = tax_total ?? total.minus(sub_total ?? total);
  const accounts = new Map<string, Decimal>();
  for (const { account_name, item_total = new Decimal(0) } of document.line_items)
    accounts.set(account_name, (accounts.get(account_name) ?? new Decimal(0)).plus(item_total));
  // With tax inside the lines of several accounts nobody could say whose the penny is; the demo company has none such.
  for (const [account, net] of accounts)
    add(nameIn(account), rounded((accounts.size === 1 ? total.minus(tax) : net).times(rate)).times(sign));
  add(TAX, rounded(tax.times(rate)).times(sign));
  add(PAYABLE, rounded(total.times(rate)).times(-sign));
}

function bookExpense(add: Add, expense: Read): void {
  const { total = new Decimal(0), tax_amount: tax = new Decimal(0), exchange_rate: rate } = expense;
  const [first, ...others] = expense.line_items;
  // A single line is the whole without its tax, however it was typed.
  if (first && others.length === 0) add(nameIn(first.account_name), rounded(total.minus(tax).times(rate)));
  else
    for (const { account_name, item_total, amount } of expense.line_items)
      add(nameIn(account_name), rounded((item_total ?? amount ?? new Decimal(0)).times(rate)));
  add(TAX, rounded(tax.times(rate)));
  add(bankOf(expense), rounded(total.times(rate)).negated());
}

async function readEach(source: SourceBooks, kind: keyof typeof KINDS): Promise<Map<string, Read>> {
  const { singular, id } = KINDS[kind];
  const answer = await source.call("GET", `/${kind}?per_page=200`);
  const rows = z.array(z.record(z.string(), z.unknown())).parse(answer[kind]);
  const found = new Map<string, Read>();
  for (const row of rows) {
    const path = `/${kind}/${String(row[id])}`;
    found.set(String(row[id]), recordSchema.parse((await source.call("GET", path))[singular]));
  }
  return found;
}

const listed = (sums: ReadonlyMap<string, Decimal>): Moves =>
  Object.fromEntries(
    [...sums]
      .filter(([, sum]) => !sum.isZero())
      .map(([account, sum]) => [account, sum.toFixed(2)] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );

/** How Xero's trial balance moved from one look to the next. */
export function movesBetween(before: readonly string[], after: readonly string[]): Moves {
  const sums = new Map<string, Decimal>();
  const add = (rows: readonly string[], sign: 1 | -1): void => {
    for (const row of rows) {
      const [account = "", , , debit = "", credit = ""] = row.split(" | ");
      const net = decimal(debit || "0").minus(decimal(credit || "0"));
      const place = account === ROUNDING ? GAINS : account;
      sums.set(place, (sums.get(place) ?? new Decimal(0)).plus(net.times(sign)));
    }
  };
  add(after, 1);
  add(before, -1);
  return listed(sums);
}
