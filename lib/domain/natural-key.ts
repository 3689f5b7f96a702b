import type { CanonicalRecord } from "./canonical-record";
import { settledDocument, usedCredit } from "./settlement";

/**
 * What a source's record is found by: number, code or name, and for a settlement also what it settles; without case and
 * extra spaces.
 */
export const naturalKeyOf = (record: CanonicalRecord): string =>
  identityOf(record).trim().replace(/\s+/g, " ").toLowerCase();

function identityOf(record: CanonicalRecord): string {
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
