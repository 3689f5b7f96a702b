import { lookup as lookupName } from "node:dns";
import { type RequestOptions as HttpOptions, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { isPublicIp, refusalOf } from "./public-address";
import { type HttpAnswer, HttpFailure, type HttpRequest } from "./send-request";

/**
 * Requests to addresses that a customer typed. A name is resolved for each connection, every address that it resolves to
 * must be public, and the connection is made to one of just those: a name that resolves otherwise a moment later gains
 * nothing. Redirects are refused, since they would choose another address after the check.
 */
export type GuardedRequest = (request: HttpRequest) => Promise<HttpAnswer>;

export interface GuardOptions {
  /** The one origin that is called without the check; null outside of a sandbox. */
  readonly sandboxOrigin: string | null;
  /** Asks for every address of a name; the system's own unless a test brings another. */
  readonly resolve?: Resolve;
}

export type Resolve = (
  host: string,
  answer: (
    error: Error | null,
    addresses: readonly { readonly address: string; readonly family: number }[],
  ) => void,
) => void;

const NOT_PUBLIC = "ENOTPUBLIC";

/** Below the five seconds after which many servers drop an idle connection under us. */
const IDLE_SOCKET_MS = 3_000;

/** A whole answer beyond this is no answer of an API. */
const ANSWER_BYTES_MAX = 32 * 1024 * 1024;

const systemResolve: Resolve = (host, answer) => {
  lookupName(host, { all: true, verbatim: true }, (error, addresses) => answer(error, addresses ?? []));
};

/**
 * What the guard itself ended. `notPublic`: nothing was sent (kind `refused`). `redirected`: the answer names another
 * address, which is not followed, and whether the request was carried out nobody knows (kind `broken`).
 */
export class GuardFailure extends HttpFailure {
  readonly why: "notPublic" | "redirected";

  constructor(why: "notPublic" | "redirected", cause: unknown) {
    super(why === "notPublic" ? "refused" : "broken", cause);
    this.why = why;
  }
}

/** A sender of guarded requests; throws HttpFailure as sendRequest does, and GuardFailure. */
export function createGuardedRequest({
  sandboxOrigin,
  resolve = systemResolve,
}: GuardOptions): GuardedRequest {
  const agent = new HttpsAgent({ keepAlive: true, timeout: IDLE_SOCKET_MS, lookup: publicLookup(resolve) });
  return async (request) => {
    const url = new URL(request.url);
    const isSandbox = sandboxOrigin !== null && url.origin === sandboxOrigin;
    // An IP address in the URL never reaches the lookup, so it is judged here.
    if (!isSandbox) {
      const refusal = refusalOf(url);
      if (refusal !== null) throw new GuardFailure("notPublic", new Error(refusal));
    }
    const answer = await exchange(url, request, isSandbox ? {} : { agent });
    if (answer.status >= 300 && answer.status < 400 && answer.status !== 304)
      throw new GuardFailure("redirected", new Error(`status ${answer.status}`));
    return answer;
  };
}

/** Of a name's addresses all have to be public: which of them a connection takes is not ours to choose. */
function publicLookup(resolve: Resolve): LookupFunction {
  return (host, options, callback) => {
    resolve(host, (error, addresses) => {
      const [first] = addresses;
      if (error !== null || first === undefined)
        return callback(error ?? Object.assign(new Error("no address"), { code: "ENOTFOUND" }), "", 4);
      if (!addresses.every(({ address }) => isPublicIp(address)))
        return callback(Object.assign(new Error("not a public address"), { code: NOT_PUBLIC }), "", 4);
      if (options.all === true) return callback(null, [...addresses]);
      callback(null, first.address, first.family);
    });
  };
}

async function exchange(url: URL, request: HttpRequest, more: HttpOptions): Promise<HttpAnswer> {
  const signal = AbortSignal.timeout(request.timeoutMs);
  try {
    const incoming = await send(url, request, { ...more, signal });
    const body = await readBody(incoming);
    return {
      status: incoming.statusCode ?? 0,
      headers: flat(incoming),
      text: body.toString("utf8"),
      bytes: body.length,
    };
  } catch (thrown) {
    throw failureOf(thrown, signal.aborted);
  }
}

function send(url: URL, request: HttpRequest, options: HttpOptions): Promise<IncomingMessage> {
  const isSecure = url.protocol === "https:";
  const { body } = request;
  return new Promise((resolve, reject) => {
    const outgoing = (isSecure ? httpsRequest : httpRequest)(url, {
      ...options,
      method: request.method,
      headers: {
        ...request.headers,
        ...(body === undefined ? {} : { "content-length": Buffer.byteLength(body) }),
      },
    });
    outgoing.once("response", resolve);
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > ANSWER_BYTES_MAX) throw new Error("the answer is larger than any of an API");
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}

function flat(incoming: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  return headers;
}

const NOTHING_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

function failureOf(thrown: unknown, isTimeout: boolean): HttpFailure {
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  if (code === NOT_PUBLIC) return new GuardFailure("notPublic", thrown);
  if (isTimeout) return new HttpFailure("timeout", thrown);
  return new HttpFailure(NOTHING_SENT.has(code) ? "refused" : "broken", thrown);
}
