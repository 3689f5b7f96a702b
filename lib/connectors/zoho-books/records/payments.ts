import {
  idIn,
  quarantine,
  type Reading,
  readOrQuarantine,
  readRecord,
  UnreadableRecord,
} from "@/lib/connectors/contract/unreadable";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { getOrNull, type ZohoClient } from "../client";
import { type Settlements, toSettlements } from "../translate/payment";
import { type PaymentRow, paymentRowSchema, wirePaymentSchema } from "../wire/payment";
import type { RowKind } from "./pull-rows";

/**
 * Customer payments: Zoho has neither a filter by time nor, in its file, a modified time in the row. The list is walked
 * whole in each pull, so a row that slips by comes next time.
 */
export const CUSTOMER_PAYMENTS: RowKind = {
  recordType: "payment",
  path: "/customerpayments",
  // The first name is that of the answers, the second that of Zoho's file.
  listKeys: ["customerpayments", "customer_payments"],
  takesModifiedTime: false,
  order: {},
  async readRow(client, payload, options) {
    const row = readPaymentRow("payment", payload);
    if ("quarantined" in row) return row;
    const body = await getOrNull(client, `/customerpayments/${encodeURIComponent(row.payment_id)}`);
    if (body === null) return { records: [], quarantined: [] };
    const excessId = `${row.payment_id}:excess`;
    const knownExcess = (await options.knownVersions("overpayment", [excessId])).has(excessId);
    return readOrQuarantine("payment", row.payment_id, body.payment, () =>
      recordsOf(
        toSettlements(readRecord(wirePaymentSchema, "payment", body.payment), row.payment_number),
        knownExcess,
      ),
    );
  },
};

/** The row, or what is to be kept aside of one that does not even tell its id. */
export function readPaymentRow(
  recordType: "payment" | "billPayment",
  payload: unknown,
): PaymentRow | Reading {
  try {
    return readRecord(paymentRowSchema, "payment", payload);
  } catch (thrown) {
    if (!(thrown instanceof UnreadableRecord)) throw thrown;
    const id = idIn(payload, "payment_id");
    return { records: [], quarantined: [quarantine(recordType, id, payload, thrown.message)] };
  }
}

/** An excess that was stored before and is used up now is passed on as deleted; one that never was is no record. */
export function recordsOf({ payments, overpayment }: Settlements, knownExcess: boolean): CanonicalRecord[] {
  if (overpayment.amount.minor !== 0n) return [...payments, overpayment];
  return knownExcess ? [...payments, { ...overpayment, status: "deleted" }] : [...payments];
}

/** The records of one payment, for get; null when there is no such payment. Throws UnreadableRecord. */
export async function getSettlements(client: ZohoClient, paymentId: string): Promise<Settlements | null> {
  const body = await getOrNull(client, `/customerpayments/${encodeURIComponent(paymentId)}`);
  if (body === null) return null;
  return toSettlements(readRecord(wirePaymentSchema, "payment", body.payment), "");
}
