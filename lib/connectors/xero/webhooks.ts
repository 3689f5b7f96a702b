import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { ConnectorWebhooks, NoticedRecord } from "@/lib/connectors/contract/webhooks";
import type { RecordType } from "@/lib/domain/record-type";

/**
 * Xero's webhooks: one address and key for the app, whatever the tenant. The signature is base64 of the HMAC-SHA256 of
 * the raw body; a message without events is the intent to receive, which is answered like any other. Each body bears
 * random text, so an equal one is a repetition. There are none for payments, bank transactions, journals, orders, items
 * or accounts: an invoice or bill that is paid has one of its own. https://developer.xero.com/documentation/guides/webhooks/overview/ (checked 2026-11-21)
 */
const SIGNATURE_HEADER = "x-xero-signature";

/** Xero says only of some events whose side of the books they are on; of an invoice it never says. */
const TYPES: Readonly<Record<string, Readonly<Record<string, RecordType>>>> = {
  CONTACT: { "": "contact" },
  CREDITNOTE: { ACCRECCREDIT: "creditNote", ACCPAYCREDIT: "supplierCredit" },
  OVERPAYMENT: { "RECEIVE-OVERPAYMENT": "overpayment", "SPEND-OVERPAYMENT": "supplierOverpayment" },
};
/** The app's own plan in Xero's app store: its tenant is the app. */
const APP_CATEGORY = "SUBSCRIPTION";

const bodySchema = z.object({ events: z.array(z.unknown()) });
const eventSchema = z.object({
  resourceId: z.uuid().nullish().catch(null),
  tenantId: z.uuid(),
  eventCategory: z.string().catch(""),
  data: z
    .object({ Type: z.string().catch("") })
    .nullish()
    .catch(null),
});

export const xeroWebhooks: ConnectorWebhooks = {
  scope: "app",
  isBodyUnique: true,
  isGenuine({ body, headers }, secret) {
    const given = Buffer.from(headers[SIGNATURE_HEADER] ?? "", "utf8");
    const right = Buffer.from(createHmac("sha256", secret).update(body).digest("base64"), "utf8");
    return given.length === right.length && timingSafeEqual(given, right);
  },
  readNotices({ body }) {
    const read = bodySchema.safeParse(parseJson(body));
    return read.success ? read.data.events.flatMap(toNotice) : [];
  },
};

function toNotice(event: unknown): NoticedRecord[] {
  const read = eventSchema.safeParse(event);
  if (!read.success || read.data.eventCategory === APP_CATEGORY) return [];
  const { tenantId, resourceId, eventCategory, data } = read.data;
  const recordType = TYPES[eventCategory]?.[data?.Type ?? ""] ?? null;
  return [{ tenantId, recordType, externalId: resourceId ?? null }];
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString("utf8"));
  } catch {
    return null;
  }
}
