import type { ConnectorManifest } from "@/lib/connectors/contract/manifest";
import { ZOHO_DATA_CENTRES } from "./data-centres";

/** So many calls, one after the other, end well before a worker's hold on them does. */
const RECORDS_AT_ONCE = 10;
const ONE_BY_ONE = { create: RECORDS_AT_ONCE, update: RECORDS_AT_ONCE, void: RECORDS_AT_ONCE } as const;

/**
 * Data sheet of the Zoho Books connector: a source that takes back contacts, items, payments and voids where an owner
 * switched that on, and only then is asked for leave to write. Plain data, safe in the browser.
 * Limits are those of the smallest paid plan; a larger plan only means that Tieout asks for less than it may.
 */
export const zohoBooksManifest: ConnectorManifest = {
  id: "zoho-books",
  label: "Zoho Books",
  role: "source",
  regions: ZOHO_DATA_CENTRES.map(({ id, label }) => ({ id, label })),
  scopes: [
    {
      name: "ZohoBooks.contacts.READ",
      why: "Reads customers and suppliers, to match them with Xero contacts.",
    },
    {
      name: "ZohoBooks.settings.READ",
      why: "Reads the organisation's name and currencies, items, tax rates and reporting tags, to map them.",
    },
    { name: "ZohoBooks.invoices.READ", why: "Reads sales invoices, to post them to Xero." },
    { name: "ZohoBooks.creditnotes.READ", why: "Reads credit notes and the invoices they were set against." },
    {
      name: "ZohoBooks.customerpayments.READ",
      why: "Reads payments received, to mark the invoices paid in Xero.",
    },
    {
      name: "ZohoBooks.accountants.READ",
      why: "Reads the chart of accounts, to map it to Xero accounts, and manual journals.",
    },
    { name: "ZohoBooks.purchaseorders.READ", why: "Reads purchase orders, to enter them in Xero." },
    { name: "ZohoBooks.bills.READ", why: "Reads suppliers' bills, to enter them in Xero." },
    { name: "ZohoBooks.debitnotes.READ", why: "Reads supplier credits and the bills they were set against." },
    { name: "ZohoBooks.vendorpayments.READ", why: "Reads payments made, to mark the bills paid in Xero." },
    { name: "ZohoBooks.expenses.READ", why: "Reads expenses, to enter them in Xero as money spent." },
  ],
  writeScopes: [
    {
      name: "ZohoBooks.contacts.CREATE",
      why: "Adds customers that were made in Xero, where you switched that on.",
      recordType: "contact",
    },
    {
      name: "ZohoBooks.contacts.UPDATE",
      why: "Carries over what was changed of a customer in Xero.",
      recordType: "contact",
    },
    {
      name: "ZohoBooks.settings.CREATE",
      why: "Adds items that were made in Xero, where you switched that on.",
      recordType: "item",
    },
    {
      name: "ZohoBooks.settings.UPDATE",
      why: "Carries over what was changed of an item in Xero.",
      recordType: "item",
    },
    {
      name: "ZohoBooks.customerpayments.CREATE",
      why: "Records payments that reached your bank in Xero on their invoices.",
      recordType: "payment",
    },
    {
      name: "ZohoBooks.customerpayments.DELETE",
      why: "Takes a payment off its invoice again when it was deleted in Xero.",
      recordType: "payment",
    },
    {
      name: "ZohoBooks.invoices.CREATE",
      why: "Voids an invoice that was voided in Xero.",
      recordType: "invoice",
    },
    {
      name: "ZohoBooks.creditnotes.CREATE",
      why: "Voids a credit note that was voided in Xero.",
      recordType: "creditNote",
    },
  ],
  capabilities: {
    contact: {
      read: "incremental",
      write: ["create", "update"],
      oneByOne: ONE_BY_ONE,
      deletesVisible: false,
      webhook: true,
    },
    item: {
      read: "full",
      write: ["create", "update"],
      oneByOne: ONE_BY_ONE,
      deletesVisible: false,
      webhook: true,
    },
    invoice: {
      read: "incremental",
      write: ["void"],
      oneByOne: ONE_BY_ONE,
      deletesVisible: false,
      webhook: true,
    },
    creditNote: {
      read: "incremental",
      write: ["void"],
      oneByOne: ONE_BY_ONE,
      deletesVisible: false,
      webhook: true,
    },
    allocation: { read: { with: "creditNote" }, write: [], deletesVisible: false, webhook: false },
    payment: {
      read: "full",
      write: ["create", "void"],
      oneByOne: ONE_BY_ONE,
      deletesVisible: false,
      webhook: true,
    },
    overpayment: { read: { with: "payment" }, write: [], deletesVisible: false, webhook: false },
    purchaseOrder: { read: "incremental", write: [], deletesVisible: false, webhook: true },
    bill: { read: "incremental", write: [], deletesVisible: false, webhook: true },
    supplierCredit: { read: "incremental", write: [], deletesVisible: false, webhook: true },
    supplierAllocation: {
      read: { with: "supplierCredit" },
      write: [],
      deletesVisible: false,
      webhook: false,
    },
    billPayment: { read: "incremental", write: [], deletesVisible: false, webhook: true },
    supplierOverpayment: {
      read: { with: "billPayment" },
      write: [],
      deletesVisible: false,
      webhook: false,
    },
    bankTransaction: { read: "full", write: [], deletesVisible: false, webhook: true },
    manualJournal: { read: "incremental", write: [], deletesVisible: false, webhook: true },
  },
  limits: {
    callsPerMinute: 100,
    callsPerDay: 2000,
    callsAtOnce: 5,
    callsPerMinuteOfApp: null,
    dayRemainingHeader: "x-rate-limit-remaining",
    appRemainingHeader: null,
    retryAfterHeader: null,
  },
  // A call takes one record; so many are handed over at once, and far fewer bytes than this.
  batch: RECORDS_AT_ONCE,
  batchBytes: 1_000_000,
  documentation: [
    { label: "API reference", url: "https://www.zoho.com/books/api/v3/introduction/", checked: "2026-11-21" },
    {
      label: "Call limits",
      url: "https://www.zoho.com/books/api/v3/introduction/#api-call-limit",
      checked: "2026-11-21",
    },
    {
      label: "Data centres",
      url: "https://www.zoho.com/accounts/protocol/oauth/multi-dc.html",
      checked: "2026-11-21",
    },
  ],
};
