import { z } from "zod";
import type { WriteElement, WriteOutcome } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { moneyText, moneyToDecimal, roundToMoney } from "@/lib/domain/money";
import { type CreditAllocation, settledDocument, usedCredit } from "@/lib/domain/settlement";
import { err, ok, type Result } from "@/lib/kernel/result";
import * as calls from "../calls";
import { allocationOnWire } from "../translate/settlement";
import { allocationWire } from "../wire/document";
import { firstIssue } from "../wire/values";
import { as, recordsOf } from "./create";
import { findRecords } from "./find";
import type { ConnectedXero } from "./organisation-facts";
import { type AllocationType, isAllocationType } from "./readable";
import { type Batch, inOrderOf, partKey, sendBatch } from "./send-batch";

/**
 * Putting credits against invoices or bills: Xero takes all allocations of one credit in one call, so elements are
 * grouped by credit and each group costs a call. An allocation has no text to mark it by; its credit, document and
 * amount must do.
 */
export async function createAllocations(
  client: ConnectedXero,
  type: AllocationType,
  elements: readonly WriteElement[],
  key: string,
): Promise<WriteOutcome[]> {
  const outcomes: WriteOutcome[] = [];
  for (const [creditId, group] of groupByCredit(type, elements)) {
    try {
      const answered = await sendBatch(client, allocationsOf(type, creditId), group, partKey(key, group));
      outcomes.push(...(await withIds(client, type, group, answered)));
    } catch (thrown) {
      // What an earlier credit's call has applied must be told, so from then on nothing may be thrown.
      const mustTell = outcomes.some(({ kind }) => kind !== "rejected");
      if (!(thrown instanceof ConnectorError) || !mustTell) throw thrown;
      const why = `Not sent: ${thrown.message}`;
      outcomes.push(...group.map(({ intentId }) => ({ intentId, kind: "unknown" as const, why })));
    }
  }
  return inOrderOf(elements, outcomes);
}

/** Xero's answer may leave AllocationID out; the credit itself, read again, has the id by which it will be pulled. */
async function withIds(
  client: ConnectedXero,
  type: AllocationType,
  elements: readonly WriteElement[],
  outcomes: readonly WriteOutcome[],
): Promise<readonly WriteOutcome[]> {
  const hasNoId = (outcome: WriteOutcome): boolean =>
    outcome.kind === "applied" && outcome.externalId.endsWith("/");
  if (!outcomes.some(hasNoId)) return outcomes;
  const sought = elements.map(({ record }) => record);
  let found: CanonicalRecord[] = [];
  let why = "Xero's answer does not name the allocation.";
  try {
    found = await findRecords(client, type, sought);
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    why = `${why} ${thrown.message}`;
  }
  return outcomes.map((outcome) => {
    if (!hasNoId(outcome) || outcome.kind !== "applied") return outcome;
    const place = found.findIndex((record) => isSameAllocation(record, outcome.record));
    const record = place === -1 ? undefined : found.splice(place, 1)[0];
    return record === undefined
      ? { intentId: outcome.intentId, kind: "unknown", why }
      : { ...outcome, externalId: record.externalId, record };
  });
}

const isSameAllocation = (one: CanonicalRecord, other: CanonicalRecord): boolean =>
  isAllocation(one) &&
  isAllocation(other) &&
  settledDocument(one).id === settledDocument(other).id &&
  one.amount.minor === other.amount.minor;

const isAllocation = (record: CanonicalRecord): record is CreditAllocation =>
  isAllocationType(record.recordType);

function groupByCredit(type: AllocationType, elements: readonly WriteElement[]): Map<string, WriteElement[]> {
  const groups = new Map<string, WriteElement[]>();
  for (const element of elements) {
    const { id } = usedCredit(as(type, element.record));
    groups.set(id, [...(groups.get(id) ?? []), element]);
  }
  return groups;
}

const allocationsOf = (type: AllocationType, creditId: string): Batch => ({
  plural: "Allocations",
  call: (elements, key) =>
    calls.createAllocations(creditId, recordsOf(type, elements).map(allocationOnWire), key),
  answers: (answer, { record }) => {
    const asked = as(type, record);
    const { id } = settledDocument(asked);
    const shown = answered.safeParse(answer).data;
    return (
      shown !== undefined &&
      (shown.Invoice?.InvoiceID ?? id) === id &&
      (shown.Amount ?? Number(moneyText(asked.amount))) === Number(moneyText(asked.amount))
    );
  },
  read: (answer, { record }) => readAnswer(answer, as(type, record)),
  subject: ({ record }) => usedCredit(as(type, record)).number,
});

const answered = z.object({
  Amount: z.number().nullish(),
  Invoice: z.object({ InvoiceID: z.string().nullish() }).nullish(),
});

/** Xero's answer names the document by its id alone and has no currency, so these come from what was asked. */
function readAnswer(answer: unknown, asked: CreditAllocation): Result<CreditAllocation, string> {
  const parsed = allocationWire.safeParse(answer);
  if (!parsed.success) return err(`Xero's allocation could not be read at ${firstIssue(parsed.error)}.`);
  const { AllocationID, Amount, Date: date, Invoice } = parsed.data;
  const { currency } = asked.amount;
  const amount = roundToMoney(Amount, currency);
  if (!moneyToDecimal(amount).equals(Amount))
    return err(`Xero's "Amount" has parts of a minor unit of ${currency}.`);
  return ok({
    ...asked,
    ...(asked.recordType === "allocation" ? { invoiceId: Invoice.InvoiceID } : { billId: Invoice.InvoiceID }),
    externalId: [usedCredit(asked).id, Invoice.InvoiceID, AllocationID ?? ""].join("/"),
    version: "",
    date,
    amount,
    marker: "",
  });
}
