/** Contacts as Zoho Books answers them: full and as a row. What they owe is passed in. */
import { type BooksCall, isLive } from "../books/answers";
import { type ContactBalances, contactBalances } from "../books/parties/balances";
import { personsOf } from "../books/parties/persons-of";
import { vendorPayables } from "../books/purchases/payables";
import type { StoredContact } from "../books/records";
import { customFieldsWire } from "../books/settings/custom-fields";
import { isContactUsed } from "../books/settings/uses";
import { currencyByCode } from "../books/write-document";
import { addressWire, amount, zonedTime } from "./formats";

export function contactRowWire(call: BooksCall, id: string, contact: StoredContact) {
  return {
    ...commonWire(call, id, contact, contactBalances(call.books, id)),
    ...personFields(contact),
  };
}

const personFields = ({ firstName, lastName, email, phone, mobile }: StoredContact) => ({
  ...{ first_name: firstName, last_name: lastName, email, phone, mobile },
});

function commonWire(call: BooksCall, id: string, contact: StoredContact, owed: ContactBalances) {
  const { books, organization } = call;
  const label = contact.kept?.payment_terms_label;
  return {
    contact_id: id,
    contact_name: contact.name,
    company_name: contact.company,
    contact_type: contact.type,
    status: contact.active ? "active" : "inactive",
    payment_terms: contact.paymentTerms,
    payment_terms_label:
      label ?? (contact.paymentTerms === 0 ? "Due on Receipt" : `Net ${contact.paymentTerms}`),
    currency_id: currencyByCode(books, contact.currencyCode).id,
    currency_code: contact.currencyCode,
    outstanding_receivable_amount: amount(owed.receivable),
    unused_credits_receivable_amount: amount(owed.unusedCredits),
    ...(isLive(call) ? payablesWire(call, id) : {}),
    created_time: zonedTime(contact.created, organization.timeZone),
    last_modified_time: zonedTime(contact.modified, organization.timeZone),
  };
}

/** Seen in answers, absent from the OpenAPI file. */
function payablesWire({ books }: BooksCall, id: string) {
  const { payable, unusedCredits } = vendorPayables(books, id);
  return {
    outstanding_payable_amount: Number(payable.toFixed()),
    unused_credits_payable_amount: Number(unusedCredits.toFixed()),
  };
}

export function contactWire(call: BooksCall, id: string, contact: StoredContact) {
  const { books } = call;
  const owed = contactBalances(books, id);
  const persons = personsOf(id, contact);
  return {
    ...commonWire(call, id, contact, owed),
    // Live answers have the primary person's fields here too; the OpenAPI file has them in the list alone.
    ...(isLive(call) ? personFields(contact) : {}),
    has_transaction: isContactUsed(books, id),
    currency_symbol: currencyByCode(books, contact.currencyCode).symbol,
    outstanding_receivable_amount_bcy: amount(owed.receivableBase),
    unused_credits_receivable_amount_bcy: amount(owed.unusedCreditsBase),
    ...keptWire(call, contact),
    is_linked_with_zohocrm: false,
    payment_reminder_enabled: true,
    website: contact.website,
    opening_balances: [],
    primary_contact_id: persons.find(({ primary }) => primary)?.id ?? "",
    contact_persons: persons.map((person) => ({
      contact_person_id: person.id,
      salutation: person.salutation ?? "",
      first_name: person.firstName,
      last_name: person.lastName,
      email: person.email,
      phone: person.phone,
      mobile: person.mobile,
      designation: person.designation ?? "",
      department: person.department ?? "",
      skype: person.skype ?? "",
      is_primary_contact: person.primary,
      communication_preference: { is_sms_enabled: false, is_whatsapp_enabled: false },
      enable_portal: person.portal ?? false,
    })),
    billing_address: { ...addressWire(contact.billing), state_code: contact.billing.stateCode ?? "" },
    shipping_address: { ...addressWire(contact.shipping), state_code: contact.shipping.stateCode ?? "" },
    custom_fields: customFieldsWire(books, "contact", contact.customFields),
    notes: contact.notes,
  };
}

/** Fields that are given back as they came, empty where nothing came. */
function keptWire({ books }: BooksCall, contact: StoredContact) {
  const tax = books.taxes.head(String(contact.kept?.tax_id ?? ""));
  return {
    credit_limit: 0,
    pricebook_id: "",
    contact_number: "",
    ignore_auto_number_generation: false,
    is_taxable: true,
    tax_id: "",
    tax_authority_id: "",
    tax_exemption_id: "",
    tax_authority_name: "",
    tax_exemption_code: "",
    place_of_contact: "",
    gst_no: "",
    tax_treatment: "",
    tax_regime: "",
    legal_name: "",
    is_tds_registered: false,
    vat_treatment: "",
    gst_treatment: "",
    owner_id: "",
    facebook: "",
    twitter: "",
    ...described(contact.kept),
    customer_sub_type:
      contact.kept?.customer_sub_type ?? (contact.company === "" ? "individual" : "business"),
    tax_name: tax?.name ?? "",
    tax_percentage: amount(tax?.percentage ?? "0"),
  };
}

/** Without the fields that Zoho's description of a contact does not have. */
function described(kept: StoredContact["kept"] = {}) {
  const { language_code: _language, is_portal_enabled: _portal, vat_reg_no: _vat, ...shown } = kept;
  return shown;
}
