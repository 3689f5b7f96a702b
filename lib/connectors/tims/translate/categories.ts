import type { LedgerAccount } from "@/lib/domain/reference-data";

/** A product's category where an account would stand. An account code of TIMS never begins like this. */
const START = "category:";

export const categoryKey = (category: string): string => START + category;

/** The category that a key names, null for an account. */
export const categoryIn = (key: string): string | null =>
  key.startsWith(START) ? key.slice(START.length) : null;

export const categoryAccount = (category: string): LedgerAccount => ({
  key: categoryKey(category),
  code: "",
  name: `Product category ${category}`,
  accountClass: "income",
  ...{ isBank: false, acceptsPayments: false, currency: null, active: true, isSystem: false },
});
