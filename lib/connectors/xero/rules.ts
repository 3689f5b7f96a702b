import type { ConnectorRules } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { moneyText } from "@/lib/domain/money";
import type { RecordType } from "@/lib/domain/record-type";
import { book } from "./book";
import { hasAmountTooLarge } from "./limits";
import { isMarker } from "./marker";
import { predict } from "./predict";
import { preflight } from "./preflight";
import { prepare } from "./prepare";
import { contactOnWire } from "./translate/contact";
import {
  bankTransactionOnWire,
  creditNoteOnWire,
  invoiceOnWire,
  purchaseOrderOnWire,
} from "./translate/document-on-wire";
import { itemOnWire } from "./translate/item";
import { manualJournalOnWire } from "./translate/manual-journal";
import { allocationOnWire, overpaymentOnWire, paymentOnWire } from "./translate/settlement";

/** Xero's pure side, for the preview and the plan: nothing here makes a call. */
export const xeroRules: ConnectorRules = {
  prepare,
  isMarker,
  preflight,
  predict,
  book,
  encodedBytes,
  naturalKey,
  link,
};

/** The comma after an element, or the brackets around the first. */
const SEPARATOR_BYTES = 2;
/** Codes of accounts have at most ten characters; the real one is known at the call only. */
const LONGEST_CODE = "0000000000";

/**
 * Bytes of the element's JSON as the SDK sends it. The SDK writes the names of members with a capital and leaves their
 * length and everything else as it is, so that its own, slow form need not be made for each record.
 */
function encodedBytes(record: CanonicalRecord): number {
  // Never sent: apply refuses it by name.
  if (hasAmountTooLarge(record)) return 0;
  return Buffer.byteLength(JSON.stringify(elementOf(record)), "utf8") + SEPARATOR_BYTES;
}

function elementOf(record: CanonicalRecord): object {
  switch (record.recordType) {
    case "contact":
      return contactOnWire(record, null);
    case "item":
      return itemOnWire(record);
    case "invoice":
    case "bill":
      return invoiceOnWire(record);
    case "creditNote":
    case "supplierCredit":
      return creditNoteOnWire(record);
    case "purchaseOrder":
      return purchaseOrderOnWire(record);
    case "allocation":
    case "supplierAllocation":
      return allocationOnWire(record);
    case "payment":
    case "billPayment":
      return paymentOnWire(record);
    case "overpayment":
    case "supplierOverpayment":
      return overpaymentOnWire(record, LONGEST_CODE);
    case "bankTransaction":
      return bankTransactionOnWire(record);
    case "manualJournal":
      return manualJournalOnWire(record);
  }
}

/** Documents and contacts of purchases go by their ids in Xero: suppliers number alike, and names are spelt differently. */
function naturalKey(record: CanonicalRecord): string {
  switch (record.recordType) {
    case "contact":
      return record.name.replace(/\s+/g, " ").trim().toLowerCase();
    case "item":
      return record.code.trim().toUpperCase();
    case "invoice":
    case "creditNote":
    case "purchaseOrder":
      return record.number;
    case "bill":
    case "supplierCredit": {
      const { contactId, number, date, gross } = record;
      return number === "" ? joined(contactId, date, moneyText(gross)) : joined(contactId, number);
    }
    case "bankTransaction": {
      const { kind, contactId, date, gross, bankAccountKey } = record;
      return joined(kind, contactId, date, moneyText(gross), bankAccountKey ?? "");
    }
    case "allocation":
      return joined(record.creditNoteNumber, record.invoiceNumber, moneyText(record.amount));
    case "supplierAllocation":
      return joined(record.supplierCreditId, record.billId, moneyText(record.amount));
    case "payment":
      return joined(record.invoiceNumber, record.date, moneyText(record.amount));
    case "billPayment":
      return joined(record.billId, record.date, moneyText(record.amount));
    case "overpayment":
      return joined(record.contactName.toLowerCase(), record.date, moneyText(record.amount));
    case "supplierOverpayment":
      return joined(record.contactId, record.date, moneyText(record.amount));
    case "manualJournal":
      return joined(record.narration, record.date, moneyText(record.total));
  }
}

const joined = (...parts: string[]): string => parts.join(" | ");

const WEB_APP = "https://go.xero.com";

/** Opens in the organisation that the person last had open in Xero. Items and allocations have no page of their own. */
function link(recordType: RecordType, externalId: string): string | null {
  const id = encodeURIComponent(externalId);
  switch (recordType) {
    case "contact":
      return `${WEB_APP}/Contacts/View/${id}`;
    case "invoice":
      return `${WEB_APP}/AccountsReceivable/View.aspx?InvoiceID=${id}`;
    case "bill":
      return `${WEB_APP}/AccountsPayable/View.aspx?InvoiceID=${id}`;
    case "creditNote":
      return `${WEB_APP}/AccountsReceivable/ViewCreditNote.aspx?creditNoteID=${id}`;
    case "supplierCredit":
      return `${WEB_APP}/AccountsPayable/ViewCreditNote.aspx?creditNoteID=${id}`;
    case "purchaseOrder":
      return `${WEB_APP}/Accounts/Payable/PurchaseOrders/View/${id}`;
    case "payment":
    case "billPayment":
    case "overpayment":
    case "supplierOverpayment":
    case "bankTransaction":
      return `${WEB_APP}/Bank/ViewTransaction.aspx?bankTransactionID=${id}`;
    case "manualJournal":
      return `${WEB_APP}/Journal/View.aspx?invoiceID=${id}`;
    case "allocation":
    case "supplierAllocation": {
      const [creditId = ""] = externalId.split("/");
      return link(recordType === "allocation" ? "creditNote" : "supplierCredit", creditId);
    }
    case "item":
      return null;
  }
}
