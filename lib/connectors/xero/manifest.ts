import type { ConnectorManifest } from "@/lib/connectors/contract/manifest";

/**
 * Xero's data sheet. Safe in the browser: no SDK, no secret. Limits are the ones that Xero publishes for an
 * uncertified app on any paid tier; what an organisation really has left is learned from each answer's headers.
 */

const CHECKED = "2026-11-21";

export const xeroManifest: ConnectorManifest = {
  id: "xero",
  label: "Xero",
  role: "ledger",
  regions: [{ id: "global", label: "All regions" }],
  scopes: [
    { name: "openid", why: "Tells which consent a sign-in at Xero belongs to." },
    { name: "profile", why: "Shows the name of the person who connected Xero." },
    { name: "email", why: "Shows the e-mail address of the person who connected Xero." },
    { name: "offline_access", why: "Keeps the connection working while nobody is at the screen." },
    {
      name: "accounting.invoices",
      why: "Reads and posts invoices, bills, credit notes and purchase orders.",
    },
    { name: "accounting.payments", why: "Reads and posts payments of invoices and bills." },
    {
      name: "accounting.contacts",
      why: "Reads and posts the customers and suppliers that documents are addressed to.",
    },
    {
      name: "accounting.settings",
      why: "Reads accounts, tax rates, tracking, currencies and lock dates, and posts items.",
    },
    {
      name: "accounting.banktransactions",
      why: "Reads and posts money spent and received without an invoice or bill, and what was paid beyond one.",
    },
    { name: "accounting.manualjournals", why: "Reads and posts journals that were written by hand." },
  ],
  capabilities: {
    contact: { read: "incremental", write: ["create", "update"], deletesVisible: true, webhook: true },
    item: { read: "incremental", write: ["create", "update"], deletesVisible: false, webhook: false },
    invoice: {
      read: "incremental",
      write: ["create", "update", "void"],
      deletesVisible: true,
      webhook: true,
    },
    creditNote: { read: "incremental", write: ["create", "void"], deletesVisible: true, webhook: true },
    allocation: {
      read: { with: "creditNote" },
      write: ["create", "void"],
      // Xero takes the allocations of one note a call, so a handful of notes is already a handful of calls.
      oneByOne: { create: 10, void: 10 },
      deletesVisible: false,
      webhook: false,
    },
    payment: {
      read: "incremental",
      write: ["create", "void"],
      oneByOne: { void: 10 },
      deletesVisible: true,
      webhook: false,
    },
    overpayment: { read: "incremental", write: ["create", "void"], deletesVisible: true, webhook: true },
    purchaseOrder: {
      read: "incremental",
      write: ["create", "update", "void"],
      // Orders can be asked for by id only one at a time, and an update has to know the lines.
      oneByOne: { update: 10 },
      deletesVisible: true,
      webhook: false,
    },
    bill: {
      read: "incremental",
      write: ["create", "update", "void"],
      deletesVisible: true,
      webhook: true,
    },
    supplierCredit: { read: "incremental", write: ["create", "void"], deletesVisible: true, webhook: true },
    supplierAllocation: {
      read: { with: "supplierCredit" },
      write: ["create", "void"],
      oneByOne: { create: 10, void: 10 },
      deletesVisible: false,
      webhook: false,
    },
    billPayment: {
      read: "incremental",
      write: ["create", "void"],
      oneByOne: { void: 10 },
      deletesVisible: true,
      webhook: false,
    },
    supplierOverpayment: {
      read: "incremental",
      write: ["create", "void"],
      deletesVisible: true,
      webhook: true,
    },
    bankTransaction: {
      read: "incremental",
      write: ["create", "update", "void"],
      deletesVisible: true,
      webhook: false,
    },
    manualJournal: {
      read: "incremental",
      write: ["create", "update", "void"],
      deletesVisible: true,
      webhook: false,
    },
  },
  limits: {
    callsPerMinute: 60,
    callsPerDay: 5_000,
    callsAtOnce: 5,
    callsPerMinuteOfApp: 10_000,
    dayRemainingHeader: "x-daylimit-remaining",
    appRemainingHeader: "x-appminlimit-remaining",
    retryAfterHeader: "retry-after",
  },
  batch: 50,
  batchBytes: 3_500_000,
  documentation: [
    {
      label: "API limits",
      url: "https://developer.xero.com/documentation/guides/oauth2/limits/",
      checked: CHECKED,
    },
    {
      label: "Scopes",
      url: "https://developer.xero.com/documentation/guides/oauth2/scopes/",
      checked: CHECKED,
    },
    {
      label: "Requests and responses",
      url: "https://developer.xero.com/documentation/api/accounting/requests-and-responses",
      checked: CHECKED,
    },
    {
      label: "Idempotency",
      url: "https://developer.xero.com/documentation/guides/idempotent-requests/idempotency/",
      checked: CHECKED,
    },
  ],
};
