import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { ConnectorWebhooks, NoticedRecord, WebhookMessage } from "@/lib/connectors/contract/webhooks";
import type { RecordType } from "@/lib/domain/record-type";

/**
 * Zoho Books' workflow webhooks, which an owner makes under Settings > Automation with our address and secret. Signed
 * is the text of all query and form pairs sorted by name, then the raw JSON; the page is Zoho Billing's, whose engine
 * Books shares, and it leaves open whether the pairs are part of it and how the hash is written: each form is taken.
 * A raw body may say the same for two changes, so an equal one is not a repetition. Zoho documents no retries.
 * https://www.zoho.com/us/subscriptions/kb/webhooks/securing-webhooks.html (checked 2026-11-21)
 */
const SIGNATURE_HEADER = "x-zoho-webhook-signature";
const FORM = "application/x-www-form-urlencoded";
/** Where a form carries the module's fields as one text. */
const FORM_JSON = "JSONString";

/** Payloads have the module's fields under its name. */
const MODULES: readonly { readonly key: string; readonly id: string; readonly recordType: RecordType }[] = [
  { key: "contact", id: "contact_id", recordType: "contact" },
  { key: "item", id: "item_id", recordType: "item" },
  { key: "invoice", id: "invoice_id", recordType: "invoice" },
  { key: "creditnote", id: "creditnote_id", recordType: "creditNote" },
  { key: "payment", id: "payment_id", recordType: "payment" },
  { key: "customerpayment", id: "payment_id", recordType: "payment" },
  { key: "purchaseorder", id: "purchaseorder_id", recordType: "purchaseOrder" },
  { key: "bill", id: "bill_id", recordType: "bill" },
  { key: "vendor_credit", id: "vendor_credit_id", recordType: "supplierCredit" },
  { key: "vendorcredit", id: "vendor_credit_id", recordType: "supplierCredit" },
  { key: "vendorpayment", id: "payment_id", recordType: "billPayment" },
  { key: "vendor_payment", id: "payment_id", recordType: "billPayment" },
  { key: "expense", id: "expense_id", recordType: "bankTransaction" },
  { key: "journal", id: "journal_id", recordType: "manualJournal" },
];

/**
 * Payloads that a person put together bear the fields alone. One names other records too (an expense the invoice that bills
 * it), so what no other record is named by comes first, and a payment to a vendor is told by its vendor.
 */
const FLAT: readonly { readonly id: string; readonly with?: string; readonly recordType: RecordType }[] = [
  { id: "expense_id", recordType: "bankTransaction" },
  { id: "journal_id", recordType: "manualJournal" },
  { id: "payment_id", with: "vendor_id", recordType: "billPayment" },
  { id: "payment_id", recordType: "payment" },
  { id: "vendor_credit_id", recordType: "supplierCredit" },
  { id: "creditnote_id", recordType: "creditNote" },
  { id: "bill_id", recordType: "bill" },
  { id: "purchaseorder_id", recordType: "purchaseOrder" },
  { id: "invoice_id", recordType: "invoice" },
  { id: "contact_id", recordType: "contact" },
  { id: "item_id", recordType: "item" },
];

const objectSchema = z.record(z.string(), z.unknown());
const idSchema = z
  .union([z.string(), z.number().int().nonnegative()])
  .transform(String)
  .pipe(z.string().regex(/^\d{1,30}$/));

/** Nothing can be told but that something changed. */
const SOMETHING: NoticedRecord = { tenantId: null, recordType: null, externalId: null };

export const zohoBooksWebhooks: ConnectorWebhooks = {
  scope: "connection",
  isBodyUnique: false,
  isGenuine(message, secret) {
    const given = readSignature(message.headers[SIGNATURE_HEADER] ?? "");
    // Each is compared, so that the time tells nothing of which of them failed.
    const matches = signedTexts(message).map((text) =>
      timingSafeEqual(createHmac("sha256", secret).update(text).digest(), given ?? NO_SIGNATURE),
    );
    return given !== null && matches.includes(true);
  },
  readNotices(message) {
    const record = objectSchema.safeParse(readPayload(message));
    if (!record.success) return [SOMETHING];
    const named = MODULES.find(({ key }) => objectSchema.safeParse(record.data[key]).success);
    const notice = named
      ? noticeOf(named.recordType, objectSchema.parse(record.data[named.key])[named.id])
      : flatNotice(record.data);
    if (notice !== null) return [notice];
    return [SOMETHING];
  },
};

function flatNotice(fields: Readonly<Record<string, unknown>>): NoticedRecord | null {
  for (const { id, with: beside, recordType } of FLAT) {
    if (beside !== undefined && !idSchema.safeParse(fields[beside]).success) continue;
    const notice = noticeOf(recordType, fields[id]);
    if (notice !== null) return notice;
  }
  return null;
}

function noticeOf(recordType: RecordType, id: unknown): NoticedRecord | null {
  const externalId = idSchema.safeParse(id);
  return externalId.success ? { tenantId: null, recordType, externalId: externalId.data } : null;
}

const HASH_BYTES = 32;
const NO_SIGNATURE = Buffer.alloc(HASH_BYTES);

/** The hash's bytes from hex or base64; null for anything else. */
function readSignature(text: string): Buffer | null {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, "hex");
  const bytes = Buffer.from(text, "base64");
  return bytes.length === HASH_BYTES && bytes.toString("base64") === text ? bytes : null;
}

function signedTexts(message: WebhookMessage): readonly Uint8Array[] {
  const { body, query } = message;
  const isForm = isFormBody(message);
  const pairs = [...query, ...(isForm ? readForm(body) : [])].sort(([one], [other]) =>
    one < other ? -1 : one > other ? 1 : 0,
  );
  const text = Buffer.from(pairs.map(([name, value]) => `${name}${value}`).join(""), "utf8");
  return [body, isForm ? text : Buffer.concat([text, body])];
}

const isFormBody = ({ headers }: WebhookMessage): boolean =>
  headers["content-type"]?.toLowerCase().startsWith(FORM) ?? false;

const readForm = (body: Uint8Array): [string, string][] => [
  ...new URLSearchParams(Buffer.from(body).toString("utf8")),
];

function readPayload(message: WebhookMessage): unknown {
  if (!isFormBody(message)) return parseJson(Buffer.from(message.body).toString("utf8"));
  const form = Object.fromEntries(readForm(message.body));
  return parseJson(form[FORM_JSON] ?? "") ?? form;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
