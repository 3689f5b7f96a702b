import type { ConnectorManifest, RecordCapability } from "@/lib/connectors/contract/manifest";
import { TIMS_FIELDS } from "./settings";

/** So many calls, one after the other, end well before a worker's hold on them does. */
const RECORDS_AT_ONCE = 10;
const ONE_BY_ONE = { create: RECORDS_AT_ONCE, update: RECORDS_AT_ONCE, void: RECORDS_AT_ONCE } as const;

const READ: RecordCapability = { read: "incremental", write: [], deletesVisible: false, webhook: false };

/**
 * Data sheet of the TIMS connector: a source without a consent page, whose address and OAuth client a person types. TIMS
 * publishes nothing of its API; limits are this connector's own restraint. Plain data, safe in the browser.
 */
export const timsManifest: ConnectorManifest = {
  id: "tims",
  label: "TIMS ERP",
  role: "source",
  regions: [{ id: "own", label: "Your own installation" }],
  connectionFields: TIMS_FIELDS,
  scopes: [
    {
      name: "sales.read",
      why: "Reads customers, sales orders, receivables and their payments, to post them.",
    },
    { name: "purchasing.read", why: "Reads vendors, purchase orders, bills and their payments." },
    { name: "inventory.read", why: "Reads products, their quantities and inventory adjustments." },
    { name: "ledger.read", why: "Reads accounts, tax codes, dimensions and general ledger entries." },
  ],
  writeScopes: [
    {
      name: "customers.write",
      why: "Adds and changes customers and vendors, where you switched that on.",
      recordType: "contact",
    },
    {
      name: "items.write",
      why: "Adds and changes products, where you switched that on.",
      recordType: "item",
    },
    {
      name: "receivables.write",
      why: "Records payments that reached your bank in Xero on their invoices.",
      recordType: "payment",
    },
  ],
  capabilities: {
    contact: { ...READ, write: ["create", "update"], oneByOne: ONE_BY_ONE },
    item: { ...READ, write: ["create", "update"], oneByOne: ONE_BY_ONE },
    invoice: READ,
    creditNote: { ...READ, read: { with: "invoice" } },
    allocation: { ...READ, read: { with: "invoice" } },
    payment: { ...READ, write: ["create", "void"], oneByOne: ONE_BY_ONE },
    overpayment: { ...READ, read: { with: "payment" } },
    purchaseOrder: READ,
    bill: READ,
    supplierCredit: READ,
    supplierAllocation: { ...READ, read: { with: "supplierCredit" } },
    billPayment: READ,
    supplierOverpayment: { ...READ, read: { with: "billPayment" } },
    bankTransaction: READ,
    manualJournal: READ,
  },
  limits: {
    callsPerMinute: 60,
    callsPerDay: 5_000,
    callsAtOnce: 3,
    callsPerMinuteOfApp: null,
    dayRemainingHeader: null,
    appRemainingHeader: null,
    retryAfterHeader: "retry-after",
  },
  // A call takes one record; so many are handed over at once, and far fewer bytes than this.
  batch: RECORDS_AT_ONCE,
  batchBytes: 1_000_000,
  documentation: [],
};
