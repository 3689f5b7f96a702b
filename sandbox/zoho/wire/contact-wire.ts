/** Contacts as Zoho Books answers them: full and as a row. What they owe is passed in, summed once a list. */
import type { Books } from "../books/open-books";
import type { StoredContact, StoredOrganization } from "../books/records";
import { currencyByCode } from "../books/write-document";
import { addressWire, amount, zonedTime } from "./formats";

export interface ContactBalances {
  readonly receivable: string;
  readonly unusedCredits: string;
}

export function contactRowWire(
  books: Books,
  organization: StoredOrganization,
  id: string,
  contact: StoredContact,
  balances: ContactBalances,
) {
  return {
    contact_id: id,
    contact_name: contact.name,
    customer_name: contact.name,
    company_name: contact.company,
    contact_type: contact.type,
    status: contact.active ? "active" : "inactive",
    payment_terms: contact.paymentTerms,
    payment_terms_label: contact.paymentTerms === 0 ? "Due on Receipt" : `Net ${contact.paymentTerms}`,
    currency_id: currencyByCode(books, contact.currencyCode).id,
    currency_code: contact.currencyCode,
    outstanding_receivable_amount: amount(balances.receivable),
    unused_credits_receivable_amount: amount(balances.unusedCredits),
    first_name: contact.firstName,
    last_name: contact.lastName,
    email: contact.email,
    phone: contact.phone,
    mobile: contact.mobile,
    website: contact.website,
    custom_fields: [],
    tags: [],
    created_time: zonedTime(contact.created, organization.timeZone),
    last_modified_time: zonedTime(contact.modified, organization.timeZone),
  };
}

export function contactWire(
  books: Books,
  organization: StoredOrganization,
  id: string,
  contact: StoredContact,
  balances: ContactBalances,
) {
  // The list's customer_name and person fields do not stand on the full contact.
  const {
    customer_name: _name,
    first_name,
    last_name,
    email,
    phone,
    mobile,
    ...row
  } = contactRowWire(books, organization, id, contact, balances);
  const hasPerson = [first_name, last_name, email, phone, mobile].some((text) => text !== "");
  // The person's id is the contact's with its last digit turned, so that it need not be stored.
  const personId = `${id.slice(0, -1)}${(Number(id.at(-1)) + 5) % 10}`;
  return {
    ...row,
    customer_sub_type: contact.company === "" ? "individual" : "business",
    currency_symbol: currencyByCode(books, contact.currencyCode).symbol,
    first_name,
    last_name,
    email,
    phone,
    mobile,
    primary_contact_id: hasPerson ? personId : "",
    contact_persons: hasPerson
      ? [
          {
            contact_person_id: personId,
            first_name,
            last_name,
            email,
            phone,
            mobile,
            is_primary_contact: true,
          },
        ]
      : [],
    billing_address: addressWire(contact.billing),
    shipping_address: addressWire(contact.shipping),
    notes: contact.notes,
  };
}
