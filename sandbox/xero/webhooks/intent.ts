/**
 * The intent to receive: Xero sends an address several bodies without events, some with a right signature and
 * some with a wrong one. The address must answer each right one with a success and each wrong one with 401,
 * within five seconds and without a cookie, or it is not enabled.
 * https://developer.xero.com/documentation/guides/webhooks/configuring-your-server/ (checked 2026-11-21)
 */
import { createHmac } from "node:crypto";
import type { Deliveries } from "@/sandbox/kit/deliveries";
import type { CallOutcome } from "@/sandbox/kit/delivery-call";
import type { SandboxContext } from "@/sandbox/kit/types";
import { entropyOf, signBody, webhookBody, webhookHeaders } from "./event";

export interface Probe {
  readonly signature: "right" | "wrong";
  readonly passed: boolean;
  /** What was answered, in words for a person. */
  readonly outcome: string;
}

/** How each probe is signed; the wrong ones have the form of a right one. */
const PROBES: readonly ((body: string, key: string) => string)[] = [
  signBody,
  (body, key) => signBody(body, `${key}x`),
  (body, key) => signBody(`${body} `, key),
  signBody,
  (body, key) => createHmac("sha512", key).update(body).digest("base64").slice(0, 44),
];

/** Sends the probes one after the other, all of them whatever comes back; null when the sandbox ended meanwhile. */
export async function probeEndpoint(
  { url, key }: { readonly url: string; readonly key: string },
  parts: {
    readonly context: SandboxContext;
    readonly deliveries: Pick<Deliveries, "call" | "log">;
    readonly target: string;
  },
): Promise<readonly Probe[] | null> {
  const { context, deliveries, target } = parts;
  const refusesCookies = context.switches.get("xero.webhook-cookies") === "refused";
  const probes: Probe[] = [];
  for (const [index, sign] of PROBES.entries()) {
    const body = webhookBody([], entropyOf(context.newId()));
    const signature = sign === signBody ? "right" : "wrong";
    const answer = await deliveries.call({
      ...{ url, method: "POST", body },
      headers: webhookHeaders(sign(body, key)),
    });
    if (answer.kind === "stopped") return null;
    const problem = problemOf(answer, signature, refusesCookies);
    probes.push({ signature, passed: problem === null, outcome: problem ?? "as it must be" });
    deliveries.log.record({
      at: context.clock.now().toISOString(),
      ...{ target, delivery: "probe", url, method: "POST" },
      attempt: index + 1,
      outcome: problem === null ? "probe-passed" : "probe-failed",
      status: answer.kind === "answered" ? answer.status : null,
      reason: problem,
      fault: null,
      bytes: Buffer.byteLength(body),
    });
  }
  return probes;
}

function problemOf(
  answer: Exclude<CallOutcome, { kind: "stopped" }>,
  signature: Probe["signature"],
  refusesCookies: boolean,
): string | null {
  if (answer.kind === "timeout") return "no answer within 5 seconds";
  if (answer.kind !== "answered") return answer.reason;
  if (answer.setsCookie && refusesCookies) return "the answer sets a cookie";
  if (signature === "wrong")
    return answer.status === 401
      ? null
      : `a wrongly signed body was answered with ${answer.status} instead of 401`;
  return answer.status >= 200 && answer.status <= 299
    ? null
    : `a rightly signed body was answered with ${answer.status} instead of a success`;
}
