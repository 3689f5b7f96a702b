/**
 * The call that a workflow webhook makes, and its signature. Signed is the text of all query and form pairs
 * sorted by name, without anything between them, followed by the raw JSON; the key is the rule's secret. The
 * page is Zoho Billing's, whose engine Books shares; what it leaves open is a switch.
 * https://www.zoho.com/us/subscriptions/kb/webhooks/securing-webhooks.html (checked 2026-11-21)
 */
import { createHmac } from "node:crypto";
import type { SandboxSwitches } from "@/sandbox/kit/types";
import type { StoredRule } from "./rule";

export const ZOHO_SIGNATURE_HEADER = "x-zoho-webhook-signature";

/** What a record shows: its fields under its module's name. */
export interface Payload {
  readonly key: string;
  readonly record: Readonly<Record<string, unknown>>;
}

export interface WebhookCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The call of a rule for one record. */
export function webhookCall(rule: StoredRule, payload: Payload, switches: SandboxSwitches): WebhookCall {
  const url = new URL(rule.url);
  const json = JSON.stringify({ [payload.key]: payload.record });
  const isForm = rule.body === "form";
  const form = new URLSearchParams();
  if (isForm && switches.get("zoho.webhook-form-body") === "json-string") form.set("JSONString", json);
  for (const { name, value } of rule.parameters) (isForm ? form : url.searchParams).append(name, value);
  const body = isForm ? form.toString() : rule.body === "raw" ? fillIn(rule.raw, payload) : json;
  const signature: Record<string, string> =
    rule.secret === null
      ? {}
      : {
          [ZOHO_SIGNATURE_HEADER]: sign(rule.secret, {
            pairs: [...url.searchParams, ...form],
            json: isForm ? "" : body,
            body,
            switches,
          }),
        };
  return {
    url: url.toString(),
    headers: {
      ...Object.fromEntries(rule.headers.map(({ name, value }) => [name.toLowerCase(), value] as const)),
      "content-type": isForm ? "application/x-www-form-urlencoded" : "application/json;charset=UTF-8",
      ...signature,
    },
    body,
  };
}

function sign(
  secret: string,
  signed: {
    readonly pairs: readonly (readonly [string, string])[];
    readonly json: string;
    readonly body: string;
    readonly switches: SandboxSwitches;
  },
): string {
  const { pairs, json, body, switches } = signed;
  const sorted = [...pairs].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  const text =
    switches.get("zoho.webhook-signed-text") === "body"
      ? body
      : `${sorted.map(([name, value]) => `${name}${value}`).join("")}${json}`;
  const encoding = switches.get("zoho.webhook-signature") === "base64" ? "base64" : "hex";
  return createHmac("sha256", secret).update(text).digest(encoding);
}

/** ${INVOICE.INVOICE_NUMBER} becomes the field as it may stand inside a JSON text; unknown ones become nothing. */
function fillIn(raw: string, { key, record }: Payload): string {
  return raw.replace(/\$\{(\w+)\.(\w+)\}/g, (_whole, module: string, field: string) => {
    const value = module.toLowerCase() === key ? record[field.toLowerCase()] : undefined;
    if (value === undefined || value === null) return "";
    const text = typeof value === "object" ? JSON.stringify(value) : String(value);
    return JSON.stringify(text).slice(1, -1);
  });
}
