import { createHmac } from "node:crypto";

/**
 * The headers of Standard Webhooks (https://www.standardwebhooks.com, checked 2026-11-21): the receiver knows by them who
 * sent a body, when, and whether it has had it already. The id is the delivery's in every attempt, the time is the attempt's.
 */
export function signWebhook(
  signingSecret: string,
  message: { readonly id: string; readonly at: Date; readonly body: string },
): Record<string, string> {
  const timestamp = Math.floor(message.at.getTime() / 1000);
  const key = Buffer.from(signingSecret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key)
    .update(`${message.id}.${timestamp}.${message.body}`)
    .digest("base64");
  return {
    "webhook-id": message.id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": `v1,${signature}`,
  };
}
