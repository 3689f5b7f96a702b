import type { ConnectorManifest } from "@/lib/connectors/contract/manifest";
import { ZOHO_DATA_CENTRES } from "./data-centres";

/**
 * Data sheet of the Zoho Books connector: a source that is read and never written. Plain data, safe in the browser.
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
    { name: "ZohoBooks.accountants.READ", why: "Reads the chart of accounts, to map it to Xero accounts." },
  ],
  capabilities: {
    contact: { read: "incremental", write: [], deletesVisible: false, webhook: true },
    item: { read: "full", write: [], deletesVisible: false, webhook: true },
    invoice: { read: "incremental", write: [], deletesVisible: false, webhook: true },
    creditNote: { read: "incremental", write: [], deletesVisible: false, webhook: true },
    allocation: { read: { with: "creditNote" }, write: [], deletesVisible: false, webhook: false },
    payment: { read: "full", write: [], deletesVisible: false, webhook: true },
    overpayment: { read: { with: "payment" }, write: [], deletesVisible: false, webhook: false },
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
  batch: 0,
  batchBytes: 0,
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
