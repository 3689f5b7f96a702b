/**
 * One outgoing HTTP call of the sandbox: to this machine alone, without following redirects, and with a
 * deadline in the machine's own time, since whoever answers lives in that. It knows no vendor and never retries.
 */
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { errorText } from "@/lib/kernel/errors";

/** Xero asks for an answer within five seconds; the same is asked of everybody. */
export const DEADLINE_MS = 5_000;
/** More of an answer than this is not waited for. */
const ANSWER_BYTES_MAX = 1_000_000;
const LOOPBACK = new Set(["localhost", "127.0.0.1"]);

export type DeliveryMethod = "POST" | "PUT" | "DELETE";

export interface OutgoingCall {
  readonly url: string;
  readonly method: DeliveryMethod;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type CallOutcome =
  | { readonly kind: "answered"; readonly status: number; readonly setsCookie: boolean }
  | { readonly kind: "timeout" }
  | { readonly kind: "unreachable"; readonly reason: string }
  /** The address is none that the sandbox calls. */
  | { readonly kind: "forbidden"; readonly reason: string }
  /** The sandbox ended in the middle. */
  | { readonly kind: "stopped" };

/** Why an address is never called; null when it may be. */
export function addressProblem(address: string): string | null {
  if (!URL.canParse(address)) return `"${address}" is no address`;
  const { protocol, hostname } = new URL(address);
  if (protocol !== "http:" && protocol !== "https:") return "the address must begin with http:// or https://";
  return LOOPBACK.has(hostname) ? null : "the sandbox calls localhost and 127.0.0.1 alone";
}

/** Makes the call; resolves once the whole answer is there, and never rejects for what the network does. */
export function callOut(
  call: OutgoingCall,
  { signal, deadlineMs = DEADLINE_MS }: { readonly signal: AbortSignal; readonly deadlineMs?: number },
): Promise<CallOutcome> {
  const problem = addressProblem(call.url);
  if (problem !== null) return Promise.resolve({ kind: "forbidden", reason: problem });
  const open = call.url.toLowerCase().startsWith("https:") ? requestHttps : requestHttp;
  const deadline = AbortSignal.timeout(deadlineMs);
  return new Promise((resolve) => {
    const fail = (error: unknown): void => {
      if (signal.aborted) resolve({ kind: "stopped" });
      else if (deadline.aborted) resolve({ kind: "timeout" });
      else resolve({ kind: "unreachable", reason: errorText(error) });
    };
    const request = open(
      call.url,
      {
        method: call.method,
        headers: { ...call.headers, "content-length": String(Buffer.byteLength(call.body)) },
        signal: AbortSignal.any([signal, deadline]),
        // A connection of its own each time, so that none is kept open towards whoever has just ended.
        agent: false,
      },
      (answer) => {
        whole(answer).then(() => {
          const setsCookie = answer.headers["set-cookie"] !== undefined;
          resolve({ kind: "answered", status: answer.statusCode ?? 0, setsCookie });
        }, fail);
      },
    );
    request.on("error", fail);
    request.end(call.body);
  });
}

async function whole(answer: IncomingMessage): Promise<void> {
  let bytes = 0;
  for await (const chunk of answer) {
    bytes += Buffer.from(chunk).length;
    if (bytes > ANSWER_BYTES_MAX) return;
  }
}
