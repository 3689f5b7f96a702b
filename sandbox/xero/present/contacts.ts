/** Contacts as Xero's JSON shows them, whole or as a part of a document. */
import { add, compare, isZero, scaleOf, toBase } from "../amounts";
import type { Wire } from "../answer";
import type { Books } from "../books";
import { dayOf, wireInstant } from "../dates";
import type { InvoiceHead } from "../heads";
import { hasAttachments } from "../paperwork/attachments";
import type { Contact } from "../records";
import { type ContactGroup, groupsOf } from "../settings/contact-groups";
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
    ContactGroups: groupsOf(books, contact.id).map(presentGroup),
    ContactPersons: [],
    ...contact.other,
    ...derived,
    Balances: detail.balances ? balancesOf(books, contact.id) : null,
    UpdatedDateUTC: wireInstant(contact.updatedMs),
    HasAttachments: hasAttachments(books, contact.id),
    HasValidationErrors: false,
  });
}

function presentGroup(group: ContactGroup): Wire {
  return {
    ContactGroupID: group.id,
    Name: group.name,
    Status: group.status,
    Contacts: [],
    HasValidationErrors: false,
  };
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

/** Told by an index, since every invoice that is written repeats it. */
function dueInBase(books: Books, id: string, { currency, amountDue }: InvoiceHead): string {
  const { baseCurrency } = books.organisation();
  if (currency === baseCurrency) return amountDue;
  return toBase(amountDue, books.invoices.get(id)?.currencyRate ?? "1", scaleOf(baseCurrency));
}

function sidesOf(books: Books, id: string): { IsSupplier: boolean; IsCustomer: boolean } {
  const has = (type: string): boolean => books.invoices.by("side", `${id} ${type}`).size > 0;
  return { IsSupplier: has("ACCPAY"), IsCustomer: has("ACCREC") };
}

function balancesOf(books: Books, id: string): Wire | null {
  const today = dayOf(books.now());
  const inBase = books.switchPosition("xero.contact-balances") === "base";
  const sums = {
    ACCREC: { outstanding: "0", overdue: "0" },
    ACCPAY: { outstanding: "0", overdue: "0" },
  };
  for (const invoiceId of books.invoices.by("contact", id)) {
    const head = books.invoices.head(invoiceId);
    if (head?.status !== "AUTHORISED" || compare(head.amountDue, "0") === 0) continue;
    const side = sums[head.type];
    const due = inBase ? dueInBase(books, invoiceId, head) : head.amountDue;
    side.outstanding = add(side.outstanding, due);
    if (head.dueDate !== null && head.dueDate < today) side.overdue = add(side.overdue, due);
  }
  if (isZero(sums.ACCREC.outstanding) && isZero(sums.ACCPAY.outstanding)) return null;
  const shown = ({ outstanding, overdue }: { outstanding: string; overdue: string }): Wire => ({
    Outstanding: wireNumber(outstanding),
    Overdue: wireNumber(overdue),
  });
  return { AccountsReceivable: shown(sums.ACCREC), AccountsPayable: shown(sums.ACCPAY) };
}
