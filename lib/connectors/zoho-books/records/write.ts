import type { WriteElement, WriteOutcome, WriteRequest } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import {
  applyOneByOne,
  done,
  idOf,
  outcomeOfAnswer,
  recordAs,
  refusedOrThere,
  rejected,
} from "@/lib/connectors/contract/one-by-one";
import { nameOf, readRecord, UnreadableRecord } from "@/lib/connectors/contract/unreadable";
import { type CanonicalRecord, isGone } from "@/lib/domain/canonical-record";
import { problem } from "@/lib/domain/problem";
import type { WriteAnswer, ZohoClient } from "../client";
import { unsupported } from "../errors";
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
  return applyOneByOne(request.elements, (element) => write(client, element));
}

type Write = (client: ZohoClient, element: WriteElement) => Promise<WriteOutcome>;

const WRITES: Readonly<Record<string, Write>> = {
  "create contact": async (client, element) => {
    const contact = recordAs("contact", element.record);
    const currencyId = contact.currency === null ? null : await findCurrencyId(client, contact.currency);
    const answer = await client.write("POST", "/contacts", contactOnWire(contact, currencyId));
    return created(client, element, answer, (body) => ({
      ...toContact(readRecord(wireContactSchema, "contact", body.contact)),
      marker: contact.marker,
    }));
  },
  "update contact": async (client, element) => {
    const contact = recordAs("contact", element.record);
    const path = `/contacts/${encodeURIComponent(idOf(element))}`;
    const present = await readPresent(client, path);
    if (present === null) return rejected(element, problem("goneInTarget", contact.name));
    const answer = await client.write("PUT", path, contactChangeOnWire(contact, present));
    return changed(element, answer, (body) =>
      toContact(readRecord(wireContactSchema, "contact", body.contact)),
    );
  },
  "create item": async (client, element) => {
    const item = recordAs("item", element.record);
    const answer = await client.write("POST", "/items", itemOnWire(item));
    return created(client, element, answer, (body) => ({
      ...toItem(readRecord(wireItemSchema, "item", body.item)),
      marker: item.marker,
    }));
  },
  "update item": async (client, element) => {
    const path = `/items/${encodeURIComponent(idOf(element))}`;
    const answer = await client.write("PUT", path, itemChangeOnWire(recordAs("item", element.record)));
    return changed(element, answer, (body) => toItem(readRecord(wireItemSchema, "item", body.item)));
  },
  "create payment": async (client, element) => {
    const payment = recordAs("payment", element.record);
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
    return rejected(element, problem("paymentShared", recordAs("payment", element.record).invoiceNumber));
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
  return refusedOrThere("Zoho Books", element, refusal, (sought) =>
    findRecords(client, element.record.recordType, sought),
  );
}

function changed(
  element: WriteElement,
  answer: WriteAnswer,
  read: (body: Readonly<Record<string, unknown>>) => CanonicalRecord,
): WriteOutcome {
  const { intentId } = element;
  if (answer.kind === "unknown") return { intentId, kind: "unknown", why: answer.why };
  if (answer.kind === "refused") return rejected(element, problem("refused", "", answer.message));
  return outcomeOfAnswer(element, () => read(answer.body));
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
