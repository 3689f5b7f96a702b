import type { WriteElement, WriteOutcome, WriteRequest } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import { isGone, summarise } from "@/lib/domain/canonical-record";
import { type Problem, problem } from "@/lib/domain/problem";
import { RECORD_TYPE_NAMES } from "@/lib/domain/record-type";
import { hasAmountTooLarge } from "../limits";
import { xeroManifest } from "../manifest";
import { createAllocations } from "./allocate";
import { updateContact, updateItem, updateRecords, voidRecords } from "./change";
import { as, CREATE, createManualJournals, createOverpayments } from "./create";
import { findRecords } from "./find";
import type { ConnectedXero } from "./organisation-facts";
import { inOrderOf, sendBatch } from "./send-batch";
import { deleteRecords, voidAllocations, voidPayments } from "./take-back";

/**
 * Writing to Xero: one outcome for each element, whatever becomes of its neighbours. A create that Xero refuses is
 * looked up by marker before it counts as refused, since the record may be there from an earlier try.
 */

export async function applyWrites(client: ConnectedXero, request: WriteRequest): Promise<WriteOutcome[]> {
  const { recordType, verb, elements } = request;
  if (!xeroManifest.capabilities[recordType].write.includes(verb)) {
    throw notDeclared(verb, recordType);
  }
  const refusals = await refusedHere(client, request);
  const sendable = elements.filter(({ intentId }) => !refusals.has(intentId));
  const rejected = elements.flatMap(({ intentId }): WriteOutcome[] => {
    const found = refusals.get(intentId);
    return found === undefined ? [] : [{ intentId, kind: "rejected", problem: found }];
  });
  if (sendable.length === 0) return rejected;
  const sent = await send(client, { ...request, elements: sendable });
  const settled = verb === "create" ? await recogniseOwn(client, request, sent) : sent;
  return inOrderOf(elements, [...settled, ...rejected]);
}

/** What must not be sent, by intent: Xero would book something else than is meant. */
async function refusedHere(
  client: ConnectedXero,
  { recordType, verb, elements }: WriteRequest,
): Promise<ReadonlyMap<string, Problem>> {
  const refusals = new Map<string, Problem>();
  for (const { intentId, record } of elements)
    if (hasAmountTooLarge(record))
      refusals.set(intentId, problem("amountTooLarge", summarise(record).number));
  if (recordType !== "manualJournal" || verb === "void") return refusals;
  // A journal names no currency in Xero: another than the base currency would be booked as if it were that.
  const baseCurrency = await client.facts.baseCurrency();
  for (const { intentId, record } of elements) {
    const { currency } = as("manualJournal", record);
    if (currency !== baseCurrency) refusals.set(intentId, problem("journalInForeignCurrency", currency));
  }
  return refusals;
}

function notDeclared(verb: WriteRequest["verb"], recordType: WriteRequest["recordType"]): ConnectorError {
  const { many } = RECORD_TYPE_NAMES[recordType];
  return new ConnectorError("validation", `Tieout does not ${verb} ${many} in Xero.`, {
    mayHaveBeenApplied: false,
  });
}

function send(client: ConnectedXero, request: WriteRequest): Promise<WriteOutcome[]> {
  switch (request.verb) {
    case "create":
      return create(client, request);
    case "update":
      return update(client, request);
    case "void":
      return takeBack(client, request);
  }
}

async function create(
  client: ConnectedXero,
  { recordType, elements, idempotencyKey }: WriteRequest,
): Promise<WriteOutcome[]> {
  switch (recordType) {
    case "allocation":
    case "supplierAllocation":
      return createAllocations(client, recordType, elements, idempotencyKey);
    case "overpayment":
    case "supplierOverpayment":
      return createExcess(client, recordType, elements, idempotencyKey);
    case "manualJournal":
      return sendBatch(
        client,
        createManualJournals(await client.facts.baseCurrency()),
        elements,
        idempotencyKey,
      );
    default:
      return sendBatch(client, CREATE[recordType], elements, idempotencyKey);
  }
}

async function update(
  client: ConnectedXero,
  { recordType, elements, idempotencyKey }: WriteRequest,
): Promise<WriteOutcome[]> {
  switch (recordType) {
    case "contact":
      return sendBatch(client, updateContact, elements, idempotencyKey);
    case "item":
      return sendBatch(client, updateItem, elements, idempotencyKey);
    case "invoice":
    case "bill":
    case "purchaseOrder":
    case "bankTransaction":
    case "manualJournal":
      return updateRecords(client, recordType, elements, idempotencyKey);
    default:
      throw notDeclared("update", recordType);
  }
}

async function takeBack(
  client: ConnectedXero,
  { recordType, elements, idempotencyKey }: WriteRequest,
): Promise<WriteOutcome[]> {
  switch (recordType) {
    case "invoice":
    case "bill":
    case "creditNote":
    case "supplierCredit":
    case "manualJournal":
      return voidRecords(client, recordType, elements, idempotencyKey);
    case "purchaseOrder":
    case "bankTransaction":
    case "overpayment":
    case "supplierOverpayment":
      return deleteRecords(client, recordType, elements, idempotencyKey);
    case "payment":
    case "billPayment":
      return voidPayments(client, recordType, elements, idempotencyKey);
    case "allocation":
    case "supplierAllocation":
      return voidAllocations(client, recordType, elements);
    default:
      throw notDeclared("void", recordType);
  }
}

const CONTROL = {
  overpayment: { systemAccount: "DEBTORS", name: "debtors account" },
  supplierOverpayment: { systemAccount: "CREDITORS", name: "creditors account" },
} as const;

async function createExcess(
  client: ConnectedXero,
  type: keyof typeof CONTROL,
  elements: readonly WriteElement[],
  key: string,
): Promise<WriteOutcome[]> {
  const { systemAccount, name } = CONTROL[type];
  const code = await client.facts.controlCode(systemAccount);
  if (code !== null) return sendBatch(client, createOverpayments(type, code), elements, key);
  return elements.map(({ intentId }) => ({
    intentId,
    kind: "rejected",
    problem: problem("accountNotUsable", name),
  }));
}

/** Types whose name, number or code Xero keeps unique: only there can an earlier try be why a create is refused. */
const UNIQUE: readonly WriteRequest["recordType"][] = [
  "contact",
  "item",
  "invoice",
  "creditNote",
  "purchaseOrder",
];

async function recogniseOwn(
  client: ConnectedXero,
  { recordType, elements }: WriteRequest,
  outcomes: WriteOutcome[],
): Promise<WriteOutcome[]> {
  const doubtful = new Set(
    outcomes.flatMap((outcome) =>
      outcome.kind === "rejected" && MAY_BE_OURS.has(outcome.problem.cause) ? [outcome.intentId] : [],
    ),
  );
  if (doubtful.size === 0 || !UNIQUE.includes(recordType)) return outcomes;
  const records = elements.filter(({ intentId }) => doubtful.has(intentId)).map(({ record }) => record);
  let found: Awaited<ReturnType<typeof findRecords>>;
  try {
    found = await findRecords(client, recordType, records);
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    const why = `Refused, and Xero could not be asked whether it is there already: ${thrown.message}`;
    return outcomes.map((outcome) =>
      doubtful.has(outcome.intentId) ? { intentId: outcome.intentId, kind: "unknown", why } : outcome,
    );
  }
  const markers = new Map(elements.map(({ intentId, record }) => [intentId, record.marker]));
  return outcomes.map((outcome) => {
    const marker = markers.get(outcome.intentId) ?? "";
    if (!doubtful.has(outcome.intentId) || marker === "") return outcome;
    // One that was voided or deleted since is not what was sent now.
    const own = found.find((record) => record.marker === marker && !isGone(record));
    if (own === undefined) return outcome;
    return { intentId: outcome.intentId, kind: "alreadyApplied", externalId: own.externalId, record: own };
  });
}

const MAY_BE_OURS: ReadonlySet<string> = new Set(["nameTaken", "numberTaken", "itemCodeUnusable", "refused"]);
