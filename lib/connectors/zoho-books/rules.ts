import type { ConnectorRules } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { settledDocument, usedCredit } from "@/lib/domain/settlement";
import { isMarker } from "./marker";
import { preflight, prepare } from "./prepare";

/** Pure rules of what is written back: contacts, items and payments. What they book is the accounts' business, not Zoho's. */
export const zohoBooksRules: ConnectorRules = {
  prepare,
  isMarker,
  preflight,
  predict: () => null,
  book: () => null,
  // A call carries one record, far below any limit.
  encodedBytes: () => 0,
  naturalKey,
  // Addresses of Zoho's web app name the data centre and the organisation, which a record alone does not.
  link: () => null,
};

function naturalKey(record: CanonicalRecord): string {
  switch (record.recordType) {
    case "contact":
      return plain(record.name);
    case "item":
      return plain(record.code === "" ? record.name : record.code);
    case "invoice":
    case "creditNote":
    case "purchaseOrder":
    case "bill":
    case "supplierCredit":
    case "bankTransaction":
    case "manualJournal":
      return plain(record.number);
    case "allocation":
    case "supplierAllocation":
      return plain(`${usedCredit(record).number} ${settledDocument(record).number}`);
    case "payment":
    case "billPayment":
      return plain(`${record.paymentNumber} ${settledDocument(record).number}`);
    case "overpayment":
    case "supplierOverpayment":
      return plain(record.paymentNumber);
  }
}

const plain = (text: string): string => text.trim().replace(/\s+/g, " ").toLowerCase();
