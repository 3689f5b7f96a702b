import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import type { ZohoClient } from "../client";
import { failure } from "../errors";
import { UnreadableRecord } from "../wire/unreadable";
import { getContact } from "./contacts";
import { CREDIT_NOTES, type DocumentKind, INVOICES } from "./document-kinds";
import { getItem } from "./items";
import { getSettlements } from "./payments";

/** One record of any type by its id; null when there is none. An unreadable one is a wireMismatch that names the field. */
export async function getRecord(
  client: ZohoClient,
  recordType: RecordType,
  externalId: string,
): Promise<CanonicalRecord | null> {
  try {
    return await readByType(client, recordType, externalId);
  } catch (thrown) {
    if (thrown instanceof UnreadableRecord) throw failure("wireMismatch", thrown.message, { cause: thrown });
    throw thrown;
  }
}

/** Ids of settlements begin with the id of what they were read with. */
const parentOf = (externalId: string): string => externalId.split(":")[0] ?? externalId;

async function readByType(
  client: ZohoClient,
  recordType: RecordType,
  externalId: string,
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
      return settlementIn(client, recordType, externalId);
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

async function settlementIn(
  client: ZohoClient,
  recordType: "payment" | "overpayment",
  externalId: string,
): Promise<CanonicalRecord | null> {
  const settlements = await getSettlements(client, parentOf(externalId));
  if (settlements === null) return null;
  if (recordType === "payment")
    return settlements.payments.find((payment) => payment.externalId === externalId) ?? null;
  const { overpayment } = settlements;
  return overpayment.externalId === externalId && overpayment.amount.minor !== 0n ? overpayment : null;
}
