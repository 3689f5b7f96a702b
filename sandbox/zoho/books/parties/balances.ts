/** What a contact owes and has as unused credit, from its own documents alone. */
import { Decimal, decimalText } from "@/lib/kernel/decimal";
import { idsBy } from "../indexes";
import type { Books } from "../open-books";
import { creditBalance, invoiceBalance } from "../settle";

export interface ContactBalances {
  readonly receivable: string;
  readonly unusedCredits: string;
  /** The same in base currency. */
  readonly receivableBase: string;
  readonly unusedCreditsBase: string;
}

const byCustomer = ({ customerId }: { readonly customerId: string }): string => customerId;

/** In the currencies of the documents, added up as they are. */
export function contactBalances(books: Books, contactId: string): ContactBalances {
  let [receivable, credits] = [new Decimal(0), new Decimal(0)];
  let [receivableBase, creditsBase] = [new Decimal(0), new Decimal(0)];
  for (const id of idsBy(books.invoices, "contact", byCustomer, contactId)) {
    const invoice = books.invoices.head(id);
    if (invoice?.state !== "sent") continue;
    receivable = receivable.plus(invoiceBalance(invoice));
    receivableBase = receivableBase.plus(invoiceBalance(invoice).times(invoice.exchangeRate));
  }
  for (const id of idsBy(books.creditNotes, "contact", byCustomer, contactId)) {
    const note = books.creditNotes.head(id);
    if (note?.state !== "open") continue;
    credits = credits.plus(creditBalance(note));
    creditsBase = creditsBase.plus(creditBalance(note).times(note.exchangeRate));
  }
  return {
    receivable: decimalText(receivable),
    unusedCredits: decimalText(credits),
    receivableBase: decimalText(receivableBase.toDecimalPlaces(2)),
    unusedCreditsBase: decimalText(creditsBase.toDecimalPlaces(2)),
  };
}
