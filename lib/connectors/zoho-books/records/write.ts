import type { WriteElement, WriteOutcome, WriteRequest } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import { type CanonicalRecord, isGone, type RecordOf } from "@/lib/domain/canonical-record";
import { type Problem, problem } from "@/lib/domain/problem";
import type { RecordType } from "@/lib/domain/record-type";
import { invariant } from "@/lib/kernel/invariant";
import type { WriteAnswer, ZohoClient } from "../client";
import { failure, unsupported } from "../errors";
import { toContact } from "../translate/contact";
import { toItem } from "../translate/item";
import {
  contactChangeOnWire,
  contactOnWire,
  itemChangeOnWire,
  itemOnWire,
  paymentOnWire,
} from "../translate/on-wire";
import { toSettlements } from "../translate/payment";
import { wireContactSchema } from "../wire/contact";
import { wireItemSchema } from "../wire/item";
import { wirePaymentSchema } from "../wire/payment";
import { nameOf, readRecord, UnreadableRecord } from "../wire/unreadable";
import { readPresent } from "./contact-persons";
import { findRecords } from "./find";
import { getRecord, parentOf } from "./get-record";
import { findCurrencyId } from "./reference";
import { causeOfRefusal } from "./refusal";

/**
 * Writing to Zoho Books: a call a record, each with our marker inside the creating call itself. Zoho has no idempotency key,
 * so a create that it refuses is looked for by its marker before it counts as refused: an earlier try may be why.
 */
export async function applyWrites(client: ZohoClient, request: WriteRequest): Promise<WriteOutcome[]> {
  const write = WRITES[`${request.verb} ${request.recordType}`];
  if (write === undefined) throw unsupported(`${request.verb} a ${nameOf(request.recordType)}`);
  const outcomes: WriteOutcome[] = [];
  for (const element of request.elements) {
    try {
      outcomes.push(await write(client, element));
    } catch (cause) {
      const thrown = asConnectorError(cause);
      // What an earlier call has done must be told, so from then on nothing may be thrown.
      if (!(thrown instanceof ConnectorError) || outcomes.every(({ kind }) => kind === "rejected"))
        throw thrown;
      outcomes.push({ intentId: element.intentId, kind: "unknown", why: `Not sent: ${thrown.message}` });
    }
  }
  return outcomes;
}

/** What Zoho answered about a record that is to be changed and cannot be read stops the change. */
const asConnectorError = (cause: unknown): unknown =>
  cause instanceof UnreadableRecord ? failure("wireMismatch", cause.message, { cause }) : cause;

type Write = (client: ZohoClient, element: WriteElement) => Promise<WriteOutcome>;

const WRITES: Readonly<Record<string, Write>> = {
  "create contact": async (client, element) => {
    const contact = as("contact", element.record);
    const currencyId = contact.currency === null ? null : await findCurrencyId(client, contact.currency);
    const answer = await client.write("POST", "/contacts", contactOnWire(contact, currencyId));
    return created(client, element, answer, (body) => ({
      ...toContact(readRecord(wireContactSchema, "contact", body.contact)),
      marker: contact.marker,
    }));
  },
  "update contact": async (client, element) => {
    const contact = as("contact", element.record);
    const path = `/contacts/${encodeURIComponent(idOf(element))}`;
    const present = await readPresent(client, path);
    if (present === null) return rejected(element, problem("goneInTarget", contact.name));
    const answer = await client.write("PUT", path, contactChangeOnWire(contact, present));
    return changed(element, answer, (body) =>
      toContact(readRecord(wireContactSchema, "contact", body.contact)),
    );
  },
  "create item": async (client, element) => {
    const item = as("item", element.record);
    const answer = await client.write("POST", "/items", itemOnWire(item));
    return created(client, element, answer, (body) => ({
      ...toItem(readRecord(wireItemSchema, "item", body.item)),
      marker: item.marker,
    }));
  },
  "update item": async (client, element) => {
    const path = `/items/${encodeURIComponent(idOf(element))}`;
    const answer = await client.write("PUT", path, itemChangeOnWire(as("item", element.record)));
    return changed(element, answer, (body) => toItem(readRecord(wireItemSchema, "item", body.item)));
  },
  "create payment": async (client, element) => {
    const payment = as("payment", element.record);
    const answer = await client.write("POST", "/customerpayments", paymentOnWire(payment));
    return created(client, element, answer, (body) => {
      const wire = readRecord(wirePaymentSchema, "payment", body.payment);
      const own = toSettlements(wire, "").payments.find((one) => one.invoiceId === payment.invoiceId);
      if (own === undefined) throw new UnreadableRecord("The payment does not name its invoice.");
      return own;
    });
  },
  "void payment": voidPayment,
  "void invoice": (client, element) => voidDocument(client, element, "invoices"),
  "void creditNote": (client, element) => voidDocument(client, element, "creditnotes"),
};

/** A payment is deleted, since Zoho knows no other way; one that settles other invoices as well is a person's. */
async function voidPayment(client: ZohoClient, element: WriteElement): Promise<WriteOutcome> {
  const path = `/customerpayments/${encodeURIComponent(parentOf(idOf(element)))}`;
  const present = await presentSettlements(client, element);
  if (present === null) return done(element, "alreadyApplied");
  const others = present.filter(({ externalId }) => externalId !== idOf(element));
  if (others.length === present.length) return done(element, "alreadyApplied");
  if (others.length > 0)
    return rejected(element, problem("paymentShared", as("payment", element.record).invoiceNumber));
  const answer = await client.write("DELETE", path);
  return voided(client, element, answer);
}

async function presentSettlements(
  client: ZohoClient,
  element: WriteElement,
): Promise<readonly { readonly externalId: string }[] | null> {
  const { body } = await client
    .get(`/customerpayments/${encodeURIComponent(parentOf(idOf(element)))}`)
    .catch((thrown: unknown) => {
      if (thrown instanceof ConnectorError && thrown.kind === "notFound") return { body: null };
      throw thrown;
    });
  if (body === null) return null;
  const settlements = toSettlements(readRecord(wirePaymentSchema, "payment", body.payment), "");
  const { overpayment, payments } = settlements;
  return overpayment.amount.minor === 0n ? payments : [...payments, overpayment];
}

async function voidDocument(
  client: ZohoClient,
  element: WriteElement,
  folder: "invoices" | "creditnotes",
): Promise<WriteOutcome> {
  const path = `/${folder}/${encodeURIComponent(idOf(element))}/status/void`;
  return voided(client, element, await client.write("POST", path));
}

async function created(
  client: ZohoClient,
  element: WriteElement,
  answer: WriteAnswer,
  read: (body: Readonly<Record<string, unknown>>) => CanonicalRecord,
): Promise<WriteOutcome> {
  if (answer.kind !== "refused") return changed(element, answer, read);
  const refusal = rejected(element, await causeOfRefusal(client, element.record, answer));
  try {
    const found = await findRecords(client, element.record.recordType, [element.record]);
    const own = found.find(({ marker }) => marker !== "" && marker === element.record.marker);
    // An item bears its code alone, and so does one that somebody else made.
    if (own === undefined || element.record.recordType === "item") return refusal;
    return { intentId: element.intentId, kind: "alreadyApplied", externalId: own.externalId, record: own };
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    const why = `Refused, and Zoho Books could not be asked whether it is there already: ${thrown.message}`;
    return { intentId: element.intentId, kind: "unknown", why };
  }
}

function changed(
  element: WriteElement,
  answer: WriteAnswer,
  read: (body: Readonly<Record<string, unknown>>) => CanonicalRecord,
): WriteOutcome {
  const { intentId } = element;
  if (answer.kind === "unknown") return { intentId, kind: "unknown", why: answer.why };
  if (answer.kind === "refused") return rejected(element, problem("refused", "", answer.message));
  try {
    const record = read(answer.body);
    return { intentId, kind: "applied", externalId: record.externalId, record };
  } catch (thrown) {
    if (!(thrown instanceof UnreadableRecord)) throw thrown;
    return { intentId, kind: "unknown", why: thrown.message };
  }
}

/** What Zoho refuses to take away is read: gone already is success. */
async function voided(client: ZohoClient, element: WriteElement, answer: WriteAnswer): Promise<WriteOutcome> {
  const { intentId } = element;
  if (answer.kind === "unknown") return { intentId, kind: "unknown", why: answer.why };
  if (answer.kind === "answered") return done(element, "applied");
  const present = await getRecord(client, element.record.recordType, idOf(element));
  if (present === null || isGone(present)) return done(element, "alreadyApplied");
  return rejected(element, await causeOfRefusal(client, element.record, answer));
}

const done = (element: WriteElement, kind: "applied" | "alreadyApplied"): WriteOutcome => ({
  intentId: element.intentId,
  kind,
  externalId: idOf(element),
  record: element.record,
});

const rejected = ({ intentId }: WriteElement, cause: Problem): WriteOutcome => ({
  intentId,
  kind: "rejected",
  problem: cause,
});

function idOf({ externalId }: WriteElement): string {
  invariant(externalId !== null, "a change names the record that it changes");
  return externalId;
}

function as<T extends RecordType>(recordType: T, record: CanonicalRecord): RecordOf<T> {
  invariant(isOf(recordType, record), `a ${recordType} was asked for`);
  return record;
}

const isOf = <T extends RecordType>(recordType: T, record: CanonicalRecord): record is RecordOf<T> =>
  record.recordType === recordType;
