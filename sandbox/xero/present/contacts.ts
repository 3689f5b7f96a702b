/** Contacts as Xero's JSON shows them, whole or as a part of a document. */
import { z } from "zod";
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
    ContactGroups: groupsOf(books, contact.id).map(presentGroup),
    ContactPersons: [],
    ...contact.other,
    Addresses: eachKind(contact.other.Addresses, "AddressType", EMPTY_ADDRESSES),
    Phones: eachKind(contact.other.Phones, "PhoneType", EMPTY_PHONES),
    ...derived,
    Balances: detail.balances ? balancesOf(books, contact.id) : null,
    UpdatedDateUTC: wireInstant(contact.updatedMs),
    HasAttachments: hasAttachments(books, contact.id),
    HasValidationErrors: false,
  });
}

/** A whole contact has an address and a phone of each kind; those that nobody gave are empty texts. */
const EMPTY_ADDRESSES: readonly Wire[] = ["STREET", "POBOX"].map((AddressType) => ({
  AddressType,
  City: "",
  Region: "",
  PostalCode: "",
  Country: "",
}));
const EMPTY_PHONES: readonly Wire[] = ["DDI", "DEFAULT", "FAX", "MOBILE"].map((PhoneType) => ({
  PhoneType,
  PhoneNumber: "",
  PhoneAreaCode: "",
  PhoneCountryCode: "",
}));

/** The parts that were given, in the place of the empty ones of their kind; other kinds come after. */
function eachKind(given: unknown, kind: string, empties: readonly Wire[]): readonly Wire[] {
  if (given === undefined) return empties;
  const parts = z.array(z.record(z.string(), z.unknown())).safeParse(given);
  if (!parts.success || parts.data.length === 0) return empties;
  const kindOf = (part: Wire): string => String(part[kind] ?? "").toUpperCase();
  const isKnown = (part: Wire): boolean => empties.some((empty) => empty[kind] === kindOf(part));
  return [
    ...empties.map((empty) => {
      const part = parts.data.findLast((candidate) => kindOf(candidate) === empty[kind]);
      return part === undefined ? empty : { ...empty, ...part, [kind]: empty[kind] };
    }),
    ...parts.data.filter((part) => !isKnown(part)),
  ];
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
