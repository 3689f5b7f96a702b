import { type PaymentPlan, type PurchasesPlan, planPurchases } from "./plan-purchases";
import { day, price, type Random, range } from "./random";

/**
 * What a trial's Zoho Books holds, by the trial's random choices: a few records of every type that is written to Xero,
 * and what changes between two runs. Amounts are shares of what is open by then, since Zoho counts the totals.
 */
export interface CompanyPlan {
  readonly contacts: readonly {
    readonly name: string;
    readonly email: string;
    readonly isForeign: boolean;
  }[];
  readonly items: readonly {
    readonly sku: string;
    readonly name: string;
    readonly rate: string;
    readonly isZeroRated: boolean;
  }[];
  readonly invoices: readonly DocumentPlan[];
  readonly creditNotes: readonly DocumentPlan[];
  /** Indexes of note and invoice, and how many per cent of what fits. */
  readonly allocations: readonly {
    readonly note: number;
    readonly invoice: number;
    readonly percent: number;
  }[];
  readonly payments: readonly PaymentPlan[];
  /** Null: it sells alone, and the flows of the rest stay off. */
  readonly purchases: PurchasesPlan | null;
}

export interface DocumentPlan {
  readonly number: string;
  readonly contact: number;
  readonly date: string;
  readonly lines: readonly {
    readonly item: number | null;
    readonly rate: string;
    readonly quantity: number;
    readonly isZeroRated: boolean;
  }[];
}

export interface ChangePlan {
  readonly more: CompanyPlan;
  /** Whether to void, and to change, the first unsettled invoice (and to void the first such bill) that is there. */
  readonly voids: boolean;
  readonly edits: boolean;
}

const SIZES = [1, 1, 2, 2, 3, 5, 8] as const;

export function planCompany(random: Random, prefix: string, buys: boolean): CompanyPlan {
  const many = (make: (index: number) => number): number => make(random.pick(SIZES));
  const contacts = range(many((size) => Math.min(size, 4))).map((index) => ({
    name: `${prefix} Customer ${index}`,
    email: `${prefix.toLowerCase()}-${index}@customers.example`,
    isForeign: index > 0 && random.chance(0.3),
  }));
  const items = range(many((size) => Math.min(size, 4))).map((index) => ({
    sku: `${prefix}-SKU-${index}`,
    name: `${prefix} Item ${index}`,
    rate: price(random),
    isZeroRated: random.chance(0.3),
  }));
  const document = (kind: string, index: number, contact: number): DocumentPlan => ({
    number: `${prefix}${kind}${index}`,
    contact,
    date: day(random),
    lines: range(random.between(1, 3)).map(() => ({
      item: random.chance(0.7) ? random.between(0, items.length - 1) : null,
      rate: price(random),
      quantity: random.between(1, 12),
      isZeroRated: contacts[contact]?.isForeign === true || random.chance(0.3),
    })),
  });
  const anyContact = (): number => random.between(0, contacts.length - 1);
  const invoices = range(many((size) => size + 1)).map((index) => document("INV", index, anyContact()));
  const ofContact = (contact: number): number[] =>
    invoices.flatMap((invoice, index) => (invoice.contact === contact ? [index] : []));
  const anyInvoice = (): number => random.between(0, invoices.length - 1);
  const creditNotes: DocumentPlan[] = [];
  const allocations = range(random.pick([1, 1, 2, 3])).map((index) => {
    const invoice = anyInvoice();
    creditNotes.push(document("CN", index, invoices[invoice]?.contact ?? 0));
    return { note: index, invoice, percent: random.between(10, 60) };
  });
  const payments = range(many((size) => size + 1)).map((index) => {
    // The first one always leaves something over, so that every trial has an overpayment: a foreign one has no account.
    const contact = index === 0 ? 0 : (invoices[anyInvoice()]?.contact ?? 0);
    const shares = ofContact(contact)
      .slice(0, random.between(1, 3))
      .map((invoice) => ({ invoice, percent: random.pick([15, 25, 40, 100]) }));
    const isHome = contacts[contact]?.isForeign === false;
    const excess = index === 0 || (isHome && random.chance(0.3)) ? price(random) : "0";
    return { number: `${prefix}PAY${index}`, contact, date: day(random), invoices: shares, excess };
  });
  const purchases = buys ? planPurchases(random, prefix) : null;
  return { contacts, items, invoices, creditNotes, allocations, payments, purchases };
}

export function planChanges(random: Random, prefix: string, buys: boolean): ChangePlan {
  return { more: planCompany(random, prefix, buys), voids: random.chance(0.6), edits: random.chance(0.6) };
}
