/**
 * The demo organisation in the simulated Zoho Books and what every seed needs in it: chart of accounts,
 * taxes, currencies with rates. Both seeds use it; they differ in options only.
 */
import type { TaxRounding } from "@/sandbox/zoho/books/arithmetic";
import type { Books } from "@/sandbox/zoho/books/open-books";
import type { Stamped, ZohoPlan } from "@/sandbox/zoho/books/records";
import { HOME_DATA_CENTRE } from "@/sandbox/zoho/data-centres";

export const ZOHO_ORGANIZATION_ID = "20097315520";

/** Deposits of both seeds go here. */
export const ZOHO_BANK_ACCOUNT = "Business Bank Account";
export const STANDARD_RATE = "Standard rate";
export const ZERO_RATED = "Zero rated";
export const ZERO_RATED_EXPORT = "Zero rated export";
export const LOCAL_LEVY = "Local levy";

export interface OrganizationOptions {
  readonly taxRounding?: TaxRounding;
  readonly plan?: ZohoPlan;
  /** Currencies besides GBP. */
  readonly currencies?: readonly ("EUR" | "JPY" | "SEK" | "USD")[];
  /** A tax that no Xero rate matches. */
  readonly withLocalLevy?: boolean;
  readonly created?: string;
}

const ACCOUNTS: readonly (readonly [name: string, type: string, system?: boolean])[] = [
  ["Sales", "income", true],
  ["Shipping Charge", "income", true],
  ["Discount", "income", true],
  ["Manual Adjustments", "other_income"],
  ["Bank Fees and Charges", "expense", true],
  ["Marketplace Fees", "expense"],
  ["Charity Commission", "expense"],
  ["Bad Debt", "expense", true],
  ["Samples", "expense"],
  ["Cost of Goods Sold", "cost_of_goods_sold", true],
  ["Exchange Gain or Loss", "other_expense", true],
  ["Accounts Receivable", "accounts_receivable", true],
  ["Accounts Payable", "accounts_payable", true],
  ["Undeposited Funds", "cash", true],
  ["Petty Cash", "cash", true],
  [ZOHO_BANK_ACCOUNT, "bank"],
  ["Output VAT", "other_current_liability", true],
  ["Retained Earnings", "equity", true],
];

const CURRENCIES = {
  GBP: { name: "Pound Sterling", symbol: "£", precision: 2, rates: [] },
  EUR: { name: "Euro", symbol: "€", precision: 2, rates: ["0.8631", "0.8702", "0.8655", "0.8588"] },
  JPY: {
    name: "Japanese Yen",
    symbol: "¥",
    precision: 0,
    rates: ["0.00511", "0.00517", "0.00509", "0.00521"],
  },
  SEK: { name: "Swedish Krona", symbol: "kr", precision: 2, rates: ["0.0776", "0.0779", "0.0781", "0.0774"] },
  USD: {
    name: "United States Dollar",
    symbol: "$",
    precision: 2,
    rates: ["0.7421", "0.7405", "0.7388", "0.7450"],
  },
} as const;
/** Newest first, as the rates above. */
const RATE_DATES = ["2026-10-01", "2026-09-01", "2026-08-01", "2026-06-01"] as const;

/** Writes the organisation with its accounts, taxes and currencies. */
export function putOrganization(books: Books, options: OrganizationOptions): void {
  const created = options.created ?? "2010-11-15T09:00:00Z";
  const stamps: Stamped = { created, modified: created };
  for (const [name, type, system = false] of ACCOUNTS)
    books.accounts.put(books.nextId(), { name, code: "", type, active: true, system, ...stamps });
  const taxes = [
    [STANDARD_RATE, "20"],
    [ZERO_RATED, "0"],
    [ZERO_RATED_EXPORT, "0"],
    ...(options.withLocalLevy === true ? [[LOCAL_LEVY, "3"] as const] : []),
  ] as const;
  for (const [name, percentage] of taxes)
    books.taxes.put(books.nextId(), { name, percentage, isDefault: name === STANDARD_RATE, ...stamps });
  for (const code of ["GBP", ...(options.currencies ?? [])] as const) {
    const { rates, ...currency } = CURRENCIES[code];
    books.currencies.put(books.nextId(), {
      ...currency,
      ...stamps,
      code,
      isBase: code === "GBP",
      rates: rates.map((rate, index) => ({
        id: books.nextId(),
        date: RATE_DATES[index] ?? "2026-06-01",
        rate,
      })),
    });
  }
  books.organizations.put(ZOHO_ORGANIZATION_ID, {
    ...stamps,
    name: "Tidewater Gifts Ltd",
    contactName: "Olivia Shaw",
    email: "olivia@tidewatergifts.test",
    dataCentre: HOME_DATA_CENTRE,
    currencyCode: "GBP",
    timeZone: "Europe/London",
    countryCode: "GB",
    plan: options.plan ?? "PREMIUM",
    taxRounding: options.taxRounding ?? "entity_level",
  });
}
