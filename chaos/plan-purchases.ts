import { day, price, type Random, range } from "./random";

/**
 * What a trial's company buys, spends and books by hand: few records of each type, so that a trial stays short. Of each
 * there is at least one, a payment that leaves something over among them.
 */
export interface PurchasesPlan {
  readonly suppliers: readonly {
    readonly name: string;
    readonly email: string;
    readonly isForeign: boolean;
  }[];
  readonly orders: readonly BoughtPlan[];
  readonly bills: readonly BoughtPlan[];
  readonly credits: readonly BoughtPlan[];
  /** Indexes of credit and bill, and how many per cent of what fits. */
  readonly allocations: readonly {
    readonly note: number;
    readonly invoice: number;
    readonly percent: number;
  }[];
  /** Each of bills of one supplier. */
  readonly payments: readonly PaymentPlan[];
  readonly expenses: readonly {
    readonly reference: string;
    readonly contact: number;
    readonly date: string;
    readonly amount: string;
    readonly isZeroRated: boolean;
  }[];
  readonly journals: readonly { readonly notes: string; readonly date: string; readonly amount: string }[];
}

export interface PaymentPlan {
  readonly number: string;
  readonly contact: number;
  readonly date: string;
  /** Invoices or bills of that contact; one that has nothing open any more is left out. */
  readonly invoices: readonly { readonly invoice: number; readonly percent: number }[];
  /** What is received beyond the invoices; "0" for none. */
  readonly excess: string;
}

export interface BoughtPlan {
  readonly number: string;
  readonly contact: number;
  readonly date: string;
  readonly lines: readonly {
    readonly account: (typeof COST_ACCOUNTS)[number];
    readonly rate: string;
    readonly quantity: number;
    readonly isZeroRated: boolean;
  }[];
}

export const COST_ACCOUNTS = ["Cost of Goods Sold", "Samples", "Marketplace Fees"] as const;

export function planPurchases(random: Random, prefix: string): PurchasesPlan {
  const suppliers = range(random.pick([1, 1, 2])).map((index) => ({
    name: `${prefix} Supplier ${index}`,
    email: `${prefix.toLowerCase()}-${index}@suppliers.example`,
    isForeign: index > 0 && random.chance(0.5),
  }));
  const anySupplier = (): number => random.between(0, suppliers.length - 1);
  const bought = (kind: string, index: number, contact: number): BoughtPlan => ({
    number: `${prefix}${kind}${index}`,
    contact,
    date: day(random),
    lines: range(random.between(1, 2)).map(() => ({
      account: random.pick(COST_ACCOUNTS),
      rate: price(random),
      quantity: random.between(1, 9),
      isZeroRated: suppliers[contact]?.isForeign === true || random.chance(0.3),
    })),
  });
  const orders = range(random.pick([1, 1, 2])).map((index) => bought("PO", index, anySupplier()));
  // The first supplier's, so that there is a payment that settles something.
  const bills = range(random.pick([1, 2, 3])).map((index) =>
    bought("BILL", index, index === 0 ? 0 : anySupplier()),
  );
  const credits: BoughtPlan[] = [];
  const allocations = range(random.pick([1, 1, 2])).map((index) => {
    const invoice = random.between(0, bills.length - 1);
    credits.push(bought("SC", index, bills[invoice]?.contact ?? 0));
    return { note: index, invoice, percent: random.between(10, 60) };
  });
  const payments = range(random.pick([1, 1, 2])).map((index) => {
    const contact = index === 0 ? 0 : anySupplier();
    const shares = bills.flatMap((bill, invoice) =>
      bill.contact === contact ? [{ invoice, percent: random.pick([15, 40, 100]) }] : [],
    );
    const excess = index === 0 ? price(random) : "0";
    return { number: `${prefix}VP${index}`, contact, date: day(random), invoices: shares, excess };
  });
  const expenses = range(random.pick([1, 1, 2])).map((index) => ({
    reference: `${prefix}EXP${index}`,
    contact: 0,
    date: day(random),
    amount: price(random),
    isZeroRated: random.chance(0.5),
  }));
  const journals = range(random.pick([1, 1, 2])).map((index) => ({
    notes: `${prefix} Adjustment ${index}`,
    date: day(random),
    amount: price(random),
  }));
  return { suppliers, orders, bills, credits, allocations, payments, expenses, journals };
}
