import type { ConnectorManifest, RecordCapability } from "@/lib/connectors/contract/manifest";

const NOT_READ: RecordCapability = { read: "none", write: [], deletesVisible: false, webhook: false };
const READ_WHOLE: RecordCapability = { read: "full", write: [], deletesVisible: false, webhook: false };
const readWith = (recordType: "creditNote" | "payment"): RecordCapability => ({
  ...NOT_READ,
  read: { with: recordType },
});

/**
 * Data sheet of the TimeSolv connector: a source that is only ever read. Plain data, safe in the browser. No limit of
 * TimeSolv's is public: these are ones that a careful program keeps to.
 */
export const timesolvManifest: ConnectorManifest = {
  id: "timesolv",
  label: "TimeSolv",
  role: "source",
  regions: [{ id: "global", label: "Worldwide" }],
  // Authorize takes no scopes: what a person permits is everything that the app may do.
  scopes: [],
  capabilities: {
    contact: READ_WHOLE,
    item: NOT_READ,
    invoice: READ_WHOLE,
    creditNote: READ_WHOLE,
    allocation: readWith("creditNote"),
    payment: READ_WHOLE,
    overpayment: readWith("payment"),
    purchaseOrder: NOT_READ,
    bill: NOT_READ,
    supplierCredit: NOT_READ,
    supplierAllocation: NOT_READ,
    billPayment: NOT_READ,
    supplierOverpayment: NOT_READ,
    bankTransaction: NOT_READ,
    manualJournal: NOT_READ,
  },
  limits: {
    callsPerMinute: 60,
    callsPerDay: 5_000,
    callsAtOnce: 2,
    callsPerMinuteOfApp: null,
    dayRemainingHeader: null,
    appRemainingHeader: null,
    retryAfterHeader: "retry-after",
  },
  batch: 0,
  batchBytes: 0,
  documentation: [
    {
      label: "Connecting programs to TimeSolv (not public in full)",
      url: "https://help.timesolv.com/connect-to-timesolv-with-rest-api",
      checked: "2026-11-21",
    },
    {
      label: "TimeSolv's own Xero sync of clients",
      url: "https://help.timesolv.com/xero-sync-timesolv-clients-contacts-xero",
      checked: "2026-11-21",
    },
  ],
};
