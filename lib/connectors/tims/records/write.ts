import type { WriteElement, WriteOutcome, WriteRequest } from "@/lib/connectors/contract/connector";
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
import type { CanonicalRecord, RecordOf } from "@/lib/domain/canonical-record";
import { moneyText } from "@/lib/domain/money";
import { type Problem, problem } from "@/lib/domain/problem";
import { decimalText } from "@/lib/kernel/decimal";
import type { TimsClient, WriteAnswer } from "../client";
import { unsupported } from "../errors";
import { parentOf, splitId, theirs } from "../ids";
import { CUSTOMERS, ITEMS, RECEIPTS, RECEIVABLES, SALES_ORDERS, VENDORS } from "../resources";
import { categoryIn } from "../translate/categories";
import { toReceiptRecords } from "../translate/money-moved";
import { toCustomer, toItem, toVendor } from "../translate/party";
import { wireSalesOrderSchema } from "../wire/document";
import { wireReceiptSchema } from "../wire/money-moved";
import { wireCustomerSchema, wireItemSchema, wireVendorSchema } from "../wire/party";
import { findRecords } from "./find";
import { isByOrder } from "./invoices";

/**
 * Writing to TIMS: a call a record, each with our marker inside the creating call itself. There is no idempotency key, so a
 * create that is refused is looked for by its marker before it counts as refused: an earlier try may be why.
 */
export async function applyWrites(client: TimsClient, request: WriteRequest): Promise<WriteOutcome[]> {
  const write = WRITES[`${request.verb} ${request.recordType}`];
  if (write === undefined) throw unsupported(`${request.verb} a ${nameOf(request.recordType)}`);
  return applyOneByOne(request.elements, (element) => write(client, element));
}

type Write = (client: TimsClient, element: WriteElement) => Promise<WriteOutcome>;

const WRITES: Readonly<Record<string, Write>> = {
  "create contact": async (client, element) => {
    const contact = recordAs("contact", element.record);
    const party = partyOf(contact.isSupplier && !contact.isCustomer);
    const fields = { ...contactFields(contact), externalId: contact.marker };
    return created(client, element, await client.write("POST", party.resource, [], fields), party.read);
  },
  "update contact": async (client, element) => {
    const split = splitId(idOf(element));
    const party = partyOf(split?.prefix === "V");
    const fields = contactFields(recordAs("contact", element.record));
    return changed(element, await client.write("PUT", party.resource, [split?.id ?? ""], fields), party.read);
  },
  "create item": async (client, element) => {
    const item = recordAs("item", element.record);
    const answer = await client.write("POST", ITEMS, [], { sku: item.code, ...itemFields(item) });
    return created(client, element, answer, itemReader(client));
  },
  "update item": async (client, element) => {
    const fields = itemFields(recordAs("item", element.record));
    return changed(
      element,
      await client.write("PUT", ITEMS, [theirs(idOf(element))], fields),
      itemReader(client),
    );
  },
  "create payment": createPayment,
  "void payment": voidPayment,
};

/** Received money goes to the receivable; where orders are invoices, to the one that TIMS made of the order. */
async function createPayment(client: TimsClient, element: WriteElement): Promise<WriteOutcome> {
  const payment = recordAs("payment", element.record);
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
    return rejected(element, problem("paymentShared", recordAs("payment", element.record).invoiceNumber));
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
  ...(item.salesAccountKey === null ? {} : accountFields(item.salesAccountKey)),
  ...(item.salesTaxKey === null ? {} : { taxCode: item.salesTaxKey }),
  active: item.active,
});

function accountFields(key: string): Readonly<Record<string, string>> {
  const category = categoryIn(key);
  return category === null ? { revenueAccountCode: key } : { category };
}

const partyOf = (isVendor: boolean) =>
  isVendor
    ? { resource: VENDORS, read: (row: unknown) => toVendor(readRecord(wireVendorSchema, "vendor", row)) }
    : {
        resource: CUSTOMERS,
        read: (row: unknown) => toCustomer(readRecord(wireCustomerSchema, "customer", row)),
      };

const itemReader =
  ({ settings: { salesAccountFrom } }: TimsClient) =>
  (row: unknown): CanonicalRecord => {
    const item = toItem(readRecord(wireItemSchema, "product", row), salesAccountFrom);
    return { ...item, marker: item.code };
  };

async function created(
  client: TimsClient,
  element: WriteElement,
  answer: WriteAnswer,
  read: (row: unknown) => CanonicalRecord,
): Promise<WriteOutcome> {
  if (answer.kind !== "refused") return changed(element, answer, read);
  const refusal = rejected(element, causeOf(element.record, answer));
  return refusedOrThere("TIMS", element, refusal, (sought) => findRecords(client, sought));
}

function changed(
  element: WriteElement,
  answer: WriteAnswer,
  read: (row: unknown) => CanonicalRecord,
): WriteOutcome {
  const { intentId } = element;
  if (answer.kind === "unknown") return { intentId, kind: "unknown", why: answer.why };
  if (answer.kind === "refused") return rejected(element, causeOf(element.record, answer));
  return outcomeOfAnswer(element, () => read(answer.row));
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
