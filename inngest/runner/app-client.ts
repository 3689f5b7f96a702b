import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { type AppAnswer, namedError, readAnswer } from "./app-answers";
import { isSigned, type SigningKey, signBody } from "./signature";

/*
 * The runner's requests to the app that holds the functions. Each is signed, has a deadline of its own, and is sent
 * once: whether a request may be repeated is the driver's decision. node:http is used because fetch gives up on
 * headers after five minutes and a step may take longer.
 */

/** Below the five seconds after which Node's and Next's servers drop an idle connection under us. */
const IDLE_SOCKET_MS = 3_000;
const SOCKETS_MAX = 256;
/** A reset this soon on a used connection means that it was closed before the request came. */
const STALE_SOCKET_MS = 50;
const NOTHING_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH"]);
const REACH_DELAY_MIN_MS = 100;
const REACH_DELAY_MAX_MS = 5_000;

export interface AppClient {
  /** Runs one step or one discovery. `body` must be canonical JSON. Never rejects. */
  post(call: { functionId: string; stepId: string; body: string; jobId: string }): Promise<AppAnswer>;
  /** Asks the app to register its functions with the runner; the status and body of its answer. */
  askToRegister(): Promise<{ status: number; text: string }>;
  /** How long to wait before the app is tried again after it could not be reached. */
  reachDelayMs(): number;
  close(): void;
}

export interface AppClientOptions {
  readonly appUrl: string;
  readonly key: SigningKey;
  readonly requestTimeoutMs: number;
}

interface RawCall {
  readonly method: "POST" | "PUT";
  readonly url: URL;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface RawAnswer {
  readonly status: number;
  readonly text: string;
  header(name: string): string | undefined;
}

export function createAppClient({ appUrl, key, requestTimeoutMs }: AppClientOptions): AppClient {
  const secure = new URL(appUrl).protocol === "https:";
  const agentOptions = { keepAlive: true, timeout: IDLE_SOCKET_MS, maxSockets: SOCKETS_MAX };
  const agent = secure ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions);
  const underWay = new Set<ClientRequest>();
  let refusals = 0;

  function sendOnce(call: RawCall, fresh: boolean): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      const started = secure ? httpsRequest : httpRequest;
      const request = started(call.url, {
        agent: fresh ? false : agent,
        method: call.method,
        timeout: 0,
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(call.body),
          "x-inngest-signature": signBody(call.body, key, new Date()),
          "x-inngest-server-kind": "cloud",
          ...call.headers,
        },
      });
      underWay.add(request);
      const sentAt = performance.now();
      const deadline = setTimeout(() => request.destroy(new RequestTimeout()), requestTimeoutMs);
      request.once("response", (response) => readText(response).then(resolve, reject));
      request.once("error", (error) => {
        const isStale = request.reusedSocket && performance.now() - sentAt < STALE_SOCKET_MS;
        reject(isStale && codeOf(error) === "ECONNRESET" ? new StaleSocket() : error);
      });
      request.once("close", () => {
        clearTimeout(deadline);
        underWay.delete(request);
      });
      request.end(call.body);
    });
  }

  /** A connection that the app closed while it was idle says nothing of this request: it is sent once more. */
  async function send(call: RawCall): Promise<RawAnswer> {
    try {
      return await sendOnce(call, false);
    } catch (thrown) {
      if (thrown instanceof StaleSocket) return sendOnce(call, true);
      throw thrown;
    }
  }

  return {
    async post({ functionId, stepId, body, jobId }) {
      const url = new URL(appUrl);
      url.searchParams.set("fnId", functionId);
      url.searchParams.set("stepId", stepId);
      try {
        const headers = { "x-inngest-job-id": jobId, "x-request-id": jobId };
        const answer = await send({ method: "POST", url, body, headers });
        refusals = 0;
        return readAnswer({
          status: answer.status,
          text: answer.text,
          isSigned: isSigned(answer.text, answer.header("x-inngest-signature"), key, new Date()),
          noRetry: answer.header("x-inngest-no-retry"),
          retryAfter: answer.header("retry-after"),
        });
      } catch (thrown) {
        const failure = transportFailure(thrown, requestTimeoutMs);
        refusals = failure.kind === "unreachable" ? refusals + 1 : 0;
        return failure;
      }
    },
    async askToRegister() {
      const { status, text } = await send({ method: "PUT", url: new URL(appUrl), body: "{}", headers: {} });
      return { status, text };
    },
    reachDelayMs: () => Math.min(REACH_DELAY_MIN_MS * 2 ** Math.min(refusals, 10), REACH_DELAY_MAX_MS),
    close() {
      for (const request of underWay) request.destroy();
      agent.destroy();
    },
  };
}

class RequestTimeout extends Error {
  override readonly name = "RequestTimeout";
}

class StaleSocket extends Error {
  override readonly name = "StaleSocket";
}

const codeOf = (thrown: unknown) => (thrown instanceof Error && "code" in thrown ? String(thrown.code) : "");

function transportFailure(thrown: unknown, requestTimeoutMs: number): AppAnswer {
  const code = codeOf(thrown);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (NOTHING_SENT.has(code))
    return {
      kind: "unreachable",
      error: namedError("AppUnreachable", `the app cannot be reached (${code})`),
    };
  const error =
    thrown instanceof RequestTimeout
      ? namedError("RequestTimeout", `the app gave no answer within ${requestTimeoutMs} ms`)
      : namedError(
          "ConnectionLost",
          `the connection to the app was lost before its answer (${code || message})`,
        );
  return { kind: "rejected", error, isFinal: false, stepNotFound: false };
}

async function readText(response: IncomingMessage): Promise<RawAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk));
  return {
    status: response.statusCode ?? 0,
    text: Buffer.concat(chunks).toString("utf8"),
    header(name) {
      const value = response.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
  };
}
