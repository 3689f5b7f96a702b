import { ObjectSerializer } from "xero-node/dist/gen/model/accounting/models.js";
import type { ConnectorRules } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { moneyText } from "@/lib/domain/money";
import type { RecordType } from "@/lib/domain/record-type";
import { hasAmountTooLarge } from "./limits";
import { isMarker } from "./marker";
import { predict } from "./predict";
import { preflight } from "./preflight";
import { prepare } from "./prepare";
import { contactOnWire } from "./translate/contact";
import { creditNoteOnWire, invoiceOnWire } from "./translate/document";
import { itemOnWire } from "./translate/item";
import { allocationOnWire, overpaymentOnWire, paymentOnWire } from "./translate/settlement";

/** Xero's pure side, for the preview and the plan: nothing here makes a call. */
export const xeroRules: ConnectorRules = {
  prepare,
  isMarker,
  preflight,
  predict,
  encodedBytes,
  naturalKey,
  link,
};

/** The comma after an element, or the brackets around the first. */
const SEPARATOR_BYTES = 2;
/** Debtors codes have at most ten characters; the real one is known at the call only. */
const LONGEST_CODE = "0000000000";

/** Bytes of the element's JSON in the very form in which the SDK sends it. */
function encodedBytes(record: CanonicalRecord): number {
  // Never sent: apply refuses it by name.
  if (hasAmountTooLarge(record)) return 0;
  const { type, element } = elementOf(record);
  const json = JSON.stringify(ObjectSerializer.serialize(element, type));
  return Buffer.byteLength(json, "utf8") + SEPARATOR_BYTES;
}

function elementOf(record: CanonicalRecord): { type: string; element: object } {
  switch (record.recordType) {
    case "contact":
      return { type: "Contact", element: contactOnWire(record, null) };
    case "item":
      return { type: "Item", element: itemOnWire(record) };
    case "invoice":
      return { type: "Invoice", element: invoiceOnWire(record) };
    case "creditNote":
      return { type: "CreditNote", element: creditNoteOnWire(record) };
    case "allocation":
      return { type: "Allocation", element: allocationOnWire(record) };
    case "payment":
      return { type: "Payment", element: paymentOnWire(record) };
    case "overpayment":
      return { type: "BankTransaction", element: overpaymentOnWire(record, LONGEST_CODE) };
  }
}

function naturalKey(record: CanonicalRecord): string {
  switch (record.recordType) {
    case "contact":
      return record.name.replace(/\s+/g, " ").trim().toLowerCase();
    case "item":
      return record.code.trim().toUpperCase();
    case "invoice":
    case "creditNote":
      return record.number;
    case "allocation":
      return [record.creditNoteNumber, record.invoiceNumber, moneyText(record.amount)].join(" | ");
    case "payment":
      return [record.invoiceNumber, record.date, moneyText(record.amount)].join(" | ");
    case "overpayment":
      return [record.contactName.toLowerCase(), record.date, moneyText(record.amount)].join(" | ");
  }
}

const WEB_APP = "https://go.xero.com";

/** Opens in the organisation that the person last had open in Xero. Items and allocations have no page of their own. */
function link(recordType: RecordType, externalId: string): string | null {
  const id = encodeURIComponent(externalId);
  switch (recordType) {
    case "contact":
      return `${WEB_APP}/Contacts/View/${id}`;
    case "invoice":
      return `${WEB_APP}/AccountsReceivable/View.aspx?InvoiceID=${id}`;
    case "creditNote":
      return `${WEB_APP}/AccountsReceivable/ViewCreditNote.aspx?creditNoteID=${id}`;
    case "payment":
    case "overpayment":
      return `${WEB_APP}/Bank/ViewTransaction.aspx?bankTransactionID=${id}`;
    case "allocation": {
      const [creditNoteId = ""] = externalId.split("/");
      return link("creditNote", creditNoteId);
    }
    case "item":
      return null;
  }
}
