/**
 * Parts of one attempt to deliver: what its answer means, how a fault spoils its signature, and the count of what
 * still goes on. The queue of deliveries.ts puts them together.
 */
import { createHmac } from "node:crypto";
import type { CallOutcome, OutgoingCall } from "./delivery-call";
import type { DeliveryOutcome } from "./delivery-log";

/** Counts what goes on, and tells when nothing does. */
export function createBusy() {
  let count = 0;
  let waiting: (() => void)[] = [];
  return {
    enter() {
      count += 1;
    },
    leave() {
      count -= 1;
      if (count > 0) return;
      const told = waiting;
      waiting = [];
      for (const tell of told) tell();
    },
    over: (): Promise<void> =>
      count === 0 ? Promise.resolve() : new Promise((resolve) => void waiting.push(resolve)),
  };
}

/** What came of one attempt: a success is any 2xx, without a cookie where that counts. */
export function judge(
  { refusesCookies }: { readonly refusesCookies: boolean },
  outcome: Exclude<CallOutcome, { kind: "stopped" }>,
): { readonly outcome: DeliveryOutcome; readonly reason: string | null } {
  if (outcome.kind === "timeout") return { outcome: "timeout", reason: null };
  if (outcome.kind !== "answered") return { outcome: outcome.kind, reason: outcome.reason };
  if (outcome.status < 200 || outcome.status > 299) return { outcome: "refused", reason: null };
  return outcome.setsCookie && refusesCookies
    ? { outcome: "refused", reason: "the answer sets a cookie" }
    : { outcome: "delivered", reason: null };
}

/** The same call under a signature of the same form, by a key that nobody else has. */
export function spoiled(delivery: OutgoingCall & { readonly signatureHeader: string | null }): OutgoingCall {
  const { signatureHeader: header, headers, body } = delivery;
  const right = header === null ? undefined : headers[header];
  if (header === null || right === undefined) return delivery;
  const [, dated] = /^(t=\d+,v1=)[0-9a-f]+$/.exec(right) ?? [];
  if (dated !== undefined) {
    const wrong = createHmac("sha256", "not-the-key").update(body).digest("hex");
    return { ...delivery, headers: { ...headers, [header]: `${dated}${wrong}` } };
  }
  const encoding = /^[0-9a-f]+$/.test(right) ? "hex" : "base64";
  const wrong = createHmac("sha256", "not-the-key").update(body).digest(encoding);
  return { ...delivery, headers: { ...headers, [header]: wrong } };
}
