/**
 * The fields that `where` and `order` may name for each kind of record, by path in lower case, with their
 * .NET types; and those that Xero's documentation calls optimised for long lists.
 */
import type { FieldType } from "./where";

export type FieldTypes = Readonly<Record<string, FieldType>>;

export interface OptimisedFields {
  readonly where: ReadonlySet<string>;
  readonly order: ReadonlySet<string>;
}

const CONTACT_PART: FieldTypes = {
  "contact.contactid": "Guid",
  "contact.name": "String",
  "contact.contactnumber": "String",
  "contact.contactstatus": "String",
};

const DOCUMENT: FieldTypes = {
  ...CONTACT_PART,
  type: "String",
  status: "String",
  date: "DateTime",
  lineamounttypes: "String",
  currencycode: "String",
  currencyrate: "Decimal",
  subtotal: "Decimal",
  totaltax: "Decimal",
  total: "Decimal",
  reference: "String",
  url: "String",
  updateddateutc: "DateTime",
  hasattachments: "Boolean",
};

export const CONTACT_FIELDS: FieldTypes = {
  contactid: "Guid",
  contactnumber: "String",
  accountnumber: "String",
  contactstatus: "String",
  name: "String",
  firstname: "String",
  lastname: "String",
  emailaddress: "String",
  companynumber: "String",
  taxnumber: "String",
  defaultcurrency: "String",
  bankaccountdetails: "String",
  issupplier: "Boolean",
  iscustomer: "Boolean",
  hasattachments: "Boolean",
  updateddateutc: "DateTime",
};

export const INVOICE_FIELDS: FieldTypes = {
  ...DOCUMENT,
  invoiceid: "Guid",
  invoicenumber: "String",
  duedate: "DateTime",
  expectedpaymentdate: "DateTime",
  plannedpaymentdate: "DateTime",
  fullypaidondate: "DateTime",
  amountdue: "Decimal",
  amountpaid: "Decimal",
  amountcredited: "Decimal",
  totaldiscount: "Decimal",
  senttocontact: "Boolean",
  isdiscounted: "Boolean",
};

export const CREDIT_NOTE_FIELDS: FieldTypes = {
  ...DOCUMENT,
  creditnoteid: "Guid",
  creditnotenumber: "String",
  remainingcredit: "Decimal",
  fullypaidondate: "DateTime",
};

export const OVERPAYMENT_FIELDS: FieldTypes = {
  ...DOCUMENT,
  overpaymentid: "Guid",
  remainingcredit: "Decimal",
};
export const PREPAYMENT_FIELDS: FieldTypes = {
  ...DOCUMENT,
  prepaymentid: "Guid",
  remainingcredit: "Decimal",
};

export const BANK_TRANSACTION_FIELDS: FieldTypes = {
  ...DOCUMENT,
  banktransactionid: "Guid",
  isreconciled: "Boolean",
  overpaymentid: "Guid",
  prepaymentid: "Guid",
  "bankaccount.accountid": "Guid",
  "bankaccount.code": "String",
  "bankaccount.name": "String",
};

export const PAYMENT_FIELDS: FieldTypes = {
  paymentid: "Guid",
  paymenttype: "String",
  status: "String",
  reference: "String",
  date: "DateTime",
  amount: "Decimal",
  bankamount: "Decimal",
  currencyrate: "Decimal",
  isreconciled: "Boolean",
  updateddateutc: "DateTime",
  "account.accountid": "Guid",
  "account.code": "String",
  "invoice.invoiceid": "Guid",
  "invoice.invoicenumber": "String",
  "invoice.type": "String",
  "invoice.contact.contactid": "Guid",
  "invoice.contact.name": "String",
  "creditnote.creditnoteid": "Guid",
  "creditnote.creditnotenumber": "String",
  "overpayment.overpaymentid": "Guid",
  "prepayment.prepaymentid": "Guid",
};

const BY_TIME = new Set(["updateddateutc", "date"]);

export const OPTIMISED_CONTACTS: OptimisedFields = {
  where: new Set(["name", "emailaddress", "accountnumber", "contactid", "contactnumber", "contactstatus"]),
  order: new Set(["updateddateutc", "contactid", "name"]),
};

export const OPTIMISED_INVOICES: OptimisedFields = {
  where: new Set([
    "status",
    "contact.contactid",
    "contact.name",
    "contact.contactnumber",
    "reference",
    "invoiceid",
    "invoicenumber",
    "date",
    "type",
    "amountdue",
    "amountpaid",
    "duedate",
  ]),
  order: new Set([...BY_TIME, "invoiceid"]),
};

export const OPTIMISED_DOCUMENTS: OptimisedFields = {
  where: new Set(["type", "status", "date", "contact.contactid", "reference"]),
  order: BY_TIME,
};

export const OPTIMISED_PAYMENTS: OptimisedFields = {
  where: new Set(["paymenttype", "status", "date", "invoice.invoiceid", "reference"]),
  order: new Set([...BY_TIME, "paymentid"]),
};
