import type { WriteElement, WriteOutcome, WriteRequest } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import { isGone, summarise } from "@/lib/domain/canonical-record";
import { problem } from "@/lib/domain/problem";
import { RECORD_TYPE_NAMES } from "@/lib/domain/record-type";
import type { XeroClient } from "../client";
import { hasAmountTooLarge } from "../limits";
import { xeroManifest } from "../manifest";
import { createAllocations } from "./allocate";
import { updateContact, updateInvoices, voidCreditNotes, voidInvoices } from "./change";
import {
  createContact,
  createCreditNote,
  createInvoice,
  createItem,
  createOverpayment,
  createPayment,
} from "./create";
import { findRecords } from "./find";
import { inOrderOf, sendBatch } from "./send-batch";
import { voidAllocations, voidOverpayments, voidPayments } from "./take-back";

/**
 * Writing to Xero: one outcome for each element, whatever becomes of its neighbours. A create that Xero refuses is
 * looked up by marker before it counts as refused, since the record may be there from an earlier try.
 */

export interface ApplyContext {
  readonly client: XeroClient;
  /** Code of the debtors account, looked up once. */
  debtorsCode(): Promise<string | null>;
}

export async function applyWrites(context: ApplyContext, request: WriteRequest): Promise<WriteOutcome[]> {
  const { recordType, verb, elements } = request;
  if (!xeroManifest.capabilities[recordType].write.includes(verb)) {
    throw new ConnectorError(
      "validation",
      `Tieout does not ${verb} ${RECORD_TYPE_NAMES[recordType].many} in Xero.`,
      {
        mayHaveBeenApplied: false,
      },
    );
  }
  const sendable = elements.filter(({ record }) => !hasAmountTooLarge(record));
  const tooLarge = elements.filter(({ record }) => hasAmountTooLarge(record));
  const refusedHere: WriteOutcome[] = tooLarge.map(({ intentId, record }) => ({
    intentId,
    kind: "rejected",
    problem: problem("amountTooLarge", summarise(record).number),
  }));
  if (sendable.length === 0) return refusedHere;
  const sent = await send(context, { ...request, elements: sendable });
  const settled = verb === "create" ? await recogniseOwn(context.client, request, sent) : sent;
  return inOrderOf(elements, [...settled, ...refusedHere]);
}

function send(context: ApplyContext, request: WriteRequest): Promise<WriteOutcome[]> {
  const { client } = context;
  const { elements, idempotencyKey } = request;
  switch (`${request.verb} ${request.recordType}` as const) {
    case "create contact":
      return sendBatch(client, createContact, elements, idempotencyKey);
    case "update contact":
      return sendBatch(client, updateContact, elements, idempotencyKey);
    case "create item":
      return sendBatch(client, createItem, elements, idempotencyKey);
    case "create invoice":
      return sendBatch(client, createInvoice, elements, idempotencyKey);
    case "update invoice":
      return updateInvoices(client, elements, idempotencyKey);
    case "void invoice":
      return voidInvoices(client, elements, idempotencyKey);
    case "create creditNote":
      return sendBatch(client, createCreditNote, elements, idempotencyKey);
    case "void creditNote":
      return voidCreditNotes(client, elements, idempotencyKey);
    case "create allocation":
      return createAllocations(client, elements, idempotencyKey);
    case "void allocation":
      return voidAllocations(client, elements);
    case "create payment":
      return sendBatch(client, createPayment, elements, idempotencyKey);
    case "void payment":
      return voidPayments(client, elements, idempotencyKey);
    case "create overpayment":
      return sendOverpayments(context, elements, idempotencyKey);
    case "void overpayment":
      return voidOverpayments(client, elements, idempotencyKey);
    default:
      throw new ConnectorError("validation", "Xero: this write is not declared.", {
        mayHaveBeenApplied: false,
      });
  }
}

async function sendOverpayments(
  { client, debtorsCode }: ApplyContext,
  elements: readonly WriteElement[],
  key: string,
): Promise<WriteOutcome[]> {
  const code = await debtorsCode();
  if (code !== null) return sendBatch(client, createOverpayment(code), elements, key);
  return elements.map(({ intentId }) => ({
    intentId,
    kind: "rejected",
    problem: problem("accountNotUsable", "debtors account"),
  }));
}

/** Types whose name, number or code Xero keeps unique: only there can an earlier try be why a create is refused. */
const UNIQUE: readonly WriteRequest["recordType"][] = ["contact", "item", "invoice", "creditNote"];

async function recogniseOwn(
  client: XeroClient,
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
