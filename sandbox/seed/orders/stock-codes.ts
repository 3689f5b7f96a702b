/**
 * Which stock codes are no products, and the account of the Zoho chart where their lines belong. A code
 * that is not listed is a product: a new charge that nobody knows yet must still load.
 */

export type SpecialAccount =
  | "Shipping Charge"
  | "Manual Adjustments"
  | "Discount"
  | "Bank Fees and Charges"
  | "Marketplace Fees"
  | "Charity Commission"
  | "Bad Debt"
  | "Samples";

const SPECIAL_CODES: ReadonlyMap<string, SpecialAccount> = new Map([
  ["POST", "Shipping Charge"],
  ["DOT", "Shipping Charge"],
  ["C2", "Shipping Charge"],
  ["C3", "Shipping Charge"],
  ["M", "Manual Adjustments"],
  ["ADJUST", "Manual Adjustments"],
  ["ADJUST2", "Manual Adjustments"],
  ["D", "Discount"],
  ["BANK CHARGES", "Bank Fees and Charges"],
  ["AMAZONFEE", "Marketplace Fees"],
  ["CRUK", "Charity Commission"],
  ["B", "Bad Debt"],
  ["S", "Samples"],
]);

/** The account of a code that is no product; null for a product. Codes come in upper case. */
export function specialAccountOf(code: string): SpecialAccount | null {
  return SPECIAL_CODES.get(code) ?? null;
}
