import { z } from "zod";
import {
  NOTHING,
  readAsyncOrQuarantine,
  readRecord,
  UnreadableRecord,
} from "@/lib/connectors/contract/unreadable";
import { wireText } from "@/lib/connectors/contract/wire-values";
import type { BillPayment, SupplierOverpayment } from "@/lib/domain/settlement";
import { getOrNull, type ZohoClient } from "../client";
import { type Settlements, toSupplierSettlements } from "../translate/payment";
import {
  vendorPaymentRowSchema,
  type WireVendorPayment,
  wireVendorPaymentSchema,
} from "../wire/vendor-payment";
import type { Currencies } from "./currencies";
import { readPaymentRow, recordsOf } from "./payments";
import type { RowKind } from "./pull-rows";

/**
 * Payments to vendors. The list takes last_modified_time. A payment names its currency by id and its bills without their
 * numbers: the row tells the number where there is one bill, and a payment over several asks for each bill.
 */
export function vendorPayments(currencies: Currencies): RowKind {
  return {
    recordType: "billPayment",
    path: "/vendorpayments",
    listKeys: ["vendorpayments"],
    takesModifiedTime: true,
    // Zoho's file knows no order by time of creation here.
    order: { sort_column: "date", sort_order: "A" },
    async readRow(client, payload, options) {
      const row = readPaymentRow("billPayment", payload);
      if ("quarantined" in row) return row;
      const body = await getOrNull(client, `/vendorpayments/${encodeURIComponent(row.payment_id)}`);
      if (body === null) return NOTHING;
      const excessId = `${row.payment_id}:excess`;
      const knownExcess = (await options.knownVersions("supplierOverpayment", [excessId])).has(excessId);
      return readAsyncOrQuarantine("billPayment", row.payment_id, body.vendorpayment, async () =>
        recordsOf(
          await readSettlements(client, currencies, body.vendorpayment, numbersInRow(payload)),
          knownExcess,
        ),
      );
    },
  };
}

/** The records of one payment, for get; null when there is no such payment. Throws UnreadableRecord. */
export async function getSupplierSettlements(
  client: ZohoClient,
  currencies: Currencies,
  paymentId: string,
): Promise<Settlements<BillPayment, SupplierOverpayment> | null> {
  const body = await getOrNull(client, `/vendorpayments/${encodeURIComponent(paymentId)}`);
  return body === null ? null : readSettlements(client, currencies, body.vendorpayment, "");
}

/** Makes the calls that a payment needs beside its own. Throws UnreadableRecord. */
async function readSettlements(
  client: ZohoClient,
  currencies: Currencies,
  payload: unknown,
  numbersOfRow: string,
): Promise<Settlements<BillPayment, SupplierOverpayment>> {
  const wire = readRecord(wireVendorPaymentSchema, "payment", payload);
  const currency = wire.currency_code || (await currencies.codeOf(wire.currency_id ?? ""));
  if (currency === null)
    throw new UnreadableRecord(
      'The field "currency_id" of this payment cannot be read: it names no currency of the organisation.',
    );
  const billNumbers = await readBillNumbers(client, wire, numbersOfRow);
  return toSupplierSettlements(wire, { currency, billNumbers });
}

/** Numbers of the bills of a row, which stand in one text without an order that one could rely on. */
function numbersInRow(payload: unknown): string {
  const row = vendorPaymentRowSchema.safeParse(payload);
  return row.success ? row.data.bill_numbers : "";
}

const billNumberSchema = z.looseObject({ bill_number: wireText });

async function readBillNumbers(
  client: ZohoClient,
  { bills }: WireVendorPayment,
  numbersOfRow: string,
): Promise<ReadonlyMap<string, string>> {
  const numbers = new Map<string, string>();
  const [first] = bills;
  if (first !== undefined && bills.length === 1) numbers.set(first.bill_id, numbersOfRow);
  for (const { bill_id, bill_number } of bills) {
    if (bill_number !== "") numbers.set(bill_id, bill_number);
    if ((numbers.get(bill_id) ?? "") !== "") continue;
    const body = await getOrNull(client, `/bills/${encodeURIComponent(bill_id)}`);
    const bill = billNumberSchema.safeParse(body?.bill);
    numbers.set(bill_id, bill.success ? bill.data.bill_number : "");
  }
  return numbers;
}
