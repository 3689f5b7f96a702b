/** Contacts as Xero's JSON shows them, whole or as a part of a document. */
import { add, compare, isZero } from "../amounts";
import type { Wire } from "../answer";
import type { Books } from "../books";
import { dayOf, wireInstant } from "../dates";
import type { Contact } from "../records";
import { present, wireNumber } from "./amount";

export interface ContactDetail {
  readonly balances: boolean;
  /** summaryOnly=true leaves out what is derived from documents. */
  readonly summary: boolean;
}

export function presentContact(books: Books, contact: Contact, detail: ContactDetail): Wire {
  const derived = detail.summary ? {} : sidesOf(books, contact.id);
  return present({
    ContactID: contact.id,
    ContactNumber: contact.contactNumber,
    AccountNumber: contact.accountNumber,
    ContactStatus: contact.status,
    Name: contact.name,
    FirstName: contact.firstName,
    LastName: contact.lastName,
    CompanyNumber: contact.companyNumber,
    EmailAddress: contact.email ?? "",
    TaxNumber: contact.taxNumber,
    DefaultCurrency: contact.defaultCurrency,
    BankAccountDetails: "",
    Addresses: [],
    Phones: [],
    ContactGroups: [],
    ContactPersons: [],
    ...contact.other,
    ...derived,
    Balances: detail.balances ? balancesOf(books, contact.id) : null,
    UpdatedDateUTC: wireInstant(contact.updatedMs),
    HasAttachments: false,
    HasValidationErrors: false,
  });
}

/** The part of a contact that its documents repeat. */
export function presentContactPart(books: Books, id: string, whole: boolean): Wire {
  const contact = whole ? books.contacts.get(id) : undefined;
  if (contact !== undefined) return presentContact(books, contact, { balances: false, summary: false });
  const head = books.contacts.head(id);
  return present({
    ContactID: id,
    ContactNumber: head?.contactNumber ?? null,
    Name: head?.name ?? "",
    ContactStatus: head?.status ?? null,
    Addresses: [],
    Phones: [],
    ContactGroups: [],
    ContactPersons: [],
    HasValidationErrors: false,
  });
}

function sidesOf(books: Books, id: string): { IsSupplier: boolean; IsCustomer: boolean } {
  const sides = { IsSupplier: false, IsCustomer: false };
  for (const invoiceId of books.invoices.by("contact", id)) {
    if (books.invoices.head(invoiceId)?.type === "ACCREC") sides.IsCustomer = true;
    else sides.IsSupplier = true;
    if (sides.IsCustomer && sides.IsSupplier) break;
  }
  return sides;
}

function balancesOf(books: Books, id: string): Wire | null {
  const today = dayOf(books.now());
  const sums = {
    ACCREC: { outstanding: "0", overdue: "0" },
    ACCPAY: { outstanding: "0", overdue: "0" },
  };
  for (const invoiceId of books.invoices.by("contact", id)) {
    const head = books.invoices.head(invoiceId);
    if (head?.status !== "AUTHORISED" || compare(head.amountDue, "0") === 0) continue;
    const side = sums[head.type];
    side.outstanding = add(side.outstanding, head.amountDue);
    if (head.dueDate !== null && head.dueDate < today) side.overdue = add(side.overdue, head.amountDue);
  }
  if (isZero(sums.ACCREC.outstanding) && isZero(sums.ACCPAY.outstanding)) return null;
  const shown = ({ outstanding, overdue }: { outstanding: string; overdue: string }): Wire => ({
    Outstanding: wireNumber(outstanding),
    Overdue: wireNumber(overdue),
  });
  return { AccountsReceivable: shown(sums.ACCREC), AccountsPayable: shown(sums.ACCPAY) };
}
