/**
 * An organisation as Zoho sets it up: with the accounts that it needs itself, its base currency and no taxes.
 * Its records stand apart from those of every other organisation.
 */
import type { SandboxContext } from "@/sandbox/kit/types";
import { openBooksOf } from "../open-books";
import type { StoredOrganization } from "../records";
import { currencyNameOf, currencyPrecisionOf, currencySymbolOf } from "./currency-names";

const SYSTEM_ACCOUNTS: readonly (readonly [name: string, type: string])[] = [
  ["Sales", "income"],
  ["Shipping Charge", "income"],
  ["Discount", "income"],
  ["Bank Fees and Charges", "expense"],
  ["Bad Debt", "expense"],
  ["Cost of Goods Sold", "cost_of_goods_sold"],
  ["Exchange Gain or Loss", "other_expense"],
  ["Accounts Receivable", "accounts_receivable"],
  ["Accounts Payable", "accounts_payable"],
  ["Inventory Asset", "stock"],
  ["Undeposited Funds", "cash"],
  ["Petty Cash", "cash"],
  ["Tax Payable", "other_current_liability"],
  ["Retained Earnings", "equity"],
];

export type NewOrganization = Pick<
  StoredOrganization,
  "name" | "contactName" | "email" | "dataCentre" | "currencyCode" | "timeZone" | "countryCode"
> &
  Partial<StoredOrganization>;

/** Adds an organisation beside those there are. The id is free. */
export function addOrganization(context: SandboxContext, id: string, asked: NewOrganization): void {
  const created = `${context.clock.now().toISOString().slice(0, 19)}Z`;
  const stamps = { created, modified: created };
  const { organizations } = openBooksOf(context, id);
  organizations.put(id, {
    plan: "STANDARD",
    taxRounding: "entity_level",
    ...stamps,
    ...asked,
    apart: true,
  });
  const books = openBooksOf(context, id);
  for (const [name, type] of SYSTEM_ACCOUNTS)
    books.accounts.put(books.nextId(), { name, type, code: "", active: true, system: true, ...stamps });
  const code = asked.currencyCode;
  books.currencies.put(books.nextId(), {
    ...{ code, name: currencyNameOf(code), symbol: currencySymbolOf(code) },
    ...{ precision: currencyPrecisionOf(code), isBase: true, rates: [], ...stamps },
  });
}
