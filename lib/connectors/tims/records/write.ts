import type { WriteElement, WriteOutcome, WriteRequest } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import type { CanonicalRecord, RecordOf } from "@/lib/domain/canonical-record";
import { moneyText } from "@/lib/domain/money";
import { type Problem, problem } from "@/lib/domain/problem";
import type { RecordType } from "@/lib/domain/record-type";
import { decimalText } from "@/lib/kernel/decimal";
import { invariant } from "@/lib/kernel/invariant";
import type { TimsClient, WriteAnswer } from "../client";
import { failure, unsupported } from "../errors";
import { parentOf, splitId, theirs } from "../ids";
import { CUSTOMERS, ITEMS, RECEIPTS, RECEIVABLES, SALES_ORDERS, VENDORS } from "../resources";
import { toReceiptRecords } from "../translate/money-moved";
import { toCustomer, toItem, toVendor } from "../translate/party";
import { wireSalesOrderSchema } from "../wire/document";
import { wireReceiptSchema } from "../wire/money-moved";
import { wireCustomerSchema, wireItemSchema, wireVendorSchema } from "../wire/party";
import { nameOf, readRecord, UnreadableRecord } from "../wire/unreadable";
import { findRecords } from "./find";
import { isByOrder } from "./invoices";

/**
 * Writing to TIMS: a call a record, each with our marker inside the creating call itself. There is no idempotency key, so a
 * create that is refused is looked for by its marker before it counts as refused: an earlier try may be why.
 */
export async function applyWrites(client: TimsClient, request: WriteRequest): Promise<WriteOutcome[]> {
  const write = WRITES[`${request.verb} ${request.recordType}`];
  if (write === undefined) throw unsupported(`${request.verb} a ${nameOf(request.recordType)}`);
  const outcomes: WriteOutcome[] = [];
  for (const element of request.elements) {
    try {
      outcomes.push(await write(client, element));
    } catch (cause) {
      const thrown =
        cause instanceof UnreadableRecord ? failure("wireMismatch", cause.message, { cause }) : cause;
      // What an earlier call has done must be told, so from then on nothing may be thrown.
      if (!(thrown instanceof ConnectorError) || outcomes.every(({ kind }) => kind === "rejected"))
        throw thrown;
      outcomes.push({ intentId: element.intentId, kind: "unknown", why: `Not sent: ${thrown.message}` });
    }
  }
  return outcomes;
}

type Write = (client: TimsClient, element: WriteElement) => Promise<WriteOutcome>;

const WRITES: Readonly<Record<string, Write>> = {
  "create contact": async (client, element) => {
    const contact = as("contact", element.record);
    const party = partyOf(contact.isSupplier && !contact.isCustomer);
    const fields = { ...contactFields(contact), externalId: contact.marker };
    return created(client, element, await client.write("POST", party.resource, [], fields), party.read);
  },
  "update contact": async (client, element) => {
    const split = splitId(idOf(element));
    const party = partyOf(split?.prefix === "V");
    const fields = contactFields(as("contact", element.record));
    return changed(element, await client.write("PUT", party.resource, [split?.id ?? ""], fields), party.read);
  },
  "create item": async (client, element) => {
    const item = as("item", element.record);
    const answer = await client.write("POST", ITEMS, [], { sku: item.code, ...itemFields(item) });
    return created(client, element, answer, readItem);
  },
  "update item": async (client, element) => {
    const fields = itemFields(as("item", element.record));
    return changed(element, await client.write("PUT", ITEMS, [theirs(idOf(element))], fields), readItem);
  },
  "create payment": createPayment,
  "void payment": voidPayment,
};

/** Received money goes to the receivable; where orders are invoices, to the one that TIMS made of the order. */
async function createPayment(client: TimsClient, element: WriteElement): Promise<WriteOutcome> {
  const payment = as("payment", element.record);
  const receivableId = await receivableOf(client, payment.invoiceId);
  if (receivableId === null) return rejected(element, problem("documentNotPosted", payment.invoiceNumber));
  const answer = await client.write("POST", RECEIVABLES, [receivableId, "payments"], {
    ...{ date: payment.date, amount: moneyText(payment.amount), reference: payment.reference },
    ...(payment.accountKey === null ? {} : { bankAccountCode: payment.accountKey }),
    externalId: payment.marker,
  });
  return created(client, element, answer, (row) => {
    const { payments } = toReceiptRecords(readRecord(wireReceiptSchema, "payment", row), isByOrder(client));
    const own = payments.find(({ invoiceId }) => invoiceId === payment.invoiceId);
    if (own === undefined) throw new UnreadableRecord("The payment does not name its invoice.");
    return own;
  });
}

async function receivableOf(client: TimsClient, invoiceId: string): Promise<string | null> {
  const split = splitId(invoiceId);
  if (split === null) return null;
  if (split.prefix === "AR") return split.id;
  const row = await client.get(SALES_ORDERS, split.id);
  const order = wireSalesOrderSchema.safeParse(row);
  return order.success ? (order.data.invoices[0]?.invoiceId ?? null) : null;
}

/** One that settles other invoices as well is a person's. */
async function voidPayment(client: TimsClient, element: WriteElement): Promise<WriteOutcome> {
  const id = theirs(parentOf(idOf(element)));
  const row = await client.get(RECEIPTS, id);
  if (row === null) return done(element, "alreadyApplied");
  const { payments, excess } = toReceiptRecords(
    readRecord(wireReceiptSchema, "payment", row),
    isByOrder(client),
  );
  const others = payments.filter(({ externalId }) => externalId !== idOf(element));
  if (excess.status === "deleted" || others.length === payments.length)
    return done(element, "alreadyApplied");
  if (others.length > 0 || excess.amount.minor !== 0n)
    return rejected(element, problem("paymentShared", as("payment", element.record).invoiceNumber));
  const answer = await client.write("POST", RECEIPTS, [id, "void"], {});
  if (answer.kind === "unknown") return { intentId: element.intentId, kind: "unknown", why: answer.why };
  if (answer.kind === "answered") return done(element, "applied");
  return answer.code === "ALREADY_VOID"
    ? done(element, "alreadyApplied")
    : rejected(element, causeOf(element.record, answer));
}

const contactFields = (contact: RecordOf<"contact">) => ({
  ...{ name: contact.name, firstName: contact.firstName, lastName: contact.lastName },
  ...{ email: contact.email, phone: contact.phone, active: contact.active },
  ...(contact.currency === null ? {} : { currency: contact.currency }),
  ...(contact.address === null ? {} : { billingAddress: contact.address }),
});

const itemFields = (item: RecordOf<"item">) => ({
  ...{ name: item.name, description: item.description === "" ? item.name : item.description },
  ...(item.salesPrice === null ? {} : { salesPrice: decimalText(item.salesPrice) }),
  ...(item.salesAccountKey === null ? {} : { revenueAccountCode: item.salesAccountKey }),
  ...(item.salesTaxKey === null ? {} : { taxCode: item.salesTaxKey }),
  active: item.active,
});

const partyOf = (isVendor: boolean) =>
  isVendor
    ? { resource: VENDORS, read: (row: unknown) => toVendor(readRecord(wireVendorSchema, "vendor", row)) }
    : {
        resource: CUSTOMERS,
        read: (row: unknown) => toCustomer(readRecord(wireCustomerSchema, "customer", row)),
      };

function readItem(row: unknown): CanonicalRecord {
  const item = toItem(readRecord(wireItemSchema, "product", row));
  return { ...item, marker: item.code };
}

async function created(
  client: TimsClient,
  element: WriteElement,
  answer: WriteAnswer,
  read: (row: unknown) => CanonicalRecord,
): Promise<WriteOutcome> {
  if (answer.kind !== "refused") return changed(element, answer, read);
  const refusal = rejected(element, causeOf(element.record, answer));
  // An item bears its code alone, and so does one that somebody else made.
  if (element.record.recordType === "item") return refusal;
  try {
    const found = await findRecords(client, [element.record]);
    const own = found.find(({ marker }) => marker !== "" && marker === element.record.marker);
    return own === undefined
      ? refusal
      : { intentId: element.intentId, kind: "alreadyApplied", externalId: own.externalId, record: own };
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    const why = `Refused, and TIMS could not be asked whether it is there already: ${thrown.message}`;
    return { intentId: element.intentId, kind: "unknown", why };
  }
}

function changed(
  element: WriteElement,
  answer: WriteAnswer,
  read: (row: unknown) => CanonicalRecord,
): WriteOutcome {
  const { intentId } = element;
  if (answer.kind === "unknown") return { intentId, kind: "unknown", why: answer.why };
  if (answer.kind === "refused") return rejected(element, causeOf(element.record, answer));
  try {
    const record = read(answer.row);
    return { intentId, kind: "applied", externalId: record.externalId, record };
  } catch (thrown) {
    if (!(thrown instanceof UnreadableRecord)) throw thrown;
    return { intentId, kind: "unknown", why: thrown.message };
  }
}

function causeOf(
  record: CanonicalRecord,
  { code, message }: Extract<WriteAnswer, { kind: "refused" }>,
): Problem {
  if (code === "PERIOD_CLOSED") return problem("periodLocked", "date" in record ? record.date : "", message);
  if (code === "DUPLICATE_NAME" && record.recordType === "contact")
    return problem("nameTaken", record.name, message);
  if (code === "DUPLICATE_NAME" && record.recordType === "item")
    return problem("itemCodeUnusable", record.code, message);
  return problem("refused", "", message);
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
