import { seededRandom } from "@/sandbox/kit/faults";
import type { SandboxContext } from "@/sandbox/kit/types";
import { seedXeroOrganisations } from "@/sandbox/seed/xero-organisation";
import { plusDays, type ZohoSeed, zohoSeed } from "@/sandbox/seed/zoho-organisation";
import { STANDARD_RATE, ZERO_RATED } from "@/sandbox/seed/zoho-reference-data";

/**
 * A company in Zoho Books that nobody designed: documents in three currencies at odd rates, inclusive and exclusive of
 * tax, prices of many decimals, settled in pieces by payments and credits at other rates. Nothing in it is refused by Xero
 * beforehand, so that what is previewed is what is posted. The same for the same seed.
 */
export interface RandomCompany {
  readonly invoices: number;
  readonly creditNotes: number;
}

const FIRST_DAY = "2026-05-01";
const DAYS = 190;
/** Base units for one unit, about; each record has a rate of its own near it. */
const RATES: Readonly<Record<string, number>> = { GBP: 1, EUR: 0.86, JPY: 0.0052 };

export function seedRandomCompany(context: SandboxContext, seed: number, size: RandomCompany): void {
  const random = createRandom(seed);
  seedXeroOrganisations(context);
  const zoho = zohoSeed(context);
  const taxRounding = random.pick(["entity_level", "item_level"] as const);
  zoho.putOrganization({ taxRounding, currencies: ["EUR", "JPY"] });
  const customers = Array.from({ length: 9 }, (_, index) => {
    const currencyCode = ["GBP", "EUR", "JPY"][index % 3] ?? "GBP";
    return { currencyCode, id: zoho.addContact({ name: `Customer ${seed}-${index}`, currencyCode }) };
  });
  const world = { zoho, random, seed };
  const credits = Array.from({ length: size.creditNotes }, (_, index) => {
    const customer = random.pick(customers);
    const document = documentOf(world, customer, "CN", index);
    return { ...customer, ...document, id: zoho.addCreditNote(document) };
  }).map((credit) => ({ ...credit, left: minorTotal(zoho.books.creditNotes.get(credit.id)?.total) }));
  for (let index = 0; index < size.invoices; index += 1) {
    const customer = random.pick(customers);
    const document = { ...documentOf(world, customer, "INV", index), customerId: customer.id };
    const id = zoho.addInvoice(document);
    const scale = scaleOf(customer.currencyCode);
    let left = minorTotal(zoho.books.invoices.get(id)?.total);
    const credit = credits.find((one) => one.customerId === customer.id && one.left > 0);
    if (credit && random.chance(0.5)) {
      const amount = Math.min(credit.left, left, random.chance(0.5) ? credit.left : Math.ceil(left / 3));
      const date = later(random, later(random, document.date, 1), 20, credit.date);
      zoho.applyCredit(credit.id, id, textOf(amount, scale), date);
      credit.left -= amount;
      left -= amount;
    }
    settle(world, customer, { id, date: document.date, number: index }, left);
  }
}

interface World {
  readonly zoho: ZohoSeed;
  readonly random: Random;
  readonly seed: number;
}

interface Customer {
  readonly id: string;
  readonly currencyCode: string;
}

function documentOf(
  { zoho, random, seed }: World,
  { id, currencyCode }: Customer,
  kind: string,
  index: number,
) {
  const decimals = currencyCode === "JPY" ? 0 : random.pick([2, 2, 3, 4]);
  const largest = currencyCode === "JPY" ? 90_000 : 400;
  const taxes = [STANDARD_RATE, STANDARD_RATE, ZERO_RATED];
  return {
    number: `${kind}-${seed}-${1000 + index}`,
    customerId: id,
    date: plusDays(FIRST_DAY, random.upTo(DAYS)),
    exchangeRate: rateOf(random, currencyCode),
    inclusive: random.chance(0.3),
    lines: Array.from({ length: 1 + random.upTo(5) }, (_, line) => ({
      description: `Line ${line + 1}`,
      rate: (1 + random.next() * largest).toFixed(decimals),
      quantity: random.pick(["1", "2", "3", "0.5", "1.25", "7", "0.333"]),
      taxId: zoho.taxId(random.pick(taxes)),
      accountId: zoho.accountId(random.pick(["Sales", "Shipping Charge"])),
    })),
  };
}

/** Pays some of it, all of it in up to four pieces, or more than all of it. */
function settle(
  { zoho, random, seed }: World,
  customer: Customer,
  invoice: { readonly id: string; readonly date: string; readonly number: number },
  due: number,
): void {
  const { currencyCode } = customer;
  const scale = scaleOf(currencyCode);
  const pieces = random.pick([0, 1, 1, 2, 3, 4]);
  const paid = random.chance(0.7) ? due : Math.floor(due / 2);
  let left = paid;
  for (let piece = 1; piece <= pieces && left > 0; piece += 1) {
    const amount = piece === pieces ? left : Math.max(1, Math.floor(left * random.next()));
    left -= amount;
    // Xero takes an overpayment on an account of its own currency alone.
    const beyond = currencyCode === "GBP" && piece === pieces && random.chance(0.15) ? 1234 : 0;
    zoho.addPayment({
      number: `P-${seed}-${invoice.number}-${piece}`,
      customerId: customer.id,
      date: later(random, invoice.date, 40),
      amount: textOf(amount + beyond, scale),
      applied: [{ invoiceId: invoice.id, amount: textOf(amount, scale) }],
      exchangeRate: rateOf(random, currencyCode),
    });
  }
}

const scaleOf = (currency: string): number => (currency === "JPY" ? 0 : 2);
const minorTotal = (total = "0"): number => Number(total.replace(".", ""));
const textOf = (minor: number, scale: number): string => (minor / 10 ** scale).toFixed(scale);

function rateOf(random: Random, currency: string): string {
  if (currency === "GBP") return "1";
  const about = RATES[currency] ?? 1;
  return (about * (0.95 + random.next() * 0.1)).toFixed(random.pick([4, 5, 6, 8]));
}

/** Some days after a date, and never before another. */
function later(random: Random, date: string, days: number, least = date): string {
  const found = plusDays(date, random.upTo(days));
  return [found, least].sort().at(-1) ?? found;
}

interface Random {
  next(): number;
  upTo(limit: number): number;
  chance(share: number): boolean;
  pick<T>(choices: readonly T[]): T;
}

function createRandom(seed: number): Random {
  const next = seededRandom(seed);
  const upTo = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    upTo,
    chance: (share) => next() < share,
    pick: (choices) => choices[upTo(choices.length)] as (typeof choices)[number],
  };
}
