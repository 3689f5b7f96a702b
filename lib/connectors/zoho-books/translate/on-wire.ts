import type { Contact } from "@/lib/domain/contact";
import type { Item } from "@/lib/domain/item";
import { moneyToDecimal } from "@/lib/domain/money";
import type { Payment } from "@/lib/domain/settlement";
import { type Decimal, decimalFromNumber, decimalText } from "@/lib/kernel/decimal";
import { joinReference, notesWith } from "../marker";

/**
 * Canonical records as Zoho Books is sent them. Details that are empty are left out, so that an update empties nothing that
 * a person typed there; only what a ledger knows of a record is ever sent.
 */

/** A person of a contact as Zoho answered it. What is sent back stands for the whole list, so every field comes along. */
export type WirePerson = Readonly<Record<string, unknown>>;

/** Of a contact in Zoho what a change repeats. */
export interface PresentContact {
  /** Empty where Zoho did not say. */
  readonly contactType: string;
  readonly persons: readonly WirePerson[];
}

export function contactOnWire(contact: Contact, currencyId: string | null): object {
  const person = personOnWire(contact);
  return {
    contact_name: contact.name,
    contact_type: contact.isSupplier && !contact.isCustomer ? "vendor" : "customer",
    notes: notesWith(contact.marker),
    ...(currencyId === null ? {} : { currency_id: currencyId }),
    ...(Object.keys(person).length === 0
      ? {}
      : { contact_persons: [{ ...person, is_primary_contact: true }] }),
    ...(contact.address === null ? {} : { billing_address: addressOnWire(contact.address) }),
  };
}

/** A change of a contact that has these people: the first of them is the one whose details the contact shows. */
export function contactChangeOnWire(contact: Contact, { contactType, persons }: PresentContact): object {
  const isPrimary = (person: WirePerson): boolean => person.is_primary_contact === true;
  const primary = persons.find(isPrimary) ?? persons[0];
  const details = personOnWire(contact);
  const others = persons.filter((person) => person !== primary);
  return {
    contact_name: contact.name,
    ...(contactType === "" ? {} : { contact_type: contactType }),
    ...(Object.keys(details).length === 0
      ? {}
      : { contact_persons: [{ ...primary, ...details, is_primary_contact: true }, ...others] }),
  };
}

function personOnWire({ firstName, lastName, email, phone }: Contact): object {
  return {
    ...(firstName === "" ? {} : { first_name: firstName }),
    ...(lastName === "" ? {} : { last_name: lastName }),
    ...(email === "" ? {} : { email }),
    ...(phone === "" ? {} : { phone }),
  };
}

const addressOnWire = (address: NonNullable<Contact["address"]>): object => ({
  address: address.line1,
  street2: address.line2,
  city: address.city,
  state: address.region,
  zip: address.postalCode,
  country: address.country,
});

export function itemOnWire(item: Item): object {
  return {
    name: item.name,
    sku: item.code,
    // Zoho takes no item without a price.
    rate: item.salesPrice === null ? 0 : numberOnWire(item.salesPrice),
    ...(item.description === "" ? {} : { description: item.description }),
    ...(item.salesAccountKey === null ? {} : { account_id: item.salesAccountKey }),
    ...(item.salesTaxKey === null ? {} : { tax_id: item.salesTaxKey }),
  };
}

/** What both systems may change of an item; account, tax and SKU stay as they are. */
export function itemChangeOnWire(item: Item): object {
  return {
    name: item.name,
    ...(item.salesPrice === null ? {} : { rate: numberOnWire(item.salesPrice) }),
    ...(item.description === "" ? {} : { description: item.description }),
  };
}

/** Zoho's description asks for invoice and amount twice: in the list, and beside it. */
export function paymentOnWire(payment: Payment): object {
  const amount = numberOnWire(moneyToDecimal(payment.amount));
  const applied = { invoice_id: payment.invoiceId, amount_applied: amount };
  return {
    customer_id: payment.contactId,
    payment_mode: "banktransfer",
    amount,
    date: payment.date,
    reference_number: joinReference(payment.reference, payment.marker),
    invoices: [applied],
    ...applied,
    ...(payment.accountKey === null ? {} : { account_id: payment.accountKey }),
    ...(payment.fxRate === null ? {} : { exchange_rate: numberOnWire(payment.fxRate) }),
  };
}

/** A decimal as a number of JSON; throws a RangeError where a number would change it. */
export function numberOnWire(value: Decimal): number {
  const number = Number(decimalText(value));
  if (!decimalFromNumber(number).equals(value)) throw new RangeError(`no exact number: ${value.toFixed()}`);
  return number;
}

/** Whether every figure of it crosses as a number of JSON. */
export function isExactOnWire(value: Decimal): boolean {
  return value.precision(true) <= SIGNIFICANT_DIGITS_MAX;
}

const SIGNIFICANT_DIGITS_MAX = 15;
