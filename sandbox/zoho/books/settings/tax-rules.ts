/** What taxes are called and what a group of them amounts to, for single taxes and groups alike. */
import { Decimal, decimal, decimalText } from "@/lib/kernel/decimal";
import { idsBy, isTaken } from "../indexes";
import type { Books } from "../open-books";
import type { StoredTax } from "../records";

const nameKey = ({ name }: StoredTax): string => name.toLowerCase();
const memberKeys = ({ memberIds }: StoredTax): readonly string[] => memberIds ?? [];

/** Whether another tax or group than `id` bears the name. */
export const isTaxNameTaken = (books: Books, name: string, id: string | null): boolean =>
  isTaken(idsBy(books.taxes, "name", nameKey, name.toLowerCase()), id);

/** The groups that hold a tax. */
export const groupsOf = (books: Books, taxId: string): ReadonlySet<string> =>
  idsBy(books.taxes, "member", memberKeys, taxId);

/** Simple taxes add up; a compound one is charged on the price with them. */
export function groupPercentage(books: Books, memberIds: readonly string[]): string {
  let simple = new Decimal(0);
  let compound = new Decimal(0);
  for (const id of memberIds) {
    const tax = books.taxes.head(id);
    if (tax?.type === "compound_tax") compound = compound.plus(decimal(tax.percentage));
    else simple = simple.plus(decimal(tax?.percentage ?? "0"));
  }
  return decimalText(simple.plus(compound.times(simple.dividedBy(100).plus(1))));
}
