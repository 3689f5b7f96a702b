import { seededRandom } from "@/sandbox/kit/faults";
import type { SandboxContext } from "@/sandbox/kit/types";
import { atNine, plusDays, type ZohoSeed, zohoSeed } from "@/sandbox/seed/zoho-organisation";
import { purchaseSeed } from "@/sandbox/seed/zoho-purchases";
import { STANDARD_RATE, ZERO_RATED } from "@/sandbox/seed/zoho-reference-data";

/**
 * What a company that nobody designed buys, spends and books by hand, beside its sales (random-company.ts): bills in two
 * currencies, credits set against some of them, payments of others, expenses and journals. The same for the same seed.
 */
export interface RandomPurchases {
  readonly bills: number;
  readonly credits: number;
  readonly expenses: number;
  readonly journals: number;
}

const FIRST_DAY = "2026-05-01";
const DAYS = 190;
const ACCOUNTS = ["Rent", "General Expenses", "Subscriptions"] as const;

export function seedRandomPurchases(context: SandboxContext, seed: number, size: RandomPurchases): void {
  const next = seededRandom(seed + 1);
  const upTo = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(choices: readonly T[]): T => choices[upTo(choices.length)] as T;
  const zoho = zohoSeed(context);
  const purchases = purchaseSeed(zoho);
  const accounts = ACCOUNTS.map((name) => addAccount(zoho, name));
  const suppliers = ["GBP", "EUR", "GBP", "EUR"].map((currencyCode, index) => ({
    currencyCode,
    id: zoho.addContact({
      name: `Supplier ${seed}-${index}`,
      ...{ currencyCode, type: "vendor" },
    }),
  }));
  const document = (customerId: string, number: string) => ({
    ...{ number, customerId, inclusive: next() < 0.3, date: plusDays(FIRST_DAY, upTo(DAYS)) },
    lines: Array.from({ length: 1 + upTo(3) }, (_, line) => ({
      description: `Bought ${line + 1}`,
      rate: (1 + next() * 300).toFixed(pick([2, 3])),
      quantity: pick(["1", "2", "0.5", "3"]),
      taxId: zoho.taxId(pick([STANDARD_RATE, STANDARD_RATE, ZERO_RATED])),
      accountId: pick(accounts),
    })),
  });
  const bills = Array.from({ length: size.bills }, (_, index) => {
    const supplier = pick(suppliers);
    const made = document(supplier.id, `B-${seed}-${index}`);
    const id = purchases.addBill(made);
    return { ...made, supplier, id, left: minorOf(zoho.books.bills.head(id)?.total) };
  });
  for (let index = 0; index < size.credits; index += 1) {
    const supplier = pick(suppliers);
    const made = document(supplier.id, `VC-${seed}-${index}`);
    const id = purchases.addVendorCredit(made);
    const bill = bills.find((one) => one.supplier === supplier && one.left > 0);
    if (!bill || next() < 0.4) continue;
    const amount = Math.min(bill.left, minorOf(zoho.books.vendorCredits.head(id)?.total));
    bill.left -= amount;
    purchases.applyVendorCredit(id, bill.id, textOf(amount), later(bill.date, made.date));
  }
  for (const [index, bill] of bills.entries()) {
    if (bill.left === 0 || next() < 0.5) continue;
    const amount = next() < 0.6 ? bill.left : Math.ceil(bill.left / 3);
    purchases.addVendorPayment({
      ...{ number: `VP-${seed}-${index}`, vendorId: bill.supplier.id, amount: textOf(amount) },
      date: plusDays(bill.date, upTo(40)),
      applied: [{ billId: bill.id, amount: textOf(amount) }],
    });
  }
  for (let index = 0; index < size.expenses; index += 1)
    purchases.addExpense({
      ...{ date: plusDays(FIRST_DAY, upTo(DAYS)), reference: `EXP ${seed}-${index}` },
      vendorId: pick(suppliers.filter(({ currencyCode }) => currencyCode === "GBP")).id,
      lines: [
        { accountId: pick(accounts), amount: (5 + next() * 90).toFixed(2), taxId: zoho.taxId(STANDARD_RATE) },
      ],
    });
  for (let index = 0; index < size.journals; index += 1) {
    const amount = (1 + next() * 500).toFixed(2);
    const [debit, credit] = [upTo(3), upTo(2)];
    purchases.addJournal({
      ...{ number: String(index + 1), date: plusDays(FIRST_DAY, upTo(DAYS)), notes: `Moved ${index}` },
      lines: [
        { accountId: accounts[debit] ?? "", side: "debit", amount },
        { accountId: accounts[(debit + 1 + credit) % 3] ?? "", side: "credit", amount },
      ],
    });
  }
}

const minorOf = (total = "0"): number => Math.round(Number(total) * 100);
const textOf = (minor: number): string => (minor / 100).toFixed(2);
const later = (first: string, second: string): string => (first > second ? first : second);

function addAccount({ books }: ZohoSeed, name: string): string {
  const id = books.nextId();
  const stamps = { created: atNine(FIRST_DAY), modified: atNine(FIRST_DAY) };
  books.accounts.put(id, { name, code: "", type: "expense", active: true, system: false, ...stamps });
  return id;
}
