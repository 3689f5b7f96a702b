import { BankTransaction } from "xero-node/dist/gen/model/accounting/bankTransaction.js";
import { PurchaseOrder } from "xero-node/dist/gen/model/accounting/purchaseOrder.js";
import type { WriteElement, WriteOutcome } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import { type CanonicalRecord, isGone } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import {
  type DocumentPayment,
  type ExcessPayment,
  settledDocument,
  usedCredit,
} from "@/lib/domain/settlement";
import * as calls from "../calls";
import type { XeroClient } from "../client";
import { problemOfMessages } from "../errors";
import { as, readFirst, says } from "./create";
import { getRecord } from "./get";
import type { ConnectedXero } from "./organisation-facts";
import type { AllocationType } from "./readable";
import { type Batch, inOrderOf, sendBatch, sendParts } from "./send-batch";

/**
 * Taking out of Xero what Xero deletes and shows as deleted (an allocation vanishes), whatever its status: settlements,
 * what moved on a bank account, and orders. What it refuses to delete is read: gone already is success. Payments and
 * allocations take a call each.
 */

export async function voidPayments(
  client: ConnectedXero,
  type: DocumentPayment["recordType"],
  elements: readonly WriteElement[],
  key: string,
): Promise<WriteOutcome[]> {
  const parts = elements.map((element) => [element]);
  const sent = await sendParts(client, paymentDeletion(type), parts, key);
  return recogniseGone(client, type, elements, sent);
}

type BankType = ExcessPayment["recordType"] | "bankTransaction";

export async function deleteRecords(
  client: ConnectedXero,
  type: BankType | "purchaseOrder",
  elements: readonly WriteElement[],
  key: string,
): Promise<WriteOutcome[]> {
  const deletion = type === "purchaseOrder" ? orderDeletion : bankDeletion(type);
  const sent = await sendBatch(client, deletion, elements, key);
  return recogniseGone(client, type, elements, sent);
}

export async function voidAllocations(
  client: ConnectedXero,
  type: AllocationType,
  elements: readonly WriteElement[],
): Promise<WriteOutcome[]> {
  const outcomes: WriteOutcome[] = [];
  for (const element of elements) {
    try {
      outcomes.push(await voidAllocation(client, type, element));
    } catch (thrown) {
      // What an earlier call has done must be told, so from then on nothing may be thrown.
      if (!(thrown instanceof ConnectorError) || outcomes.length === 0) throw thrown;
      outcomes.push({ intentId: element.intentId, kind: "unknown", why: `Not sent: ${thrown.message}` });
    }
  }
  return recogniseGone(client, type, elements, outcomes);
}

async function voidAllocation(
  client: XeroClient,
  type: AllocationType,
  { intentId, externalId, record }: WriteElement,
): Promise<WriteOutcome> {
  const [creditId = "", , allocationId = ""] = (externalId ?? "").split("/");
  const answer = await client.write(calls.deleteAllocation(creditId, allocationId), 1);
  switch (answer.kind) {
    case "unknown":
      return { intentId, kind: "unknown", why: answer.why };
    case "answered":
      return { intentId, kind: "applied", externalId: externalId ?? "", record };
    case "refused": {
      const { number } = usedCredit(as(type, record));
      return { intentId, kind: "rejected", problem: problemOfMessages([answer.message], number) };
    }
  }
}

const paymentDeletion = (type: DocumentPayment["recordType"]): Batch => ({
  plural: "Payments",
  call: ([element], key) => calls.deletePayment(element?.externalId ?? "", key),
  // A call carries one payment, so whatever it answers is about that one.
  answers: () => true,
  read: (answer) => readFirst(type, answer),
  subject: ({ record }) => settledDocument(as(type, record)).number,
});

const bankDeletion = (type: BankType): Batch => ({
  plural: "BankTransactions",
  call: (elements, key) =>
    calls.updateBankTransactions(
      elements.map(({ externalId }) => deletionOf(externalId ?? "")),
      key,
    ),
  answers: (answer, { externalId }) => says(answer, { BankTransactionID: externalId ?? "" }),
  read: (answer) => readFirst(type, answer),
  subject: ({ record }) => as(type, record).contactName,
});

/** Nothing but what changes: lines and account stay as they are in Xero. */
function deletionOf(bankTransactionId: string): BankTransaction {
  const deletion = new BankTransaction();
  deletion.bankTransactionID = bankTransactionId;
  deletion.status = BankTransaction.StatusEnum.DELETED;
  return deletion;
}

const orderDeletion: Batch = {
  plural: "PurchaseOrders",
  call: (elements, key) =>
    calls.updatePurchaseOrders(
      elements.map(({ externalId }) => ({
        purchaseOrderID: externalId ?? "",
        status: PurchaseOrder.StatusEnum.DELETED,
      })),
      key,
    ),
  answers: (answer, { externalId }) => says(answer, { PurchaseOrderID: externalId ?? "" }),
  read: (answer) => readFirst("purchaseOrder", answer),
  subject: ({ record }) => as("purchaseOrder", record).number,
};

async function recogniseGone(
  client: ConnectedXero,
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
  client: ConnectedXero,
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
