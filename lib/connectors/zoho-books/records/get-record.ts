import { failure } from "@/lib/connectors/contract/connector-error";
import { UnreadableRecord } from "@/lib/connectors/contract/unreadable";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import type { ZohoClient } from "../client";
import type { Settlements } from "../translate/payment";
import { getContact } from "./contacts";
import { type Currencies, createCurrencies } from "./currencies";
import {
  BILLS,
  CREDIT_NOTES,
  type DocumentKind,
  INVOICES,
  PURCHASE_ORDERS,
  VENDOR_CREDITS,
} from "./document-kinds";
import { getExpense } from "./expenses";
import { getItem } from "./items";
import { getJournal } from "./journals";
import { getSettlements } from "./payments";
import { getSupplierSettlements } from "./vendor-payments";

/** One record of any type by its id; null when there is none. An unreadable one is a wireMismatch that names the field. */
export async function getRecord(
  client: ZohoClient,
  recordType: RecordType,
  externalId: string,
  currencies: Currencies = createCurrencies(client),
): Promise<CanonicalRecord | null> {
  try {
    return await readByType(client, recordType, externalId, currencies);
  } catch (thrown) {
    if (thrown instanceof UnreadableRecord) throw failure("wireMismatch", thrown.message, { cause: thrown });
    throw thrown;
  }
}

/** Ids of settlements begin with the id of what they were read with. */
export const parentOf = (externalId: string): string => externalId.split(":")[0] ?? externalId;

async function readByType(
  client: ZohoClient,
  recordType: RecordType,
  externalId: string,
  currencies: Currencies,
): Promise<CanonicalRecord | null> {
  switch (recordType) {
    case "contact":
      return getContact(client, externalId);
    case "item":
      return getItem(client, externalId);
    case "invoice":
      return recordIn(client, INVOICES, externalId, externalId);
    case "creditNote":
      return recordIn(client, CREDIT_NOTES, externalId, externalId);
    case "allocation":
      return recordIn(client, CREDIT_NOTES, parentOf(externalId), externalId);
    case "payment":
    case "overpayment":
      return settlementIn(await getSettlements(client, parentOf(externalId)), externalId);
    case "purchaseOrder":
      return recordIn(client, PURCHASE_ORDERS, externalId, externalId);
    case "bill":
      return recordIn(client, BILLS, externalId, externalId);
    case "supplierCredit":
      return recordIn(client, VENDOR_CREDITS, externalId, externalId);
    case "supplierAllocation":
      return recordIn(client, VENDOR_CREDITS, parentOf(externalId), externalId);
    case "billPayment":
    case "supplierOverpayment":
      return settlementIn(await getSupplierSettlements(client, currencies, parentOf(externalId)), externalId);
    case "bankTransaction":
      return getExpense(client, externalId);
    case "manualJournal":
      return getJournal(client, currencies, externalId);
  }
}

async function recordIn(
  client: ZohoClient,
  kind: DocumentKind,
  documentId: string,
  externalId: string,
): Promise<CanonicalRecord | null> {
  const reading = await kind.readOne(client, documentId);
  const [unreadable] = reading?.quarantined ?? [];
  if (unreadable !== undefined) throw new UnreadableRecord(unreadable.problem);
  return reading?.records.find((record) => record.externalId === externalId) ?? null;
}

/** An excess of nothing is no record. */
function settlementIn(settlements: Settlements | null, externalId: string): CanonicalRecord | null {
  if (settlements === null) return null;
  const { payments, overpayment } = settlements;
  const kept = overpayment.amount.minor === 0n ? payments : [...payments, overpayment];
  return kept.find((record) => record.externalId === externalId) ?? null;
}
