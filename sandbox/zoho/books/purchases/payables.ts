/** What is owed to a vendor and what the vendor owes back as unused credit, from the vendor's own documents. */
import { type Decimal, decimal } from "@/lib/kernel/decimal";
import { idsBy } from "../indexes";
import type { Books } from "../open-books";
import { vendorCreditBalance } from "./settle-bills";

export interface Payables {
  readonly payable: Decimal;
  readonly unusedCredits: Decimal;
}

const byVendor = ({ customerId }: { readonly customerId: string }): string => customerId;

/** In the currencies of the documents, added up as they are. */
export function vendorPayables(books: Books, vendorId: string): Payables {
  let payable = decimal("0");
  let unusedCredits = decimal("0");
  for (const id of idsBy(books.bills, "contact", byVendor, vendorId)) {
    const bill = books.bills.head(id);
    if (bill?.state === "open") payable = payable.plus(bill.total).minus(bill.paid).minus(bill.credited);
  }
  for (const id of idsBy(books.vendorCredits, "contact", byVendor, vendorId)) {
    const credit = books.vendorCredits.head(id);
    if (credit?.state === "open") unusedCredits = unusedCredits.plus(vendorCreditBalance(credit));
  }
  return { payable, unusedCredits };
}
