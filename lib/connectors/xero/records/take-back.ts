import { BankTransaction } from "xero-node/dist/gen/model/accounting/bankTransaction.js";
import type { WriteElement, WriteOutcome } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import { type CanonicalRecord, isGone } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import * as calls from "../calls";
import type { XeroClient } from "../client";
import { problemOfMessages } from "../errors";
import { as, readFirst, says } from "./create";
import { getRecord } from "./get";
import { type Batch, inOrderOf, sendBatch, sendParts } from "./send-batch";

/**
 * Taking settlements out of Xero again. Xero deletes them and shows them as deleted (an allocation vanishes), so what it
 * refuses to delete is read: gone already is success. Payments and allocations take a call each.
 */

export async function voidPayments(
  client: XeroClient,
  elements: readonly WriteElement[],
  key: string,
): Promise<WriteOutcome[]> {
  const parts = elements.map((element) => [element]);
  const sent = await sendParts(client, paymentDeletion, parts, key);
  return recogniseGone(client, "payment", elements, sent);
}

export async function voidOverpayments(
  client: XeroClient,
  elements: readonly WriteElement[],
  key: string,
): Promise<WriteOutcome[]> {
  const sent = await sendBatch(client, overpaymentDeletion, elements, key);
  return recogniseGone(client, "overpayment", elements, sent);
}

export async function voidAllocations(
  client: XeroClient,
  elements: readonly WriteElement[],
): Promise<WriteOutcome[]> {
  const outcomes: WriteOutcome[] = [];
  for (const element of elements) {
    try {
      outcomes.push(await voidAllocation(client, element));
    } catch (thrown) {
      // What an earlier call has done must be told, so from then on nothing may be thrown.
      if (!(thrown instanceof ConnectorError) || outcomes.length === 0) throw thrown;
      outcomes.push({ intentId: element.intentId, kind: "unknown", why: `Not sent: ${thrown.message}` });
    }
  }
  return recogniseGone(client, "allocation", elements, outcomes);
}

async function voidAllocation(
  client: XeroClient,
  { intentId, externalId, record }: WriteElement,
): Promise<WriteOutcome> {
  const [creditNoteId = "", , allocationId = ""] = (externalId ?? "").split("/");
  const answer = await client.write(calls.deleteAllocation(creditNoteId, allocationId), 1);
  switch (answer.kind) {
    case "unknown":
      return { intentId, kind: "unknown", why: answer.why };
    case "answered":
      return { intentId, kind: "applied", externalId: externalId ?? "", record };
    case "refused": {
      const { creditNoteNumber } = as("allocation", record);
      return { intentId, kind: "rejected", problem: problemOfMessages([answer.message], creditNoteNumber) };
    }
  }
}

const paymentDeletion: Batch = {
  plural: "Payments",
  call: ([element], key) => calls.deletePayment(element?.externalId ?? "", key),
  // A call carries one payment, so whatever it answers is about that one.
  answers: () => true,
  read: (answer) => readFirst("payment", answer),
  subject: ({ record }) => as("payment", record).invoiceNumber,
};

const overpaymentDeletion: Batch = {
  plural: "BankTransactions",
  call: (elements, key) =>
    calls.updateBankTransactions(
      elements.map(({ externalId }) => deletionOf(externalId ?? "")),
      key,
    ),
  answers: (answer, { externalId }) => says(answer, { BankTransactionID: externalId ?? "" }),
  read: (answer) => readFirst("overpayment", answer),
  subject: ({ record }) => as("overpayment", record).contactName,
};

/** Nothing but what changes: lines and account stay as they are in Xero. */
function deletionOf(bankTransactionId: string): BankTransaction {
  const deletion = new BankTransaction();
  deletion.bankTransactionID = bankTransactionId;
  deletion.status = BankTransaction.StatusEnum.DELETED;
  return deletion;
}

async function recogniseGone(
  client: XeroClient,
  recordType: RecordType,
  elements: readonly WriteElement[],
  outcomes: readonly WriteOutcome[],
): Promise<WriteOutcome[]> {
  const settled: WriteOutcome[] = [];
  for (const outcome of outcomes) {
    const element = elements.find(({ intentId }) => intentId === outcome.intentId);
    settled.push(
      outcome.kind === "rejected" && element !== undefined
        ? await unlessGone(client, recordType, element, outcome)
        : outcome,
    );
  }
  return inOrderOf(elements, settled);
}

async function unlessGone(
  client: XeroClient,
  recordType: RecordType,
  { intentId, externalId, record }: WriteElement,
  refusal: WriteOutcome,
): Promise<WriteOutcome> {
  let present: CanonicalRecord | null;
  try {
    present = await getRecord(client, recordType, externalId ?? "");
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    const why = `Refused, and Xero could not be asked whether it is gone already: ${thrown.message}`;
    return { intentId, kind: "unknown", why };
  }
  if (present !== null && !isGone(present)) return refusal;
  return { intentId, kind: "alreadyApplied", externalId: externalId ?? "", record: present ?? record };
}
