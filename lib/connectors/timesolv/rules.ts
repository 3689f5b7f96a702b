import type { ConnectorRules } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { settledDocument, usedCredit } from "@/lib/domain/settlement";

/** Pure rules of a source that nothing is ever written to: what its records are found by, and nothing else. */
export const timesolvRules: ConnectorRules = {
  prepare: (record) => ({ record, warnings: [] }),
  isMarker: () => false,
  preflight: () => [],
  predict: () => null,
  book: () => null,
  encodedBytes: () => 0,
  naturalKey: (record) => naturalText(record).trim().replace(/\s+/g, " ").toLowerCase(),
  // Addresses of TimeSolv's web app are not known to name a record.
  link: () => null,
};

function naturalText(record: CanonicalRecord): string {
  switch (record.recordType) {
    case "contact":
      return record.name;
    case "item":
      return record.code === "" ? record.name : record.code;
    case "invoice":
    case "creditNote":
    case "purchaseOrder":
    case "bill":
    case "supplierCredit":
    case "bankTransaction":
    case "manualJournal":
      return record.number;
    case "allocation":
    case "supplierAllocation":
      return `${usedCredit(record).number} ${settledDocument(record).number}`;
    case "payment":
    case "billPayment":
      return `${record.paymentNumber} ${settledDocument(record).number}`;
    case "overpayment":
    case "supplierOverpayment":
      return record.paymentNumber;
  }
}
